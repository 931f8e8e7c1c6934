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
buckets as (
    select
        month,
        case $bucket
            when 'all' then null
            when 'month' then month
            when 'quarter' then cast(date_trunc('quarter', month) as date)
            else financial_year
        end as period
    from reference.months
    where month between $since and $until
),
coverage as (
    select p.group_code, b.period, count(distinct r.gss_code) as councils
    from core.reporting_months r
    join places p on p.gss_code = r.gss_code and p.is_current
    join buckets b on b.month = r.month
    where r.collection = $collection and r.dataset = $dataset
    group by all
),
each_council as (
    select p.group_code, p.group_label, p.group_order, b.period, e.gss_code,
        min(e.share_rank) as share_rank, sum(e.events) as events
    from marts.event_months e
    join places p on p.gss_code = e.gss_code
    join buckets b on b.month = e.period
    where e.indicator = $indicator
        and e.collection = $collection
        and e.share_rank >= case when e.gss_code = $own then 1 else $counted_from end
    group by all
),
contributors as (
    select group_code, group_label, group_order, period, sum(events) as events,
        count(*) as contributors,
        count(*) filter (where share_rank >= $named_from or gss_code = $own) as nameable,
        max(events) / sum(events) as largest
    from each_council
    group by all
),
measured as (
    select p.group_code, b.period, quantile_cont(e.value, $percentile) as value
    from marts.indicator_events e
    join places p on p.gss_code = e.gss_code
    join buckets b on b.month = e.period
    where e.indicator = $indicator
        and e.collection = $collection
        and e.share_rank >= case when e.gss_code = $own then 1 else $counted_from end
    group by all
)
select
    k.group_code, k.group_label, k.group_order, k.period, m.value,
    cast(k.events as bigint) as numerator, cast(null as double) as denominator,
    coalesce(v.councils, 0) as councils, k.nameable, k.contributors,
    k.largest as largest_numerator, k.largest as largest_denominator,
    cast(null as varchar) as basis
from measured m
join contributors k
    on k.group_code = m.group_code and k.period is not distinct from m.period
left join coverage v
    on v.group_code = m.group_code and v.period is not distinct from m.period
order by k.group_order, k.group_label, k.period
