"""What the charts of movement say, in sentences, from the frames that they draw."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analytics.reading.indicators import Indicator
from analytics.words import numbers, sentences


UNKNOWN_LEVEL = "Not assessed"
LITTLE = 2.0
DIRECTIONS = ("improved", "slipped", "same", "unknown")
YEAR_DAYS = 365.25


def alluvial_sentence(
    frame: pd.DataFrame,
    *,
    levels: Sequence[str],
    unknown: str = UNKNOWN_LEVEL,
    what: str = "outcomes",
) -> str:
    """Say how many improved, slipped and stayed between the last two years.

    Takes what the alluvial chart takes. Flows whose number is not known are left out,
    and the sentence says so.
    """
    last = frame[frame["period_after"] == frame["period_after"].max()]
    first, then = last["label_before"].iloc[0], last["label_after"].iloc[0]
    when = f"From {first} to {then}"
    counted = last["count"].groupby(directions(last, list(levels), unknown)).sum()
    total = counted.sum()
    if not total:
        return f"{when}, no flows between levels are known."
    number = {way: numbers.count(counted.get(way, 0)) for way in DIRECTIONS}
    left_out = last["count"].isna().any()
    return (
        f"{when}, {number['improved']} of {numbers.count(total)} {what} improved, "
        f"{number['slipped']} slipped and {number['same']} did not change"
        f"{_unknown_flows(counted.get('unknown', 0))}."
        f"{' Flows whose number is not known are left out.' if left_out else ''}"
    )


def directions(
    frame: pd.DataFrame, levels: Sequence[str], unknown: str = UNKNOWN_LEVEL
) -> pd.Series:
    """Say of each flow: improved, slipped, same, or unknown at one of its ends.

    `levels` is ordered from best to worst. Raises ValueError for another level.
    """
    place = {level: n for n, level in enumerate(levels)}
    odd = {*frame["level_before"], *frame["level_after"]} - {*levels}
    if odd:
        named = ", ".join(sorted(map(repr, odd)))
        raise ValueError(f"Not one of the levels {', '.join(levels)}: {named}.")

    def way(before: str, after: str) -> str:
        if unknown in (before, after):
            return "unknown"
        if before == after:
            return "same"
        return "improved" if place[after] < place[before] else "slipped"

    ends = zip(frame["level_before"], frame["level_after"], strict=True)
    return pd.Series([way(*pair) for pair in ends], index=frame.index, dtype=object)


def slope_sentence(
    frame: pd.DataFrame,
    *,
    indicator: Indicator,
    label_before: str,
    label_after: str,
    little: float = LITTLE,
) -> str:
    """Count the rows that rose, fell and moved little, and name the most of each."""
    rows = frame.assign(change=frame["after"] - frame["before"])
    known = rows.dropna(subset="change").sort_values("change", kind="stable")
    without = len(rows) - len(known)
    missing = f" Not known in both: {without} of {len(rows)}." if without else ""
    when = f"From {label_before} to {label_after}"
    if known.empty:
        return f"{when}, no change is known."
    is_told = known["change"].abs().ge(little) & known["change"].ne(0)
    risen = known[is_told & known["change"].gt(0)]
    rose = risen.sort_values("change", ascending=False, kind="stable")
    fell = known[is_told & known["change"].lt(0)]
    flat = len(known) - len(rose) - len(fell)
    size = numbers.change(indicator, 0.0, little).removeprefix("up ")
    parts = [f"{len(rose)} of {len(known)} rose", f"{len(fell) or 'none'} fell"]
    parts.append(f"{flat} moved by less than {size}")
    named = [_mover(rose, "rose", indicator)]
    named.append(_mover(fell, "fell", indicator))
    return f"{when}, {sentences.listed(parts)}.{''.join(named)}{missing}"


def moved(indicator: Indicator, before: Any, after: Any, little: float) -> str:
    """Judge a change as `words.direction` does; less than `little` is the same."""
    how = sentences.direction(indicator, before, after)
    is_known = how != "unknown"
    return "same" if is_known and abs(after - before) < little else how


def steps_sentence(frame: pd.DataFrame) -> str:
    """Read the steps out: the first total, what was taken and added, and the last.

    Steps of nothing are passed over.
    """
    rows = frame.to_dict("records")
    told = [
        f"{row['label']}: {signed(row)}"
        for row in rows
        if numbers.is_unknown(row["value"]) or row["value"] or row["kind"] == "total"
    ]
    return f"{'; '.join(told)}." if told else "No steps are known."


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


def ranges_sentence(frame: pd.DataFrame, *, indicator: Indicator) -> str:
    """Name the row with the widest range, and the one with the weakest of all."""
    rows = frame.assign(
        gap=(frame["high"] - frame["low"]).abs(),
        weak=[_weakest(row, indicator) for row in frame.to_dict("records")],
    )
    known = rows.dropna(subset="weak")
    if known.empty:
        return f"{indicator.title}: no range is known."
    without = len(rows) - len(known)
    missing = f" Not known: {without} of {len(rows)}." if without else ""
    said = f"{indicator.title}: {_weakest_rows(known, indicator)}"
    return f"{said}{_widest(known, indicator)}.{missing}"


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


def _unknown_flows(count: float) -> str:
    if not count:
        return ""
    verb = "was" if count == 1 else "were"
    return f"; {numbers.count(count)} {verb} not known in one of the years or in both"


def _mover(ordered: pd.DataFrame, verb: str, indicator: Indicator) -> str:
    """Name the row that moved most, unless none did, or several did as much."""
    if ordered.empty:
        return ""
    said = ordered["change"].map(lambda size: numbers.change(indicator, 0.0, size))
    change = said.iloc[0]
    top = ordered[said == change]
    first = top.iloc[0]
    names = sentences.joined([str(name) for name in top["row_label"]])
    to = f" to {numbers.value(indicator, first['after'])}" if len(top) == 1 else ""
    return f" {names} {verb} most ({change}{to})."


def _weakest(row: Any, indicator: Indicator) -> float:
    weak, strong = ends_of(row, indicator)
    return float("nan") if weak is None else weak if weak == weak else strong


def _weakest_rows(known: pd.DataFrame, indicator: Indicator) -> str:
    is_low_weak = indicator.polarity != "lower_is_better"
    order = known.sort_values("weak", ascending=is_low_weak, kind="stable")
    shown = order["weak"].map(lambda number: numbers.value(indicator, number))
    weakest = order[shown == shown.iloc[0]]
    verb = "is" if len(weakest) == 1 else "are"
    names = sentences.joined([str(name) for name in weakest["row_label"]])
    system = text_of(weakest.iloc[0].get("low_label" if is_low_weak else "high_label"))
    whose = f", {system}" if system and len(weakest) == 1 else ""
    return f"weakest {verb} {names} ({shown.iloc[0]}{whose})"


def _widest(known: pd.DataFrame, indicator: Indicator) -> str:
    wide = known[known["gap"] > 0].sort_values("gap", ascending=False, kind="stable")
    if wide.empty:
        return ""
    gaps = wide["gap"].map(lambda size: numbers.change(indicator, 0.0, size))
    top = wide[gaps == gaps.iloc[0]]
    names = sentences.joined([str(name) for name in top["row_label"]])
    if len(top) > 1:
        return f"; {names} range most, by {gaps.iloc[0].removeprefix('up ')}"
    low, high = (numbers.value(indicator, top[end].iloc[0]) for end in ("low", "high"))
    return f"; {names} ranges most, from {low} to {high}"


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
