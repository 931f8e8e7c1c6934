"""When a VERIS incident occurred and was detected, and how exactly that is known.

A date that is known in part stands for the first moment of its year, month or day in
London, and `detected_precision` says which. VERIS gives the time from the incident to
its discovery as a number and a unit; where it does not, the date of the incident stands
for its detection, with a remark.
"""

import re
from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pipelines.formats.parts import cell, group, part, whole


LONDON = ZoneInfo("Europe/London")
UNITS = {
    "Seconds": timedelta(seconds=1),
    "Minutes": timedelta(minutes=1),
    "Hours": timedelta(hours=1),
    "Days": timedelta(days=1),
    "Weeks": timedelta(weeks=1),
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?")
UNDISCOVERED = (
    "The file does not say how long after the incident it was discovered, so the date "
    "of the incident stands for its detection."
)


def dates(value: Any, said: Counter[str]) -> dict[str, str]:
    """Cells of the dates; a day that does not exist raises `ValueError`."""
    sent = submitted(value)
    start, precision = occurred(group(value, "timeline", "incident"))
    if start is None:
        return {"submitted_at": sent}
    later = duration(group(value, "timeline", "discovery"))
    if later is None:
        said[UNDISCOVERED] += 1
        precision = "day" if precision == "exact" else precision
    detected, precision = detection(start, precision, later or timedelta())
    found = {
        "occurred_at": moment(start),
        "detected_at": moment(detected),
        "detected_precision": precision,
        "submitted_at": sent,
    }
    contained = duration(group(value, "timeline", "containment"))
    if contained is not None and precision in ("exact", "day"):
        found["contained_at"] = moment(shifted(detected, contained))
    return found


def occurred(incident: dict[str, Any]) -> tuple[datetime | None, str]:
    """The first moment of what is known of the date, in London, and how exact it is."""
    year, month, day = (whole(part(incident, n)) for n in ("year", "month", "day"))
    if year is None:
        return None, ""
    if month is None:
        return datetime(year, 1, 1, tzinfo=LONDON), "year"
    if day is None:
        return datetime(year, month, 1, tzinfo=LONDON), "month"
    time = re.match(r"(\d\d?):(\d\d)", cell(part(incident, "time")))
    if time is None:
        return datetime(year, month, day, tzinfo=LONDON), "day"
    hour, minute = int(time[1]), int(time[2])
    return datetime(year, month, day, hour, minute, tzinfo=LONDON), "exact"


def duration(said: dict[str, Any]) -> timedelta | None:
    """A number of a unit that has one length; months, years and unknowns have none."""
    value, unit = whole(part(said, "value")), UNITS.get(cell(part(said, "unit")))
    if value is None or unit is None or value > 100_000:
        return None
    return value * unit


def detection(start: datetime, precision: str, later: timedelta) -> tuple[datetime, str]:
    """The moment of detection and its precision.

    Where only the month is known, some days later may be the next month, so only the
    year is left; where only the year is known, its first moment stays.
    """
    if precision in ("exact", "day"):
        is_whole_days = later >= timedelta(days=1)
        return shifted(start, later), "day" if is_whole_days else precision
    if precision == "month" and later >= timedelta(days=1):
        return start, "year"
    return start, precision


def shifted(start: datetime, later: timedelta) -> datetime:
    """Whole days are days of the calendar; hours are hours of the clock."""
    if later % timedelta(days=1):
        return (start.astimezone(ZoneInfo("UTC")) + later).astimezone(LONDON)
    return start + later


def moment(when: datetime) -> str:
    """A moment with its offset, to the second."""
    return when.isoformat(timespec="seconds")


def submitted(value: Any) -> str:
    """When the record was last changed, else made; blank where neither is said."""
    for name in ("modified", "created"):
        text = cell(part(value, "plus", name))
        if MOMENT.fullmatch(text):
            return text
    return ""
