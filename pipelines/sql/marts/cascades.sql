-- One row per collection, event (see marts.cascade_spells) and council of today that it hit:
-- incidents that it reported for it, services disrupted, their hours and when. A shared
-- event also has the councils at which it stopped no service.
with hit as (
    select
        collection, kind, event_code, gss_code, 0 as incidents,
        count(distinct service_code) as services,
        sum((ended_at_second - started_at_second) / 3600e0) as hours,
        min(started_at_second) as started_at_second,
        max(ended_at_second) as ended_at_second, max(is_open) as is_open,
        max(supplier_name) as supplier_name, min(share_rank) as share_rank
    from marts.cascade_spells
    group by collection, kind, event_code, gss_code
    union all
    select
        i.collection, 'shared', i.shared_event_id, i.gss_code, count(*), 0, 0,
        min(i.detected_at_second), null, false,
        max(i.supplier_name), min(coalesce(s.share_rank, 1))
    from core.incidents i
    left join core.share_levels s
        on s.collection = i.collection and s.gss_code = i.gss_code
        and s.dataset = 'incidents'
    where i.shared_event_id is not null and i.incident_status = 'Confirmed'
    group by i.collection, i.shared_event_id, i.gss_code
),
added as (
    select
        collection, kind, event_code, gss_code, sum(incidents) as incidents,
        sum(services) as services, sum(hours) as hours,
        min(started_at_second) as started_at_second,
        max(ended_at_second) as ended_at_second, max(is_open) as is_open,
        max(supplier_name) as supplier_name, min(share_rank) as share_rank
    from hit
    group by collection, kind, event_code, gss_code
)
select
    a.collection, a.kind, a.event_code, a.gss_code, m.month as period,
    cast(a.incidents as bigint) as incidents, cast(a.services as bigint) as services,
    a.hours, a.started_at_second, a.ended_at_second, a.is_open, a.supplier_name,
    a.share_rank
from added a
join (
    select collection, kind, event_code, min(started_at_second) as first_second
    from added
    group by collection, kind, event_code
) f on f.collection = a.collection and f.kind = a.kind and f.event_code = a.event_code
join reference.months m
    on m.starts_at_second <= f.first_second and m.ends_at_second > f.first_second
order by a.collection, a.kind, m.month
