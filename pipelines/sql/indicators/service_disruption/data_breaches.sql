/*
title = "Data breaches"
question = "How many incidents expose information?"
definition = "Confirmed incidents, cyber or not, in which information was seen or taken by someone who should not have it, for each council and year reported on."
kind = "ratio"
timing = "flow"
numerator = "Confirmed incidents with a loss of confidentiality"
denominator = "Council-years reported on"
unit = "per_council_year"
grain = "month"
polarity = "none"
dataset = "incidents"
source = "Incidents reported by councils; months with a return, nil returns included"
order = 6
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
    and i.incident_status = 'Confirmed'
    and i.is_confidentiality_lost
where r.dataset = 'incidents'
group by r.collection, r.gss_code, r.month
