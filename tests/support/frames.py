"""Small frames written as text, whose sums can be done by eye."""

import io
from dataclasses import replace
from typing import Any

import pandas as pd

from analytics.reading.indicators import Indicator


OUTCOMES = Indicator(
    key="outcomes_achieved",
    theme="risk_maturity",
    title="CAF outcomes achieved",
    question="How much of the framework does each council meet?",
    definition="Share of outcomes assessed as achieved.",
    kind="ratio",
    numerator="Outcomes achieved",
    denominator="Outcomes assessed",
    unit="percent",
    grain="year",
    polarity="higher_is_better",
    source="Council self-assessments",
    caveat="Councils assess themselves.",
)
INCIDENTS = replace(OUTCOMES, title="Incidents reported", unit="per_council_year", polarity="none")
RECOVERY = replace(
    OUTCOMES,
    title="Hours to recover",
    kind="distribution",
    unit="hours",
    polarity="lower_is_better",
)


def table(text: str) -> pd.DataFrame:
    """Read a table written with bars: empty cells are unknown, dates are dates."""
    lines = [
        "|".join(cell.strip() for cell in line.strip().split("|"))
        for line in text.strip().splitlines()
    ]
    frame = pd.read_csv(io.StringIO("\n".join(lines)), sep="|")
    for name in frame.columns.intersection(["period", "happened_on"]):
        frame[name] = pd.to_datetime(frame[name])
    for name in frame.columns.intersection(["basis", "note", "gss_code"]):
        frame[name] = frame[name].astype(object).where(frame[name].notna(), "")
    if "value" in frame:
        frame["value"] = frame["value"].astype(float)
    return frame


def series(*rows: tuple[Any, ...]) -> pd.DataFrame:
    """Make a series frame from (group, year, value) or (group, year, value, basis)."""
    return pd.DataFrame(
        [
            {
                "group_code": group.lower(),
                "group_label": group,
                "period": pd.Timestamp(year, 4, 1),
                "period_label": f"{year}/{(year + 1) % 100:02d}",
                "value": float("nan") if value is None else value,
                "numerator": 1.0,
                "denominator": 2.0,
                "councils": 268,
                "expected": 317,
                "basis": basis[0] if basis else "",
            }
            for group, year, value, *basis in rows
        ]
    )


GROUPS = table("""
    group_code | group_label | value | numerator | denominator | councils | expected
    north      | North       | 40.0  | 4         | 10          | 9        | 12
    south      | South       | 60.5  | 6         | 10          | 8        | 10
    east       | East        |       |           |             | 0        | 7
    west       | West        | 51.2  | 5         | 10          | 5        | 5
""").assign(basis="")

COUNCILS = table("""
    gss_code | council_name | region | council_type | value | note
    E1       | Ashby        | North  | Unitary      | 10    |
    E2       | Barton       | North  | Unitary      | 20    |
    E3       | Corby        | North  | Unitary      | 30    |
    E4       | Derwent      | South  | District     | 40    |
    E5       | Eastham      | South  | District     |       | [x]
             |              | South  | District     | 50    |
""").assign(numerator=1.0, denominator=2.0, basis="")

HEXES = table("""
    gss_code | x   | y
    E1       | 0   | 0
    E2       | 1   | 0
    E3       | 0.5 | 0.866
    E4       | 1.5 | 0.866
    E5       | 2   | 0
""")
