-- One row per group of councils: the hours within which half of its confirmed cyber
-- incidents were detected, over the incidents and never over councils' medians. Groups
-- are those of rates.sql.
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
        g.gss_code, g.is_current,
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
chosen as (
    select
        p.group_code, p.group_label, p.group_order, p.gss_code, p.is_current,
        least(d.share_rank, p.class_rank) as share_rank, d.hours, d.incidents
    from marts.detection_hours d
    join places p on p.gss_code = d.gss_code
    where d.collection = $collection and d.period between $since_year and $until_year
        and d.share_rank >= case when d.gss_code = $own then 1 else $counted_from end
),
counted as (
    select
        group_code, hours,
        sum(sum(incidents)) over (partition by group_code order by hours) as so_far,
        sum(sum(incidents)) over (partition by group_code) as total
    from chosen
    group by group_code, hours
),
middle as (
    select group_code, min(hours) as hours
    from counted
    where 2 * so_far >= total
    group by group_code
),
each_council as (
    select group_code, group_label, group_order, gss_code, is_current,
        min(share_rank) as share_rank, sum(incidents) as incidents
    from chosen
    group by all
)
select
    e.group_code, e.group_label, e.group_order, cast(null as date) as period,
    m.hours as numerator, sum(e.incidents) as denominator,
    count(*) filter (where e.is_current) as councils,
    count(*) filter (where e.share_rank >= $named_from or e.gss_code = $own)
        as nameable,
    count(*) as contributors,
    cast(null as double) as largest_numerator,
    max(e.incidents) / sum(e.incidents) as largest_denominator
from each_council e
join middle m on m.group_code = e.group_code
group by e.group_code, e.group_label, e.group_order, m.hours
order by e.group_order, e.group_label, e.group_code
