"""What happened along a line: dotted uprights whose words stand in rows above."""

from typing import Any

import pandas as pd

from analytics.charts import labels, theme


ROW = 20

Mark = tuple[Any, str]


def over(series: pd.DataFrame, annotations: pd.DataFrame | None) -> list[Mark]:
    """List events and changes of framework, from the lowest row of words up.

    Words run toward the middle, so those nearest the middle are lowest: a higher
    upright then does not cross lower words.
    """
    middle = _turn(series)
    marks = [*_events(annotations, series), *_rebased(series)]
    return sorted(marks, key=lambda mark: abs(mark[0] - middle))


def uprights(marks: list[Mark], plot: int) -> list[dict[str, Any]]:
    """Draw a dotted line at each mark; `plot` is the height of the plot in pixels."""
    return [
        {
            "type": "line",
            "x0": at,
            "x1": at,
            "y0": 0,
            "y1": _top(row, plot),
            "yref": "paper",
            "layer": "below",
            "line": {"color": theme.QUIET, "width": 1, "dash": "dot"},
        }
        for row, (at, _) in enumerate(marks)
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


def words(marks: list[Mark], plot: int, series: pd.DataFrame) -> list[dict[str, Any]]:
    """Write each mark's words in a row of its own, so that none collide."""
    return [
        {
            "x": at,
            "y": _top(row, plot),
            "yref": "paper",
            "yanchor": "bottom",
            "xanchor": "left" if at <= _turn(series) else "right",
            "text": labels.shorten(said, 32),
            "bgcolor": "white",
            "font": {"size": theme.SMALL, "color": theme.QUIET},
        }
        for row, (at, said) in enumerate(marks)
    ]


def _events(annotations: pd.DataFrame | None, series: pd.DataFrame) -> list[Mark]:
    if annotations is None:
        return []
    happened = pd.to_datetime(annotations["happened_on"])
    inside = happened.between(series["period"].min(), series["period"].max())
    return list(zip(happened[inside], annotations["title"][inside], strict=True))


def _rebased(series: pd.DataFrame) -> list[Mark]:
    """Find where the framework changed: halfway between the two periods, once each."""
    firsts = series.loc[series["basis"].fillna("") != ""].groupby("basis")["period"]
    starts = firsts.min().sort_values()
    periods = series["period"].drop_duplicates().sort_values()
    marks = []
    for basis, start in list(starts.items())[1:]:
        before = periods[periods < start].max()
        marks.append((before + (start - before) / 2, f"{basis}: re-based"))
    return marks


def _turn(series: pd.DataFrame) -> Any:
    """Say where words turn to the left: past the middle, as the right has room."""
    first, last = series["period"].min(), series["period"].max()
    return first + (last - first) * 0.6


def _top(row: int, plot: int) -> float:
    return 1 + (row * ROW + 4) / plot
