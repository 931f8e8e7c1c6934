select dataset, source_file, status, rows_in, accepted, quarantined, superseded,
    received_at, reason
from quality.files
where collection = $collection
order by arrival
