-- One row per collection, council of today, financial year, programme, objective and
-- funding model: what was awarded to the council and paid to it, in cash. An award stands
-- at the council that received the money, so a joint award counts once; `joined` counts
-- councils' parts in awards of others. A payment of an award that is not on file stands
-- under the programme ''.
with awarded as (
    select
        a.collection, a.gss_code, m.financial_year, a.programme, a.objective,
        a.funding_model,
        sum(case when a.role = 'lead' then a.amount_awarded_gbp end) as awarded_gbp,
        sum(case when a.role = 'lead' then 1 else 0 end) as awards,
        sum(case when a.role = 'lead' and a.amount_awarded_gbp is null then 1 else 0 end)
            as untold,
        sum(case when a.role = 'lead' then 0 else 1 end) as joined
    from core.awards a
    join reference.months m on m.month = a.awarded_month
    group by a.collection, a.gss_code, m.financial_year, a.programme, a.objective,
        a.funding_model
),
leads as (
    select collection, award_id, max(programme) as programme, max(objective) as objective,
        max(funding_model) as funding_model
    from core.awards
    group by collection, award_id
),
paid as (
    select
        p.collection, p.gss_code, m.financial_year,
        coalesce(l.programme, '') as programme, coalesce(l.objective, 0) as objective,
        coalesce(l.funding_model, '') as funding_model,
        sum(p.amount_paid_gbp) as paid_gbp, count(*) as payments
    from core.award_payments p
    join reference.months m
        on m.month = cast(date_trunc('month', p.paid_on) as date)
    left join leads l on l.collection = p.collection and l.award_id = p.award_id
    group by p.collection, p.gss_code, m.financial_year, coalesce(l.programme, ''),
        coalesce(l.objective, 0), coalesce(l.funding_model, '')
),
keys as (
    select collection, gss_code, financial_year, programme, objective, funding_model
    from awarded
    union
    select collection, gss_code, financial_year, programme, objective, funding_model
    from paid
),
levels as (
    select collection, gss_code, min(share_rank) as share_rank
    from core.share_levels
    where dataset in ('awards', 'award_payments')
    group by collection, gss_code
)
select
    k.collection, k.gss_code, k.financial_year, k.programme, k.objective,
    k.funding_model,
    cast(coalesce(a.awarded_gbp, 0) as double) as awarded_gbp,
    coalesce(a.awards, 0) as awards, coalesce(a.untold, 0) as untold,
    coalesce(a.joined, 0) as joined,
    cast(coalesce(p.paid_gbp, 0) as double) as paid_gbp,
    coalesce(p.payments, 0) as payments,
    coalesce(s.share_rank, 1) as share_rank
from keys k
left join awarded a
    on a.collection = k.collection and a.gss_code = k.gss_code
    and a.financial_year = k.financial_year and a.programme = k.programme
    and a.objective = k.objective and a.funding_model = k.funding_model
left join paid p
    on p.collection = k.collection and p.gss_code = k.gss_code
    and p.financial_year = k.financial_year and p.programme = k.programme
    and p.objective = k.objective and p.funding_model = k.funding_model
left join levels s on s.collection = k.collection and s.gss_code = k.gss_code
