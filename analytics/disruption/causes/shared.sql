-- One row per group and period in which shared events began: councils that they hit
-- (numerator, once per council and event), events (once each), reports of them.
with chosen as (
    select
        g.group_code, g.group_label, g.group_order, g.is_current, v.gss_code,
        v.event_code, v.share_rank,
        case when $bucket = 'quarter' then v.period else v.financial_year end as period,
        v.confirmed + case when $status = 'both' then v.suspected else 0 end as reports
    from marts.shared_incidents v
    join (select unnest($members) as gss_code) n on n.gss_code = v.gss_code
    join marts.memberships g on g.gss_code = v.gss_code and g.way = $by
    where v.collection = $collection
        and v.financial_year between $since_year and $until_year
        and v.confirmed + case when $status = 'both' then v.suspected else 0 end > 0
        and v.share_rank >= case when v.gss_code = $own then 1 else $counted_from end
),
each_council as (
    select group_code, period, gss_code, count(*) as hits
    from chosen
    group by group_code, period, gss_code
),
largest as (
    select group_code, period, max(hits) as most from each_council
    group by group_code, period
)
select
    c.group_code, c.group_label, c.group_order, c.period,
    cast(count(*) as double) as numerator,
    cast(count(distinct c.event_code) as double) as denominator,
    cast(sum(c.reports) as double) as reports,
    count(distinct c.gss_code) filter (where c.is_current) as councils,
    count(distinct c.gss_code) filter (
        where c.share_rank >= $named_from or c.gss_code = $own
    ) as nameable,
    count(distinct c.gss_code) as contributors,
    count(distinct c.gss_code) as behind,
    cast(null as double) as largest_numerator,
    max(l.most) / count(*) as largest_denominator
from chosen c
join largest l on l.group_code = c.group_code and l.period = c.period
group by c.group_code, c.group_label, c.group_order, c.period
order by c.group_order, c.group_label, c.period
