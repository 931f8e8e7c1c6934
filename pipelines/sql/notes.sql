-- Rows accepted with a note: one row per row and rule of severity info that it broke.
create or replace table quality.rules as
select
    stage, dataset, rule_id, any_value(column_name) as column_name,
    any_value(description) as description, any_value(severity) as severity,
    sum(evaluated)::bigint as evaluated, sum(unexpected)::bigint as unexpected,
    case when sum(unexpected) > 0 then 'FAIL' else 'PASS' end as status
from quality.verdicts
group by stage, dataset, rule_id;

create or replace table quality.notes as
select
    f.collection, f.dataset, s.source_file, f.arrival, f.source_row, f.rule_id,
    r.column_name, f.value, r.description as reason,
    case when f.rule_id = 'is_council_certain' then m.told end as hint
from quality.faults f
join quality.rules r
    on r.stage = f.stage and r.dataset = f.dataset and r.rule_id = f.rule_id
join quality.sources s on s.arrival = f.arrival
left join (
    select dataset, given,
        any_value(council_name || ' (' || gss_code || '), ' || how) as told
    from quality.council_matches
    where certainty = 'likely'
    group by dataset, given
) m on m.dataset = f.dataset and m.given = f.value
where r.severity = 'info' and not s.is_withdrawn;
