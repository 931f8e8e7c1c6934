-- One row per collection, council, financial year and CAF principle: profile outcomes met,
-- among those of which the profile asks anything (C2 of CAF 3.2 is not asked for).
select
    o.collection, o.gss_code, o.financial_year as period, o.caf_version,
    c.objective_code, c.objective, c.principle_code, c.principle,
    sum(case when o.level >= o.required then 1 else 0 end) as numerator,
    count(o.level) as denominator,
    min(coalesce(s.share_rank, 1)) as share_rank
from core.council_outcomes o
join reference.caf_outcomes c
    on c.caf_version = o.caf_version and c.outcome_code = o.outcome_code
left join core.share_levels s
    on s.collection = o.collection and s.gss_code = o.gss_code
    and s.dataset = 'assessments'
where o.required > 1
group by o.collection, o.gss_code, o.financial_year, o.caf_version, c.objective_code,
    c.objective, c.principle_code, c.principle
