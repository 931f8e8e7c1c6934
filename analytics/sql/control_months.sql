-- One row per group, part and period: the amount, and the council-months in which it is
-- known. A part with no row in a month that was reported is 0; no report is unknown.
with reported as (
    select v.gss_code, v.period, v.share_rank
    from marts.disruption_months v
    join (select unnest($members) as gss_code) c on c.gss_code = v.gss_code
    where v.measure = $measure and v.collection = $collection and v.part = 'any'
        and v.period between $since and $until
        and v.share_rank >= case when v.gss_code = $own then 1 else $counted_from end
),
happened as (
    select gss_code, period, part, amount, lacking, counted, true as is_there
    from marts.disruption_months
    where measure = $measure and collection = $collection
        and period between $since and $until
        and (len($parts) = 0 or list_contains($parts, part))
),
parts as (
    select unnest($parts) as part
    union
    select distinct part from happened
),
amounts as (
    select r.gss_code, r.share_rank, p.part,
        case $bucket
            when 'quarter' then cast(date_trunc('quarter', r.period) as date)
            else r.period
        end as period,
        case when h.is_there then h.amount else 0 end as amount, h.lacking, h.counted
    from reported r
    cross join parts p
    left join happened h
        on h.gss_code = r.gss_code and h.period = r.period and h.part = p.part
),
each_council as (
    select gss_code, part, period, min(share_rank) as share_rank,
        sum(amount) as amount, count(amount) as months, sum(lacking) as lacking,
        sum(counted) as counted
    from amounts
    group by gss_code, part, period
)
select
    m.group_code, m.group_label, m.group_order, e.part, e.period,
    sum(e.amount) as numerator, cast(sum(e.months) as double) as denominator,
    cast(sum(e.lacking) as double) as lacking,
    cast(sum(e.counted) as double) as counted,
    count(*) filter (where m.is_current and e.months > 0) as councils,
    count(*) filter (
        where e.months > 0 and (e.share_rank >= $named_from or e.gss_code = $own)
    ) as nameable,
    count(*) filter (where e.months > 0) as contributors,
    max(e.amount) / nullif(sum(e.amount), 0) as largest_numerator,
    -- Whose share of a rate is too large is told by the amounts, not by the months.
    max(e.amount) / nullif(sum(e.amount), 0) as largest_denominator
from each_council e
join marts.memberships m on m.gss_code = e.gss_code and m.way = $by
group by m.group_code, m.group_label, m.group_order, e.part, e.period
order by m.group_order, m.group_label, e.part, e.period
