"""What the charts of shares, leanings and amounts say, in sentences."""

from collections.abc import Sequence

import pandas as pd

from analytics.words import numbers
from analytics.words.sentences import joined, listed


def composition_sentence(
    frame: pd.DataFrame, *, parts: Sequence[str], is_share: bool = True
) -> str:
    """Name the rows with most and least of the first part, and those not known.

    One row alone is said in full: "England: Met 60.0% and Below 40.0%."
    """
    unit = "percent" if is_share else "count"
    names = list(frame["row_label"].unique())
    if len(names) == 1:
        return f"{names[0]}: {_all_parts(frame, parts, unit)}."
    first = frame[frame["part"] == parts[0]].dropna(subset="value")
    unknown = [name for name in names if name not in set(first["row_label"])]
    if first.empty:
        return f"{parts[0]} is not known for any of {len(names)} rows."
    said = _extremes(first.set_index("row_label")["value"], unit)
    return f"{parts[0]}: {said}.{_unknown(unknown)}"


def columns_sentence(frame: pd.DataFrame, *, parts: Sequence[str], unit: str = "count") -> str:
    """Say what the last period is made of and, for counts, which had the most."""
    known = frame.dropna(subset="value")
    last = frame["period_label"].iloc[-1]
    if known.empty:
        return "Nothing is known for any period."
    shown = known["period_label"].iloc[-1]
    before = "" if shown == last else f"Not known for {last}. "
    rows = frame[frame["period_label"] == shown]
    said = f"{before}In {shown}: {_all_parts(rows, parts, unit)}."
    return said + (_most(frame, parts) if unit == "count" else "")


def _all_parts(rows: pd.DataFrame, parts: Sequence[str], unit: str) -> str:
    values = rows.set_index("part")["value"].reindex(list(parts))
    return listed([f"{p} {numbers.value(unit, v)}" for p, v in values.items()])


def _most(frame: pd.DataFrame, parts: Sequence[str]) -> str:
    """Name the period with the most of all parts, among those known in full."""
    wide = frame.pivot(index="period_label", columns="part", values="value")
    totals = wide.reindex(columns=list(parts)).sum(axis=1, skipna=False).dropna()
    if len(totals) < 2:
        return ""
    top = totals[totals == totals.max()]
    if len(top) == len(totals):
        return f" Every period has {numbers.count(totals.max())}."
    highest = numbers.count(totals.max())
    order = [name for name in frame["period_label"].unique() if name in top.index]
    return f" The most were {highest}, in {joined(order)}."


def _extremes(values: pd.Series, unit: str) -> str:
    shown = values.map(lambda number: numbers.value(unit, number))
    highest, lowest = (numbers.value(unit, n) for n in (values.max(), values.min()))
    if highest == lowest:
        return f"the same in every row, {highest}" if len(shown) > 1 else _only(shown)
    most, least = (list(shown.index[shown == end]) for end in (highest, lowest))
    return (
        f"{joined(most)} {'has' if len(most) == 1 else 'have'} most ({highest}) "
        f"and {joined(least)} least ({lowest})"
    )


def _only(shown: pd.Series) -> str:
    return f"{shown.index[0]} {shown.iloc[0]}"


def _net(points: pd.Series) -> str:
    highest, lowest = (signed(end) for end in (points.max(), points.min()))
    if highest == lowest:
        return f"The net is {highest} points."
    top, bottom = (list(points.index[points == end]) for end in (points.max(), points.min()))
    return (
        f"The net is highest for {joined(top)} ({highest} points) and lowest for "
        f"{joined(bottom)} ({lowest} points)."
    )


def _unknown(names: list[str]) -> str:
    return f" Not known: {joined(names)}." if names else ""


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def net(frame: pd.DataFrame) -> pd.Series:
    """Give right less left of each row in points; unknown where a part is unknown."""
    return frame["above_one"] + frame["above_two"] - frame["below"]


def signed(points: float) -> str:
    """Write points with their sign: "+12.3", "-4.0", and "0.0" without one."""
    return "0.0" if abs(points) < 0.05 else f"{points:+.1f}"
