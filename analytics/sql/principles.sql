-- One row per CAF principle and financial year: profile outcomes met.
with chosen as (
    select p.*, c.is_current
    from marts.principles p
    join marts.councils c on c.gss_code = p.gss_code
    where p.collection = $collection and p.period between $since and $until
        and p.share_rank >= case when p.gss_code = $own then 1 else $counted_from end
        and (len($regions) = 0 or list_contains($regions, c.region))
        and (len($groups) = 0 or list_contains($groups, c.council_group))
        and p.denominator > 0
),
each_council as (
    select principle_code, period, gss_code, is_current, max(principle) as principle,
        max(caf_version) as caf_version, min(share_rank) as share_rank,
        sum(numerator) as numerator, sum(denominator) as denominator
    from chosen
    group by all
)
select
    e.principle_code, max(e.principle) as principle, e.period,
    max(y.financial_year_label) as period_label, 'CAF ' || max(e.caf_version) as basis,
    sum(e.numerator) as numerator, sum(e.denominator) as denominator,
    count(*) filter (where e.is_current) as councils,
    (select count(*) from marts.councils c where c.is_current
        and (len($regions) = 0 or list_contains($regions, c.region))
        and (len($groups) = 0 or list_contains($groups, c.council_group))) as expected,
    count(*) filter (where e.share_rank >= $named_from or e.gss_code = $own) as nameable,
    count(*) as contributors,
    max(e.numerator) / nullif(sum(e.numerator), 0) as largest_numerator,
    max(e.denominator) / nullif(sum(e.denominator), 0) as largest_denominator
from each_council e
join reference.financial_years y on y.financial_year = e.period
group by e.principle_code, e.period
order by e.principle_code, e.period
