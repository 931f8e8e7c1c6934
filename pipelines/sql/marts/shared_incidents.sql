-- One row per collection, shared event and council of today that reported an incident of
-- it in a month that it reported on. `period` is the quarter in which the event began, at
-- whichever council, so that an event counts in one period only.
with reports as (
    select
        i.collection, i.shared_event_id as event_code, i.gss_code, i.detected_month,
        sum(case when i.incident_status = 'Confirmed' then 1 else 0 end) as confirmed,
        sum(case when i.incident_status = 'Suspected' then 1 else 0 end) as suspected
    from core.incidents i
    join core.reporting_months r
        on r.collection = i.collection and r.gss_code = i.gss_code
        and r.month = i.detected_month and r.dataset = 'incidents'
    where i.shared_event_id is not null
        and i.incident_status in ('Confirmed', 'Suspected')
    group by i.collection, i.shared_event_id, i.gss_code, i.detected_month
),
began as (
    select collection, event_code, min(detected_month) as month
    from reports
    group by collection, event_code
)
select
    p.collection, p.event_code, p.gss_code, m.financial_year,
    cast(date_trunc('quarter', b.month) as date) as period,
    cast(sum(p.confirmed) as bigint) as confirmed,
    cast(sum(p.suspected) as bigint) as suspected,
    min(coalesce(s.share_rank, 1)) as share_rank
from reports p
join began b on b.collection = p.collection and b.event_code = p.event_code
join reference.months m on m.month = b.month
left join core.share_levels s
    on s.collection = p.collection and s.gss_code = p.gss_code
    and s.dataset = 'incidents'
group by p.collection, p.event_code, p.gss_code, m.financial_year, b.month
order by p.collection, b.month
