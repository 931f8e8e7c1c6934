"""What columns are called on screen and in files: no raw name reaches a reader."""

import re

import pandas as pd

from analytics.reading.disclosure import UNKNOWN as NOT_AVAILABLE
from analytics.reading.disclosure import WITHHELD
from analytics.reading.indicators import Indicator
from analytics.words import numbers


SHORTHAND = (
    f"{NOT_AVAILABLE} means not available: nothing was returned, which is not zero. "
    f"{WITHHELD} means withheld, to protect the council that it is about."
)

COLUMNS = {
    "action": "Action",
    "amount_gbp": "Amount (£)",
    "award_id": "Award",
    "basis": "Framework",
    "completed_on": "Completed on",
    "council_name": "Council",
    "council_type": "Type of council",
    "councils": "Councils that reported",
    "definition": "Definition",
    "deprivation_quintile": "Deprivation quintile",
    "detected_at": "Detected at",
    "expected": "Councils in the group",
    "financial_year": "Financial year",
    "group_label": "Group",
    "gss_code": "ONS code",
    "happened_on": "Date",
    "high": "Peers' highest",
    "incident_ref": "Incident",
    "indicator": "Measure",
    "kind": "Kind",
    "label": "Event",
    "low": "Peers' lowest",
    "median": "Peers' median",
    "note": "Note",
    "objective": "Objective",
    "of": "Out of",
    "outcome": "Outcome",
    "outcome_code": "Outcome code",
    "period": "Period",
    "period_label": "Period",
    "polarity": "Which way is better",
    "population": "Population",
    "principle": "Principle",
    "principle_code": "Principle code",
    "programme": "Programme",
    "q1": "Peers' lower quartile",
    "q3": "Peers' upper quartile",
    "quarter": "Quarters since first support",
    "rank": "Rank",
    "recovered_at": "Recovered at",
    "region": "Region",
    "rurality": "Rurality",
    "service": "Service",
    "source": "Source",
    "status": "Status",
    "supplier_name": "Supplier",
    "title": "Title",
    "unit": "Unit",
    "value": "Value",
}
UNIT_NAMES = {
    "percent": "%",
    "gbp": "£",
    "gbp_per_resident": "£ per resident",
    "gbp_per_council_year": "£ per council a year",
    "hours": "hours",
    "hours_per_council_month": "hours per council a month",
    "per_council_year": "per council a year",
    "count": "",
}
POLARITY = {"higher_is_better": "Higher", "lower_is_better": "Lower", "none": "Neither"}
HIDDEN = ["group_code", "council_group"]


def column(name: str, about: Indicator | None = None) -> str:
    """Give the heading of a column; a raw name that is not in the list is refused."""
    if about is not None and name in ("numerator", "denominator"):
        return str(getattr(about, name))
    if name in COLUMNS:
        return COLUMNS[name]
    if re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", name):
        raise KeyError(f"Column {name!r} has no heading: add it to analytics/words/labels.py.")
    return name


def tidy(data: pd.DataFrame) -> pd.DataFrame:
    """Leave out codes and columns that say nothing, and fold notes into values."""
    frame = data.drop(columns=[name for name in HIDDEN if name in data])
    if {"period", "period_label"} <= set(frame):
        frame = frame.drop(columns="period")
    if "note" in frame and "value" in frame:
        notes = frame["note"].where(frame["value"].isna() & frame["note"].ne(""))
        frame = frame.astype({"value": object})
        frame["value"] = frame["value"].where(notes.isna(), notes)
        frame = frame.drop(columns="note")
    empty = [c for c in ("basis", "gss_code") if c in frame and not _says(frame[c])]
    return frame.drop(columns=empty)


def for_people(data: pd.DataFrame, about: Indicator | None = None) -> pd.DataFrame:
    """Write every cell as text for reading: units, dates, [x] for what is unknown."""
    frame = tidy(data)
    headings = {name: column(name, about) for name in map(str, frame)}
    written = {name: [cell(number, name, about) for number in frame[name]] for name in headings}
    return pd.DataFrame(written).rename(columns=headings)


def for_files(data: pd.DataFrame, about: Indicator | None = None) -> pd.DataFrame:
    """Keep numbers as numbers, with their unit in the heading and [x] for unknown."""
    frame = tidy(data)
    headings = {name: column(name, about) for name in map(str, frame)}
    if about is not None and UNIT_NAMES[about.unit]:
        headings["value"] = f"{column('value')} ({UNIT_NAMES[about.unit]})"
    filled = frame.astype(object).where(frame.notna(), NOT_AVAILABLE)
    return filled.rename(columns=headings)


def cell(item: object, name: str, about: Indicator | None = None) -> str:
    """Write one cell of a table."""
    if isinstance(item, str):
        return POLARITY.get(item, item) if name == "polarity" else item
    if item is None or item is pd.NaT or numbers.is_unknown(item) and _is_number(item):
        return NOT_AVAILABLE
    if isinstance(item, bool):
        return "Yes" if item else "No"
    if hasattr(item, "strftime"):
        return f"{item:%-d %B %Y}"
    if name == "value" and about is not None:
        return numbers.value(about, item)
    return _number(item) if _is_number(item) else str(item)


def _is_number(item: object) -> bool:
    return pd.api.types.is_number(item)


def _number(number) -> str:
    whole = float(number).is_integer()
    return numbers.count(number) if whole else f"{number:,.2f}".rstrip("0").rstrip(".")


def _says(items: pd.Series) -> bool:
    return bool(items.fillna("").astype(str).ne("").any())
