"""Amounts by period: one upright column each, stacked from the same parts."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import classes, composition, labels, theme
from analytics.charts import marks as charts_marks
from analytics.words import numbers


PLOT = 280
# A phone leaves about this many pixels for all labels under the columns.
PHONE = 270

Divider = tuple[str, str]


def columns(
    frame: pd.DataFrame,
    *,
    parts: Sequence[str],
    unit: str = "count",
    divider: Divider | None = None,
    events: pd.DataFrame | None = None,
) -> go.Figure:
    """Draw one column a period, in the order of the frame, stacked in that of `parts`.

    Columns: period_label, part, value in `unit`. `divider` is a period and words: a
    dotted upright before that period. `events` has happened_on, title and period_label:
    each stands over the column of its period. A part with no value is not drawn, and
    "[x]" stands on its column. Raises ValueError for a divider at no period of the
    frame.
    """
    theme.refuse_empty(frame, "columns")
    shades = composition.colours(parts)
    cells = composition.placed(frame, "period_label", parts, None)
    periods = list(cells["period_label"].unique())
    above = composition.key(shades, _signs(cells))
    left = _room(cells, unit)
    found, places = charts_marks.in_columns(periods, events)
    first = 1 if divider else 0
    rows = charts_marks.ROW * (len(found) + first) + (4 if found else 2 * first)
    over = 18 * len(above) + rows
    return theme.figure(
        [_bar(cells[cells["part"] == part], part, shades, unit) for part in parts],
        height=PLOT + over + 60,
        barmode="overlay",
        margin={"l": left, "t": over + 16, "b": 44, "r": 28},
        xaxis=_axis(periods),
        yaxis=theme.scale(cells["end"], unit, room=0.08),
        shapes=[
            *([_upright(periods, divider)] if divider else []),
            *charts_marks.uprights(found, PLOT, lowest=first),
        ],
        annotations=[
            composition.key_note(above, left, shift=8 + rows),
            *_unknown(cells),
            *([_words(periods, divider)] if divider else []),
            *charts_marks.words(found, PLOT, places, lowest=first),
        ],
        meta=charts_marks.meta(found),
    )


def _signs(cells: pd.DataFrame) -> list[str]:
    gaps = cells["value"].isna().any()
    return [f"{composition.NONE} {numbers.UNKNOWN}"] if gaps else []


def _room(cells: pd.DataFrame, unit: str) -> int:
    marks = theme.scale(cells["end"], unit, room=0.08)["ticktext"]
    return composition.room(marks) + 4


def _bar(cells: pd.DataFrame, part: str, shades: dict[str, str], unit: str) -> go.Bar:
    known = cells[cells["value"] > 0]
    is_white = shades[part] == classes.UNKNOWN
    edge = theme.QUIET if is_white else "white"
    return go.Bar(
        name=labels.safe(part),
        x=known["place"],
        base=known["start"],
        y=known["value"],
        width=0.8,
        marker={"color": shades[part], "line": {"width": 1, "color": edge}},
        customdata=_hover(known, unit),
        hovertemplate="%{customdata}<extra></extra>",
    )


def _hover(known: pd.DataFrame, unit: str) -> list[str]:
    return [
        f"<b>{labels.safe(row['period_label'])}</b><br>"
        f"{labels.safe(row['part'])}: {numbers.in_words(unit, row['value'])}"
        for row in theme.records(known)
    ]


def _axis(periods: list[str]) -> dict[str, Any]:
    """Name as many periods as a phone has room for, counted back from the last."""
    names = [labels.wrap(name, 9) for name in periods]
    widest = max(len(line) for name in names for line in name.split("<br>"))
    fits = max(PHONE // round(widest * 6.2 + 8), 1)
    step = -(-len(periods) // fits)
    at = [n for n in range(len(periods)) if (len(periods) - 1 - n) % step == 0]
    return {
        "tickvals": at,
        "ticktext": [names[n] for n in at],
        "tickangle": 0,
        "range": [-0.6, len(periods) - 0.4],
    }


def _unknown(cells: pd.DataFrame) -> list[dict[str, Any]]:
    ends = cells.groupby("place")["end"].max()
    gaps = cells.loc[cells["value"].isna(), "place"].unique()
    return [
        {
            "x": place,
            "y": ends[place],
            "text": composition.NONE,
            "yanchor": "bottom",
            "font": {"size": theme.SMALL - 1, "color": theme.QUIET},
        }
        for place in gaps
    ]


def _before(periods: list[str], divider: Divider) -> float:
    if divider[0] not in periods:
        raise ValueError(f"Period {divider[0]!r} is not one of the chart's periods.")
    return periods.index(divider[0]) - 0.5


def _upright(periods: list[str], divider: Divider) -> dict[str, Any]:
    at = _before(periods, divider)
    return {
        "type": "line",
        "x0": at,
        "x1": at,
        "y0": 0,
        "y1": 1.02,
        "yref": "paper",
        "line": {"color": theme.TEXT, "width": 1.5, "dash": "dot"},
    }


def _words(periods: list[str], divider: Divider) -> dict[str, Any]:
    at = _before(periods, divider)
    return {
        "x": at,
        "y": 1.02,
        "yref": "paper",
        "yanchor": "bottom",
        "xanchor": "left" if at < len(periods) / 2 else "right",
        "text": labels.shorten(divider[1], 34),
        "font": {"size": theme.SMALL, "color": theme.QUIET},
    }
