-- One row per collection, financial year, programme and objective: the envelope, what was
-- awarded and what was paid, in cash.
with budgets as (
    select b.collection, y.financial_year, b.programme, b.objective,
        sum(b.envelope_gbp) as envelope_gbp
    from core.programme_budgets b
    join reference.financial_years y on y.financial_year_label = b.financial_year
    group by b.collection, y.financial_year, b.programme, b.objective
),
awarded as (
    select a.collection, m.financial_year, a.programme, a.objective,
        sum(a.amount_awarded_gbp) as awarded_gbp
    from core.awards a
    join reference.months m on m.month = a.awarded_month
    group by a.collection, m.financial_year, a.programme, a.objective
),
leads as (
    select collection, award_id, max(programme) as programme, max(objective) as objective
    from core.awards
    group by collection, award_id
),
paid as (
    select p.collection, m.financial_year, l.programme, l.objective,
        sum(p.amount_paid_gbp) as paid_gbp
    from core.award_payments p
    join reference.months m
        on m.month = cast(date_trunc('month', p.paid_on) as date)
    join leads l on l.collection = p.collection and l.award_id = p.award_id
    group by p.collection, m.financial_year, l.programme, l.objective
),
keys as (
    select collection, financial_year, programme, objective from budgets
    union
    select collection, financial_year, programme, objective from awarded
    union
    select collection, financial_year, programme, objective from paid
)
select
    k.collection, k.financial_year, k.programme, l.label as programme_label, k.objective,
    coalesce(b.envelope_gbp, 0) as envelope_gbp,
    coalesce(a.awarded_gbp, 0) as awarded_gbp,
    coalesce(p.paid_gbp, 0) as paid_gbp
from keys k
join reference.lists l on l.list = 'programme' and l.code = k.programme
left join budgets b using (collection, financial_year, programme, objective)
left join awarded a using (collection, financial_year, programme, objective)
left join paid p using (collection, financial_year, programme, objective)
