-- One row per incident version received.
select
    * replace (
        -- Of an incident of which only the year is known, the day is not.
        is_council_of_the_day or coalesce(detected_precision = 'year', false)
            as is_council_of_the_day
    ),
    coalesce(occurred_at <= detected_at, true) as is_detected_after_start,
    coalesce(contained_at >= detected_at, true) as is_contained_after_detection,
    coalesce(recovered_at >= coalesce(contained_at, detected_at), true)
        as is_recovered_after_detection,
    coalesce(detected_at <= submitted_at, true) as is_sent_after_detection,
    incident_status is distinct from 'Confirmed'
        or coalesce(
            is_confidentiality_lost or is_integrity_lost or is_availability_lost,
            is_confidentiality_lost is not null or is_integrity_lost is not null
                or is_availability_lost is not null
        ) as has_loss_if_confirmed,
    ncsc_category is null or ncsc_category_source is not null
        as has_ncsc_category_source,
    availability_effect is null or coalesce(is_availability_lost, false)
        as is_effect_of_lost_availability,
    ico_report_hours is null or coalesce(is_reported_to_ico, false)
        as is_ico_time_of_a_report,
    cost_status is not null or (
        cost_response_gbp is null and cost_recovery_gbp is null
        and cost_lost_income_gbp is null
    ) as has_cost_status,
    root_cause_outcome is null or caf_version is not null
        as has_version_of_root_cause,
    root_cause_outcome is null or caf_version is null or exists (
        select 1 from reference.caf_outcomes o
        where o.caf_version = i.caf_version and o.outcome_code = i.root_cause_outcome
    ) as is_root_cause_in_version,
    ico_report_hours is null or ico_report_hours <= 72 as is_reported_within_72_hours,
    coalesce(detected_precision, 'exact') <> 'year' as is_month_known
from typed.incidents i
