-- One row per collection, profile, council of the day, financial year and critical system:
-- outcomes of objectives B and C met, and what kind of system it is.
select
    r.collection, r.profile, r.gss_code, r.gss_code_of_day, r.financial_year as period,
    r.system_id, r.met, r.assessed, c.hosting_type, c.is_legacy,
    least(coalesce(a.share_rank, 1), coalesce(s.share_rank, 4)) as share_rank
from core.system_results r
left join core.critical_systems c
    on c.collection = r.collection and c.gss_code_of_day = r.gss_code_of_day
    and c.system_id = r.system_id
left join core.share_levels a
    on a.collection = r.collection and a.gss_code = r.gss_code
    and a.dataset = 'assessments'
left join core.share_levels s
    on s.collection = r.collection and s.gss_code = r.gss_code
    and s.dataset = 'critical_systems'
order by r.collection, r.profile, r.financial_year
