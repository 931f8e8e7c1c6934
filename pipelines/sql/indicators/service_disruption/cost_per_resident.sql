/*
title = "Cost of incidents per resident"
question = "What do incidents cost for each resident?"
definition = "Cost of confirmed incidents whose cost is known, divided by the residents of the councils that reported, for a year."
kind = "ratio"
timing = "flow"
numerator = "Cost of confirmed incidents, in pounds"
denominator = "Residents, for each year reported on"
unit = "gbp_per_resident"
grain = "month"
polarity = "lower_is_better"
dataset = "incidents"
source = "Incidents reported by councils; population 2020 (ONS, through mySociety)"
order = 10
card = "incidents"
caveat = "Counties and districts share residents: national and regional figures divide by district and unitary population only. Costs are known for some incidents only."
*/
select
    r.collection,
    r.gss_code,
    r.month as period,
    coalesce(sum(i.cost_gbp), 0) as numerator,
    max(c.population) / 12.0 as denominator,
    max(case when c.tier = 'upper' then 0 else c.population end) / 12.0
        as denominator_in_total
from core.reporting_months r
join reference.councils c on c.gss_code = r.gss_code
left join core.incidents i
    on i.collection = r.collection
    and i.gss_code = r.gss_code
    and i.detected_month = r.month
    and i.incident_status = 'Confirmed'
where r.dataset = 'incidents'
group by r.collection, r.gss_code, r.month
