"""Need beside award: a dot a council, and those without an award in a strip."""

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import labels, theme
from analytics.reading.indicators import Indicator
from analytics.words import numbers


MARKS = [1, 3]
FADED = 0.4


def need_scatter(
    frame: pd.DataFrame, *, need: Indicator, award: Indicator, selected: str | None = None
) -> go.Figure:
    """Draw need across and award up, on a scale of equal ratios.

    Columns: gss_code, council_name, need and award (0: none). A council without an
    award is a tick in the strip below; one whose need is unknown (NaN) stands right of
    the dotted line. Marks are see-through, so that crowds are darker. `selected` is a
    gss_code.
    """
    theme.refuse_empty(frame, "need scatter")
    rows = placed(frame)
    chosen = theme.chosen(rows, selected)
    known = rows["need"].dropna()
    scale = theme.scale(known, need.unit, room=0.02)
    lowest = rows["up"].min() - 0.3
    return theme.figure(
        [
            _marks(rows[rows["award"] > 0], need, award, "circle", 9),
            _marks(rows[rows["award"] == 0], need, award, "line-ns", 11),
            _chosen(chosen),
        ],
        height=460,
        margin={"t": 52, "l": 56, "b": 70},
        xaxis={
            **scale,
            "range": [_left(scale), _right(rows, scale)],
            "title": {
                "text": labels.wrap(f"{need.title} →", 42),
                "font": {"size": theme.SMALL + 1},
            },
        },
        yaxis=_up(rows, award.unit, lowest),
        shapes=[_strip(rows), *_unknown_line(rows)],
        annotations=[
            labels.over_axis(labels.wrap(f"{award.title} ↑", 34)),
            *_unknown_words(rows),
            *(_name(row, known.max()) for row in theme.records(chosen)),
        ],
    )


def placed(frame: pd.DataFrame) -> pd.DataFrame:
    """Where each council stands: `up` by tens, `across`, unknown need apart."""
    rows = frame.reset_index(drop=True)
    given = rows["award"] > 0
    up = rows["award"].where(given, 1.0).map(math.log10)
    floor = math.floor(up[given].min() * 2) / 2 if given.any() else 0.0
    most = rows["need"].max() if rows["need"].notna().any() else 1.0
    least = min(0.0, rows["need"].min()) if rows["need"].notna().any() else 0.0
    beside = most + (most - least) * 0.16
    return rows.assign(
        up=up.where(given, floor - 0.35),
        across=rows["need"].fillna(beside),
        is_unknown=rows["need"].isna(),
        floor=floor,
    )


def _marks(
    some: pd.DataFrame, need: Indicator, award: Indicator, symbol: str, size: int
) -> go.Scatter:
    line = {"width": 2, "color": theme.QUIET} if symbol == "line-ns" else {"width": 0}
    return go.Scatter(
        x=some["across"],
        y=some["up"],
        mode="markers",
        marker={
            "symbol": symbol,
            "size": size,
            "color": theme.BLUE,
            "line": line,
            "opacity": FADED,
        },
        customdata=[_said(row, need, award) for row in theme.records(some)],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _chosen(some: pd.DataFrame) -> go.Scatter:
    return go.Scatter(
        x=some["across"],
        y=some["up"],
        mode="markers",
        marker={"size": 15, "color": theme.BLUE, "line": {"width": 1, "color": "white"}},
        hoverinfo="skip",
    )


def _said(row: dict[str, Any], need: Indicator, award: Indicator) -> str:
    given = "no money" if row["award"] == 0 else numbers.in_words(award, row["award"])
    return (
        f"<b>{labels.safe(row['council_name'])}</b><br>"
        f"{labels.wrap(need.title, 36)}: {numbers.in_words(need, row['need'])}<br>"
        f"{labels.safe(award.title)}: {given}"
    )


def _up(rows: pd.DataFrame, unit: str, lowest: float) -> dict[str, Any]:
    """Marks at 1 and 3 of each ten, and the strip of those without an award."""
    floor, top = rows["floor"].iloc[0], max(rows["up"].max(), rows["floor"].iloc[0])
    tens = range(math.floor(floor) - 1, math.ceil(top) + 1)
    values = [m * 10.0**n for n in tens for m in MARKS]
    shown = [v for v in values if floor - 0.01 <= math.log10(v) <= top + 0.1]
    return {
        "range": [lowest, top + 0.15],
        "tickvals": [floor - 0.35, *(math.log10(v) for v in shown)],
        "ticktext": ["No money", *(numbers.tick(unit, v) for v in shown)],
        "zeroline": False,
    }


def _left(scale: dict[str, Any]) -> float:
    """Room for whole marks at the axis."""
    low, high = scale["range"]
    return float(low - (high - low) * 0.02)


def _right(rows: pd.DataFrame, scale: dict[str, Any]) -> float:
    if not rows["is_unknown"].any():
        return float(scale["range"][1])
    return float(rows["across"].max()) * 1.1


def _strip(rows: pd.DataFrame) -> dict[str, Any]:
    """Shade the strip of councils without an award."""
    floor = rows["floor"].iloc[0]
    return {
        "type": "rect",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": floor - 0.65,
        "y1": floor - 0.1,
        "fillcolor": theme.PALE,
        "line": {"width": 0},
        "layer": "below",
    }


def _unknown_line(rows: pd.DataFrame) -> list[dict[str, Any]]:
    if not rows["is_unknown"].any():
        return []
    at = _border(rows)
    line = {"color": theme.QUIET, "width": 1, "dash": "dot"}
    return [{"type": "line", "x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1, "line": line}]


def _border(rows: pd.DataFrame) -> float:
    known = rows["need"].max() if rows["need"].notna().any() else 0.0
    return float(known + (rows["across"].max() - known) / 2)


def _unknown_words(rows: pd.DataFrame) -> list[dict[str, Any]]:
    if not rows["is_unknown"].any():
        return []
    return [
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "right",
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "align": "right",
            "text": "Need<br>not known",
            "font": {"size": theme.SMALL - 1, "color": theme.QUIET},
        }
    ]


def _name(council: dict[str, Any], most: float) -> dict[str, Any]:
    is_right = council["across"] > most / 2
    return {
        "x": council["across"],
        "y": council["up"],
        "xanchor": "right" if is_right else "left",
        "xshift": -12 if is_right else 12,
        "text": f"<b>{labels.safe(council['council_name'])}</b>",
        "font": {"size": theme.SIZE, "color": theme.BLUE},
        "bgcolor": "rgba(255,255,255,0.85)",
    }
