-- One row per indicator.
select * from marts.indicators order by theme, "order", key
