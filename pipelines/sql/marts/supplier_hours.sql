-- One row per collection, supplier, council of today and financial year: unplanned hours and
-- disruptions with the supplier as their cause, in months that the council reported on.
-- Overlapping disruptions of one service by one supplier are united.
with chosen as (
    select distinct collection, gss_code, supplier_name, service_code,
        started_at_second as s, ended_at_second as e
    from core.disruptions
    where not is_planned and cause_class = 'supplier' and supplier_name is not null
),
marked as (
    select *, case when s <= max(e) over (
        partition by collection, gss_code, supplier_name, service_code order by s, e
        rows between unbounded preceding and 1 preceding
    ) then 0 else 1 end as is_new
    from chosen
),
numbered as (
    select *, sum(is_new) over (
        partition by collection, gss_code, supplier_name, service_code order by s, e
        rows between unbounded preceding and current row
    ) as spell
    from marked
),
spells as (
    select collection, gss_code, supplier_name, service_code, spell, min(s) as s,
        max(e) as e
    from numbered
    group by collection, gss_code, supplier_name, service_code, spell
),
parts as (
    select p.collection, p.gss_code, p.supplier_name, m.month,
        (least(p.e, m.ends_at_second) - greatest(p.s, m.starts_at_second)) / 3600.0
            as hours, 0 as disruptions, 0 as shared
    from spells p
    join reference.months m on m.starts_at_second < p.e and m.ends_at_second > p.s
    union all
    select collection, gss_code, supplier_name, started_month, 0, 1,
        case when shared_event_id is null then 0 else 1 end
    from core.disruptions
    where not is_planned and cause_class = 'supplier' and supplier_name is not null
),
added as (
    select p.collection, p.gss_code, p.supplier_name, m.financial_year,
        sum(p.hours) as hours, sum(p.disruptions) as disruptions,
        sum(p.shared) as shared
    from parts p
    join reference.months m on m.month = p.month
    join core.reporting_months r
        on r.collection = p.collection and r.gss_code = p.gss_code
        and r.month = p.month and r.dataset = 'disruptions'
    group by p.collection, p.gss_code, p.supplier_name, m.financial_year
)
select
    a.collection, a.supplier_name, a.gss_code, a.financial_year as period, a.hours,
    a.disruptions, a.shared, coalesce(s.share_rank, 1) as share_rank
from added a
left join core.share_levels s
    on s.collection = a.collection and s.gss_code = a.gss_code
    and s.dataset = 'disruptions'
order by a.collection, a.financial_year
