-- One row per group of councils: councils of today in scope, those of them that received
-- money (numerator) of those that may be counted (denominator), and residents, each once:
-- a county's are left out where one of its districts is in the group.
with funded as (
    select l.gss_code, min(l.share_rank) as share_rank, sum(l.awards) as awards
    from marts.funding_ledger l
    where l.collection = $collection
        and l.financial_year between $since_year and $until_year
    group by l.gss_code
),
places as (
    select
        g.group_code, g.group_label, g.group_order, c.gss_code, c.tier, c.population,
        case when c.tier = 'upper' then c.council_code else c.county_code end as county,
        -- A council without an award has no row of its own to keep back.
        coalesce(f.share_rank, 2) as share_rank, coalesce(f.awards, 0) > 0 as is_funded
    from marts.councils c
    join (select unnest($members) as gss_code) n on n.gss_code = c.gss_code
    join marts.memberships g on g.gss_code = c.gss_code and g.way = $by
    left join funded f on f.gss_code = c.gss_code
    where c.is_current
),
marked as (
    select *,
        share_rank >= case when gss_code = $own then 1 else $counted_from end as counts,
        tier = 'upper' and max(case when tier = 'lower' then 1 else 0 end) over (
            partition by group_code, county
        ) = 1 as has_districts
    from places
)
select
    group_code, group_label, group_order, cast(null as date) as period,
    count(*) as expected,
    sum(case when has_districts then 0 else population end) as residents,
    sum(case when counts and is_funded then 1 else 0 end) as numerator,
    sum(case when counts then 1 else 0 end) as denominator,
    sum(case when counts and (share_rank >= $named_from or gss_code = $own) then 1 else 0
        end) as nameable,
    sum(case when counts then 1 else 0 end) as contributors,
    cast(null as double) as largest_numerator,
    cast(null as double) as largest_denominator
from marked
group by group_code, group_label, group_order
order by group_order, group_label, group_code
