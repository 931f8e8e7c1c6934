"""How long things last: the share still going on, hour by hour, one line a group."""

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import labels, theme
from analytics.words import numbers


PLOT = 340
DAY, WEEK, MONTH, YEAR = 24.0, 168.0, 730.5, 8766.0
# Where people's eyes look for a duration; hours are drawn as if each step doubled.
TICKS = {
    0.25: "15<br>min",
    1.0: "1<br>hour",
    6.0: "6<br>hours",
    DAY: "1<br>day",
    WEEK: "1<br>week",
    MONTH: "1<br>month",
    6 * MONTH: "6<br>months",
    3 * YEAR: "3<br>years",
}
SHORTEST = 0.25
# Past this share still going on the tails of few cases would stretch the axis.
TAIL = 1.0
FIRST_LABEL, BETWEEN = 96.0, 12.5


def survival(
    curves: pd.DataFrame,
    *,
    upright: str = "Still going on",
    ended: str = "ended",
    highlight: Sequence[str] = (),
) -> go.Figure:
    """Draw steps that come down from 100%, the median of each a dot on the 50% line.

    Columns: group_code, group_label, hours, survival (percent), lower, upper (95%
    limits, drawn where one or two groups are). Up to four group_codes of `highlight`
    are in colour and named; the others are grey. Hours have an axis on which each step
    to the right is as many times longer. `ended` is what ends: "restored".
    """
    theme.refuse_empty(curves, "survival")
    groups = {str(g): rows for g, rows in curves.groupby("group_code", sort=False)}
    colours = _colours(list(groups), highlight)
    lines = sorted(groups, key=lambda group: colours[group] != theme.GREY)
    named = _slowest_first(groups, colours)
    span = _span(curves)
    drawn = {group: _within(rows, span) for group, rows in groups.items()}
    bands = [_band(drawn[g], colours[g]) for g in named] if len(named) <= 2 else []
    return theme.figure(
        [
            *bands,
            *(_line(drawn[group], colours[group], ended) for group in lines),
            *(_median(groups[group], colours[group], ended) for group in named),
        ],
        height=PLOT + 84,
        margin={"t": 34, "r": 12},
        xaxis=_hours_axis(span),
        yaxis={**theme.scale([0.0, 100.0], "percent", room=0.0), "range": [0, 101]},
        shapes=[_half(), *_leaders(drawn, named, colours, span)],
        annotations=[
            labels.over_axis(f"{labels.safe(upright)} ↑"),
            *_labels(groups, named, colours, ended),
        ],
    )


def in_time(hours: Any) -> str:
    """Write hours as people say them: "45 minutes", "7.5 hours", "3.2 days"."""
    if numbers.is_unknown(hours):
        return numbers.UNKNOWN
    for size, name in ((1.0, "minute"), (48.0, "hour"), (2 * MONTH, "day")):
        if hours < size * (0.9917 if name == "minute" else 1):
            unit = {"minute": 1 / 60, "hour": 1.0, "day": DAY}[name]
            return _counted(hours / unit, name)
    return _counted(hours / MONTH, "month")


def median(rows: pd.DataFrame) -> float:
    """The first time at which half have ended at most; NaN where the curve stays up."""
    below = rows.loc[rows["survival"] <= 50 + 1e-7, "hours"]
    return float(below.iloc[0]) if len(below) else math.nan


def _counted(number: float, unit: str) -> str:
    digits = 0 if unit == "minute" or number >= 20 else 1
    said = f"{number:,.{digits}f}".removesuffix(".0")
    return f"{said} {unit}{'' if said == '1' else 's'}"


def _colours(groups: list[str], highlight: Sequence[str]) -> dict[str, str]:
    chosen = [group for group in highlight if group in groups][: len(theme.FOUR)]
    if not chosen:
        chosen = groups[: len(theme.FOUR)]
    picked = dict(zip(chosen, theme.FOUR, strict=False))
    return {group: picked.get(group, theme.GREY) for group in groups}


def _span(curves: pd.DataFrame) -> tuple[float, float]:
    """From the shortest that matters to where all curves are down, or end."""
    lasts = [
        rows.loc[rows["survival"] >= TAIL, "hours"].max() * 1.6
        for _, rows in curves.groupby("group_code")
    ]
    begun = curves.loc[(curves["hours"] > 0) & (curves["survival"] < 97), "hours"]
    first = max(min(begun.min() / 2, 1.0), SHORTEST) if len(begun) else SHORTEST
    return first, max([*lasts, 8 * first, 2.0])


def _within(rows: pd.DataFrame, span: tuple[float, float]) -> pd.DataFrame:
    """The part of a curve that the axis shows, from its left edge on."""
    before = rows[rows["hours"] <= span[0]].tail(1).assign(hours=span[0])
    inside = rows[(rows["hours"] > span[0]) & (rows["hours"] <= span[1])]
    after = rows[rows["hours"] > span[1]]
    # A curve that goes on past the edge is drawn up to it.
    last = pd.concat([before, inside]).tail(1).assign(hours=span[1])
    return pd.concat([before, inside, last if len(after) else last.iloc[:0]])


def _line(rows: pd.DataFrame, colour: str, ended: str) -> go.Scatter:
    name = labels.safe(rows["group_label"].iloc[0])
    return go.Scatter(
        name=name,
        x=rows["hours"],
        y=rows["survival"],
        mode="lines",
        line={"shape": "hv", "color": colour, "width": 1.5 if colour == theme.GREY else 3},
        customdata=[
            f"<b>{name}</b><br>{100 - left:.0f}% {ended} within {in_time(hours)}"
            for hours, left in zip(rows["hours"], rows["survival"], strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _band(rows: pd.DataFrame, colour: str) -> go.Scatter:
    """Fill between the limits; forwards along the upper and back along the lower."""
    known = rows.dropna(subset=["lower", "upper"])
    # Steps are written out, since a fill that turns round cannot step by itself.
    there, back = _stepped(known, "upper"), _stepped(known, "lower")[::-1]
    return go.Scatter(
        x=[at for at, _ in there + back],
        y=[value for _, value in there + back],
        mode="lines",
        line={"width": 0},
        fill="toself",
        fillcolor=_pale(colour),
        hoverinfo="skip",
    )


def _stepped(rows: pd.DataFrame, name: str) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for hours, value in zip(rows["hours"], rows[name], strict=True):
        if points:
            points.append((hours, points[-1][1]))
        points.append((hours, value))
    return points


def _pale(colour: str) -> str:
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.15)"


def _median(rows: pd.DataFrame, colour: str, ended: str) -> go.Scatter:
    at = median(rows)
    name = labels.safe(rows["group_label"].iloc[0])
    return go.Scatter(
        name="Median",
        x=[at],
        y=[50],
        mode="markers",
        marker={"color": colour, "size": 11, "line": {"color": "white", "width": 2}},
        text=[f"<b>{name}</b><br>half {ended} within {in_time(at)}"],
        hovertemplate="%{text}<extra></extra>",
    )


def _half() -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": 50,
        "y1": 50,
        "layer": "below",
        "line": {"color": theme.QUIET, "width": 1, "dash": "dot"},
    }


def _heights(number: int) -> list[float]:
    """Heights of labels, from the top right, where no curve comes, down."""
    return [FIRST_LABEL - BETWEEN * place for place in range(number)]


def _slowest_first(groups: dict[str, pd.DataFrame], colours: dict[str, str]) -> list[str]:
    """The groups in colour: the label at the top leads to the outermost curve."""
    named = [group for group in groups if colours[group] != theme.GREY]
    medians = {group: median(groups[group]) for group in named}
    ends = {g: math.inf if math.isnan(m) else m for g, m in medians.items()}
    return sorted(named, key=lambda group: -ends[group])


def _leaders(
    drawn: dict[str, pd.DataFrame],
    named: list[str],
    colours: dict[str, str],
    span: tuple[float, float],
) -> list[dict[str, Any]]:
    """Lead from each label to its curve, at the label's height where it comes there."""
    heights = _heights(len(named))
    shapes = []
    for group, height in zip(named, heights, strict=True):
        rows = drawn[group]
        below = rows[rows["survival"] <= height]
        at = below["hours"].iloc[0] if len(below) else rows["hours"].iloc[-1]
        end = height if len(below) else rows["survival"].iloc[-1]
        shapes.append(
            {
                "type": "line",
                "x0": at,
                "y0": end,
                "x1": span[1],
                "y1": height,
                "layer": "below",
                "line": {"color": colours[group], "width": 1},
            }
        )
    return shapes


def _labels(
    groups: dict[str, pd.DataFrame], named: list[str], colours: dict[str, str], ended: str
) -> list[dict[str, Any]]:
    heights = _heights(len(named))
    return [
        {
            "x": 1,
            "xref": "paper",
            "y": height,
            "xanchor": "right",
            "yanchor": "middle",
            "align": "right",
            "text": _said(groups[group], ended),
            "bgcolor": "white",
            "borderpad": 1,
            "font": {"size": theme.SMALL, "color": colours[group]},
        }
        for group, height in zip(named, heights, strict=True)
    ]


def _said(rows: pd.DataFrame, ended: str) -> str:
    at = median(rows)
    name = labels.shorten(rows["group_label"].iloc[0], 22)
    half = f"fewer than half {ended}" if math.isnan(at) else f"half in {in_time(at)}"
    return f"<b>{name}</b><br><span style='color:{theme.QUIET}'>{half}</span>"


def _hours_axis(span: tuple[float, float]) -> dict[str, Any]:
    shown = {at: text for at, text in TICKS.items() if span[0] <= at <= span[1]}
    return {
        "type": "log",
        "range": [math.log10(edge) for edge in span],
        "tickvals": list(shown),
        "ticktext": list(shown.values()),
        "showgrid": True,
        "tickangle": 0,
    }
