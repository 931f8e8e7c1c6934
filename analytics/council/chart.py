"""One council's years on one axis: a block of lanes for each kind of thing.

What has a name is written beside its mark; what is many is a bar or a dot alone, and
takes the first lane of its block where it has room.
"""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import labels, marks, theme
from analytics.charts.timeline import fit, heading, span


LANE = 20
MOST_LANES = 12
MARK = 0.012
WIDEST = 24


def lanes(frame: pd.DataFrame, *, annotations: pd.DataFrame | None = None) -> go.Figure:
    """Draw kind, name, said, started_at, ended_at, is_named and is_marked.

    `said` is what the pointer is told; ended_at is empty for a moment. Marked rows are
    drawn in the stronger colour, others paler. Blocks stand in the order of the frame.
    `annotations` has happened_on and title.
    """
    theme.refuse_empty(frame, "lanes")
    rows, heads, count = placed(frame)
    above = marks.over(rows.assign(period=rows["started_at"], basis=""), annotations)
    plot = LANE * count + 10
    return theme.figure(
        [
            _bars(rows),
            *(_dots(rows, is_marked) for is_marked in (False, True)),
            *(_names(rows, side) for side in ("right", "left")),
        ],
        height=plot + 64 + marks.ROW * len(above),
        margin={"t": 20 + marks.ROW * len(above), "b": 36},
        xaxis={"type": "date", "range": list(_range(rows)), "showgrid": True, "nticks": 6},
        yaxis={"visible": False, "range": [count - 0.3, -0.7]},
        annotations=[
            *(heading(name, lane) for name, lane in heads),
            *marks.words(above, plot, rows.assign(period=rows["started_at"])),
        ],
        shapes=marks.uprights(above, plot),
        meta=marks.meta(above),
    )


def placed(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[tuple[str, int]], int]:
    """Give each row its lane, and each kind a heading; both, and how many lanes."""
    start, end = pd.to_datetime(frame["started_at"]), pd.to_datetime(frame["ended_at"])
    rows = frame.assign(started_at=start, ended_at=end.fillna(start))
    first, last = _range(rows)
    rows["share"] = (rows["started_at"] - first) / (last - first)
    rows["until"] = (rows["ended_at"] - first) / (last - first)
    blocks, heads, top = [], [], 0
    for kind, block in rows.groupby("kind", sort=False):
        block = block.sort_values("started_at", kind="stable")
        heads.append((str(kind), top))
        taken: list[list[tuple[float, float]]] = []
        own = [fit(taken, _span(row), MOST_LANES) for row in theme.records(block)]
        blocks.append(block.assign(lane=[top + 1 + lane for lane in own]))
        top += 1 + len(taken)
    return pd.concat(blocks), heads, top


def _range(rows: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    first, last = rows["started_at"].min(), rows["ended_at"].max()
    room = max((last - first) * 0.02, pd.Timedelta(days=3))
    return first - room, last + room


def _span(row: dict[str, Any]) -> tuple[float, float]:
    if row["is_named"]:
        return span(row["share"], labels.shorten(row["name"], WIDEST))
    return row["share"] - MARK / 2, max(row["until"], row["share"] + MARK / 2)


def _bars(rows: pd.DataFrame) -> go.Scatter:
    """Every stretch as one broken line: what lasts too short to see has its dot."""
    long = rows[rows["ended_at"] > rows["started_at"]]
    x: list[Any] = []
    y: list[Any] = []
    for row in theme.records(long):
        x += [row["started_at"], row["ended_at"], None]
        y += [row["lane"], row["lane"], None]
    return go.Scatter(
        x=x, y=y, mode="lines", line={"width": 7, "color": theme.MIDDLE}, hoverinfo="skip"
    )


def _dots(rows: pd.DataFrame, is_marked: bool) -> go.Scatter:
    chosen = rows[rows["is_marked"] == is_marked]
    return go.Scatter(
        x=chosen["started_at"],
        y=chosen["lane"],
        mode="markers",
        marker={
            "size": 9,
            "symbol": "circle" if is_marked else "circle-open",
            "color": theme.BLUE if is_marked else theme.MUTED,
            "line": {"width": 1.5},
        },
        customdata=[
            f"<b>{labels.safe(row['name'])}</b><br>{labels.safe(row['said'])}"
            for row in theme.records(chosen)
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _names(rows: pd.DataFrame, side: str) -> go.Scatter:
    named = rows[rows["is_named"] & ((rows["share"] < 0.5) == (side == "right"))]
    names = [labels.shorten(name, WIDEST) for name in named["name"]]
    return go.Scatter(
        x=named["started_at"],
        y=named["lane"],
        mode="text",
        text=[f"   {name}" if side == "right" else f"{name}   " for name in names],
        textposition=f"middle {side}",
        textfont={"size": theme.SMALL},
        cliponaxis=False,
        hoverinfo="skip",
    )
