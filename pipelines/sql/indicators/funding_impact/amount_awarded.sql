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
select
    collection,
    gss_code,
    month as period,
    awarded_gbp as numerator,
    1.0 / 12 as denominator
from core.funding_months
