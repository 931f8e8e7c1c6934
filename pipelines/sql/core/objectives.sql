-- One row per incident that took a service with an objective to restore it: whether it was
-- met. It was where each such service met its own.
select
    collection, gss_code_of_day, incident_ref,
    case
        when min(case when is_within_objective then 1 else 0 end) = 1 then true
        when max(case when is_within_objective = false then 1 else 0 end) = 1
            then false
    end as is_within_objective
from core.service_spans
where incident_ref is not null and has_objective
group by collection, gss_code_of_day, incident_ref
