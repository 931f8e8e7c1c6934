"""The plane of cost-effectiveness: how much dearer and better one option is."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import labels, theme
from analytics.words import numbers


PLOT = 330
CORNERS = {
    (0, 1): "Dearer and worse",
    (1, 1): "Dearer and better",
    (0, 0): "Cheaper and worse",
    (1, 0): "Cheaper and better",
}


def plane(frame: pd.DataFrame, *, effect_words: str, a: str, b: str) -> go.Figure:
    """Draw option b beside option a, which stands where the two lines cross.

    Columns of the one row: cost and effect (b less a; dearer up, better to the right),
    low and high (ends of the difference in effect).
    """
    theme.refuse_empty(frame, "plane")
    row = theme.records(frame)[0]
    wide = max(abs(row[name]) for name in ("low", "high", "effect")) * 1.25 or 1.0
    tall = abs(row["cost"]) * 1.6 or 1.0
    return theme.figure(
        [_span(row), _point(row, b, effect_words)],
        height=PLOT + 110,
        margin={"l": 70, "r": 20, "t": 30, "b": 84},
        xaxis=_across(wide),
        yaxis=_up(tall),
        shapes=[_line(x=0), _line(y=0)],
        annotations=[
            *(_corner(place, words) for place, words in CORNERS.items()),
            labels.over_axis("Cost of one council, B less A"),
            _under(f"{effect_words}, B less A. A: {a}. B: {b}."),
        ],
    )


def _span(row: dict[str, Any]) -> go.Scatter:
    return go.Scatter(
        x=[row["low"], row["high"]],
        y=[row["cost"]] * 2,
        mode="lines",
        line={"color": theme.BLUE, "width": 5},
        opacity=0.4,
        hoverinfo="skip",
    )


def _point(row: dict[str, Any], name: str, effect_words: str) -> go.Scatter:
    said = (
        f"<b>{labels.safe(name)}</b><br>Cost: {numbers.value('gbp', row['cost'])} more"
        f"<br>{labels.safe(effect_words)}: {row['effect']:,.1f} more "
        f"({row['low']:,.1f} to {row['high']:,.1f})"
    )
    return go.Scatter(
        x=[row["effect"]],
        y=[row["cost"]],
        mode="markers+text",
        text=["B"],
        textposition="top center",
        textfont={"size": theme.SIZE},
        marker={"size": 13, "color": theme.BLUE},
        cliponaxis=False,
        customdata=[said],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _across(wide: float) -> dict[str, Any]:
    marks = theme.scale([-wide, wide], "gap")["tickvals"]
    kept = [mark for mark in marks if abs(mark) <= wide][::2]
    kept = sorted({*kept, 0.0}) if 0.0 not in kept else kept
    return {
        "range": [-wide, wide],
        "tickvals": kept,
        "ticktext": [f"{mark:+,.10g}" if mark else "0" for mark in kept],
        "tickangle": 0,
    }


def _up(tall: float) -> dict[str, Any]:
    marks = theme.scale([-tall, tall], "gbp")["tickvals"]
    kept = [mark for mark in marks if abs(mark) <= tall]
    words = [f"{'-' if m < 0 else ''}{numbers.tick('gbp', abs(m))}" for m in kept]
    return {"range": [-tall, tall], "tickvals": kept, "ticktext": words}


def _line(**at: float) -> dict[str, Any]:
    """An upright or a level through where A stands."""
    own, other = ("x", "y") if "x" in at else ("y", "x")
    return {
        "type": "line",
        f"{own}0": 0,
        f"{own}1": 0,
        f"{other}0": 0,
        f"{other}1": 1,
        f"{other}ref": "paper",
        "line": {"width": 1.5, "color": theme.TEXT},
    }


def _corner(place: tuple[int, int], words: str) -> dict[str, Any]:
    x, y = place
    return {
        "x": x,
        "y": y,
        "xref": "paper",
        "yref": "paper",
        "text": words,
        "xanchor": "right" if x else "left",
        "yanchor": "top" if y else "bottom",
        "font": {"size": theme.SMALL, "color": theme.QUIET},
    }


def _under(text: str) -> dict[str, Any]:
    note = labels.key(text, below=30)
    return note | {"text": labels.wrap(text, 48)}
