-- One row per collection and financial year for which any council has sent a return.
select distinct r.collection, m.financial_year
from core.returns r
join reference.months m on m.month = r.period_starts_on
