"""The same estimate made in several ways: a point and an interval on each row."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import labels, theme
from analytics.charts.rows import row_axis
from analytics.reading.disclosure import WITHHELD
from analytics.reading.indicators import Indicator
from analytics.words import numbers


ROW = 42


def forest(frame: pd.DataFrame, *, indicator: Indicator) -> go.Figure:
    """Draw rows of estimate, lower and upper under one another, the first one strong.

    Columns: label, estimate, lower, upper, kind (a row of another `kind` than the first
    is orange), words (why there is none). A full line stands at nought, a dotted one at
    the first estimate.
    """
    theme.refuse_empty(frame, "forest")
    rows = theme.records(frame.reset_index(drop=True))
    values = [row[name] for row in rows for name in ("lower", "estimate", "upper")]
    axis = theme.scale(values, indicator.unit)
    first = rows[0]["estimate"]
    return theme.figure(
        [_point(row, n, rows[0], indicator) for n, row in enumerate(rows)],
        height=ROW * len(rows) + 60,
        margin={"t": 8, "r": 66, "b": 40},
        xaxis={**axis, "zeroline": False, "nticks": 5, "showline": False},
        yaxis=row_axis([labels.two_lines(row["label"], 21) for row in rows]),
        shapes=[
            _upright(0.0, "solid", theme.TEXT),
            *([] if numbers.is_unknown(first) else [_upright(first, "dot", theme.BLUE)]),
        ],
        annotations=[_value(row, n, indicator) for n, row in enumerate(rows)],
    )


def _point(
    row: dict[str, Any], place: int, first: dict[str, Any], indicator: Indicator
) -> go.Scatter:
    colour = theme.BLUE if place == 0 else theme.MUTED
    if row.get("kind") != first.get("kind"):
        colour = theme.FOUR[3]
    return go.Scatter(
        name=labels.safe(row["label"]),
        x=[row["estimate"]],
        y=[place],
        mode="markers",
        cliponaxis=False,
        marker={"color": colour, "size": 12 if place == 0 else 9},
        error_x={
            "array": [row["upper"] - row["estimate"]],
            "arrayminus": [row["estimate"] - row["lower"]],
            "color": colour,
            "thickness": 3 if place == 0 else 2,
            "width": 5,
        },
        hovertemplate=f"{_hover(row, indicator)}<extra></extra>",
    )


def _hover(row: dict[str, Any], indicator: Indicator) -> str:
    said = [numbers.value(indicator, row[name]) for name in ("estimate", "lower", "upper")]
    return f"{labels.safe(row['label'])}<br>{said[0]}, {said[1]} to {said[2]}"


def _value(row: dict[str, Any], place: int, indicator: Indicator) -> dict[str, Any]:
    known = not numbers.is_unknown(row["estimate"])
    hidden = str(row.get("words", "")).startswith("Withheld")
    text = f"{row['estimate']:+,.1f}" if known else WITHHELD if hidden else "none"
    return {
        "x": 1,
        "xref": "paper",
        "y": place,
        "text": text,
        "showarrow": False,
        "xanchor": "left",
        "xshift": 10,
        "align": "left",
        "font": {"size": theme.SMALL, "color": theme.TEXT if known else theme.QUIET},
    }


def _upright(x: float, dash: str, colour: str) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": x,
        "x1": x,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "layer": "below",
        "line": {"color": colour, "width": 1, "dash": dash},
    }
