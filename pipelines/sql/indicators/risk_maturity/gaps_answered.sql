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
with latest as (
    select collection, max(financial_year) as financial_year
    from core.council_outcomes
    group by collection
)
select
    g.collection,
    g.profile,
    g.gss_code,
    g.financial_year as period,
    sum(g.is_answered) as numerator,
    count(*) as denominator,
    'CAF ' || max(g.caf_version) as basis
from core.gaps g
join latest l
    on l.collection = g.collection and l.financial_year = g.financial_year
group by g.collection, g.profile, g.gss_code, g.financial_year
