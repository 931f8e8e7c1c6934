/*
title = "Median hours to restore"
question = "How quickly is a service restored?"
definition = "Half of unplanned disruptions were restored within this many hours, by the month in which they started."
kind = "distribution"
timing = "flow"
percentile = 0.5
numerator = "Hours from start to restoration of each disruption that ended"
denominator = ""
unit = "hours"
grain = "month"
polarity = "lower_is_better"
dataset = "disruptions"
source = "Service disruptions reported by councils"
order = 7
card = "disruption"
caveat = "Taken over the disruptions themselves, not over councils' averages. Disruptions that continue are not in it yet, which makes recent months look shorter."
*/
select
    collection,
    gss_code,
    started_month as period,
    hours_to_restore as value
from core.disruptions
where not is_planned and hours_to_restore is not null
