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
select
    collection,
    gss_code,
    month as period,
    paid_gbp as numerator,
    1.0 / 12 as denominator
from core.funding_months
