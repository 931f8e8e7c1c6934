"""What the charts of movement say, in sentences, from the frames that they draw."""

from typing import Any

import pandas as pd

from analytics.reading.indicators import Indicator
from analytics.words import numbers, sentences


YEAR_DAYS = 365.25


def moved(indicator: Indicator, before: Any, after: Any, little: float) -> str:
    """Judge a change as `words.direction` does; less than `little` is the same."""
    how = sentences.direction(indicator, before, after)
    is_known = how != "unknown"
    return "same" if is_known and abs(after - before) < little else how


def signed(row: Any) -> str:
    """Write a step's number with its sign, or its own words: "−2", "+3", "27 of 41"."""
    said = text_of(row.get("said"))
    if said:
        return said
    if numbers.is_unknown(row["value"]):
        return numbers.UNKNOWN
    number = f"{row['value']:,.10g}"
    if row["kind"] == "total" or not row["value"]:
        return number
    return f"{'+' if row['kind'] == 'up' else '−'}{number}"


def ends_of(row: Any, indicator: Indicator) -> tuple[Any, Any]:
    """Give the weaker and the stronger end of a row: lower is weaker by default."""
    if indicator.polarity == "lower_is_better":
        return row["high"], row["low"]
    return row["low"], row["high"]


def path_sentence(
    series: pd.DataFrame, path: pd.DataFrame, *, indicator: Indicator, group: str | None = None
) -> str:
    """Say how much a year is needed to reach the target, and how much came so far.

    So far means since the first known value on the framework of the last one. `series`
    and `path` are what the trend chart takes; the path's last row is the target.
    """
    goals = path.dropna(subset="value").sort_values("period")
    if goals.empty:
        return "No target is known."
    goal = goals.iloc[-1]
    known = known_of(series, group)
    aim = f"{numbers.value(indicator, goal['value'])} by {goal['period_label']}"
    if known.empty:
        return f"How far it is to {aim} is not known."
    last = known.iloc[-1]
    lack = goal["value"] - last["value"]
    if _is_reached(lack, indicator):
        now = numbers.value(indicator, last["value"])
        return f"{aim} is reached: {now} in {last['period_label']}."
    years = _years(last["period"], goal["period"])
    if years <= 0:
        now = numbers.value(indicator, last["value"])
        return f"{aim} was not reached: {now} in {last['period_label']}."
    needed = _pace(indicator, lack / years)
    return f"{aim} needs {needed}; {_so_far(known, indicator)}."


def known_of(series: pd.DataFrame, group: str | None) -> pd.DataFrame:
    """Give one group's known values in order of time; without a code, the first's."""
    code = series["group_code"].iloc[0] if group is None else group
    rows = series[series["group_code"] == code].sort_values("period")
    return rows.dropna(subset="value")


def short(indicator_or_unit: Indicator | str, number: Any) -> str:
    """Write a number for a small space: percents whole, as "41%", "<1%" or ">99%"."""
    unit = numbers.name_of(indicator_or_unit)
    if numbers.is_unknown(number) or unit != "percent":
        return numbers.value(unit, number)
    if 0 < number < 0.5:
        return "<1%"
    if 99.5 <= number < 100:
        return ">99%"
    return f"{round(number)}%"


def text_of(said: Any) -> str:
    """Give the words of a cell, or nothing where it is empty or unknown."""
    return said.strip() if isinstance(said, str) else ""


def _is_reached(lack: float, indicator: Indicator) -> bool:
    return lack >= 0 if indicator.polarity == "lower_is_better" else lack <= 0


def _so_far(known: pd.DataFrame, indicator: Indicator) -> str:
    last = known.iloc[-1]
    same = known[known["basis"].fillna("") == (last["basis"] or "")]
    first = same.iloc[0]
    years = _years(first["period"], last["period"])
    framework = f" on {last['basis']}" if last["basis"] else ""
    if years <= 0:
        return f"there is one year only{framework}, so no pace so far"
    pace = _pace(indicator, (last["value"] - first["value"]) / years)
    return f"so far {pace} since {first['period_label']}{framework}"


def _pace(indicator: Indicator, size: float) -> str:
    change = numbers.change(indicator, 0.0, size)
    way, _, amount = change.partition(" ")
    if change == "no change":
        return change
    return f"a {'rise' if way == 'up' else 'fall'} of {amount} a year"


def _years(start: Any, end: Any) -> float:
    days = (pd.Timestamp(end) - pd.Timestamp(start)).days
    return round(days / YEAR_DAYS, 2)
