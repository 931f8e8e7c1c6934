-- One row per profile, council of the day, financial year and critical system: outcomes
-- of objectives B and C that the system meets, of those listed that have a level for it.
select
    a.collection, p.profile, a.gss_code, a.gss_code_of_day, a.financial_year,
    a.caf_version, a.system_id,
    sum(case when a.level >= p.required then 1 else 0 end) as met,
    count(*) as assessed
from core.assessments a
join core.caf_profiles p
    on p.collection = a.collection and p.caf_version = a.caf_version
    and p.outcome_code = a.outcome_code
where a.lens = 'BC' and a.level is not null
group by
    a.collection, p.profile, a.gss_code, a.gss_code_of_day, a.financial_year,
    a.caf_version, a.system_id
