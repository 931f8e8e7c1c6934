-- One row per council of today: the percentile of its own events.
select
    e.indicator, e.gss_code, count(*) as numerator, cast(null as double) as denominator,
    quantile_cont(e.value, $percentile) as value, cast(null as varchar) as basis,
    min(e.share_rank) as share_rank
from marts.indicator_events e
join marts.councils c on c.gss_code = e.gss_code and c.is_current
where e.indicator = $indicator and e.collection = $collection
    and e.period between $since and $until
group by e.indicator, e.gss_code
