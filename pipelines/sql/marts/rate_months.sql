-- One row per collection, measure, council of today and month that it reported on: how
-- many confirmed incidents, or hours disrupted. Nought where the month had none.
with confirmed as (
    select
        collection, gss_code, detected_month as month,
        count(case when category = 'Cyber' then 1 end) as incidents,
        count(case when category = 'Cyber' and is_availability_lost then 1 end)
            as stopped,
        count(case when is_confidentiality_lost then 1 end) as breaches
    from core.incidents
    where incident_status = 'Confirmed' and detected_month is not null
    group by collection, gss_code, detected_month
),
measures as (
    select 'confirmed' as measure union all select 'availability'
    union all select 'breaches'
),
counted as (
    select
        r.collection, r.dataset, m.measure, r.gss_code, r.month,
        coalesce(case m.measure
            when 'confirmed' then c.incidents
            when 'availability' then c.stopped
            else c.breaches
        end, 0) as events
    from core.reporting_months r
    cross join measures m
    left join confirmed c
        on c.collection = r.collection and c.gss_code = r.gss_code
        and c.month = r.month
    where r.dataset = 'incidents'
    union all
    select r.collection, r.dataset, 'hours', r.gss_code, r.month,
        coalesce(d.hours, 0)
    from core.reporting_months r
    left join core.disrupted_months d
        on d.collection = r.collection and d.gss_code = r.gss_code
        and d.month = r.month and d.kind = 'any'
    where r.dataset = 'disruptions'
)
select
    c.collection, c.measure, c.gss_code, c.month as period,
    cast(c.events as double) as events, coalesce(s.share_rank, 1) as share_rank
from counted c
left join core.share_levels s
    on s.collection = c.collection and s.gss_code = c.gss_code
    and s.dataset = c.dataset
order by c.collection, c.measure, c.month
