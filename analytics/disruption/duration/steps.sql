-- One row per interval, code and step of duration: cases that ended there and cases still
-- open there, each with the hours that they took on average. Internal: `durations` drops
-- the codes that `durations.sql` may not show.
-- include disruption/duration/monitored_councils
told as (
    select
        s.gss_code, s.interval_code, s.step, s.ended, s.still_open, s.ended_hours,
        s.open_hours,
        case
            when $way <> 'monitoring' then s.code
            when coalesce(c.assessed, 0) = 0 then 'C1 not assessed'
            when c.met = c.assessed then 'C1 met in full'
            when c.met = 0 then 'C1 not met at all'
            else 'C1 met in part'
        end as code,
        least(s.share_rank, c.share_rank) as share_rank
    from marts.survival_steps s
    join (select unnest($members) as gss_code) m on m.gss_code = s.gss_code
    left join monitored c on c.gss_code = s.gss_code
    where s.collection = $collection
        and s.way = case $way when 'monitoring' then 'all' else $way end
        and s.interval_code in (select unnest($intervals))
        and s.period between $since_year and $until and s.step is not null
)
select
    interval_code, code, step, cast(sum(ended) as double) as ended,
    cast(sum(still_open) as double) as still_open,
    sum(ended_hours) / nullif(sum(ended), 0) as ended_hours,
    sum(open_hours) / nullif(sum(still_open), 0) as open_hours
from told
where share_rank >= case when gss_code = $own then 1 else $counted_from end
group by interval_code, code, step
order by interval_code, code, step
