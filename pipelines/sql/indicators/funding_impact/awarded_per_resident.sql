/*
title = "Amount awarded per resident"
question = "How is funding spread, for the residents served?"
definition = "Money awarded to councils, divided by their residents, for a year."
kind = "ratio"
timing = "flow"
numerator = "Amount awarded, in pounds"
denominator = "Residents, for each year"
unit = "gbp_per_resident"
grain = "month"
polarity = "none"
dataset = "awards"
source = "Awards ledger; population 2020 (ONS, through mySociety)"
order = 3
caveat = "Counties and districts share residents: national and regional figures divide by district and unitary population only. A joint award is counted once, at the council that received the money. Cash prices."
*/
with given as (
    select
        collection,
        gss_code,
        cast(date_trunc('month', awarded_on) as date) as month,
        sum(amount_awarded_gbp) as amount
    from core.awards
    group by collection, gss_code, cast(date_trunc('month', awarded_on) as date)
)
select
    c.collection,
    c.gss_code,
    c.month as period,
    coalesce(g.amount, 0) as numerator,
    c.population / 12.0 as denominator,
    c.population_in_total / 12.0 as denominator_in_total
from core.funding_months c
left join given g
    on g.collection = c.collection
    and g.gss_code = c.gss_code
    and g.month = c.month
