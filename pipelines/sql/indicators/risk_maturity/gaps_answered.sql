/*
title = "Gaps with an improvement action"
question = "Is something being done about what is missing?"
definition = "Outcomes below the profile in a council's latest assessment that an improvement action answers: one that is open, or was agreed in or after that year. A stopped action answers nothing."
kind = "ratio"
timing = "state"
numerator = "Gaps that an action answers"
denominator = "Outcomes below the profile"
unit = "percent"
grain = "year"
polarity = "higher_is_better"
dataset = "actions"
source = "CAF assessments and improvement plans"
order = 10
caveat = "Counted in the latest year only, since earlier gaps have later answers."
*/
select
    collection,
    profile,
    gss_code,
    financial_year as period,
    sum(is_answered) as numerator,
    count(*) as denominator,
    'CAF ' || max(caf_version) as basis
from core.gaps g
where financial_year = (
    select max(financial_year) from core.gaps where collection = g.collection
)
group by collection, profile, gss_code, financial_year
