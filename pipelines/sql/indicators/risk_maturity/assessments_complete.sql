/*
title = "Complete assessments"
question = "How many assessments leave nothing out?"
definition = "Assessments with every outcome judged, at least three critical systems assessed and no listed system missing, as a share of those submitted or completed."
kind = "ratio"
timing = "state"
numerator = "Complete assessments"
denominator = "Assessments submitted or completed"
unit = "percent"
grain = "year"
polarity = "higher_is_better"
dataset = "assessments"
source = "CAF assessments and councils' lists of critical systems"
order = 8
caveat = "A council that lists few systems has less to leave out. Systems are those listed by the end of the year."
*/
select
    collection,
    gss_code,
    financial_year as period,
    sum(case when is_complete then 1 else 0 end) as numerator,
    count(*) as denominator
from core.completeness
where state in ('assured', 'peer_reviewed', 'self_assessed')
group by collection, gss_code, financial_year
