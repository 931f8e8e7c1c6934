/*
title = "Outcomes rated higher than by the reviewer"
question = "How far do councils flatter themselves?"
definition = "Contributing outcomes for which the council's own judgement is above the reviewer's, as a share of outcomes that both judged. For objectives B and C the lowest judgement of the systems that both judged counts."
kind = "ratio"
timing = "state"
numerator = "Outcomes that the council rates higher than the reviewer"
denominator = "Outcomes that both judged"
unit = "percent"
grain = "year"
polarity = "lower_is_better"
dataset = "assessments"
source = "CAF assessments that were reviewed, by an independent assurer or a peer"
order = 7
caveat = "Only councils that were reviewed count; they may differ from those that were not."
*/
select
    collection,
    gss_code,
    financial_year as period,
    sum(case when self_level > review_level then 1 else 0 end) as numerator,
    count(*) as denominator,
    'CAF ' || max(caf_version) as basis
from core.council_outcomes
where self_level is not null and review_level is not null
group by collection, gss_code, financial_year
