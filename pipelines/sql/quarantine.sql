-- Rows set aside: one row per row and rule that it broke.
create table quality.quarantine as
select
    f.collection, f.dataset, f.source_file, f.source_row, f.rule_id,
    r.column_name, f.value, r.description as reason, cast(null as varchar) as raw_row
from quality.faults f
join quality.rules r on r.dataset = f.dataset and r.rule_id = f.rule_id
where r.severity <> 'info'
union all
select
    collection, dataset, source_file, source_row, 'row.readable', null, null,
    reason, raw_row
from quality.rejects;

create table quality.outcomes (
    dataset varchar, collection varchar, source_file varchar,
    accepted bigint, superseded bigint
);
