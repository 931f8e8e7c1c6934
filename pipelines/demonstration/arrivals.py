"""When the invented files came: some months after the year that they are about."""

import datetime as dt
import json
import re
from pathlib import Path

from pipelines.collect import DATES


NAME = re.compile(r"(?P<year>\d{4})(?P<to>-\d\d)?-(?P<part>\d)")
# The last invented day is before this.
LAST = dt.date(2026, 7, 6)
APART = dt.timedelta(days=42)


def write_arrivals(out: Path) -> None:
    """Say in `received.json` when each file came, so that late rows and corrections
    can be told from those that were there before."""
    days = {
        path.relative_to(out).as_posix(): f"{arrived(path.stem)}T09:00:00+00:00"
        for path in sorted(out.glob("*/*.csv"))
    }
    text = json.dumps(days, indent=1)
    (out / DATES).write_text(text + "\n", encoding="utf-8")


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
