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
            when 'year' then make_date(
                year(r.period) - case when month(r.period) < 4 then 1 else 0 end, 4, 1)
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
),
added as (
    select
        m.group_code, m.group_label, m.group_order, e.part, e.period,
        sum(e.amount) as amount, max(e.amount) as most, sum(e.months) as months,
        sum(e.lacking) as lacking, sum(e.counted) as counted,
        count(*) filter (where m.is_current and e.months > 0) as councils,
        count(*) filter (where e.months > 0) as known,
        count(*) filter (
            where e.months > 0 and (e.share_rank >= $named_from or e.gss_code = $own)
        ) as nameable,
        count(*) filter (where e.amount > 0) as hits,
        count(*) filter (
            where e.amount > 0 and (e.share_rank >= $named_from or e.gss_code = $own)
        ) as nameable_hits
    from each_council e
    join marts.memberships m on m.gss_code = e.gss_code and m.way = $by
    group by m.group_code, m.group_label, m.group_order, e.part, e.period
)
select
    group_code, group_label, group_order, part, period, amount as numerator,
    cast(months as double) as denominator, cast(lacking as double) as lacking,
    cast(counted as double) as counted, councils,
    -- Who is behind a cause are the councils that had it; behind a nought, or what any
    -- cause did, all that reported.
    case when part <> 'any' and hits > 0 then nameable_hits else nameable end as nameable,
    case when part <> 'any' and hits > 0 then hits else known end as contributors,
    case when part <> 'any' and hits > 0 then hits else known end as behind,
    most / nullif(amount, 0) as largest_numerator,
    -- Whose share of a rate is too large is told by the amounts, not by the months.
    most / nullif(amount, 0) as largest_denominator
from added
order by group_order, group_label, part, period
