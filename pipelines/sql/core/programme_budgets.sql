-- One row per programme, financial year and objective that has an envelope.
select a.*
from accepted.programme_budgets a
where a.is_current and not a.is_withdrawn
