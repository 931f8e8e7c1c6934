-- One row per collection, event, council of today, service and unbroken spell in which it
-- was disrupted. An event is a shared event of several councils, or else an incident of
-- one council that took two services or more; an incident of a shared event is drawn
-- with that and not again.
with linked as (
    select d.collection, d.gss_code, d.service_code, d.cause_class, d.supplier_name,
        d.started_at_second as s, d.ended_at_second as e,
        d.restored_at is null as is_open,
        case when coalesce(d.shared_event_id, i.shared_event_id) is not null
            then 'shared' else 'incident' end as kind,
        coalesce(
            d.shared_event_id, i.shared_event_id,
            d.gss_code_of_day || ' ' || d.incident_ref
        ) as event_code
    from core.disruptions d
    left join core.incidents i
        on i.collection = d.collection and i.gss_code_of_day = d.gss_code_of_day
        and i.incident_ref = d.incident_ref
    where not d.is_planned
        and (d.shared_event_id is not null or d.incident_ref is not null)
),
several as (
    select collection, kind, event_code
    from linked
    group by collection, kind, event_code
    having kind = 'shared' or count(distinct service_code) > 1
),
marked as (
    select l.*, case when l.s <= max(l.e) over (
        partition by l.collection, l.kind, l.event_code, l.gss_code, l.service_code
        order by l.s, l.e rows between unbounded preceding and 1 preceding
    ) then 0 else 1 end as is_new
    from linked l
    join several v
        on v.collection = l.collection and v.kind = l.kind
        and v.event_code = l.event_code
),
-- Of equal disruptions the first numbered begins the spell, whichever it is: the windows
-- go by start and end alone, and all rows of a tie are in one spell.
numbered as (
    select *, sum(is_new) over (
        partition by collection, kind, event_code, gss_code, service_code
        order by s, e range between unbounded preceding and current row
    ) as spell
    from marked
)
select
    n.collection, n.kind, n.event_code, n.gss_code, n.service_code,
    coalesce(v.service, k.label, n.service_code) as service,
    coalesce(v.is_statutory, false) as is_statutory, n.spell,
    min(n.s) as started_at_second, max(n.e) as ended_at_second,
    max(n.is_open) as is_open, max(n.cause_class) as cause,
    max(n.supplier_name) as supplier_name,
    min(coalesce(s.share_rank, 1)) as share_rank
from numbered n
left join reference.services v on n.service_code = 'lgsl-' || v.lgsl_id
left join reference.lists k
    on k.list = 'corporate_service' and k.code = n.service_code
left join core.share_levels s
    on s.collection = n.collection and s.gss_code = n.gss_code
    and s.dataset = 'disruptions'
group by 1, 2, 3, 4, 5, 6, 7, 8
order by 1, 2, 3
