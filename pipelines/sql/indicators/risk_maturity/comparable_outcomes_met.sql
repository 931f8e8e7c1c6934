/*
title = "Profile outcomes met, re-based"
question = "How much of the profile is met, with every year judged by the same bar?"
definition = "Of the 37 outcomes that mean the same in CAF 3.2 and 4.0, those at or above the level that the profile asks for in CAF 4.0, as a share of those assessed. Years on 3.2 are judged by the level of 4.0 too, so the line does not break where the version changed."
kind = "ratio"
timing = "state"
numerator = "Comparable outcomes at or above the level that CAF 4.0 asks for"
denominator = "Comparable outcomes assessed"
unit = "percent"
grain = "year"
polarity = "higher_is_better"
dataset = "assessments"
source = "CAF assessments; comparable outcomes by our crosswalk of titles, which is not the NCSC's"
order = 2
caveat = "Which outcomes are comparable is inferred from their titles; the NCSC publishes no mapping. Statements behind an outcome changed too, so the same level may have been harder to reach in 4.0."
*/
select
    o.collection,
    p.profile,
    o.gss_code,
    o.financial_year as period,
    sum(case when o.level >= p.required then 1 else 0 end) as numerator,
    count(*) as denominator
from core.council_outcomes o
join core.caf_profiles p
    on p.collection = o.collection and p.caf_version = '4.0'
    and p.outcome_code = o.thread
where o.level is not null
group by o.collection, p.profile, o.gss_code, o.financial_year
