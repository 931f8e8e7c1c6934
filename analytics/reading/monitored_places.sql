-- Councils of a scope and the group that each belongs to: a way of grouping, or a class of
-- security monitoring (C1) by its latest financial year of the range.
with monitored as (
    select m.gss_code, m.met, m.assessed, m.share_rank
    from marts.monitoring m
    join (
        select gss_code, max(period) as period
        from marts.monitoring
        where collection = $collection and profile = $profile
            and period between $class_since and $class_until
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
