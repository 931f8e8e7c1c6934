"""Estimated effects by years since support, with intervals; leads marked apart."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import labels, theme
from analytics.reading.indicators import Indicator
from analytics.words import numbers


PLOT = 320
NOUGHT = {
    "type": "line",
    "x0": 0,
    "x1": 1,
    "xref": "paper",
    "y0": 0,
    "y1": 0,
    "line": {"color": theme.TEXT, "width": 1},
}
START = {
    "type": "line",
    "x0": -0.5,
    "x1": -0.5,
    "y0": 0,
    "y1": 1,
    "yref": "paper",
    "line": {"color": theme.QUIET, "width": 1, "dash": "dot"},
}


def event_study(frame: pd.DataFrame, *, indicator: Indicator) -> go.Figure:
    """Draw a point and its interval for each year since support.

    Columns: event_time (years, below 0 before support), estimate, lower, upper, treated
    (councils), is_lead. Leads are grey rings: they should lie about nought. A point
    whose interval is not known has none.
    """
    theme.refuse_empty(frame, "event study")
    ends = [*frame["lower"], *frame["upper"], *frame["estimate"]]
    leads, after = frame[frame["is_lead"]], frame[~frame["is_lead"]]
    return theme.figure(
        [
            _points(leads, indicator, "Before support", theme.MUTED, "circle-open"),
            _points(after, indicator, "After support", theme.BLUE, "circle"),
        ],
        height=PLOT + 90,
        margin={"t": 34, "b": 62},
        yaxis=theme.scale(ends, indicator.unit),
        xaxis={
            "tickvals": list(frame["event_time"]),
            "ticktext": [_year(time) for time in frame["event_time"]],
            "range": [frame["event_time"].min() - 0.6, frame["event_time"].max() + 0.6],
            "showline": False,
        },
        shapes=[NOUGHT, START],
        annotations=[
            _side("Before support", "right", -8),
            _side("After support", "left", 8),
            labels.key("Years since the year of first support", below=34),
        ],
    )


def _year(time: float) -> str:
    return f"{time:+.0f}".replace("-", "\N{MINUS SIGN}") if time else "0"


def _points(
    rows: pd.DataFrame, indicator: Indicator, name: str, colour: str, symbol: str
) -> go.Scatter:
    return go.Scatter(
        name=name,
        x=rows["event_time"],
        y=rows["estimate"],
        mode="markers",
        cliponaxis=False,
        marker={"color": colour, "size": 12, "symbol": symbol, "line": {"width": 2}},
        error_y={
            "array": rows["upper"] - rows["estimate"],
            "arrayminus": rows["estimate"] - rows["lower"],
            "color": colour,
            "thickness": 2,
            "width": 6,
        },
        customdata=[_hover(row, indicator) for row in theme.records(rows)],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _hover(row: dict[str, Any], indicator: Indicator) -> str:
    limits = [numbers.value(indicator, row[end]) for end in ("lower", "upper")]
    between = f"95% interval {limits[0]} to {limits[1]}"
    if numbers.is_unknown(row["lower"]):
        between = "no interval"
    return (
        f"Year {_year(row['event_time'])}: {numbers.value(indicator, row['estimate'])}"
        f"<br>{between}<br>{numbers.count(row['treated'])} funded councils"
    )


def _side(text: str, anchor: str, shift: int) -> dict[str, Any]:
    return {
        "x": -0.5,
        "y": 1,
        "yref": "paper",
        "text": text,
        "showarrow": False,
        "xanchor": anchor,
        "yanchor": "bottom",
        "xshift": shift,
        "yshift": 6,
        "font": {"size": theme.SMALL, "color": theme.QUIET},
    }
