-- One row per collection, financial year, programme and objective that has an envelope:
-- the money set aside, in cash. It is set aside for all councils together, never by
-- place.
select
    b.collection, y.financial_year, b.programme, b.objective,
    cast(sum(b.envelope_gbp) as double) as envelope_gbp
from core.programme_budgets b
join reference.financial_years y on y.financial_year_label = b.financial_year
group by b.collection, y.financial_year, b.programme, b.objective
