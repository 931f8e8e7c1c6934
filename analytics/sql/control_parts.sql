-- One row per part that a measure has been split by, in the order of its list: causes of
-- disruptions, VERIS actions of incidents.
select p.part, l.label
from (
    select distinct part from marts.disruption_months
    where measure = $measure and collection = $collection and part <> 'any'
) p
join reference.lists l on l.code = p.part and l.list = case $measure
    when 'incidents' then 'action' else 'cause_class' end
order by l.sort_order
