"""When the invented files came: some months after the year that they are about."""

import csv
import datetime as dt
import json
import re
from pathlib import Path

from pipelines.collect import DATES
from pipelines.datasets import dataset
from pipelines.limits import RECEIVED


NAME = re.compile(r"(?P<year>\d{4})(?P<to>-\d\d)?-(?P<part>\d)")
DAY = re.compile(r"20\d\d-[01]\d-[0-3]\d")
# The last invented day is before this.
LAST = dt.date(2026, 7, 6)
APART = dt.timedelta(days=42)


def write_arrivals(out: Path) -> None:
    """Say in `received.json` when each file came, so that late rows and corrections
    can be told from those that were there before."""
    days = {
        path.relative_to(out).as_posix(): f"{received(path)}T09:00:00+00:00"
        for path in sorted(out.glob("*/*.csv"))
    }
    text = json.dumps(days, indent=1)
    (out / DATES).write_text(text + "\n", encoding="utf-8")


def received(path: Path) -> dt.date:
    """When a file came: as its name has it, or the day after all that it tells of."""
    columns = [
        column.column for column in dataset(path.parent.name).columns if column.maximum == RECEIVED
    ]
    last = ""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            last = max([last, *(row[c][:10] for c in columns if DAY.match(row[c]))])
    due = arrived(path.stem)
    return max(due, dt.date.fromisoformat(last) + dt.timedelta(days=1)) if last else due


def arrived(stem: str) -> dt.date:
    """The day on which a file of that name came.

    A year's first file comes in July after it ends, late rows and corrections each six
    weeks later.
    """
    found = NAME.match(stem)
    if not found:
        return LAST
    first = dt.date(int(found["year"]) + 1, LAST.month, LAST.day)
    return min(first, LAST) + (int(found["part"]) - 1) * APART
