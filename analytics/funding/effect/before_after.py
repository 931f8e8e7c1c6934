"""Before and after: a line a council, over the middle half of those not funded."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import labels, theme
from analytics.reading.indicators import Indicator
from analytics.words import numbers


PLOT = 400
ORANGE = theme.FOUR[3]
# Names stand beside so many lines at most.
MOST_NAMED = 9
# A few very long lines would flatten all the others.
SHOWN = 0.85


def before_after(
    lines: pd.DataFrame,
    sides: pd.DataFrame,
    *,
    indicator: Indicator,
    label_before: str,
    label_after: str,
    selected: str = "",
) -> go.Figure:
    """Draw a thin line for each funded council, and the middle of either side.

    `lines`: gss_code, council_name, before, after. `sides`: side, and low, middle and
    high of before and after (`before_low` and so on); its first row is funded councils,
    blue, and its second the others, a grey band with a dashed middle. `selected` is the
    code of a council to pick out in orange. Lines past the 85th centile leave the
    figure at its top, and it says how many do.
    """
    theme.refuse_empty(sides, "before and after")
    picked = lines["gss_code"].eq(selected)
    rows = theme.records(sides)
    top = _top(lines[~picked], lines[picked], sides)
    axis = theme.scale(top, indicator.unit)
    ends = _ends(lines, lines[picked], rows, indicator)
    above = int((lines[["before", "after"]].max(axis=1) > axis["range"][1]).sum())
    return theme.figure(
        [
            *(_band(row) for row in rows[1:]),
            *(_line(row, indicator) for row in theme.records(lines[~picked])),
            *(_middle(row, n, indicator) for n, row in enumerate(rows)),
            *(_line(row, indicator, ORANGE, 4) for row in theme.records(lines[picked])),
        ],
        height=PLOT + 78,
        margin={
            "t": 40,
            "b": 38 if above else 12,
            "r": labels.room_for([end.text for end in ends]),
        },
        yaxis=axis,
        xaxis={"visible": False, "range": [-0.02, 1.02]},
        annotations=[
            *_headings(label_before, label_after),
            *labels.line_ends(ends, x=1, pixels=PLOT, axis_range=axis["range"]),
            *([_told(above)] if above else []),
        ],
    )


def _top(others: pd.DataFrame, picked: pd.DataFrame, sides: pd.DataFrame) -> list[float]:
    """The values that the axis must hold."""
    wide = others[["before", "after"]].max(axis=1)
    all_shown = len(wide) <= MOST_NAMED
    held = [wide.max() if all_shown else wide.quantile(SHOWN)]
    held += picked[["before", "after"]].to_numpy().ravel().tolist()
    return held + sides[["before_high", "after_high"]].to_numpy().ravel().tolist()


def _band(row: dict[str, Any]) -> go.Scatter:
    return go.Scatter(
        name=f"{row['side']}, middle half",
        x=[0, 1, 1, 0],
        y=[row["before_low"], row["after_low"], row["after_high"], row["before_high"]],
        fill="toself",
        fillcolor=theme.PALE,
        line={"width": 0},
        mode="lines",
        hoverinfo="skip",
    )


def _line(
    row: dict[str, Any], indicator: Indicator, colour: str = theme.MUTED, width: int = 1
) -> go.Scatter:
    said = [numbers.value(indicator, row[end]) for end in ("before", "after")]
    hover = f"{labels.safe(row['council_name'])}<br>{said[0]} to {said[1]}"
    return go.Scatter(
        name=labels.safe(row["council_name"]),
        x=[0, 1],
        y=[row["before"], row["after"]],
        mode="lines+markers",
        line={"color": colour, "width": width},
        marker={"size": 4 + width},
        opacity=1 if width > 1 else 0.55,
        hovertemplate=f"{hover}<extra></extra>",
    )


def _middle(row: dict[str, Any], place: int, indicator: Indicator) -> go.Scatter:
    said = [numbers.value(indicator, row[f"{end}_middle"]) for end in ("before", "after")]
    hover = f"{row['side']}, middle council: {said[0]} to {said[1]}"
    line = {"color": theme.BLUE, "width": 4}
    return go.Scatter(
        name=str(row["side"]),
        x=[0, 1],
        y=[row["before_middle"], row["after_middle"]],
        mode="lines+markers",
        line=line if place == 0 else {"color": theme.QUIET, "width": 3, "dash": "dash"},
        marker={"size": 8},
        hovertemplate=f"{hover}<extra></extra>",
    )


def _ends(
    lines: pd.DataFrame, picked: pd.DataFrame, rows: list[dict[str, Any]], indicator: Indicator
) -> list[labels.End]:
    """What is written at the right: both middles, the council picked out, and every
    name where lines are few."""
    ends = []
    for place, row in enumerate(rows):
        value = numbers.value(indicator, row["after_middle"])
        colour = theme.BLUE if place == 0 else theme.QUIET
        words = labels.wrap(f"{row['side']} {value}", 14)
        ends.append(labels.End(words, row["after_middle"], colour, place == 0))
    shown = lines if len(lines) <= MOST_NAMED else picked
    for row in theme.records(shown):
        is_picked = row["gss_code"] in set(picked["gss_code"])
        name = labels.shorten(row["council_name"], 18)
        ends.append(labels.End(name, row["after"], theme.TEXT, is_picked))
    return ends


def _headings(before: str, after: str) -> list[dict[str, Any]]:
    return [
        {
            "x": x,
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "yshift": 4,
            "xanchor": anchor,
            "text": labels.wrap(said, 14),
            "showarrow": False,
            "align": anchor,
            "font": {"size": theme.SMALL, "color": theme.QUIET},
        }
        for x, said, anchor in ((0, before, "left"), (1, after, "right"))
    ]


def _told(above: int) -> dict[str, Any]:
    lines = "1 line leaves" if above == 1 else f"{above} lines leave"
    return labels.key(f"{lines} the figure at its top.", below=8)
