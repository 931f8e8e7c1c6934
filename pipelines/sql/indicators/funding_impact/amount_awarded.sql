/*
title = "Amount awarded"
question = "How much is awarded to councils?"
definition = "Money awarded to councils by the date of the award, for each council and year. A council without an award counts as nothing awarded: the department's ledger is complete."
kind = "ratio"
timing = "flow"
numerator = "Amount awarded, in pounds"
denominator = "Council-years"
unit = "gbp_per_council_year"
grain = "month"
polarity = "none"
dataset = "awards"
source = "Awards ledger"
order = 1
caveat = "A joint award is counted once, at the council that received the money. Cash prices."
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
    1.0 / 12 as denominator
from core.funding_months c
left join given g
    on g.collection = c.collection
    and g.gss_code = c.gss_code
    and g.month = c.month
