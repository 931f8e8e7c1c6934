-- One row per part that a measure has been split by: causes of disruptions and VERIS actions
-- of incidents in the order of their list, services with most first.
select p.part, coalesce(l.label, s.service, k.label, p.part) as label
from (
    select part, sum(amount) as amount
    from marts.disruption_months
    where measure = $measure and collection = $collection and part <> 'any'
    group by part
) p
left join reference.lists l on l.code = p.part and l.list = case $measure
    when 'incidents' then 'action' when 'disruptions' then 'cause_class'
    when 'hours' then 'cause_class' when 'resident_hours' then 'cause_class' end
left join reference.services s on p.part = 'lgsl-' || s.lgsl_id
left join reference.lists k on k.list = 'corporate_service' and k.code = p.part
where l.code is not null or starts_with($measure, 'service_')
order by l.sort_order, p.amount desc, label
