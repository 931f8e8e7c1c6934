-- One row per group of councils: what was counted in the months that they reported on, and
-- the residents of those months, in resident-years. A group is a region, type, council,
-- England, or a class of security monitoring. Counties share residents with districts,
-- so a group of both divides by those of districts and unitaries.
with monitored as (
    select m.gss_code, m.met, m.assessed, m.share_rank
    from marts.monitoring m
    join (
        select gss_code, max(period) as period
        from marts.monitoring
        where collection = $collection and profile = $profile
            and period between $since_year and $until_year
        group by gss_code
    ) l on l.gss_code = m.gss_code and l.period = m.period
    where m.collection = $collection and m.profile = $profile
        and m.share_rank >= case when m.gss_code = $own then 1 else $counted_from end
),
places as (
    select
        g.gss_code, g.is_current, c.tier, c.population,
        coalesce(case when $by = 'monitoring' then m.share_rank end, 4) as class_rank,
        case
            when $by <> 'monitoring' then g.group_code
            when m.met is null then 'unknown'
            when m.met = 0 then 'none'
            when m.met = m.assessed then 'all'
            when 2 * m.met < m.assessed then 'less'
            else 'more'
        end as group_code,
        case when $by = 'monitoring' then '' else g.group_label end as group_label,
        case when $by = 'monitoring' then 0 else g.group_order end as group_order
    from marts.memberships g
    join (select unnest($members) as gss_code) n on n.gss_code = g.gss_code
    join marts.councils c on c.gss_code = g.gss_code
    left join monitored m on m.gss_code = g.gss_code
    where g.way = case when $by = 'monitoring' then 'england' else $by end
        and ($tier = '' or (c.tier = 'upper') = ($tier = 'upper'))
),
each_council as (
    select
        p.group_code, p.group_label, p.group_order, p.gss_code, p.is_current, p.tier,
        p.population, least(min(r.share_rank), min(p.class_rank)) as share_rank,
        count(*) as months, sum(r.events) as events
    from marts.rate_months r
    join places p on p.gss_code = r.gss_code
    where r.collection = $collection and r.measure = $measure
        and r.period between $since and $until
        and r.share_rank >= case when r.gss_code = $own then 1 else $counted_from end
    group by all
),
marked as (
    select *, population * months / 12.0 as residents,
        bool_and(tier = 'upper') over (partition by group_code) as is_county
    from each_council
)
select
    group_code, group_label, group_order, cast(null as date) as period,
    coalesce(sum(events) filter (where population is not null or not is_county), 0)
        as numerator,
    sum(residents) filter (where tier <> 'upper' or is_county) as denominator,
    sum(months) as months, sum(population) as population,
    count(*) filter (where is_current) as councils,
    count(*) filter (where share_rank >= $named_from or gss_code = $own) as nameable,
    count(*) as contributors,
    cast(null as double) as largest_numerator,
    -- What must not dominate is the count: residents are no secret.
    max(events) / nullif(sum(events), 0) as largest_denominator
from marked
group by group_code, group_label, group_order
order by group_order, group_label, group_code
