-- One row per collection with awards, council of today and month from the first award's
-- financial year to the last: what was awarded and paid to it. Where there is no award,
-- nothing was awarded. A council split among several stays where it has awards.
with span as (
    select a.collection, min(m.financial_year) as first_year,
        max(m.financial_year) as last_year
    from core.awards a
    join reference.months m on m.month = a.awarded_month
    group by a.collection
),
awarded as (
    select collection, gss_code, awarded_month as month,
        sum(amount_awarded_gbp) as awarded_gbp
    from core.awards
    group by collection, gss_code, awarded_month
),
paid as (
    select collection, gss_code, cast(date_trunc('month', paid_on) as date) as month,
        sum(amount_paid_gbp) as paid_gbp
    from core.award_payments
    group by collection, gss_code, cast(date_trunc('month', paid_on) as date)
)
select
    s.collection,
    c.gss_code,
    m.month,
    coalesce(a.awarded_gbp, 0) as awarded_gbp,
    coalesce(p.paid_gbp, 0) as paid_gbp,
    c.population,
    case when c.tier = 'upper' then 0 else c.population end as population_in_total
from span s
join reference.months m
    on m.financial_year >= s.first_year and m.financial_year <= s.last_year
cross join reference.councils c
left join awarded a
    on a.collection = s.collection and a.gss_code = c.gss_code and a.month = m.month
left join paid p
    on p.collection = s.collection and p.gss_code = c.gss_code and p.month = m.month
where c.ended_on is null or c.gss_code in (select gss_code from core.awards)
