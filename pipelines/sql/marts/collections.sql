-- One row per collection that has rows: the first and last month or year measured.
select collection, min(period) as first_period, max(period) as last_period
from marts.indicator_values
group by collection
