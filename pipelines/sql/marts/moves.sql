-- One row per collection, council of the day, financial year and outcome followed from the
-- year just before: the level then and now, either may be unknown.
select
    m.collection, m.gss_code, m.gss_code_of_day, m.financial_year as period,
    m.caf_version, m.version_before, c.objective_code, c.principle_code, m.outcome_code,
    m.level_before, m.level, coalesce(s.share_rank, 1) as share_rank
from core.moves m
join reference.caf_outcomes c
    on c.caf_version = m.caf_version and c.outcome_code = m.outcome_code
left join core.share_levels s
    on s.collection = m.collection and s.gss_code = m.gss_code
    and s.dataset = 'assessments'
order by m.collection, m.financial_year
