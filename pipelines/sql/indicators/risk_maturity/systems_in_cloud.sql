/*
title = "Critical systems in the cloud"
question = "How far have councils moved off their own premises?"
definition = "Critical systems that run in the cloud, as a share of those listed by the end of the financial year. Hybrid systems are not counted."
kind = "ratio"
timing = "state"
numerator = "Critical systems in the cloud"
denominator = "Critical systems for which it is known"
unit = "percent"
grain = "year"
polarity = "none"
dataset = "critical_systems"
source = "Councils' lists of critical systems"
order = 12
card = "systems"
caveat = "Cloud first is a point of the Technology Code of Practice; a move is not by itself more secure. Where a system runs is as last told, for earlier years too."
*/
select
    s.collection,
    s.gss_code,
    y.financial_year as period,
    sum(case when s.hosting_type = 'cloud' then 1 else 0 end) as numerator,
    count(*) as denominator
from core.critical_systems s
join reference.financial_years y on y.last_day >= s.first_listed_on
join core.reported_years r
    on r.collection = s.collection and r.financial_year = y.financial_year
group by s.collection, s.gss_code, y.financial_year
