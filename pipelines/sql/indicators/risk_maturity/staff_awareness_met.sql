/*
title = "Staff awareness and training outcomes met"
question = "Do councils have the skills, knowledge and tools that they need?"
definition = "Outcomes of CAF principle B6 (staff awareness and training) at or above the level of the profile at the council's weakest critical system, as a share of those assessed."
kind = "ratio"
timing = "state"
numerator = "B6 outcomes at or above the level of the profile"
denominator = "B6 outcomes assessed"
unit = "percent"
grain = "year"
polarity = "higher_is_better"
dataset = "assessments"
source = "CAF assessments, principle B6"
objective = 4
order = 6
caveat = "Two outcomes a council, so one council's value is 0, 50 or 100 percent."
*/
select
    collection,
    profile,
    gss_code,
    financial_year as period,
    sum(case when level >= required then 1 else 0 end) as numerator,
    count(*) as denominator,
    'CAF ' || max(caf_version) as basis
from core.profile_outcomes
where level is not null and principle_code = 'B6'
group by collection, profile, gss_code, financial_year
