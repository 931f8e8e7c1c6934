-- One row per collection, council of today, financial year, service and cause (or any):
-- unplanned hours by clock hours, in months that the council reported on, and the
-- disruptions that started in them. Overlapping disruptions of one service are united
-- under each cause, and under any. `residents` adds up those told by `told` disruptions.
with spells as (
    select collection, gss_code, service_code, part as cause, started_at_second as s,
        ended_at_second as e
    from core.spells
    where kind = 'cause'
    union all
    select collection, gss_code, service_code, 'any', started_at_second, ended_at_second
    from core.disrupted_spells
    where kind = 'any'
),
parts as (
    select p.collection, p.gss_code, p.service_code, p.cause, m.month,
        (least(p.e, m.ends_at_second) - greatest(p.s, m.starts_at_second)) / 3600e0
            as hours,
        0 as disruptions, null as residents, 0 as told
    from spells p
    join reference.months m on m.starts_at_second < p.e and m.ends_at_second > p.s
    union all
    select collection, gss_code, service_code, c.cause, started_month, 0, 1,
        residents_affected, case when residents_affected is null then 0 else 1 end
    from core.disruptions d
    join (
        select code, code as cause from reference.lists where list = 'cause_class'
        union all
        select code, 'any' from reference.lists where list = 'cause_class'
    ) c on c.code = d.cause_class
    where not d.is_planned
),
added as (
    select p.collection, p.gss_code, m.financial_year, p.service_code, p.cause,
        sum(p.hours) as hours, sum(p.disruptions) as disruptions,
        sum(p.residents) as residents, sum(p.told) as told
    from parts p
    join reference.months m on m.month = p.month
    join core.reporting_months r
        on r.collection = p.collection and r.gss_code = p.gss_code
        and r.month = p.month and r.dataset = 'disruptions'
    group by p.collection, p.gss_code, m.financial_year, p.service_code, p.cause
)
select
    a.collection, a.gss_code, a.financial_year as period, a.service_code,
    coalesce(v.service, k.label, a.service_code) as service,
    coalesce(v.is_statutory, false) as is_statutory,
    a.service_code like 'lgsl-%' as is_public,
    a.cause, coalesce(l.label, 'Any cause') as cause_label,
    coalesce(l.sort_order, 0) as cause_order,
    a.hours, a.disruptions, a.residents, a.told,
    coalesce(s.share_rank, 1) as share_rank
from added a
left join reference.services v on a.service_code = 'lgsl-' || v.lgsl_id
left join reference.lists k
    on k.list = 'corporate_service' and k.code = a.service_code
left join reference.lists l on l.list = 'cause_class' and l.code = a.cause
left join core.share_levels s
    on s.collection = a.collection and s.gss_code = a.gss_code
    and s.dataset = 'disruptions'
order by a.collection, a.cause, a.financial_year
