"""Rules of CAF assessments that are wider than one column."""

from great_expectations.expectations.expectation import Expectation

from expectations.phrases import true


def rules() -> list[Expectation]:
    """Codes within their version, lens and levels, and the order of dates."""
    return [
        true(
            "is_one_year", "The period is one financial year, such as 2024/25.", "assessment_period"
        ),
        true(
            "is_outcome_of_version",
            "The outcome code exists in the CAF version given.",
            "outcome_code",
        ),
        true(
            "is_outcome_of_lens",
            "Objectives A and D are judged once for the council (AD), "
            "B and C for each critical system (BC).",
            "lens",
        ),
        true(
            "has_a_status",
            "An outcome has the council's own judgement or a reviewer's.",
            "self_status",
        ),
        true(
            "has_system_if_needed",
            "A system is named for objectives B and C, and only there.",
            "system_id",
        ),
        true(
            "is_self_status_possible",
            "Partially achieved is given only where the outcome has that level.",
            "self_status",
        ),
        true(
            "is_review_status_possible",
            "Partially achieved is given only where the outcome has that level.",
            "review_status",
        ),
        true(
            "is_reviewed_after_completion",
            "A review does not end before the assessment is complete.",
            "reviewed_on",
        ),
        true(
            "is_review_status_of_a_review",
            "A reviewer's judgement stands only where there was a review.",
            "review_status",
        ),
    ]
