/*
title = "Service hours disrupted by cyber incidents"
question = "How many hours of service do cyber incidents take?"
definition = "Hours in which a council service was unavailable or degraded because of a cyber incident, for each council and month reported on."
kind = "ratio"
timing = "flow"
numerator = "Service hours disrupted by cyber incidents"
denominator = "Council-months reported on"
unit = "hours_per_council_month"
grain = "month"
polarity = "lower_is_better"
dataset = "disruptions"
source = "Service disruptions reported by councils; months with a return, nil returns included"
order = 2
card = "disruption"
caveat = "Overlapping disruptions of one service are united, so an hour counts once; two services down for the same hour count two. Hours fall in the month in which they passed. A disruption that continues counts up to the end of the last month reported on."
objective = 2
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
    and d.kind = 'cyber'
where r.dataset = 'disruptions'
group by r.collection, r.gss_code, r.month
