-- One row per collection, council of the day and financial year with any assessment, draft
-- and cancelled ones included: its state and what is missing.
select
    c.* exclude (financial_year), c.financial_year as period,
    coalesce(s.share_rank, 1) as share_rank
from core.completeness c
left join core.share_levels s
    on s.collection = c.collection and s.gss_code = c.gss_code
    and s.dataset = 'assessments'
