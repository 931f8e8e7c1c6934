-- One row per council, cause (or any) and month: hours disrupted by clock hours, those of
-- services for the public, those with residents told, and resident-hours lost. While
-- disruptions of one service overlap an hour counts once, with the most residents that any
-- of them tells; under a cause only those of that cause are looked at.
-- The council of the day and the reference settle the order of equal disruptions, which
-- would otherwise be numbered differently from one window to the next.
with chosen as (
    select collection, gss_code, service_code, cause_class as cause,
        started_at_second as s, ended_at_second as e, residents_affected as residents,
        gss_code_of_day, disruption_id
    from core.disruptions
    where not is_planned and ended_at_second > started_at_second
),
placed as (
    select *,
        max(e) over (
            partition by collection, gss_code, service_code
            order by s, e, gss_code_of_day, disruption_id
            rows between unbounded preceding and 1 preceding
        ) as end_before,
        lead(s) over (
            partition by collection, gss_code, service_code
            order by s, e, gss_code_of_day, disruption_id
        ) as next_start
    from chosen
),
-- Most disruptions overlap no other, and need not be cut into pieces.
alone as (
    select collection, gss_code, service_code, cause, s, e, residents
    from placed
    where coalesce(s >= end_before, true) and coalesce(e <= next_start, true)
),
crowded as (
    select collection, gss_code, service_code, cause, s, e, residents, gss_code_of_day,
        disruption_id
    from placed
    where not (coalesce(s >= end_before, true) and coalesce(e <= next_start, true))
),
twice as (
    select * from crowded
    union all
    select collection, gss_code, service_code, 'any', s, e, residents, gss_code_of_day,
        disruption_id
    from crowded
),
marked as (
    select *, case when s < max(e) over (
        partition by collection, gss_code, service_code, cause
        order by s, e, gss_code_of_day, disruption_id
        rows between unbounded preceding and 1 preceding
    ) then 0 else 1 end as is_new
    from twice
),
numbered as (
    select *, sum(is_new) over (
        partition by collection, gss_code, service_code, cause
        order by s, e, gss_code_of_day, disruption_id
        rows between unbounded preceding and current row
    ) as spell
    from marked
),
bounds as (
    select collection, gss_code, service_code, cause, spell, s as bound from numbered
    union
    select collection, gss_code, service_code, cause, spell, e from numbered
),
pieces as (
    select *, lead(bound) over (
        partition by collection, gss_code, service_code, cause, spell order by bound
    ) as next_bound
    from bounds
),
stretches as (
    select collection, gss_code, service_code, cause, s, e, residents, true as is_alone
    from alone
    union all
    select p.collection, p.gss_code, p.service_code, p.cause, p.bound, p.next_bound,
        max(n.residents), false
    from pieces p
    join numbered n
        on n.collection = p.collection and n.gss_code = p.gss_code
        and n.service_code = p.service_code and n.cause = p.cause and n.spell = p.spell
        and n.s < p.next_bound and n.e > p.bound
    group by p.collection, p.gss_code, p.service_code, p.cause, p.bound, p.next_bound
),
apportioned as (
    select t.collection, t.gss_code, t.cause, m.month, t.residents, t.is_alone,
        t.service_code like 'lgsl-%' as is_public,
        (least(t.e, m.ends_at_second) - greatest(t.s, m.starts_at_second)) / 3600e0
            as hours
    from stretches t
    join reference.months m on m.starts_at_second < t.e and m.ends_at_second > t.s
),
summed as (
    select
        collection, gss_code, cause, month, is_alone,
        sum(hours) as hours,
        sum(case when is_public or residents is not null then hours end) as public_hours,
        sum(case when residents is not null then hours end) as told_hours,
        sum(residents * hours) as resident_hours
    from apportioned
    group by collection, gss_code, cause, month, is_alone
),
added as (
    select * from summed
    union all
    select collection, gss_code, 'any', month, is_alone, hours, public_hours, told_hours,
        resident_hours
    from summed
    where is_alone
)
select
    collection, gss_code, cause, month,
    sum(hours) as hours,
    coalesce(sum(public_hours), 0) as public_hours,
    coalesce(sum(told_hours), 0) as told_hours,
    coalesce(sum(resident_hours), 0) as resident_hours
from added
group by collection, gss_code, cause, month
