/*
title = "Confirmed cyber incidents that stopped a service"
question = "How many cyber incidents take a system or service away?"
definition = "Confirmed cyber incidents with a loss of availability, by the month in which they were detected, for each council and year reported on."
kind = "ratio"
timing = "flow"
numerator = "Confirmed cyber incidents with a loss of availability"
denominator = "Council-years reported on"
unit = "per_council_year"
grain = "month"
polarity = "none"
dataset = "incidents"
source = "Incidents reported by councils; months with a return, nil returns included"
order = 5
card = "incidents"
caveat = "Councils that monitor better report more, so a higher figure is neither good nor bad."
*/
select
    r.collection,
    r.gss_code,
    r.month as period,
    count(i.incident_ref) as numerator,
    1.0 / 12 as denominator
from core.reporting_months r
left join core.incidents i
    on i.collection = r.collection
    and i.gss_code = r.gss_code
    and i.detected_month = r.month
    and i.category = 'Cyber'
    and i.incident_status = 'Confirmed'
    and i.is_availability_lost
where r.dataset = 'incidents'
group by r.collection, r.gss_code, r.month
