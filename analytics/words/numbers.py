"""Numbers as people read them, by the unit that an indicator declares; moments too."""

import math
from typing import Any, NamedTuple

import pandas as pd

from analytics.reading.indicators import Indicator


UNKNOWN = "not known"
LONDON = "Europe/London"


class Unit(NamedTuple):
    """How one unit is written: words after a number, axis marks, step of a change."""

    words: str
    tickformat: str
    prefix: str = ""
    suffix: str = ""


UNITS = {
    "percent": Unit("", ",.1~f", suffix="%"),
    "per_council_year": Unit("per council a year", ",.2~f"),
    "hours_per_council_month": Unit("per council a month", ",.1~f", suffix=" hours"),
    "hours": Unit("", ",.1~f", suffix=" hours"),
    "gbp": Unit("", ",.3~s", prefix="£"),
    "gbp_per_resident": Unit("per resident", ",.2~f", prefix="£"),
    "gbp_per_council_year": Unit("per council a year", ",.3~s", prefix="£"),
    "points": Unit("", "+,.1~f", suffix=" points"),
    "gap": Unit("percentage points", ",.1~f"),
    "count": Unit("", ",.0f"),
}


def value(indicator_or_unit: Indicator | str, number: Any) -> str:
    """Write a number in its unit: "61.4%", "£12.4m", "3.2 hours", "not known"."""
    unit = name_of(indicator_or_unit)
    if is_unknown(number):
        return UNKNOWN
    sign = "-" if number < 0 and _bare(unit, -number).strip("£0.,") else ""
    return sign + _with_words(unit, _bare(unit, abs(number)))


def count(number: Any) -> str:
    """Write a whole number with commas in the thousands."""
    return UNKNOWN if is_unknown(number) else f"{round(number):,}"


def change(indicator: Indicator | str, before: Any, after: Any) -> str:
    """Say how far a value moved: "up 3.1 percentage points", or "no change"."""
    unit = name_of(indicator)
    if is_unknown(before) or is_unknown(after):
        return UNKNOWN
    size = _bare(unit, abs(after - before))
    if not size.strip("£0.,"):
        return "no change"
    words = f"{size} percentage points" if unit == "percent" else _with_words(unit, size)
    return f"{'up' if after > before else 'down'} {words}"


def axis(unit: str) -> dict[str, str]:
    """Give Plotly's number format, prefix and suffix for an axis in this unit."""
    known = UNITS[name_of(unit)]
    return {"tickformat": known.tickformat, "tickprefix": known.prefix, "ticksuffix": known.suffix}


def tick(unit: str, number: float) -> str:
    """Write an axis label: as short as it can be, "£2m" rather than "£2.0m"."""
    known = UNITS[name_of(unit)]
    for size, letter in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if known.prefix and abs(number) >= size:
            return f"{known.prefix}{number / size:.3g}{letter}"
    suffix = "%" if unit == "percent" else ""
    return f"{known.prefix}{float(f'{number:.6g}'):,.10g}{suffix}"


def unit_words(unit: str) -> str:
    """Give the words that follow a number: "per council a year", or nothing."""
    return UNITS[name_of(unit)].words


def in_words(indicator_or_unit: Indicator | str, number: Any) -> str:
    """Write a number with the words of its unit: "4.1 per council a year"."""
    if is_unknown(number):
        return UNKNOWN
    words = unit_words(name_of(indicator_or_unit))
    return f"{value(indicator_or_unit, number)} {words}".strip()


def london_time(moments: pd.Series) -> pd.Series:
    """Moments in UTC as London's clocks showed them, without a zone."""
    times = pd.to_datetime(moments, utc=True)
    return times.dt.tz_convert(LONDON).dt.tz_localize(None)


def is_unknown(number: Any) -> bool:
    """Tell whether there is no number: None, NaN or pandas' own missing value."""
    try:
        return number is None or math.isnan(number)
    except TypeError:
        return True


def name_of(indicator_or_unit: Indicator | str) -> str:
    """Give the unit's name, and refuse one that is not known."""
    unit = getattr(indicator_or_unit, "unit", indicator_or_unit)
    if unit not in UNITS:
        known = ", ".join(UNITS)
        raise ValueError(f"Unit {unit!r} is not known. It must be one of: {known}.")
    return unit


def _bare(unit: str, number: float) -> str:
    if unit == "count":
        return f"{round(number):,}"
    if UNITS[unit].prefix:
        return _money(number)
    return f"{number:,.0f}" if number >= 999.95 else f"{number:,.1f}"


def _money(number: float) -> str:
    if number >= 999_950_000:
        return f"£{number / 1e9:,.1f}bn"
    if number >= 999_999.5:
        return f"£{number / 1e6:,.1f}m"
    return f"£{number:,.0f}" if number >= 99.995 else f"£{number:,.2f}"


def _with_words(unit: str, number: str) -> str:
    if unit == "percent":
        return f"{number}%"
    if unit.startswith("hours"):
        return "1 hour" if number == "1.0" else f"{number} hours"
    return number
