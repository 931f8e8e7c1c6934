-- One row per rule that rows of this collection broke, most first.
select f.dataset, r.column_name, r.description, r.severity, count(*) as unexpected,
    count(distinct f.arrival) as files, f.rule_id
from quality.faults f
join quality.rules r
    on r.stage = f.stage and r.dataset = f.dataset and r.rule_id = f.rule_id
where f.collection = $collection
group by all
order by unexpected desc, f.dataset, f.rule_id
