"""Words about shared events and incidents that two views use."""

from dataclasses import replace
from typing import Any

import pandas as pd

from analytics.reading.indicators import Indicator
from analytics.words import numbers


EVENTS = {"shared": "Shared by several councils", "incident": "At one council"}


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows by the names of their columns."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def event_name(row: dict[str, Any]) -> str:
    """An event as the box of choices names it."""
    when = f"{pd.Timestamp(row['began_in']):%b %Y}"
    code = str(row["group_code"]).rpartition(" ")[2]
    if isinstance(row["council_name"], str):
        return f"{row['council_name']}, {when} ({code})"
    return f"{code}, {when}, {numbers.count(row['councils'])} councils"


SOURCE = "Incidents reported by councils, by the month in which they were detected"
INCIDENTS = Indicator(
    key="patterns",
    theme="",
    title="Incidents",
    question="",
    definition="Incidents by the month in which they were detected, in months that the "
    "council reported on.",
    kind="ratio",
    numerator="Incidents",
    denominator="",
    unit="count",
    grain="month",
    polarity="none",
    source=SOURCE,
    dataset="incidents",
)


MOST = 15
HIT = replace(INCIDENTS, title="Councils hit")
