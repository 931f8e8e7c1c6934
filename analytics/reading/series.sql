-- One row per group and period of a ratio indicator; bucket 'all' is one period.
with chosen as (
    select
        v.gss_code, c.is_current, c.tier, v.share_rank, v.basis,
        case $bucket
            when 'all' then null
            when 'month' then v.period
            when 'quarter' then cast(date_trunc('quarter', v.period) as date)
            else make_date(year(v.period) - (month(v.period) < 4)::int, 4, 1)
        end as period,
        c.group_code, c.group_label, c.group_order,
        v.numerator, v.denominator, v.denominator_in_total
    from marts.indicator_values v
    join marts.memberships c on c.gss_code = v.gss_code and c.way = $by
    where v.indicator = $indicator
        and v.collection = $collection
        and v.profile in ('', $profile)
        and v.period between $since and $until
        and v.share_rank >= case when v.gss_code = $own then 1 else $counted_from end
        and (len($regions) = 0 or list_contains($regions, c.region))
        and (len($groups) = 0 or list_contains($groups, c.council_group))
        and (len($councils) = 0 or list_contains($councils, c.gss_code))
        and (not $is_latest_only or v.period = (
            select max(period) from marts.indicator_values
            where indicator = $indicator and collection = $collection
                and period between $since and $until
        ))
),
each_council as (
    select
        group_code, group_label, group_order, period, gss_code, is_current, tier,
        min(share_rank) as share_rank, max(basis) as basis,
        sum(numerator) as numerator, sum(denominator) as denominator,
        sum(denominator_in_total) as denominator_in_total
    from chosen
    group by all
)
select
    group_code, group_label, group_order, period,
    sum(numerator) as numerator,
    case when bool_and(tier = 'upper') then sum(denominator)
        else sum(denominator_in_total) end as denominator,
    count(*) filter (where is_current) as councils,
    count(*) filter (where share_rank >= $named_from or gss_code = $own) as nameable,
    count(*) as contributors,
    max(abs(numerator)) / nullif(sum(abs(numerator)), 0) as largest_numerator,
    max(denominator) / nullif(sum(denominator), 0) as largest_denominator,
    max(basis) as basis
from each_council
group by all
order by group_order, group_label, period
