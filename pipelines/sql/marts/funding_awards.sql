-- One row per award and council that has a part in it, with who may know of it: the most
-- private level of the council's awards and payments. The amount stands at the lead.
with joined as (
    select collection, award_id, count(*) as councils
    from core.awards
    group by collection, award_id
),
paid as (
    select collection, award_id, gss_code, sum(amount_paid_gbp) as paid_gbp
    from core.award_payments
    group by collection, award_id, gss_code
),
levels as (
    select collection, gss_code, min(share_rank) as share_rank
    from core.share_levels
    where dataset in ('awards', 'award_payments')
    group by collection, gss_code
)
select
    a.collection, a.award_id, a.gss_code, a.gss_code_of_day,
    d.council_name as name_of_day,
    d.council_code, d.council_type as type_of_day, a.title, a.currency,
    cast(a.amount_awarded_gbp as double) as amount_awarded_gbp, a.awarded_on,
    m.financial_year, a.role, a.partnership_id, j.councils, a.funding_org_name,
    a.programme, l.label as programme_label, a.funding_model, a.round_no, a.starts_on,
    a.ends_on, a.objective, a.first_support_on, a.record_version, a.is_withdrawn,
    a.share_level, a.handling,
    cast(p.paid_gbp as double) as paid_gbp, coalesce(s.share_rank, 1) as share_rank
from core.awards a
join reference.months m on m.month = a.awarded_month
join reference.councils d on d.gss_code = a.gss_code_of_day
join reference.lists l on l.list = 'programme' and l.code = a.programme
join joined j on j.collection = a.collection and j.award_id = a.award_id
left join paid p
    on p.collection = a.collection and p.award_id = a.award_id
    and p.gss_code = a.gss_code
left join levels s on s.collection = a.collection and s.gss_code = a.gss_code
