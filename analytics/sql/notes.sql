select dataset, source_file, source_row, column_name, value, reason
from quality.notes
where collection = $collection and ($dataset = '' or dataset = $dataset)
order by source_file, source_row, rule_id
