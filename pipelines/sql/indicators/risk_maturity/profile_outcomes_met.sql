/*
title = "Profile outcomes met"
question = "How much of the CAF profile does each council meet?"
definition = "Contributing outcomes at or above the level that the profile asks for, as a share of the outcomes assessed of those that it lists. The profile is GovAssure's Baseline unless another is chosen. Objectives B and C count at the council's weakest critical system. An outcome not assessed is unknown and left out."
kind = "ratio"
timing = "state"
numerator = "Contributing outcomes at or above the level of the profile"
denominator = "Contributing outcomes assessed"
unit = "percent"
grain = "year"
polarity = "higher_is_better"
dataset = "assessments"
source = "CAF assessments: the reviewer's judgement where there is one, else the council's own"
objective = 1
order = 1
caveat = "The local-government profile is not public, so the GovAssure Baseline stands in for it. Baseline of CAF 4.0 asks for more than that of 3.2: a council exactly at Baseline 3.2 meets 27 of 41 outcomes of 4.0 without having got worse."
*/
select
    collection,
    profile,
    gss_code,
    financial_year as period,
    sum(met) as numerator,
    sum(met + below) as denominator,
    'CAF ' || max(caf_version) as basis
from core.profile_results
where met + below > 0
group by collection, profile, gss_code, financial_year
