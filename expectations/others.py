"""Rules wider than one column of the smaller datasets."""

from great_expectations.expectations.expectation import Expectation

from expectations.phrases import certain_council, council, true


def awards() -> list[Expectation]:
    """Rounds, dates, and money counted once."""
    return [
        true(
            "has_round_if_round",
            "A round has a number, and continuous funding has none.",
            "round_no",
        ),
        true("is_ended_after_start", "The work does not end before it starts.", "ends_on"),
        true(
            "is_amount_on_lead_only",
            "The amount stands on the lead's row only, so that a joint award is counted once.",
            "amount_awarded_gbp",
        ),
    ]


def caf_profiles() -> list[Expectation]:
    """Outcomes of their version, levels that these have, and a name of its own."""
    return [
        true(
            "is_name_free",
            "The profile is not called like one that comes with the dashboard.",
            "profile",
        ),
        true(
            "is_outcome_of_version",
            "The outcome code exists in the CAF version given.",
            "outcome_code",
        ),
        true(
            "is_level_possible",
            "Partially achieved is asked for only where the outcome has that level.",
            "required_level",
        ),
    ]


def actions() -> list[Expectation]:
    """Dates, and codes within their version."""
    return [
        true(
            "is_completed_after_creation",
            "An action is not done before it was agreed.",
            "completed_on",
        ),
        true("has_date_if_done", "An action that is done says when.", "completed_on"),
        true(
            "is_outcome_of_version",
            "The outcome code exists in the CAF version given.",
            "outcome_code",
        ),
    ]


def returns() -> list[Expectation]:
    """Periods begin on their first day."""
    return [
        true(
            "is_first_of_period",
            "A period starts on the first of a month; for assessments on 1 April.",
            "period_starts_on",
        ),
        true(
            "is_received_after_start",
            "A return does not arrive before its period starts.",
            "received_on",
        ),
    ]


def problems() -> list[Expectation]:
    """The sum agrees with its parts."""
    return [
        true(
            "is_annual_cost_the_product",
            "Annual cost is unit cost times volume times frequency.",
            "annual_cost_gbp",
        )
    ]


def reported_incidents() -> list[Expectation]:
    """Rows about English principal councils; the others are set aside, with why."""
    return [
        true(
            "is_in_england",
            "The incident was in England; this dashboard covers English councils.",
            "country",
        ),
        true("names_a_council", "The name is that of a principal council.", "council_named"),
        *council(),
    ]


def reported_awards() -> list[Expectation]:
    """Rows about English principal councils; the others are set aside, with why."""
    return [
        true("names_a_council", "The recipient is a principal council.", "recipient_named"),
        true(
            "is_council_known",
            "The recipient is a principal council of England, now or before.",
            "recipient_named",
        ),
        certain_council(),
    ]
