-- One row per group and period of a distribution indicator: the percentile is taken over
-- the group's events, never over councils' averages. Coverage counts reporting councils.
with places as (
    select c.*
    from marts.memberships c
    where c.way = $by
        and (len($regions) = 0 or list_contains($regions, c.region))
        and (len($groups) = 0 or list_contains($groups, c.council_group))
        and (len($councils) = 0 or list_contains($councils, c.gss_code))
),
reporting as (
    select p.group_code, r.month as period, r.gss_code
    from core.reporting_months r
    join places p on p.gss_code = r.gss_code and p.is_current
    where r.collection = $collection and r.dataset = $dataset
        and r.month between $since and $until
),
coverage as (
    select
        group_code,
        case $bucket
            when 'all' then null
            when 'month' then period
            when 'quarter' then cast(date_trunc('quarter', period) as date)
            else make_date(year(period) - (month(period) < 4)::int, 4, 1)
        end as period,
        count(distinct gss_code) as councils
    from reporting
    group by all
),
chosen as (
    select
        p.group_code, p.group_label, p.group_order, e.gss_code, e.share_rank, e.value,
        case $bucket
            when 'all' then null
            when 'month' then e.period
            when 'quarter' then cast(date_trunc('quarter', e.period) as date)
            else make_date(year(e.period) - (month(e.period) < 4)::int, 4, 1)
        end as period
    from marts.indicator_events e
    join places p on p.gss_code = e.gss_code
    where e.indicator = $indicator
        and e.collection = $collection
        and e.period between $since and $until
        and e.share_rank >= case when e.gss_code = $own then 1 else $counted_from end
),
each_council as (
    select group_code, period, gss_code, min(share_rank) as share_rank,
        count(*) as events
    from chosen
    group by all
),
contributors as (
    select group_code, period, count(*) as contributors,
        count(*) filter (where share_rank >= $named_from or gss_code = $own) as nameable,
        max(events) / sum(events) as largest
    from each_council
    group by all
),
measured as (
    select group_code, group_label, group_order, period, count(*) as events,
        quantile_cont(value, $percentile) as value
    from chosen
    group by all
)
select
    m.group_code, m.group_label, m.group_order, m.period, m.value,
    m.events as numerator, cast(null as double) as denominator,
    coalesce(v.councils, 0) as councils, k.nameable, k.contributors,
    k.largest as largest_numerator, k.largest as largest_denominator,
    cast(null as varchar) as basis
from measured m
join contributors k
    on k.group_code = m.group_code and k.period is not distinct from m.period
left join coverage v
    on v.group_code = m.group_code and v.period is not distinct from m.period
order by m.group_order, m.group_label, m.period
