-- One row per collection, profile and council of the day that went from CAF 3.2 to 4.0: the
-- steps from outcomes met before to outcomes met after.
select
    r.collection, r.profile, r.gss_code, r.financial_year as period, r.met_before,
    b.listed as listed_before, r.dropped, r.raised, r.eased, r.gained, r.lost, r.new,
    r.unknown, r.met_after, a.listed as listed_after,
    b.met + b.below as assessed_before, a.met + a.below as assessed_after,
    coalesce(s.share_rank, 1) as share_rank
from core.rebased r
join core.profile_results a
    on a.collection = r.collection and a.profile = r.profile
    and a.gss_code_of_day = r.gss_code_of_day and a.financial_year = r.financial_year
join core.profile_results b
    on b.collection = r.collection and b.profile = r.profile
    and b.gss_code_of_day = r.gss_code_of_day
    and b.financial_year = r.year_before
left join core.share_levels s
    on s.collection = r.collection and s.gss_code = r.gss_code
    and s.dataset = 'assessments'
