-- One row per collection with awards, council of today and month from the first award's
-- financial year to the last: where there is no award, nothing was awarded.
with span as (
    select a.collection, min(m.financial_year) as first_year,
        max(m.financial_year) as last_year
    from core.awards a
    join reference.months m on m.month = a.awarded_month
    group by a.collection
)
select
    s.collection,
    c.gss_code,
    m.month,
    c.population,
    case when c.tier = 'upper' then 0 else c.population end as population_in_total
from span s
join reference.months m
    on m.financial_year >= s.first_year and m.financial_year <= s.last_year
cross join reference.councils c
where c.ended_on is null or c.gss_code in (select gss_code from core.awards)
