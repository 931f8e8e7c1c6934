-- One row per council of the day, financial year and outcome: the level that counts for
-- the council. For objectives B and C that is its weakest critical system. Not assessed
-- stays unknown (level is null). is_met compares with the GovAssure Baseline profile.
with weakest as (
    select
        collection, gss_code, gss_code_of_day, financial_year, caf_version, lens,
        outcome_code, min(level) as level, count(*) as systems,
        count(level) as systems_assessed, max(is_reviewed) as is_reviewed
    from core.assessments
    group by
        collection, gss_code, gss_code_of_day, financial_year, caf_version, lens,
        outcome_code
)
select
    w.*,
    p.required_level,
    case p.required_level
        when 'Achieved' then 3 when 'Partially achieved' then 2 else 1
    end as required,
    coalesce(c32.is_comparable, c40.is_comparable, false) as is_comparable
from weakest w
join reference.caf_profiles p
    on p.caf_version = w.caf_version and p.outcome_code = w.outcome_code
    and p.profile = 'baseline'
left join reference.caf_crosswalk c32
    on w.caf_version = '3.2' and c32.outcome_32 = w.outcome_code
left join reference.caf_crosswalk c40
    on w.caf_version = '4.0' and c40.outcome_40 = w.outcome_code
