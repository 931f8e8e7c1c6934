-- Cases by council, interval, code and step. The code is that of the way; where the way is
-- monitoring, it says how much of C1 the council met in its latest financial year.
with monitored as (
    select
        gss_code, share_rank,
        count(*) filter (where required > 1 and level >= required) as met,
        count(level) filter (where required > 1) as assessed
    from marts.profile_outcomes
    where $way = 'monitoring' and collection = $collection and profile = $profile
        and principle_code = 'C1' and period between $class_since and $class_until
    group by gss_code, share_rank, period
    qualify row_number() over (partition by gss_code order by period desc) = 1
),
told as (
    select
        s.gss_code, s.interval_code, s.step, s.cases, s.ended, s.still_open, s.as_at,
        s.ended_hours, s.open_hours,
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
        and s.period between $since_year and $until
),
