-- One row per council of today and ratio indicator: its value over the range, or in the
-- latest period of it for an indicator that describes a state.
with latest as (
    select v.indicator, max(v.period) as period
    from marts.indicator_values v
    where v.collection = $collection and v.period between $since and $until
    group by v.indicator
)
select
    v.indicator, v.gss_code, sum(v.numerator) as numerator,
    sum(v.denominator) as denominator,
    sum(v.numerator) / nullif(sum(v.denominator), 0) as value,
    max(v.basis) as basis, min(v.share_rank) as share_rank
from marts.indicator_values v
join marts.indicators i on i.key = v.indicator
join marts.councils c on c.gss_code = v.gss_code and c.is_current
join latest l on l.indicator = v.indicator
where v.collection = $collection and v.period between $since and $until
    and v.profile in ('', $profile)
    and list_contains($indicators, v.indicator)
    and (i.timing = 'flow' or v.period = l.period)
group by v.indicator, v.gss_code
