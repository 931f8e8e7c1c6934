"""Closed lists of the public record, which no taxonomy fixes."""

from pathlib import Path

from tools.reference.tables import Row
from tools.reference.taxonomies import incident_status, listed


def reported_status(source: Path) -> list[Row]:
    """The statuses of incidents, and one for disruption that nobody attacked."""
    statuses = [(row["code"], row["label"], row["definition"]) for row in incident_status(source)]
    not_cyber = "Services were disrupted by something other than a cyber incident."
    return listed([*statuses, ("Not cyber", "Not cyber", not_cyber)])


def date_precision(source: Path) -> list[Row]:
    """How exact the date of a report is."""
    return listed(
        [
            ("day", "Day", "The sources give the day."),
            ("around_day", "Around the day", "The sources give the day roughly."),
            ("month", "Month", "Only the month is known; the date is its first day."),
            ("year", "Year", "Only the year is known; the date is its first day."),
        ]
    )


def reported_role(source: Path) -> list[Row]:
    """The part that a council plays in a reported award."""
    return listed(
        [
            ("lead", "Lead", "The council that leads a funded project."),
            ("joint", "Joint", "One of several councils that share one award."),
            ("partner", "Partner", "A council that takes part in another's project."),
            ("recipient", "Recipient", "A council that received the award."),
        ]
    )


RECORD_LISTS = (date_precision, reported_role, reported_status)
