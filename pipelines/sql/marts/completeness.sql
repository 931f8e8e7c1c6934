-- One row per collection, council of the day and financial year with any assessment, draft
-- and cancelled ones included: its state and what is missing.
select
    c.collection, c.gss_code, c.gss_code_of_day, c.financial_year as period,
    c.caf_version, c.state, c.outcomes, c.judged, c.judged_in_part, c.not_assessed,
    c.not_sent, c.judgements, c.reviewed, c.without_evidence, c.evidence_told,
    c.systems_listed, c.systems_assessed, c.missing_systems, c.is_complete,
    least(coalesce(s.share_rank, 1), coalesce(l.share_rank, 4)) as share_rank
from core.completeness c
left join core.share_levels s
    on s.collection = c.collection and s.gss_code = c.gss_code
    and s.dataset = 'assessments'
left join core.share_levels l
    on l.collection = c.collection and l.gss_code = c.gss_code
    and l.dataset = 'critical_systems'
