-- One row per collection, profile, council of the day, financial year and outcome: the
-- level that counts, the one required, and the council's own beside the reviewer's.
select
    o.collection, o.profile, o.gss_code, o.gss_code_of_day, o.financial_year as period,
    o.caf_version, o.objective_code, o.principle_code, o.outcome_code, o.lens, o.level,
    o.required, o.best_level, o.self_level, o.review_level,
    coalesce(s.share_rank, 1) as share_rank
from core.profile_outcomes o
left join core.share_levels s
    on s.collection = o.collection and s.gss_code = o.gss_code
    and s.dataset = 'assessments'
order by o.collection, o.profile, o.financial_year
