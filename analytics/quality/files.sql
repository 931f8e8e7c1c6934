-- One row per file received, the newest first.
select arrival, received_at, dataset, source_file, sent_by, purpose, status, rows_in,
    accepted, quarantined, superseded, reason
from quality.files
where collection = $collection
order by arrival desc
