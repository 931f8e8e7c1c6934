-- One row per row accepted with a note.
select dataset, arrival, source_file, source_row, column_name, value, reason, hint
from quality.notes
where collection = $collection and ($dataset = '' or dataset = $dataset)
order by arrival desc, source_row, rule_id
