/*
title = "Service hours disrupted"
question = "How many hours of service do residents and staff lose?"
definition = "Hours in which a council service was unavailable or degraded without being planned, whatever the cause, for each council and month reported on."
kind = "ratio"
timing = "flow"
numerator = "Unplanned service hours disrupted"
denominator = "Council-months reported on"
unit = "hours_per_council_month"
grain = "month"
polarity = "lower_is_better"
dataset = "disruptions"
source = "Service disruptions reported by councils; months with a return, nil returns included"
order = 1
card = "disruption"
caveat = "Overlapping disruptions of one service are united, so an hour counts once; two services down for the same hour count two. Hours fall in the month in which they passed. A disruption that continues counts up to the end of the last month reported on."
*/
select
    r.collection,
    r.gss_code,
    r.month as period,
    coalesce(sum(d.hours), 0) as numerator,
    1 as denominator
from core.reporting_months r
left join core.disrupted_months d
    on d.collection = r.collection
    and d.gss_code = r.gss_code
    and d.month = r.month
    and d.kind = 'any'
where r.dataset = 'disruptions'
group by r.collection, r.gss_code, r.month
