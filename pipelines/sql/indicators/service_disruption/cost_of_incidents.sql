/*
title = "Cost of incidents"
question = "What do incidents cost councils?"
definition = "Cost of response, recovery and lost income of confirmed incidents whose cost is known, for each council and year reported on."
kind = "ratio"
timing = "flow"
numerator = "Cost of confirmed incidents, in pounds"
denominator = "Council-years reported on"
unit = "gbp_per_council_year"
grain = "month"
polarity = "lower_is_better"
dataset = "incidents"
source = "Incidents reported by councils; estimates and outturns together"
order = 9
card = "incidents"
caveat = "Costs are known for some incidents only, and a few large ones make up most of the total. Cash prices."
*/
select
    r.collection,
    r.gss_code,
    r.month as period,
    coalesce(sum(i.cost_gbp), 0) as numerator,
    1.0 / 12 as denominator
from core.reporting_months r
left join core.incidents i
    on i.collection = r.collection
    and i.gss_code = r.gss_code
    and i.detected_month = r.month
    and i.incident_status = 'Confirmed'
where r.dataset = 'incidents'
group by r.collection, r.gss_code, r.month
