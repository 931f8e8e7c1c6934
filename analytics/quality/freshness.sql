-- One row per dataset that has a schedule, or of which a file came: when the last one did.
-- A file that was refused or withdrawn brought nothing.
with came as (
    select dataset, count(*) as files,
        cast(max(received_at) filter (where status not in ('refused', 'withdrawn'))
            as date) as last_on
    from quality.files
    where collection = $collection
    group by dataset
)
select coalesce(s.dataset, c.dataset) as dataset, s.title, s.every, s.due_days, s.words,
    coalesce(c.files, 0) as files, c.last_on
from reference.schedules s
full join came c on c.dataset = s.dataset
where c.dataset is not null or $collection <> 'public_record'
order by s.title, dataset
