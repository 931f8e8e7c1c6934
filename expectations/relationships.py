"""Rules between datasets. A child whose parent was set aside is kept, and listed."""

from great_expectations import ExpectationSuite
from great_expectations.expectations.expectation import Expectation

from expectations.phrases import named, true


def known(column: str, what: str, shows: str) -> Expectation:
    """The row that this one names was accepted."""
    says = f"The {what} that the row names is among those accepted."
    return true(column, says, shows, severity="info")


BETWEEN = {
    "assessments": [known("has_system", "critical system", "system_id")],
    "disruptions": [known("has_incident", "incident", "incident_ref_given")],
    "award_payments": [known("has_award", "award", "award_id")],
    "actions": [
        known("has_assessment", "assessment", "assessment_id"),
        known("has_award", "award", "award_id"),
    ],
}


def suites() -> dict[str, ExpectationSuite]:
    """One suite for each dataset that names rows of another."""
    return {name: named(f"{name}_links", rules) for name, rules in BETWEEN.items()}
