"""When a file of a dataset is due next, by the dataset's schedule: dates only."""

import calendar
from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd


NEVER, OPEN = "Nothing received", "No due date"


class Due(NamedTuple):
    """When the next file is due, if there is a schedule, and how that stands."""

    due_on: date | None
    state: str


def due(every: str, due_days: float, last_on: date | None, today: date) -> Due:
    """What is due after the last arrival, and whether it is late.

    A file that comes within a month (or financial year) cannot hold all of it, so the
    next one is due the given days after that month's (or year's) end.
    """
    if last_on is None:
        return Due(None, NEVER)
    if every not in ("month", "year"):
        return Due(None, OPEN)
    due_on = end_of(every, last_on) + timedelta(days=int(due_days))
    late = (today - due_on).days
    if late <= 0:
        return Due(due_on, "On time")
    return Due(due_on, f"Overdue by {late:,} day{'' if late == 1 else 's'}")


def end_of(every: str, day: date) -> date:
    """Last day of the month, or of the financial year, in which a day falls."""
    if every == "month":
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return date(day.year + (day.month >= 4), 3, 31)


def with_due(arrived: pd.DataFrame, today: date) -> pd.DataFrame:
    """A frame of `every`, `due_days` and `last_on`, with `due_on` and `state`."""
    found = [
        due(every, days, None if pd.isna(last) else last.date(), today)
        for every, days, last in zip(
            arrived["every"], arrived["due_days"], arrived["last_on"], strict=True
        )
    ]
    return arrived.assign(
        due_on=pd.Series([one.due_on for one in found], dtype=object),
        state=[one.state for one in found],
    )
