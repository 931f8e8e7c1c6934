-- One row per collection, council of today and financial year of detection that it
-- reported on: confirmed incidents with a reported cost that disrupted a service and whose
-- disruptions all ended, what they cost together, and the hours of service that they took.
-- Overlaps of one service within an incident count once. No row where there was none.
with hours as (
    select collection, gss_code, part as incident_ref,
        sum(ended_at_second - started_at_second) / 3600e0 as hours
    from core.spells
    where kind = 'incident'
    group by collection, gss_code, part
    having sum(still_open) = 0 and sum(ended_at_second - started_at_second) > 0
),
levels as (
    select collection, gss_code, min(share_rank) as share_rank
    from core.share_levels
    where dataset in ('incidents', 'disruptions')
    group by collection, gss_code
)
select
    i.collection, i.gss_code, m.financial_year as period, count(*) as incidents,
    cast(sum(i.cost_gbp) as double) as cost_gbp, cast(sum(h.hours) as double) as hours,
    min(coalesce(s.share_rank, 1)) as share_rank
from core.incidents i
join core.reporting_months r
    on r.collection = i.collection and r.gss_code = i.gss_code
    and r.month = i.detected_month and r.dataset = 'incidents'
join reference.months m on m.month = i.detected_month
join hours h
    on h.collection = i.collection and h.gss_code = i.gss_code
    and h.incident_ref = i.incident_ref
left join levels s on s.collection = i.collection and s.gss_code = i.gss_code
where i.incident_status = 'Confirmed' and i.cost_gbp is not null
group by i.collection, i.gss_code, m.financial_year
order by i.collection, m.financial_year, i.gss_code
