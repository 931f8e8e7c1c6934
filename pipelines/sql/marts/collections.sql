-- One row per collection that has rows: the first and last month that it speaks of.
select collection, min(period) as first_period, max(period) as last_period
from marts.indicator_values
group by collection
union all
select 'public_record', min(detected_on), max(detected_on)
from core.reported_incidents
having count(*) > 0
