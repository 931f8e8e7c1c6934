"""What the charts of shares, leanings and amounts say, in sentences."""

from collections.abc import Sequence

import pandas as pd

from analytics import formats
from analytics.charts import diverging
from analytics.charts.words import joined, listed


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


def diverging_sentence(frame: pd.DataFrame, *, left: str, right: str, what: str = "outcome") -> str:
    """Count the rows that lean each way, and name those that lean furthest.

    `left` and `right` are the words over the two sides, as in the chart; `what` is
    what one row stands for.
    """
    points = diverging.net(frame.set_index("row_label"))
    known = points.dropna()
    if known.empty:
        return f"The difference is not known for any of {_counted(len(points), what)}."
    rounded = known.round(1)
    counts = {
        f"“{right}”": int((rounded > 0).sum()),
        f"“{left}”": int((rounded < 0).sum()),
        "neither side": int((rounded == 0).sum()),
    }
    leaning = [f"{count} to {side}" for side, count in counts.items() if count]
    if len(leaning) == 1 and len(known) > 1:
        leaning = [leaning[0].replace(str(len(known)), "all", 1)]
    verb = "leans" if leaning[0].startswith("1 ") else "lean"
    leaning[0] = leaning[0].replace(" to", f" {verb} to", 1)
    return (
        f"Of {_counted(len(known), what)}, {listed(leaning)}. {_net(rounded)}"
        f"{_unknown(list(points.index[points.isna()]))}"
    )


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
    return listed([f"{p} {formats.value(unit, v)}" for p, v in values.items()])


def _most(frame: pd.DataFrame, parts: Sequence[str]) -> str:
    """Name the period with the most of all parts, among those known in full."""
    wide = frame.pivot(index="period_label", columns="part", values="value")
    totals = wide.reindex(columns=list(parts)).sum(axis=1, skipna=False).dropna()
    if len(totals) < 2:
        return ""
    top = totals[totals == totals.max()]
    if len(top) == len(totals):
        return f" Every period has {formats.count(totals.max())}."
    highest = formats.count(totals.max())
    order = [name for name in frame["period_label"].unique() if name in top.index]
    return f" The most were {highest}, in {joined(order)}."


def _extremes(values: pd.Series, unit: str) -> str:
    shown = values.map(lambda number: formats.value(unit, number))
    highest, lowest = (formats.value(unit, n) for n in (values.max(), values.min()))
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
    highest, lowest = (diverging.signed(end) for end in (points.max(), points.min()))
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
