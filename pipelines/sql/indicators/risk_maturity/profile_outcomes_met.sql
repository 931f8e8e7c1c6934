/*
title = "Profile outcomes met"
question = "How much of the CAF profile does each council meet?"
definition = "Contributing outcomes at or above the level that the GovAssure Baseline profile asks for, as a share of the outcomes assessed. Objectives B and C count at the council's weakest critical system. An outcome not assessed is unknown and left out."
kind = "ratio"
timing = "state"
numerator = "Contributing outcomes at or above the level of the Baseline profile"
denominator = "Contributing outcomes assessed"
unit = "percent"
grain = "year"
polarity = "higher_is_better"
dataset = "assessments"
source = "CAF assessments: the reviewer's judgement where there is one, else the council's own"
objective = 1
order = 1
caveat = "The local-government profile is not public, so the GovAssure Baseline stands in for it. CAF 4.0 asks for more than 3.2: a council exactly at Baseline 3.2 meets 27 of 41 outcomes of 4.0 without having got worse."
*/
select
    collection,
    gss_code,
    financial_year as period,
    sum(case when level >= required then 1 else 0 end) as numerator,
    count(*) as denominator,
    'CAF ' || max(caf_version) as basis
from core.council_outcomes
where level is not null
group by collection, gss_code, financial_year
