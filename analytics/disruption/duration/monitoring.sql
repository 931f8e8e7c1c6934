-- One row per council with incidents whose time to detect is known: the median of it, from
-- the steps of duration, and the share of C1 outcomes that it met in its latest year.
-- Internal: `durations.monitoring` takes off what may not be named.
with monitored as (
    select
        gss_code, share_rank,
        100.0 * count(*) filter (where required > 1 and level >= required)
            / nullif(count(level) filter (where required > 1), 0) as monitored
    from marts.profile_outcomes
    where collection = $collection and profile = $profile and principle_code = 'C1'
        and period between $since_year and $until
    group by gss_code, share_rank, period
    qualify row_number() over (partition by gss_code order by period desc) = 1
),
steps as (
    select
        gss_code, step, min(share_rank) as share_rank, sum(ended) as ended,
        sum(ended_hours) / nullif(sum(ended), 0) as hours
    from marts.survival_steps
    where collection = $collection and interval_code = 'detect' and way = 'all'
        and period between $since_year and $until and step is not null
    group by gss_code, step
),
running as (
    select
        *, sum(ended) over (partition by gss_code order by step) as so_far,
        sum(ended) over (partition by gss_code) as total
    from steps
)
select
    r.gss_code, m.monitored, r.total as numerator,
    cast(null as double) as denominator,
    min(r.hours) filter (where 2 * r.so_far >= r.total) as value,
    least(min(r.share_rank), min(m.share_rank)) as share_rank
from running r
join monitored m on m.gss_code = r.gss_code
group by r.gss_code, m.monitored, r.total
