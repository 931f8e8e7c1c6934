/*
title = "Legacy critical systems"
question = "How many critical systems are hard to maintain or change?"
definition = "Critical systems that the council calls legacy, as a share of those listed by the end of the financial year."
kind = "ratio"
timing = "state"
numerator = "Legacy critical systems"
denominator = "Critical systems for which it is known"
unit = "percent"
grain = "year"
polarity = "lower_is_better"
dataset = "critical_systems"
source = "Councils' lists of critical systems"
order = 13
card = "systems"
caveat = "Councils judge for themselves what is legacy. As last told, for earlier years too."
*/
select
    s.collection,
    s.gss_code,
    y.financial_year as period,
    sum(case when s.is_legacy then 1 else 0 end) as numerator,
    count(*) as denominator
from core.critical_systems s
join reference.financial_years y on y.last_day >= s.first_listed_on
join core.reported_years r
    on r.collection = s.collection and r.financial_year = y.financial_year
group by s.collection, s.gss_code, y.financial_year
