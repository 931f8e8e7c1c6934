"""How far councils lie apart: every council a dot, one row a group."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.charts import labels, theme
from analytics.charts.rows import row_axis
from analytics.reading.indicators import Indicator
from analytics.words import numbers


ROW = 52
GOLDEN = 0.6180339887
KEY = "Dot: one council. Upright: the median. Band: the middle half of councils."


def spread(
    councils: pd.DataFrame, *, indicator: Indicator, by: str = "region", selected: str | None = None
) -> go.Figure:
    """Draw the councils frame by group: dots, the middle half as a bar, the median.

    `by` is the column that makes the rows; `selected` is the gss_code to name.
    """
    theme.refuse_empty(councils, "spread")
    rows = _rows(councils, by)
    dots = councils.dropna(subset="value").copy()
    dots["row"] = dots[by].map(rows.index.get_loc, na_action="ignore").astype(float)
    chosen = theme.chosen(dots, selected)
    others = dots.drop(index=chosen.index)
    axis = theme.scale(dots["value"], indicator.unit)
    return theme.figure(
        [*_middles(rows), _dots(others, by, indicator), *_chosen(chosen, indicator)],
        height=120 + ROW * len(rows),
        margin={"b": 84},
        xaxis={**axis, "showgrid": True},
        yaxis=row_axis(
            [_row_name(name, row) for name, row in rows.iterrows()], range=[len(rows) - 0.4, -0.6]
        ),
        annotations=[
            labels.key(_key(indicator), below=34),
            *_name(chosen, indicator, axis["range"][1]),
        ],
    )


def _key(indicator: Indicator) -> str:
    """Explain the marks, and the unit where the marks of the axis do not say it."""
    unit = numbers.unit_words(indicator.unit)
    return f"{KEY} Axis: {unit}." if unit else KEY


def _rows(councils: pd.DataFrame, by: str) -> pd.DataFrame:
    """Work out each group's quartiles, the highest median first."""
    values = councils.groupby(by)["value"]
    quartiles = values.quantile(np.array([0.25, 0.5, 0.75])).unstack()
    quartiles.columns = pd.Index(["q1", "median", "q3"])
    quartiles["known"] = values.count()
    return quartiles.sort_values("median", ascending=False, na_position="last")


def _row_name(name: object, row: pd.Series) -> str:
    known = int(row["known"])
    under = f"{known} council{'' if known == 1 else 's'}" if known else "not known"
    grey = f"<span style='color:{theme.QUIET}'>{under}</span>"
    return f"{labels.wrap(str(name), 20)}<br>{grey}"


def _middles(rows: pd.DataFrame) -> list[go.Scatter | go.Bar]:
    places = list(range(len(rows)))
    return [
        go.Bar(
            base=rows["q1"],
            x=rows["q3"] - rows["q1"],
            y=places,
            width=0.62,
            orientation="h",
            marker={"color": theme.PALE},
            hoverinfo="skip",
        ),
        go.Scatter(
            x=rows["median"],
            y=places,
            mode="markers",
            marker={"symbol": "line-ns", "size": 26, "line": {"width": 3, "color": theme.TEXT}},
            hoverinfo="skip",
        ),
    ]


def _dots(dots: pd.DataFrame, by: str, indicator: Indicator) -> go.Scatter:
    """Scatter the dots up and down a little, the same way each time."""
    rank = dots.groupby(by)["value"].rank(method="first")
    jitter = ((rank * GOLDEN) % 1 - 0.5) * 0.5
    names = dots["council_name"].replace("", "A council").fillna("A council")
    return go.Scatter(
        x=dots["value"],
        y=dots["row"] + jitter,
        mode="markers",
        cliponaxis=False,
        marker={"color": theme.MIDDLE, "size": 7, "opacity": 0.5},
        customdata=[
            f"{labels.safe(name)}: {numbers.in_words(indicator, value)}"
            for name, value in zip(names, dots["value"], strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _chosen(chosen: pd.DataFrame, indicator: Indicator) -> list[go.Scatter]:
    if chosen.empty:
        return []
    council = chosen.iloc[0]
    said = numbers.value(indicator, council["value"])
    return [
        go.Scatter(
            x=[council["value"]],
            y=[council["row"]],
            mode="markers",
            cliponaxis=False,
            marker={"color": theme.BLUE, "size": 15, "line": {"color": "white", "width": 2}},
            text=[f"<b>{labels.safe(council['council_name'])}</b> {said}"],
            hovertemplate="%{text}<extra></extra>",
        )
    ]


def _name(chosen: pd.DataFrame, indicator: Indicator, end: float) -> list[dict]:
    """Write the chosen council's name over its dot, toward the middle of the chart."""
    if chosen.empty:
        return []
    council = chosen.iloc[0]
    said = numbers.value(indicator, council["value"])
    return [
        {
            "x": council["value"],
            "y": council["row"],
            "text": f"<b>{labels.safe(council['council_name'])} {said}</b>",
            "xanchor": "right" if council["value"] > end / 2 else "left",
            "yanchor": "bottom",
            "yshift": 9,
            "font": {"size": theme.SMALL + 1, "color": theme.BLUE},
            "bgcolor": "rgba(255,255,255,0.85)",
        }
    ]
