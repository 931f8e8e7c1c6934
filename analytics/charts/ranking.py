"""Who is highest: one bar a group, its value written at the end."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import labels, marks, theme
from analytics.charts.rows import hidden_axis, row_axis
from analytics.reading.indicators import Indicator
from analytics.words import numbers


Reference = tuple[str, float]


def ranking(
    groups: pd.DataFrame,
    *,
    indicator: Indicator,
    highlight: str | None = None,
    reference: Reference | None = None,
    keys: str | None = None,
) -> go.Figure:
    """Draw the groups frame, highest first; groups with no value come last.

    Medians and percentiles are dots, because a bar would suggest an amount.
    `highlight` is a group_code. `reference` is a label and a value: a dotted line.
    `keys` names the column whose value a click on a row gives.
    """
    theme.refuse_empty(groups, "ranking")
    rows = _ordered(groups)
    names = [labels.wrap(name, 20) for name in rows["group_label"]]
    said = [numbers.value(indicator, value) for value in rows["value"]]
    lines = [reference] if reference and not numbers.is_unknown(reference[1]) else []
    limit = [*rows["value"], *(at for _, at in lines)]
    return theme.figure(
        [_marks(rows, indicator, highlight, keys)],
        height=24 + sum(12 + 19 * (name.count("<br>") + 1) for name in names) + 30,
        bargap=0.3,
        margin={"t": 38 if lines else 8, "r": labels.room_for(said)},
        xaxis=hidden_axis(_most(limit)),
        yaxis=row_axis(names, showgrid=indicator.kind == "distribution"),
        shapes=[marks.reference_line(at) for _, at in lines],
        annotations=[
            *_values(rows, said, 12 if indicator.kind == "distribution" else 5),
            *(_named(line, indicator, _most(limit)) for line in lines),
        ],
    )


def _ordered(groups: pd.DataFrame) -> pd.DataFrame:
    return groups.sort_values(
        ["value", "group_label"], ascending=[False, True], na_position="last"
    ).reset_index(drop=True)


def _most(limit: list[float]) -> float:
    return max((v for v in limit if not numbers.is_unknown(v)), default=0.0) or 1.0


def _marks(
    rows: pd.DataFrame, indicator: Indicator, highlight: str | None, keys: str | None
) -> go.Bar | go.Scatter:
    rest = theme.BLUE if highlight is None else theme.MUTED
    colours = [theme.BLUE if g == highlight else rest for g in rows["group_code"]]
    shared: dict[str, Any] = {
        "x": rows["value"],
        "y": list(range(len(rows))),
        "text": [numbers.value(indicator, value) for value in rows["value"]],
        "customdata": [
            [row[keys] if keys else None, _hover(row, indicator)] for row in theme.records(rows)
        ],
        "hovertemplate": "%{customdata[1]}<extra></extra>",
        # A click must not dim the other bars.
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
        "cliponaxis": False,
    }
    if indicator.kind == "distribution":
        marker = {"color": colours, "size": 14}
        return go.Scatter(mode="markers", marker=marker, **shared)
    return go.Bar(orientation="h", marker={"color": colours}, textposition="none", **shared)


def _hover(row: dict[str, Any], indicator: Indicator) -> str:
    said = numbers.in_words(indicator, row["value"])
    reported = f"{numbers.count(row['councils'])} of {numbers.count(row['expected'])}"
    return f"{labels.safe(row['group_label'])}: {said}<br>{reported} councils"


def _values(rows: pd.DataFrame, said: list[str], gap: int) -> list[dict[str, Any]]:
    """Write each value where its mark ends, on white so that no line crosses it.

    "not known" starts at the axis, with no mark.
    """
    return [
        {
            "x": 0.0 if numbers.is_unknown(value) else value,
            "y": place,
            "text": words,
            "xanchor": "left",
            "xshift": gap,
            "bgcolor": "white",
            "borderpad": 1,
            "font": {
                "size": theme.SMALL + 1,
                "color": theme.QUIET if numbers.is_unknown(value) else theme.TEXT,
            },
        }
        for place, (value, words) in enumerate(zip(rows["value"], said, strict=True))
    ]


def _named(reference: Reference, indicator: Indicator, most: float) -> dict[str, Any]:
    label, at = reference
    return {
        "x": at,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "xanchor": "right" if at > most / 2 else "left",
        "text": f"{labels.safe(label)} {numbers.value(indicator, at)}",
        "font": {"size": theme.SMALL + 1},
    }
