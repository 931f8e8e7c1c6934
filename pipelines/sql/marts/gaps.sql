-- One row per collection, profile, council of today and outcome on which it is below in its
-- latest year: whether an improvement action answers it.
select
    g.collection, g.profile, g.gss_code, g.financial_year as period, g.caf_version,
    g.outcome_code, g.objective_code, g.principle_code, g.level, g.required,
    g.is_answered,
    least(coalesce(s.share_rank, 1), coalesce(a.share_rank, 4)) as share_rank
from core.gaps g
left join core.share_levels s
    on s.collection = g.collection and s.gss_code = g.gss_code
    and s.dataset = 'assessments'
left join core.share_levels a
    on a.collection = g.collection and a.gss_code = g.gss_code and a.dataset = 'actions'
