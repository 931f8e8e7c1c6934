-- One row per assessment, critical system, outcome and version received.
select
    a.*,
    try_cast(substr(assessment_period, 3, 2) as integer) + 1
        = try_cast(substr(assessment_period, 6, 2) as integer) as is_one_year,
    a.outcome_code is null or o.outcome_code is not null as is_outcome_of_version,
    o.outcome_code is null or a.lens = o.lens as is_outcome_of_lens,
    (a.lens = 'BC') = (a.system_id is not null) as has_system_if_needed,
    o.has_partial or coalesce(self_status, '') <> 'Partially achieved'
        or o.outcome_code is null as is_self_status_possible,
    o.has_partial or coalesce(review_status, '') <> 'Partially achieved'
        or o.outcome_code is null as is_review_status_possible,
    coalesce(reviewed_on >= completed_on, true) as is_reviewed_after_completion,
    review_status is null
        or coalesce(review_type, '') in ('independent', 'peer_review')
        as is_review_status_of_a_review,
    self_status is not null or review_status is not null as has_a_status
from typed.assessments a
left join reference.caf_outcomes o
    on o.caf_version = a.caf_version and o.outcome_code = a.outcome_code
