"""One council beside its peers, measure by measure."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import labels, theme
from analytics.charts.rows import hidden_axis, row_axis
from analytics.words import numbers


ROW = 78
KEY = "Dot: this council. Upright: peers' median. Darker band: middle half of peers."


def spine(frame: pd.DataFrame) -> go.Figure:
    """Draw one row an indicator: the peers' range and middle half, and the council.

    Columns: title, unit, polarity, value, low, q1, median, q3, high, rank, of. Right is
    better where polarity says that one end is; otherwise right is simply higher.
    """
    theme.refuse_empty(frame, "spine")
    rows = [_placed(row, n) for n, row in enumerate(theme.records(frame))]
    return theme.figure(
        [
            _bars(rows, "low", "high", theme.PALE, 0.34),
            _bars(rows, "q1", "q3", "#B7C4D1", 0.34),
            _ticks(rows),
            _dots(rows),
            _ends(rows, "left"),
            _ends(rows, "right"),
        ],
        height=84 + ROW * len(rows),
        margin={"t": 30, "r": 14, "b": 48},
        barmode="overlay",
        xaxis=hidden_axis(1.04, -0.04),
        yaxis=row_axis([row["name"] for row in rows], range=[len(rows) - 0.4, -0.6]),
        annotations=[*_end_names(frame), labels.key(KEY, below=4)],
    )


def _placed(row: dict[str, Any], place: int) -> dict[str, Any]:
    """Put a row's numbers on a scale of 0 to 1, turned so that right is better."""
    points = ["low", "q1", "median", "q3", "high", "value"]
    known = [row[p] for p in points if not numbers.is_unknown(row[p])]
    least, most = (min(known), max(known)) if known else (0.0, 0.0)
    turned = row["polarity"] == "lower_is_better"
    at = {p: _share(row[p], least, most, turned) for p in points}
    ends = (row["high"], row["low"]) if turned else (row["low"], row["high"])
    return {
        "place": place,
        "at": at,
        "name": _name(row),
        "left": numbers.value(row["unit"], ends[0]),
        "right": numbers.value(row["unit"], ends[1]),
        "hover": _hover(row),
        "colour": theme.MUTED if row["polarity"] == "none" else theme.BLUE,
    }


def _share(number: Any, least: float, most: float, turned: bool) -> float | None:
    if numbers.is_unknown(number):
        return None
    share = (number - least) / (most - least) if most > least else 0.5
    return 1 - share if turned else share


def _name(row: dict[str, Any]) -> str:
    title = labels.wrap(row["title"], 22)
    if numbers.is_unknown(row["value"]):
        return f"{title}<br><span style='color:{theme.QUIET}'>not known</span>"
    said = f"<b>{numbers.value(row['unit'], row['value'])}</b>"
    if not numbers.is_unknown(row["rank"]):
        said += f", {int(row['rank'])} of {int(row['of'])}"
    if row["polarity"] == "none":
        said += f"<br><span style='color:{theme.QUIET}'>neither end is better</span>"
    return f"{title}<br>{said}"


def _hover(row: dict[str, Any]) -> str:
    said = {p: numbers.in_words(row["unit"], row[p]) for p in ("value", "median")}
    title = labels.safe(row["title"])
    return f"{title}<br>This council: {said['value']}<br>Peers' median: {said['median']}"


def _bars(rows: list[dict[str, Any]], start: str, end: str, colour: str, width: float) -> go.Bar:
    known = [r for r in rows if None not in (r["at"][start], r["at"][end])]
    return go.Bar(
        base=[r["at"][start] for r in known],
        x=[r["at"][end] - r["at"][start] for r in known],
        y=[r["place"] for r in known],
        orientation="h",
        width=width,
        marker={"color": colour},
        hoverinfo="skip",
    )


def _ticks(rows: list[dict[str, Any]]) -> go.Scatter:
    line = {"width": 3, "color": theme.TEXT}
    return go.Scatter(
        x=[r["at"]["median"] for r in rows],
        y=[r["place"] for r in rows],
        mode="markers",
        marker={"symbol": "line-ns", "size": 26, "line": line},
        hoverinfo="skip",
    )


def _dots(rows: list[dict[str, Any]]) -> go.Scatter:
    return go.Scatter(
        x=[r["at"]["value"] for r in rows],
        y=[r["place"] for r in rows],
        mode="markers",
        marker={
            "size": 17,
            "color": [r["colour"] for r in rows],
            "line": {"color": "white", "width": 2},
        },
        customdata=[r["hover"] for r in rows],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _ends(rows: list[dict[str, Any]], side: str) -> go.Scatter:
    """Write the peers' least and most under the ends of the band."""
    known = [r for r in rows if r["at"]["low"] is not None]
    return go.Scatter(
        x=[0.0 if side == "left" else 1.0] * len(known),
        y=[r["place"] + 0.25 for r in known],
        mode="text",
        text=[r[side] for r in known],
        textposition="bottom right" if side == "left" else "bottom left",
        textfont={"size": theme.SMALL, "color": theme.QUIET},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _end_names(frame: pd.DataFrame) -> list[dict[str, Any]]:
    neutral = frame["polarity"].eq("none").all()
    words = ("← Lower", "Higher →") if neutral else ("← Worse", "Better →")
    return [
        {
            "x": x,
            "y": 1,
            "xref": "paper",
            "yref": "paper",
            "xanchor": anchor,
            "yanchor": "bottom",
            "text": word,
            "font": {"size": theme.SMALL + 1, "color": theme.QUIET},
        }
        for x, anchor, word in ((0.03, "left", words[0]), (0.97, "right", words[1]))
    ]
