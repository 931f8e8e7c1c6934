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
select
    collection,
    gss_code,
    month as period,
    awarded_gbp as numerator,
    population / 12.0 as denominator,
    population_in_total / 12.0 as denominator_in_total
from core.funding_months
