/*
title = "Comparable outcomes achieved"
question = "Is maturity rising, on the outcomes that mean the same in both versions of the framework?"
definition = "Contributing outcomes judged Achieved, as a share of those assessed, counting only the 37 outcomes that mean the same in CAF 3.2 and 4.0."
kind = "ratio"
timing = "state"
numerator = "Comparable outcomes achieved"
denominator = "Comparable outcomes assessed"
unit = "percent"
grain = "year"
polarity = "higher_is_better"
dataset = "assessments"
source = "CAF assessments; comparable outcomes by our crosswalk of titles, which is not the NCSC's"
order = 5
caveat = "Which outcomes are comparable is inferred from their titles; the NCSC publishes no mapping."
*/
select
    collection,
    gss_code,
    financial_year as period,
    sum(case when level = 3 then 1 else 0 end) as numerator,
    count(*) as denominator
from core.council_outcomes
where level is not null and thread is not null
group by collection, gss_code, financial_year
