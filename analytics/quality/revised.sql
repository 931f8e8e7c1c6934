-- One row per row received since a day that replaced an earlier one, or took it back.
select r.dataset, c.short_name as council_name, r.row_key, r.what,
    cast(f.received_at as date) as received_on, r.arrival, f.source_file, r.source_row
from quality.revisions r
join quality.files f on f.arrival = r.arrival and f.status <> 'withdrawn'
left join reference.councils c on c.gss_code = r.gss_code
where r.collection = $collection and f.received_at >= $since
order by r.arrival desc, r.source_row
