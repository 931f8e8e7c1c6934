-- One row per collection, supplier, council of today and financial year: unplanned hours and
-- disruptions with the supplier as their cause, in months that the council reported on.
-- Overlapping disruptions of one service by one supplier are united.
with parts as (
    select s.collection, s.gss_code, s.part as supplier_name, m.month,
        (least(s.ended_at_second, m.ends_at_second)
            - greatest(s.started_at_second, m.starts_at_second)) / 3600e0 as hours,
        0 as disruptions, 0 as shared
    from core.spells s
    join reference.months m
        on m.starts_at_second < s.ended_at_second
        and m.ends_at_second > s.started_at_second
    where s.kind = 'supplier'
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
