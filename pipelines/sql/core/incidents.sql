-- One row per incident: its latest version, unless withdrawn. London decides the month;
-- an incident of which the year alone is known has none, so that no figure by month
-- counts it, and hours to recover need a moment that is exact.
select
    s.rank_of_share as share_rank,
    a.gss_code as gss_code_of_day,
    coalesce(t.current_gss_code, a.gss_code) as gss_code,
    a.* exclude (gss_code),
    case when coalesce(a.detected_precision, 'exact') <> 'year' then cast(
        date_trunc('month', timezone('Europe/London', timezone('UTC', a.detected_at)))
        as date
    ) end as detected_month,
    cast(epoch(a.occurred_at) as bigint) as occurred_at_second,
    cast(epoch(a.detected_at) as bigint) as detected_at_second,
    cast(epoch(a.contained_at) as bigint) as contained_at_second,
    cast(epoch(a.recovered_at) as bigint) as recovered_at_second,
    case when coalesce(a.detected_precision, 'exact') = 'exact'
        then epoch(a.recovered_at - a.detected_at) / 3600e0
    end as hours_to_recover,
    case
        when a.cost_response_gbp is null and a.cost_recovery_gbp is null
            and a.cost_lost_income_gbp is null then null
        else coalesce(a.cost_response_gbp, 0) + coalesce(a.cost_recovery_gbp, 0)
            + coalesce(a.cost_lost_income_gbp, 0)
    end as cost_gbp
from accepted.incidents a
left join reference.council_today t on t.gss_code = a.gss_code
left join reference.share_ranks s on s.share_level = a.share_level
where a.is_current and not a.is_withdrawn
