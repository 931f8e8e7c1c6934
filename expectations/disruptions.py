"""Rules of service disruptions that are wider than one column."""

from great_expectations.expectations.expectation import Expectation

from expectations.phrases import true


def rules() -> list[Expectation]:
    """Order of events, and exactly one service."""
    return [
        true(
            "is_restored_after_start",
            "A service is not restored before it was disrupted.",
            "restored_at",
        ),
        true(
            "is_sent_after_start",
            "The row is not sent before the disruption started.",
            "started_at",
        ),
        true(
            "has_one_service",
            "A disruption names one LGSL service or one corporate service, "
            "not both and not neither.",
            "corporate_service",
        ),
        true("is_lgsl_service", "The LGSL number is in the national list of services.", "lgsl_id"),
        true(
            "is_live_service",
            "The LGSL service is live, not discontinued.",
            "lgsl_id",
            severity="info",
        ),
        true(
            "is_objective_within_tolerance",
            "The recovery time objective is within the tolerable period.",
            "rto_hours",
        ),
    ]
