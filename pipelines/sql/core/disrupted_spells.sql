-- One row per unbroken spell in which one service of one council was disrupted:
-- overlapping disruptions of a service are united, so that an hour counts once.
-- Three kinds of spell: any unplanned cause, cyber only, and online public services.
-- `union`, not `union all`: equal disruptions would tie in the order below, and then
-- numbering them twice could put one of them into the spell before.
with chosen as (
    select collection, gss_code, service_code, started_at_second, ended_at_second,
        'any' as kind
    from core.disruptions
    where not is_planned
    union
    select collection, gss_code, service_code, started_at_second, ended_at_second,
        'cyber'
    from core.disruptions
    where not is_planned and cause_class = 'cyber'
    union
    select collection, gss_code, service_code, started_at_second, ended_at_second,
        'online'
    from core.disruptions
    where not is_planned and channel in ('online', 'all') and lgsl_id is not null
),
marked as (
    select *, case when started_at_second <= max(ended_at_second) over (
        partition by kind, collection, gss_code, service_code
        order by started_at_second, ended_at_second
        rows between unbounded preceding and 1 preceding
    ) then 0 else 1 end as is_new_spell
    from chosen
),
numbered as (
    select *, sum(is_new_spell) over (
        partition by kind, collection, gss_code, service_code
        order by started_at_second, ended_at_second
        rows between unbounded preceding and current row
    ) as spell
    from marked
)
select
    kind, collection, gss_code, service_code, spell,
    min(started_at_second) as started_at_second,
    max(ended_at_second) as ended_at_second
from numbered
group by kind, collection, gss_code, service_code, spell
