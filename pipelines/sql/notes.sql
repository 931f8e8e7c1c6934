-- Rows accepted with a note: one row per row and rule of severity info that it broke.
create table quality.notes as
select
    f.collection, f.dataset, f.source_file, f.source_row, f.rule_id,
    r.column_name, f.value, r.description as reason
from quality.faults f
join quality.rules r on r.dataset = f.dataset and r.rule_id = f.rule_id
where r.severity = 'info';
