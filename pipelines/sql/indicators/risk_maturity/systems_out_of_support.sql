/*
title = "Critical systems out of support"
question = "How many critical systems get no security fixes?"
definition = "Critical systems whose supplier's support ended before the end of the financial year, as a share of those for which the date is known."
kind = "ratio"
timing = "state"
numerator = "Critical systems out of support"
denominator = "Critical systems for which it is known"
unit = "percent"
grain = "year"
polarity = "lower_is_better"
dataset = "critical_systems"
source = "Councils' lists of critical systems"
order = 14
card = "systems"
caveat = "A system without a date is left out: whether it is supported is not known."
*/
select
    s.collection,
    s.gss_code,
    y.financial_year as period,
    sum(case when s.support_ends_on < y.last_day then 1 else 0 end) as numerator,
    count(*) as denominator
from core.critical_systems s
join reference.financial_years y on y.last_day >= s.first_listed_on
join core.reported_years r
    on r.collection = s.collection and r.financial_year = y.financial_year
where s.support_ends_on is not null
group by s.collection, s.gss_code, y.financial_year
