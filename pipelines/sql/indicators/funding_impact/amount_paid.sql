/*
title = "Amount paid"
question = "How much of it has been paid?"
definition = "Money paid to councils by the date of payment, for each council and year."
kind = "ratio"
timing = "flow"
numerator = "Amount paid, in pounds"
denominator = "Council-years"
unit = "gbp_per_council_year"
grain = "month"
polarity = "none"
dataset = "award_payments"
source = "Award payments ledger"
order = 2
caveat = "Cash prices."
*/
with given as (
    select
        collection,
        gss_code,
        cast(date_trunc('month', paid_on) as date) as month,
        sum(amount_paid_gbp) as amount
    from core.award_payments
    group by collection, gss_code, cast(date_trunc('month', paid_on) as date)
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
