"""Before and after first support, in quarters counted from it."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import labels, theme
from analytics.reading.indicators import Indicator
from analytics.words import numbers


PLOT = 320
START = {
    "type": "line",
    "x0": 0,
    "x1": 0,
    "y0": 0,
    "y1": 1,
    "yref": "paper",
    "line": {"color": theme.QUIET, "width": 1, "dash": "dot"},
}


def event_time(frame: pd.DataFrame, *, indicator: Indicator, step: str = "Quarters") -> go.Figure:
    """Draw quarter, group_label, value and councils as one line a group.

    Quarter 0 is the first quarter of support, where an upright line stands; `step` says
    what is counted where it is not quarters.
    """
    theme.refuse_empty(frame, "event time")
    ordered = frame.sort_values("quarter").groupby("group_label", sort=False)
    groups = [(str(name), rows) for name, rows in ordered]
    groups.sort(key=lambda group: not group[0].lower().startswith("funded"))
    colours = dict(zip([name for name, _ in groups], theme.FOUR[::3], strict=False))
    axis = theme.scale(frame["value"], indicator.unit)
    ends = [_end(name, rows, colours.get(name), indicator) for name, rows in groups]
    named = [end for end in ends if end is not None]
    return theme.figure(
        [_line(name, rows, colours.get(name), indicator) for name, rows in groups],
        height=PLOT + 90,
        hovermode="x unified",
        margin={"t": 34, "r": labels.room_for([end.text for end in named])},
        yaxis=axis,
        xaxis=_quarters(frame, step),
        shapes=[START],
        annotations=[_start_name(frame), *_names(named, frame, axis["range"])],
    )


def _line(name: str, rows: pd.DataFrame, colour: str | None, indicator: Indicator) -> go.Scatter:
    return go.Scatter(
        name=labels.safe(name),
        x=rows["quarter"],
        y=rows["value"],
        mode="lines+markers",
        connectgaps=False,
        cliponaxis=False,
        line={"color": colour or theme.GREY, "width": 3},
        marker={"size": 7},
        customdata=[
            f"{numbers.in_words(indicator, value)} ({numbers.count(n)} councils)"
            for value, n in zip(rows["value"], rows["councils"], strict=True)
        ],
        hovertemplate="%{customdata}",
    )


def _end(
    name: str, rows: pd.DataFrame, colour: str | None, indicator: Indicator
) -> labels.End | None:
    known = rows.dropna(subset="value")
    if known.empty:
        return None
    last = known["value"].iloc[-1]
    words = f"{name} {numbers.value(indicator, last)}"
    ink = theme.TEXT if colour == theme.FOUR[3] else colour or theme.QUIET
    return labels.End(labels.wrap(words, 16), last, ink, colour == theme.BLUE)


def _quarters(frame: pd.DataFrame, step: str) -> dict[str, object]:
    first, last = int(frame["quarter"].min()), int(frame["quarter"].max())
    every = max(1, -(-(last - first) // 8))
    marks = [q for q in range(first, last + 1) if q % every == 0]
    return {
        "tickvals": marks,
        "ticktext": [f"{q:+d}" if q else "0" for q in marks],
        "range": [first - 0.4, last + 0.2],
        "title": {"text": f"{step} since first support", "font": {"size": theme.SMALL + 1}},
        "unifiedhovertitle": {"text": f"{step[:-1]} %{{x}}"},
    }


def _names(
    named: list[labels.End], frame: pd.DataFrame, axis_range: list[float]
) -> list[dict[str, Any]]:
    last = int(frame["quarter"].max())
    return labels.line_ends(named, x=last, pixels=PLOT, axis_range=axis_range)


def _start_name(frame: pd.DataFrame) -> dict[str, Any]:
    middle = (frame["quarter"].min() + frame["quarter"].max()) / 2
    return {
        "x": 0,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "xanchor": "left" if middle >= 0 else "right",
        "text": "First support",
        "font": {"size": theme.SMALL, "color": theme.QUIET},
    }
