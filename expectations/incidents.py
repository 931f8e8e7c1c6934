"""Rules of incidents that are wider than one column."""

from great_expectations.expectations.expectation import Expectation

from expectations.phrases import true


def rules() -> list[Expectation]:
    """Order of events, and values that need or exclude one another."""
    return [
        true(
            "is_detected_after_start",
            "An incident is not detected before it occurred.",
            "occurred_at",
        ),
        true(
            "is_contained_after_detection", "Containment is not before detection.", "contained_at"
        ),
        true(
            "is_recovered_after_detection",
            "Recovery is not before detection or containment.",
            "recovered_at",
        ),
        true(
            "is_sent_after_detection",
            "The row is not sent before the incident was detected.",
            "detected_at",
        ),
        true(
            "has_loss_if_confirmed",
            "A confirmed incident lost confidentiality, integrity or availability.",
            "incident_status",
        ),
        true(
            "has_ncsc_category_source",
            "An NCSC category says who gave it; only the NCSC and law enforcement may assign one.",
            "ncsc_category",
        ),
        true(
            "is_effect_of_lost_availability",
            "An availability effect stands only where availability was lost.",
            "availability_effect",
        ),
        true(
            "is_ico_time_of_a_report",
            "Hours to report to the ICO stand only where it was reported.",
            "ico_report_hours",
        ),
        true(
            "has_cost_status",
            "A cost says whether it is an estimate or the outturn.",
            "cost_status",
        ),
        true(
            "has_version_of_root_cause",
            "A root cause says which CAF version its code belongs to.",
            "root_cause_outcome",
        ),
        true(
            "is_root_cause_in_version",
            "The root cause is an outcome of the CAF version given.",
            "root_cause_outcome",
        ),
        true(
            "is_reported_within_72_hours",
            "Reported to the ICO within 72 hours, the legal limit.",
            "ico_report_hours",
            severity="info",
        ),
        true(
            "is_month_known",
            "Only the year is known: the incident counts in no figure by month.",
            "detected_at",
            severity="info",
        ),
    ]
