/*
title = "Restored within objective"
question = "Are services restored as quickly as councils plan?"
definition = "Unplanned disruptions restored within the recovery time objective of the service, as a share of those that ended and have an objective."
kind = "ratio"
timing = "flow"
numerator = "Disruptions restored within their recovery time objective"
denominator = "Disruptions that ended and have an objective"
unit = "percent"
grain = "month"
polarity = "higher_is_better"
dataset = "disruptions"
source = "Service disruptions reported by councils"
order = 11
card = "disruption"
caveat = "Councils set their own objectives, so a strict one is missed more often."
*/
select
    collection,
    gss_code,
    started_month as period,
    sum(case when hours_to_restore <= rto_hours then 1 else 0 end) as numerator,
    count(*) as denominator
from core.disruptions
where not is_planned and hours_to_restore is not null and rto_hours is not null
group by collection, gss_code, started_month
