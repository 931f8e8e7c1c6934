-- One row per disruption version received.
select
    d.*,
    coalesce(restored_at >= started_at, true) as is_restored_after_start,
    coalesce(started_at <= submitted_at, true) as is_sent_after_start,
    (d.lgsl_id is null) <> (corporate_service is null) as has_one_service,
    d.lgsl_id is null or s.lgsl_id is not null as is_lgsl_service,
    s.lgsl_id is null or s.is_live as is_live_service,
    coalesce(rto_hours <= mtpd_hours, true) as is_objective_within_tolerance
from typed.disruptions d
left join reference.services s on s.lgsl_id = d.lgsl_id
