-- Rows of the files being loaded that are set aside: one row per row and rule broken.
insert into quality.quarantine
with rules as (
    select distinct stage, dataset, rule_id, column_name, description, severity
    from quality.verdicts
),
broken as (
    select f.*, r.column_name, r.description
    from quality.faults f
    join rules r
        on r.stage = f.stage and r.dataset = f.dataset and r.rule_id = f.rule_id
    where f.stage = 'staging' and r.severity <> 'info'
        and f.arrival in (from work.arrivals)
)
select
    b.collection, b.dataset, s.source_file, b.arrival, b.source_row, b.rule_id,
    b.column_name, b.value, b.description,
    case when b.rule_id = 'is_council_known' then m.nearest end, null
from broken b
join quality.sources s on s.arrival = b.arrival
left join (
    select dataset, given, any_value(candidates) as nearest
    from quality.council_matches
    where certainty = 'none'
    group by dataset, given
) m on m.dataset = b.dataset and m.given = b.value
union all
select
    r.collection, r.dataset, s.source_file, r.arrival, r.source_row, 'row.readable',
    null, null, r.reason, null, r.raw_row
from quality.rejects r
join quality.sources s on s.arrival = r.arrival
where r.arrival in (from work.arrivals);
