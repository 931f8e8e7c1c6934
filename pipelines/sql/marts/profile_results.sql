-- One row per collection, profile, council of the day and financial year: outcomes met and
-- below, whether the whole profile is met, and how complete the assessment is.
select
    r.collection, r.profile, r.gss_code, r.gss_code_of_day, r.financial_year as period,
    r.caf_version, r.met, r.below, r.unknown, r.listed, r.held_down, r.is_profile_met,
    c.state, c.is_complete,
    coalesce(s.share_rank, 1) as share_rank
from core.profile_results r
left join core.completeness c
    on c.collection = r.collection and c.gss_code_of_day = r.gss_code_of_day
    and c.financial_year = r.financial_year
left join core.share_levels s
    on s.collection = r.collection and s.gss_code = r.gss_code
    and s.dataset = 'assessments'
