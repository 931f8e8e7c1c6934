/*
title = "Critical systems in support"
question = "Do councils run business systems that can be kept secure?"
definition = "Critical systems that are neither legacy nor past their supplier's support at the end of the financial year, as a share of those listed."
kind = "ratio"
timing = "state"
numerator = "Critical systems not legacy and in support"
denominator = "Critical systems listed"
unit = "percent"
grain = "year"
polarity = "higher_is_better"
dataset = "critical_systems"
source = "Councils' lists of critical systems"
objective = 5
order = 11
card = "systems"
caveat = "A system with no support date counts as in support unless the council calls it legacy."
*/
select
    s.collection,
    s.gss_code,
    y.financial_year as period,
    sum(case
        when not s.is_legacy and (
            s.support_ends_on is null or s.support_ends_on >= y.last_day
        ) then 1 else 0
    end) as numerator,
    count(*) as denominator
from core.critical_systems s
join reference.financial_years y on y.last_day >= s.first_listed_on
join core.reported_years r
    on r.collection = s.collection and r.financial_year = y.financial_year
group by s.collection, s.gss_code, y.financial_year
