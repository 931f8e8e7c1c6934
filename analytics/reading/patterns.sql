-- One row per group, period and cell (action and part of one way of looking): incidents of
-- the status asked for, and at how many councils. Cells are those of $actions and $parts,
-- or where $parts is empty those that any council of the scope had. A group and period
-- that nobody reported on has no row; a cell of one reported on is nought without any.
with chosen as (
    select
        g.group_code, g.group_label, g.group_order, g.is_current, v.gss_code, v.way,
        v.action, v.part, v.months, v.share_rank,
        case $bucket
            when 'quarter' then v.period
            when 'year' then v.financial_year
            else $since_year
        end as period,
        case $status
            when 'confirmed' then v.confirmed
            when 'suspected' then v.suspected
            when 'both' then v.confirmed + v.suspected
            when 'near_miss' then v.near_miss
            else v.false_positive
        end as incidents
    from marts.patterns v
    join (select unnest($members) as gss_code) n on n.gss_code = v.gss_code
    join marts.memberships g on g.gss_code = v.gss_code and g.way = $by
    where v.collection = $collection and (v.way = 'any' or v.way = $way)
        and v.financial_year between $since_year and $until_year
        and (v.way = 'any' or $action = 'any' or v.action = $action)
        and (v.way = 'any' or $actor = 'any' or v.actor = $actor)
        and v.share_rank >= case when v.gss_code = $own then 1 else $counted_from end
),
reported as (
    select
        group_code, group_label, group_order, period, sum(months) as months,
        count(distinct gss_code) as reporters,
        count(distinct gss_code) filter (where is_current) as councils,
        count(distinct gss_code) filter (
            where share_rank >= $named_from or gss_code = $own
        ) as nameable
    from chosen
    where way = 'any'
    group by group_code, group_label, group_order, period
),
each_council as (
    select group_code, period, action, part, gss_code, min(share_rank) as share_rank,
        sum(incidents) as incidents
    from chosen
    where way = $way
    group by group_code, period, action, part, gss_code
    having sum(incidents) > 0
),
cells as (
    select a.action, p.part
    from (select unnest($actions) as action) a
    cross join (select unnest($parts) as part) p
    union
    select distinct action, part from each_council where len($parts) = 0
),
happened as (
    select group_code, period, action, part, sum(incidents) as incidents,
        max(incidents) as most, count(*) as hits,
        count(*) filter (where share_rank >= $named_from or gss_code = $own) as nameable
    from each_council
    group by group_code, period, action, part
)
select
    r.group_code, r.group_label, r.group_order, r.period, c.action, c.part,
    cast(coalesce(h.incidents, 0) as double) as numerator,
    cast(r.months as double) as denominator, cast(coalesce(h.hits, 0) as double) as hits,
    r.councils,
    -- Who is behind a cell are the councils that had one; behind a nought, all.
    coalesce(h.nameable, r.nameable) as nameable,
    coalesce(h.hits, r.reporters) as contributors,
    coalesce(h.hits, r.reporters) as behind,
    cast(null as double) as largest_numerator,
    h.most / h.incidents as largest_denominator
from reported r
cross join cells c
left join happened h
    on h.group_code = r.group_code and h.period = r.period and h.action = c.action
    and h.part = c.part
order by r.group_order, r.group_label, r.period, c.action, c.part
