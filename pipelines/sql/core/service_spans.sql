-- One row per unplanned disruption: its hours, whether its objective was met, and the action
-- of its incident. Apart from core.spans, so that no one query joins everything at once.
with disruptions as (
    select
        d.collection, d.gss_code, d.gss_code_of_day, d.incident_ref, d.disruption_id,
        d.started_month, d.cause_class, d.restored_at is not null as is_ended,
        (d.ended_at_second - d.started_at_second) / 3600e0 as hours,
        d.rto_hours is not null as has_objective,
        -- Of one still open, the objective is missed already or not settled yet.
        case
            when d.restored_at is not null
                then (d.ended_at_second - d.started_at_second) / 3600e0 <= d.rto_hours
            when (d.ended_at_second - d.started_at_second) / 3600e0 > d.rto_hours
                then false
        end as is_within_objective
    from core.disruptions d
    where not d.is_planned
)
select d.*, i.action
from disruptions d
left join core.incidents i
    on i.collection = d.collection and i.gss_code_of_day = d.gss_code_of_day
    and i.incident_ref = d.incident_ref
