-- One row per unbroken spell in which one service of one council was disrupted: overlapping
-- disruptions of a service are united, so that an hour counts once. Planned work is apart.
-- `kind` and `part` say which are united: all (any), those by a cyber incident (cyber), of
-- public services online (online), of one cause (cause), of one supplier at fault
-- (supplier) or of one incident (incident). `still_open` of its disruptions continue.
-- A view: whoever reads it asks for some kinds, and only those are worked out.
-- `distinct`: equal disruptions would tie in the order below, and then numbering them twice
-- could put one of them into the spell before.
with chosen as (
    select distinct 'any' as kind, '' as part, collection, gss_code, service_code,
        started_at_second, ended_at_second, restored_at is null as is_open
    from core.disruptions
    where not is_planned
    union all
    select distinct 'cyber', '', collection, gss_code, service_code,
        started_at_second, ended_at_second, restored_at is null
    from core.disruptions
    where not is_planned and cause_class = 'cyber'
    union all
    select distinct 'online', '', collection, gss_code, service_code,
        started_at_second, ended_at_second, restored_at is null
    from core.disruptions
    where not is_planned and channel in ('online', 'all') and lgsl_id is not null
    union all
    select distinct 'cause', cause_class, collection, gss_code, service_code,
        started_at_second, ended_at_second, restored_at is null
    from core.disruptions
    where not is_planned
    union all
    select distinct 'supplier', supplier_name, collection, gss_code, service_code,
        started_at_second, ended_at_second, restored_at is null
    from core.disruptions
    where not is_planned and cause_class = 'supplier' and supplier_name is not null
    union all
    select distinct 'incident', incident_ref, collection, gss_code, service_code,
        started_at_second, ended_at_second, restored_at is null
    from core.disruptions
    where not is_planned and incident_ref is not null
),
marked as (
    select *, case when started_at_second <= max(ended_at_second) over (
        partition by kind, part, collection, gss_code, service_code
        order by started_at_second, ended_at_second, is_open
        rows between unbounded preceding and 1 preceding
    ) then 0 else 1 end as is_new_spell
    from chosen
),
numbered as (
    select *, sum(is_new_spell) over (
        partition by kind, part, collection, gss_code, service_code
        order by started_at_second, ended_at_second, is_open
        rows between unbounded preceding and current row
    ) as spell
    from marked
)
select
    kind, part, collection, gss_code, service_code, spell,
    min(started_at_second) as started_at_second,
    max(ended_at_second) as ended_at_second,
    sum(case when is_open then 1 else 0 end) as still_open
from numbered
group by kind, part, collection, gss_code, service_code, spell
