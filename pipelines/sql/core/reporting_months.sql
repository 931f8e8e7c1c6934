-- One row per council of today, dataset and month reported on: what makes a month
-- without incidents a zero and not an unknown.
select distinct collection, dataset, gss_code, period_starts_on as month
from core.returns
where dataset in ('incidents', 'disruptions')
