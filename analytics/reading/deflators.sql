-- One row per calendar year: the GDP deflator.
select calendar_year, deflator from reference.gdp_deflator order by calendar_year
