-- One row per interval, code and step of duration: cases that ended there and cases still
-- open there, each with the hours that they took on average. Internal: `durations` drops
-- the codes that `durations.sql` may not show.
-- include disruption/duration/told
counted as (
    select *
    from told
    where step is not null
        and share_rank >= case when gss_code = $own then 1 else $counted_from end
)
select
    interval_code, code, step, cast(sum(ended) as double) as ended,
    cast(sum(still_open) as double) as still_open,
    sum(ended_hours) / nullif(sum(ended), 0) as ended_hours,
    sum(open_hours) / nullif(sum(still_open), 0) as open_hours
from counted
group by interval_code, code, step
order by interval_code, code, step
