"""What happened along a line: dotted uprights whose words stand in rows above.

A figure that marks events also holds their names in `layout.meta`, so that the page can
say them in words: `named` gives them back.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import labels, theme


ROW = 20
# Stands beside the name of a period in which an event happened, where periods are rows.
SIGN = "◆"


class Mark(NamedTuple):
    """Where on the axis, in what words, and the day of an event (none for others)."""

    at: Any
    said: str
    happened_on: pd.Timestamp | None = None


def over(
    series: pd.DataFrame, annotations: pd.DataFrame | None, *, until: Any = None
) -> list[Mark]:
    """List events and changes of framework, from the lowest row of words up.

    Words run toward the middle, so those nearest the middle are lowest: a higher
    upright then does not cross lower words. What happened after the last point but
    before `until` stands at that point, which is of the period that holds it.
    """
    return _stacked([*_events(annotations, series, until), *_rebased(series)], series)


def ending(series: pd.DataFrame) -> Any:
    """The day on which the last period of a series ends, as far apart as they are."""
    periods = series["period"].drop_duplicates().sort_values()
    if len(periods) < 2:
        return None
    return periods.iloc[-1] + (periods.iloc[-1] - periods.iloc[-2])


def in_columns(
    periods: Sequence[str], events: pd.DataFrame | None
) -> tuple[list[Mark], pd.DataFrame]:
    """Marks by the place of their period among columns, and those places.

    `events` has happened_on, title and period_label; those of other periods are left
    out.
    """
    places = pd.DataFrame({"period": range(len(periods)), "basis": ""})
    if events is None or events.empty:
        return [], places
    at = events["period_label"].map({name: n for n, name in enumerate(periods)})
    inside = at.notna()
    happened = pd.to_datetime(events["happened_on"])
    rows = zip(at[inside], events["title"][inside], happened[inside], strict=True)
    return _stacked([Mark(int(n), said, day) for n, said, day in rows], places), places


def signed(periods: Sequence[str], events: pd.DataFrame | None) -> tuple[list[str], list[Mark]]:
    """Names of rows, with a sign behind those in which an event happened; the marks."""
    found, _ = in_columns(periods, events)
    at = {mark.at for mark in found}
    return [f"{p} {SIGN}" if n in at else p for n, p in enumerate(periods)], found


def meta(marks: Iterable[Mark], sign: str = "") -> dict[str, Any]:
    """What a figure keeps of the events that it marks, the earliest first."""
    days = sorted((m.happened_on, m.said) for m in marks if m.happened_on is not None)
    return {"sign": sign, "events": [f"{said} ({day:%B %Y})" for day, said in days]}


def named(chart: go.Figure) -> str:
    """The events that a figure marks, each with its month; empty for most figures."""
    kept = chart.layout.meta or {}
    if not kept.get("events"):
        return ""
    return f"{kept['sign']} Events marked: {'; '.join(kept['events'])}.".strip()


def uprights(marks: Sequence[Mark], plot: int, *, lowest: int = 0) -> list[dict[str, Any]]:
    """Draw a dotted line at each mark; `plot` is the height of the plot in pixels.

    The words of the first stand in row `lowest` above the plot.
    """
    return [
        {
            "type": "line",
            "x0": mark.at,
            "x1": mark.at,
            "y0": 0,
            "y1": _top(row, plot),
            "yref": "paper",
            "layer": "below",
            "line": {"color": theme.QUIET, "width": 1, "dash": "dot"},
        }
        for row, mark in enumerate(marks, lowest)
    ]


def reference_line(at: float) -> dict[str, Any]:
    """Draw a dotted upright over the whole plot, for a figure to compare with."""
    return {
        "type": "line",
        "x0": at,
        "x1": at,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": theme.TEXT, "width": 1.5, "dash": "dot"},
    }


def words(
    marks: Sequence[Mark], plot: int, series: pd.DataFrame, *, lowest: int = 0
) -> list[dict[str, Any]]:
    """Write each mark's words in a row of its own, so that none collide."""
    return [
        {
            "x": mark.at,
            "y": _top(row, plot),
            "yref": "paper",
            "yanchor": "bottom",
            "xanchor": "left" if mark.at <= _turn(series) else "right",
            "text": labels.shorten(mark.said, 32),
            "bgcolor": "white",
            "font": {"size": theme.SMALL, "color": theme.QUIET},
        }
        for row, mark in enumerate(marks, lowest)
    ]


def _stacked(marks: list[Mark], series: pd.DataFrame) -> list[Mark]:
    middle = _turn(series)
    return sorted(marks, key=lambda mark: abs(mark.at - middle))


def _events(annotations: pd.DataFrame | None, series: pd.DataFrame, until: Any) -> list[Mark]:
    if annotations is None:
        return []
    first, last = series["period"].min(), series["period"].max()
    happened = pd.to_datetime(annotations["happened_on"])
    inside = happened.between(first, last)
    if until is not None:
        inside |= happened.between(last, until, inclusive="left")
    rows = zip(happened[inside], annotations["title"][inside], strict=True)
    return [Mark(min(day, last), said, day) for day, said in rows]


def _rebased(series: pd.DataFrame) -> list[Mark]:
    """Find where the framework changed: halfway between the two periods, once each."""
    firsts = series.loc[series["basis"].fillna("") != ""].groupby("basis")["period"]
    starts = firsts.min().sort_values()
    periods = series["period"].drop_duplicates().sort_values()
    marks = []
    for basis, start in list(starts.items())[1:]:
        before = periods[periods < start].max()
        marks.append(Mark(before + (start - before) / 2, f"{basis}: re-based"))
    return marks


def _turn(series: pd.DataFrame) -> Any:
    """Say where words turn to the left: past the middle, as the right has room."""
    first, last = series["period"].min(), series["period"].max()
    return first + (last - first) * 0.6


def _top(row: int, plot: int) -> float:
    return 1 + (row * ROW + 4) / plot
