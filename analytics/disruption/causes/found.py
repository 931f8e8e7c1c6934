"""What the parts of the view How it happens share: the choice, and their figures."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analytics.reading import patterns
from analytics.ui import filters, parts, store
from analytics.ui.view import View
from analytics.words import numbers, sentences
from analytics.words.events import SOURCE


WHOSE = {"all": "All councils chosen", "own": "This council"}
NOT_KNOWN = "Not known"


@dataclass(frozen=True)
class Found:
    """What one run of the view looks at: councils, status and length of periods."""

    see: View
    status: str
    bucket: str

    @property
    def by(self) -> str:
        """How councils are grouped: one council by itself, or all in scope."""
        return "council" if self.see.scope.councils else "england"

    @property
    def counted(self) -> str:
        """What is counted, in words."""
        both = "confirmed and suspected incidents"
        return both if self.status == "both" else "confirmed incidents"

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        """Labels of codes by closed list."""
        listed = store.read(patterns.words)
        return {
            name: dict(zip(rows["code"], rows["label"], strict=True))
            for name, rows in listed.groupby("list")
        }

    @cached_property
    def actions(self) -> dict[str, str]:
        """Actions by code; what is not known says so."""
        return self.labels["action"] | {"unknown": NOT_KNOWN}

    @cached_property
    def whole(self) -> pd.Series | None:
        """All incidents in scope, whatever the action; None where nobody reported."""
        frame = self.all("any")
        return None if frame.empty else frame.iloc[0]

    @cached_property
    def events(self) -> pd.DataFrame | None:
        """Events to mark, with the label of their period."""
        return self.see.marks_by(self.bucket)

    @property
    def coverage(self) -> str:
        """How many councils reported."""
        behind = 0 if self.whole is None else self.whole["councils"]
        return sentences.coverage(behind, self.see.expected)

    @property
    def figures(self) -> View:
        """The view, whose figures are of incidents that councils reported."""
        return self.see.telling(source=SOURCE, coverage=self.coverage, prefix="patterns-")

    def all(self, way: str, **options: Any) -> pd.DataFrame:
        """`reads.over_all` of the councils looked at."""
        chosen = {"by": self.by, "status": self.status} | options
        return self.see.read(patterns.over_all, way, **chosen)

    def time(self, way: str, **options: Any) -> pd.DataFrame:
        """`reads.over_time` of the councils looked at."""
        chosen = {"by": self.by, "bucket": self.bucket, "status": self.status} | options
        return self.see.read(patterns.over_time, way, **chosen)


def choose(see: View, *, has_periods: bool) -> Found:
    """Draw the choices that all parts of the view share."""
    with parts.row():
        status = filters.one_of("Counted", patterns.STATUSES, "status")
        bucket = "year"
        if has_periods:
            bucket = filters.one_of("Periods", patterns.BUCKETS, "periods")
        whose = filters.one_of("Councils", WHOSE, "whose") if see.gss_code else "all"
    return Found(see.of_council() if whose == "own" else see, status, bucket)


def shown(frame: pd.DataFrame) -> pd.Series:
    """Counts as a table writes them: whole numbers, or why there is none."""
    whole = [
        note if note else round(value)
        for value, note in zip(frame["value"], frame["note"], strict=True)
    ]
    return pd.Series(whole, index=frame.index, dtype=object)


def count_of(number: float, total: float) -> str:
    """A count and its share of a total."""
    return f"{numbers.count(number)} ({100 * number / total:.0f}%)"
