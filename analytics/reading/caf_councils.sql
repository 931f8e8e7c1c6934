-- One row per council of today in scope: its assessment of the year, its systems, and what
-- moved since the year before. Internal: `maturity.councils` takes names off.
with results as (
    select gss_code, sum(met) as met, sum(met + below) as assessed,
        sum(held_down) as held_down,
        -- Of several councils that are one today, all must meet it, and be known to.
        case
            when bool_or(not is_profile_met) then false
            when count(is_profile_met) = count(*) then true
        end as is_profile_met,
        min(share_rank) as share_rank, min(state) as state,
        bool_and(is_complete) as is_complete, max(caf_version) as caf_version
    from marts.profile_results
    where collection = $collection and profile = $profile and period = $until_year
    group by gss_code
),
middles as (
    -- Of all councils, whatever the scope: worse than most is worse than most of England.
    select caf_version, median(met / (met + below)) as middle
    from marts.profile_results
    where collection = $collection and profile = $profile and period = $until_year
        and met + below > 0
    group by caf_version
),
systems as (
    select gss_code, count(*) as systems, min(100.0 * met / assessed) as weakest,
        max(100.0 * met / assessed) as strongest, min(share_rank) as share_rank
    from marts.system_results
    where collection = $collection and profile = $profile and period = $until_year
    group by gss_code
),
moved as (
    select gss_code, count(*) filter (where level > level_before) as improved,
        count(*) filter (where level < level_before) as slipped,
        count(*) as followed
    from marts.moves
    where collection = $collection and period = $until_year
    group by gss_code
)
select
    c.gss_code, c.short_name as council_name, c.region, c.council_group,
    c.council_group_label as council_type, r.met as numerator, r.assessed as denominator,
    100.0 * r.met / nullif(r.assessed, 0) as value, r.is_profile_met, r.state,
    r.is_complete, r.caf_version, r.held_down, s.systems, s.weakest, s.strongest,
    case when s.systems > 1 then s.strongest - s.weakest end as spread,
    v.improved, v.slipped, v.followed,
    coalesce(r.met / nullif(r.assessed, 0) < i.middle and v.slipped > v.improved, false)
        as is_worse_and_worsening,
    least(r.share_rank, coalesce(s.share_rank, r.share_rank)) as share_rank
from marts.councils c
join (select unnest($members) as gss_code) m on m.gss_code = c.gss_code
left join results r on r.gss_code = c.gss_code
left join middles i on i.caf_version = r.caf_version
left join systems s on s.gss_code = c.gss_code
left join moved v on v.gss_code = c.gss_code
where c.is_current
