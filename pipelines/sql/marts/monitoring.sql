-- One row per collection, profile, council of today and financial year: how many outcomes of
-- security monitoring (principle C1) it meets, of those that the profile asks for and
-- that were assessed.
select
    o.collection, o.profile, o.gss_code, o.financial_year as period,
    count(case when o.level >= o.required then 1 end) as met,
    count(o.level) as assessed,
    min(coalesce(s.share_rank, 1)) as share_rank
from core.profile_outcomes o
left join core.share_levels s
    on s.collection = o.collection and s.gss_code = o.gss_code
    and s.dataset = 'assessments'
where o.principle_code = 'C1' and o.required > 1
group by o.collection, o.profile, o.gss_code, o.financial_year
having count(o.level) > 0
order by o.collection, o.profile, o.financial_year
