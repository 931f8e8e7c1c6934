-- One row per financial year and group of awards, over the councils in scope: what was
-- awarded (numerator) and paid (denominator), in cash. Groups are by `way`: objective (0
-- where the award of a payment is not on file), programme or funding_model.
with each_council as (
    select
        case $way
            when 'objective' then cast(f.objective as varchar)
            when 'programme' then f.programme
            else f.funding_model
        end as group_code,
        f.gss_code, f.financial_year as period, sum(f.awarded_gbp) as awarded_gbp,
        sum(f.paid_gbp) as paid_gbp, sum(f.awards) as awards, sum(f.untold) as untold,
        sum(f.payments) as payments, min(f.share_rank) as share_rank,
        sum(f.awarded_gbp) > 0 or sum(f.paid_gbp) > 0 as has_money
    from marts.funding_ledger f
    join (select unnest($members) as gss_code) n on n.gss_code = f.gss_code
    where f.collection = $collection
        and f.financial_year between $since_year and $until_year
        and f.share_rank >= case when f.gss_code = $own then 1 else $counted_from end
    group by all
)
select
    e.group_code, coalesce(max(l.label), '') as group_label, e.period,
    sum(e.awarded_gbp) as numerator, sum(e.paid_gbp) as denominator,
    sum(e.awards) as awards, sum(e.untold) as untold, sum(e.payments) as payments,
    count(*) as councils,
    -- Partners have no money of their own: they hide nobody.
    count(*) filter (
        where has_money and (e.share_rank >= $named_from or e.gss_code = $own)
    ) as nameable,
    count(*) filter (where has_money) as contributors,
    cast(null as double) as largest_numerator,
    greatest(
        coalesce(max(e.awarded_gbp) / nullif(sum(e.awarded_gbp), 0), 0),
        coalesce(max(e.paid_gbp) / nullif(sum(e.paid_gbp), 0), 0)
    ) as largest_denominator
from each_council e
left join reference.lists l on l.list = $way and l.code = e.group_code
group by e.group_code, e.period
order by e.group_code, e.period
