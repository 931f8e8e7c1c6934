-- One row per dataset and month in which files of it came.
select dataset, cast(date_trunc('month', received_at) as date) as month,
    count(*) as files, count(*) filter (where status = 'refused') as refused,
    cast(sum(rows_in) as bigint) as rows_in
from quality.files
where collection = $collection
group by all
order by dataset, month
