/*
title = "Independently assured assessments"
question = "How many judgements has somebody from outside checked?"
definition = "Assessments with at least one judgement by an independent reviewer, as a share of those submitted or completed."
kind = "ratio"
timing = "state"
numerator = "Assessments reviewed independently"
denominator = "Assessments submitted or completed"
unit = "percent"
grain = "year"
polarity = "higher_is_better"
dataset = "assessments"
source = "CAF assessments"
order = 9
caveat = "A review by a peer council is not counted as independent."
*/
select
    collection,
    gss_code,
    financial_year as period,
    sum(case when state = 'assured' then 1 else 0 end) as numerator,
    count(*) as denominator
from core.completeness
where state in ('assured', 'peer_reviewed', 'self_assessed')
group by collection, gss_code, financial_year
