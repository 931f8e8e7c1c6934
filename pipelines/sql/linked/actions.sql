-- One row per action, with whether the assessment and the award it names were accepted.
select n.collection, n.arrival, n.source_row, n.assessment_id, n.award_id,
    n.assessment_id is null or s.assessment_id is not null as has_assessment,
    n.award_id is null or a.award_id is not null as has_award
from core.actions n
left join (select distinct collection, gss_code, assessment_id from core.assessments) s
    on s.collection = n.collection and s.gss_code = n.gss_code
    and s.assessment_id = n.assessment_id
left join (select distinct collection, award_id from core.awards) a
    on a.collection = n.collection and a.award_id = n.award_id
