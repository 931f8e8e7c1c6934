/*
title = "Outcomes achieved"
question = "How much of the Cyber Assessment Framework does each council achieve in full?"
definition = "Contributing outcomes judged Achieved, as a share of the outcomes assessed (39 in CAF 3.2, 41 in CAF 4.0). Objectives B and C count at the council's weakest critical system."
kind = "ratio"
timing = "state"
numerator = "Contributing outcomes achieved"
denominator = "Contributing outcomes assessed"
unit = "percent"
grain = "year"
polarity = "higher_is_better"
dataset = "assessments"
source = "CAF assessments: the reviewer's judgement where there is one, else the council's own"
order = 4
caveat = "No profile asks a council to achieve every outcome in full."
*/
select
    collection,
    gss_code,
    financial_year as period,
    sum(case when level = 3 then 1 else 0 end) as numerator,
    count(*) as denominator,
    'CAF ' || max(caf_version) as basis
from core.council_outcomes
where level is not null
group by collection, gss_code, financial_year
