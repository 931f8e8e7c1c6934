/*
title = "Councils meeting the profile"
question = "What share of councils meets every outcome of the profile?"
definition = "Councils whose assessed outcomes all reach the level that the profile asks for, as a share of councils for which that is known. One outcome below the level settles it; with none below and some not assessed it is unknown. The profile is GovAssure's Baseline unless another is chosen."
kind = "ratio"
timing = "state"
numerator = "Councils meeting every outcome of the profile"
denominator = "Councils for which it is known"
unit = "percent"
grain = "year"
polarity = "higher_is_better"
dataset = "assessments"
source = "CAF assessments: the reviewer's judgement where there is one, else the council's own"
order = 3
caveat = "The Government Cyber Security Strategy looks to 2030 for all public bodies. One missed outcome is enough for a council not to count."
*/
select
    collection,
    profile,
    gss_code,
    financial_year as period,
    sum(case when is_profile_met then 1 else 0 end) as numerator,
    count(*) as denominator,
    'CAF ' || max(caf_version) as basis
from core.profile_results
where is_profile_met is not null
group by collection, profile, gss_code, financial_year
