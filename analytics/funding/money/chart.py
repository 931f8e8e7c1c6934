"""From a whole to what is left of it, over what was taken away: one bar a step."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import composition, labels, theme
from analytics.charts.rows import hidden_axis
from analytics.words import numbers


SHADES = {
    "whole": theme.BLUE,
    "award": theme.MIDDLE,
    "elsewhere": theme.GREY,
    "left": theme.PALE,
    "over": composition.WARM,
}
WIDTH = 0.72


def waterfall(frame: pd.DataFrame, *, unit: str = "gbp") -> go.Figure:
    """Draw one bar a row of the frame, in its order, from `start` to `end`.

    Columns: label, kind (whole, award, elsewhere, left or over), value, start, end. A
    thin line joins the end of each bar to the next. Bars left of nought are beyond the
    whole. Raises ValueError for a kind that is not known.
    """
    theme.refuse_empty(frame, "waterfall")
    strange = sorted(set(frame["kind"]) - set(SHADES))
    if strange:
        raise ValueError(f"Kind {strange[0]!r} is not one of: {', '.join(SHADES)}.")
    rows = frame.reset_index(drop=True)
    names = [labels.wrap(name, 17) for name in rows["label"]]
    said = [numbers.value(unit, value) for value in rows["value"]]
    ends = rows[["start", "end"]]
    low, high = min(0.0, ends.min().min()), ends.max().max() or 1.0
    return theme.figure(
        [_bars(rows, said)],
        height=40 + sum(18 + 18 * (name.count("<br>") + 1) for name in names),
        bargap=1 - WIDTH,
        margin={"l": composition.room(names), "r": labels.room_for(said), "t": 8},
        xaxis=hidden_axis(high, low),
        yaxis=composition.sized_axis(names) | {"range": [len(rows) - 0.45, -0.55]},
        shapes=[*_joints(rows), _nought(len(rows))],
        annotations=[_value(row, n, said[n]) for n, row in enumerate(theme.records(rows))],
    )


def _bars(rows: pd.DataFrame, said: list[str]) -> go.Bar:
    outlines = [theme.QUIET if kind == "left" else "white" for kind in rows["kind"]]
    return go.Bar(
        orientation="h",
        base=rows[["start", "end"]].min(axis=1),
        x=(rows["end"] - rows["start"]).abs(),
        y=list(range(len(rows))),
        width=WIDTH,
        marker={"color": rows["kind"].map(SHADES), "line": {"width": 1, "color": outlines}},
        customdata=[
            f"<b>{labels.safe(name)}</b><br>{words}"
            for name, words in zip(rows["label"], said, strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
        cliponaxis=False,
    )


def _joints(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Join where a bar ends to the next one, which starts there."""
    return [
        {
            "type": "line",
            "x0": at,
            "x1": at,
            "y0": place + WIDTH / 2,
            "y1": place + 1 - WIDTH / 2,
            "line": {"color": theme.QUIET, "width": 1},
        }
        for place, at in enumerate(rows["end"][:-1])
    ]


def _nought(rows: int) -> dict[str, Any]:
    line = {"color": theme.QUIET, "width": 1}
    ends = {"x0": 0, "x1": 0, "y0": -0.5, "y1": rows - 0.5}
    return {"type": "line", **ends, "line": line}


def _value(row: dict[str, Any], place: int, said: str) -> dict[str, Any]:
    """Write each amount to the right of its bar."""
    return {
        "x": max(row["start"], row["end"]),
        "y": place,
        "text": said,
        "xanchor": "left",
        "xshift": 5,
        "font": {"size": theme.SMALL + 1},
    }
