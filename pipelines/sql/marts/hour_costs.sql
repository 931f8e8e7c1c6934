-- One row per collection, council of today and financial year of detection that it
-- reported on: confirmed incidents with a reported cost that disrupted a service and whose
-- disruptions all ended, what they cost together, and the hours of service that they took.
-- Overlaps of one service within an incident count once. No row where there was none.
with spells as (
    select collection, gss_code, incident_ref, service_code, started_at_second,
        ended_at_second, restored_at
    from core.disruptions
    where not is_planned and incident_ref is not null
),
marked as (
    select *, case when started_at_second <= max(ended_at_second) over (
        partition by collection, gss_code, incident_ref, service_code
        order by started_at_second, ended_at_second
        rows between unbounded preceding and 1 preceding
    ) then 0 else 1 end as is_new
    from spells
),
numbered as (
    select *, sum(is_new) over (
        partition by collection, gss_code, incident_ref, service_code
        order by started_at_second, ended_at_second
        rows between unbounded preceding and current row
    ) as spell
    from marked
),
united as (
    select collection, gss_code, incident_ref, service_code, spell,
        max(ended_at_second) - min(started_at_second) as seconds,
        sum(case when restored_at is null then 1 else 0 end) as continuing
    from numbered
    group by collection, gss_code, incident_ref, service_code, spell
),
hours as (
    select collection, gss_code, incident_ref, sum(seconds) / 3600.0 as hours
    from united
    group by collection, gss_code, incident_ref
    having sum(continuing) = 0 and sum(seconds) > 0
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
