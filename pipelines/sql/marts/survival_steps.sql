-- One row per collection, council, interval, financial year, way of telling cases apart (all,
-- action, cause, objective), code and step of duration: how many ended and how many are
-- still open, with their hours. Step 0 holds up to a quarter of an hour and each one after
-- it reaches a tenth further; a step that is null counts those of unknown duration.
with told as (
    select *, 'all' as way, 'All' as code from core.span_counts
    union all
    select *, 'action', action from core.span_counts
    union all
    select *, 'cause', cause from core.span_counts where cause is not null
    union all
    select *, 'objective', objective from core.span_counts
)
select
    collection, gss_code, interval_code, period, way, code, step,
    min(share_rank) as share_rank, max(as_at) as as_at,
    cast(sum(cases) as bigint) as cases, cast(sum(ended) as bigint) as ended,
    cast(sum(still_open) as bigint) as still_open, sum(ended_hours) as ended_hours,
    sum(open_hours) as open_hours
from told
group by collection, gss_code, interval_code, period, way, code, step
order by collection, interval_code, way, period
