"""Who is highest: one bar a group, its value written at the end."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics import formats
from analytics.charts import labels, theme
from analytics.indicators import Indicator


def ranking(
    groups: pd.DataFrame,
    *,
    indicator: Indicator,
    highlight: str | None = None,
    reference: tuple[str, float] | None = None,
) -> go.Figure:
    """Draw the groups frame, highest first; groups with no value come last.

    Medians and percentiles are dots, because a bar would suggest an amount.
    `highlight` is a group_code. `reference` is a label and a value: a dotted line.
    """
    theme.refuse_empty(groups, "ranking")
    rows = _ordered(groups)
    chart = theme.figure(
        [_marks(rows, indicator, highlight), _values(rows, indicator)],
        height=_height(rows) + 30 * (reference is not None),
        bargap=0.3,
        margin={"t": 38 if reference else 8},
        xaxis={
            **theme.scale(_extent(rows, reference), indicator.unit, room=0.22),
            "showticklabels": False,
            "showline": False,
        },
        yaxis={
            "tickvals": list(range(len(rows))),
            "ticktext": [labels.wrap(name, 20) for name in rows["group_label"]],
            "range": [len(rows) - 0.5, -0.5],
            "showgrid": False,
            "zeroline": False,
        },
    )
    if reference is not None and not formats.is_unknown(reference[1]):
        _draw_reference(chart, reference, indicator)
    return chart


def _ordered(groups: pd.DataFrame) -> pd.DataFrame:
    return groups.sort_values(
        ["value", "group_label"], ascending=[False, True], na_position="last"
    ).reset_index(drop=True)


def _height(rows: pd.DataFrame) -> int:
    tall = rows["group_label"].map(lambda name: labels.wrap(name, 20).count("<br>") + 1)
    return 24 + int((12 + 19 * tall.clip(lower=1)).sum())


def _extent(
    rows: pd.DataFrame, reference: tuple[str, float] | None
) -> list[float]:
    values = rows["value"].tolist()
    return values if reference is None else [*values, reference[1]]


def _marks(
    rows: pd.DataFrame, indicator: Indicator, highlight: str | None
) -> go.Bar | go.Scatter:
    rest = theme.BLUE if highlight is None else theme.MUTED
    colours = [theme.BLUE if g == highlight else rest for g in rows["group_code"]]
    shared: dict[str, Any] = {
        "x": rows["value"],
        "y": list(range(len(rows))),
        "customdata": [_hover(row, indicator) for row in rows.to_dict("records")],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    if indicator.kind == "distribution":
        marker = {"color": colours, "size": 14}
        return go.Scatter(mode="markers", marker=marker, **shared)
    return go.Bar(orientation="h", marker={"color": colours}, **shared)


def _values(rows: pd.DataFrame, indicator: Indicator) -> go.Scatter:
    """Write each value where its mark ends; "not known" starts at the axis."""
    return go.Scatter(
        x=rows["value"].fillna(0.0),
        y=list(range(len(rows))),
        mode="text",
        text=[f"  {formats.value(indicator, v)}" for v in rows["value"]],
        textposition="middle right",
        textfont={
            "size": theme.SMALL + 1,
            "color": [theme.QUIET if pd.isna(v) else theme.TEXT for v in rows["value"]],
        },
        cliponaxis=False,
        hoverinfo="skip",
    )


def _hover(row: dict[str, Any], indicator: Indicator) -> str:
    said = formats.in_words(indicator, row["value"])
    reported = f"{formats.count(row['councils'])} of {formats.count(row['expected'])}"
    return f"{labels.safe(row['group_label'])}: {said}<br>{reported} councils"


def _draw_reference(
    chart: go.Figure, reference: tuple[str, float], indicator: Indicator
) -> None:
    label, at = reference
    top = chart.layout.xaxis.range[1]
    chart.add_shape(
        type="line",
        x0=at,
        x1=at,
        y0=0,
        y1=1,
        yref="paper",
        line={"color": theme.TEXT, "width": 1.5, "dash": "dot"},
    )
    chart.add_annotation(
        x=at,
        y=1,
        yref="paper",
        yanchor="bottom",
        xanchor="right" if at > top / 2 else "left",
        text=f"{labels.safe(label)} {formats.value(indicator, at)}",
        font={"size": theme.SMALL + 1},
    )
