-- One row per improvement action and version received.
select
    a.*,
    coalesce(completed_on >= created_on, true) as is_completed_after_creation,
    action_status is distinct from 'done' or completed_on is not null
        as has_date_if_done,
    a.outcome_code is null or o.outcome_code is not null as is_outcome_of_version
from typed.actions a
left join reference.caf_outcomes o
    on o.caf_version = a.caf_version and o.outcome_code = a.outcome_code
