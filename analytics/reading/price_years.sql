-- One row per year of prices that any cost is in.
select distinct price_year from marts.incident_costs where price_year <> ''
