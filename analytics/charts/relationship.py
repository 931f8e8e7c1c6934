"""Two measures of the same councils, one against the other."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import labels, theme
from analytics.reading.indicators import Indicator
from analytics.words import numbers


def relationship(
    frame: pd.DataFrame,
    *,
    x: str,
    y: str,
    x_indicator: Indicator,
    y_indicator: Indicator,
    selected: str | None = None,
) -> go.Figure:
    """Draw one dot a council that has both values; `selected` is a gss_code.

    `x` and `y` name columns of the frame, which also has gss_code and council_name.
    """
    known = frame.dropna(subset=[x, y])
    theme.refuse_empty(known, "relationship")
    chosen = theme.chosen(known, selected)
    said = [_said(row, x, y, x_indicator, y_indicator) for row in theme.records(known)]
    return theme.figure(
        [
            _dots(known, x, y, said, {"color": theme.MIDDLE, "opacity": 0.55}),
            _dots(chosen, x, y, [], {"color": theme.BLUE, "size": 15}),
        ],
        height=440,
        margin={"t": 52},
        xaxis={
            **theme.scale(known[x], x_indicator.unit),
            "title": {"text": _title(x_indicator), "font": {"size": theme.SMALL + 1}},
        },
        yaxis=theme.scale(known[y], y_indicator.unit),
        annotations=[
            labels.over_axis(_title(y_indicator).replace("→", "↑")),
            *(_name(row, x, y, known[x].max()) for row in theme.records(chosen)),
        ],
    )


def _dots(
    rows: pd.DataFrame, x: str, y: str, said: list[str], marker: dict[str, Any]
) -> go.Scatter:
    return go.Scatter(
        x=rows[x],
        y=rows[y],
        mode="markers",
        cliponaxis=False,
        marker={"size": 9, "line": {"color": "white", "width": 1}, **marker},
        customdata=said,
        hovertemplate="%{customdata}<extra></extra>" if said else None,
        hoverinfo=None if said else "skip",
    )


def _said(row: dict[str, Any], x: str, y: str, across: Indicator, up: Indicator) -> str:
    name = labels.safe(row.get("council_name") or "A council")
    first = f"{across.title}: {numbers.in_words(across, row[x])}"
    second = f"{up.title}: {numbers.in_words(up, row[y])}"
    return f"<b>{name}</b><br>{labels.safe(first)}<br>{labels.safe(second)}"


def _title(indicator: Indicator) -> str:
    words = numbers.unit_words(indicator.unit)
    return labels.wrap(f"{indicator.title}{f', {words}' if words else ''} →", 42)


def _name(council: dict[str, Any], x: str, y: str, most: float) -> dict[str, Any]:
    """Write the chosen council's name beside its dot, toward the middle."""
    is_right = council[x] > most / 2
    return {
        "x": council[x],
        "y": council[y],
        "xanchor": "right" if is_right else "left",
        "xshift": -12 if is_right else 12,
        "text": f"<b>{labels.safe(council['council_name'])}</b>",
        "font": {"size": theme.SIZE, "color": theme.BLUE},
        "bgcolor": "rgba(255,255,255,0.85)",
    }
