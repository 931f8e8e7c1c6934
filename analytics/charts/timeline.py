"""What happened when: dots over the years, each with its name beside it."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import labels, theme


LANE = 24
WIDEST = 29


def timeline(frame: pd.DataFrame) -> go.Figure:
    """Draw happened_on, label and kind: one block of lanes a kind,
    in the order in which the frame has the kinds.

    A dot takes the first lane where its name has room even on a phone, so names never
    meet; names in the later half are written to the left of their dots.
    """
    theme.refuse_empty(frame, "timeline")
    dates = pd.to_datetime(frame["happened_on"])
    first, last = _whole_years(dates)
    share = (dates - first) / (last - first)
    rows = frame.assign(happened_on=dates, share=share)
    placed, heads, lanes = _lanes(rows)
    return theme.figure(
        [_dots(placed, "right"), _dots(placed, "left")],
        height=56 + LANE * lanes,
        xaxis={
            "range": [first, last],
            "side": "top",
            "showgrid": True,
            "tickformat": "%Y",
            "showline": False,
            "dtick": f"M{12 * max(1, round((last - first).days / 365 / 5))}",
            "tick0": first,
        },
        yaxis={"visible": False, "range": [lanes - 0.3, -0.7]},
        annotations=[heading(name, lane) for name, lane in heads],
    )


def _whole_years(dates: pd.Series) -> tuple[pd.Timestamp, pd.Timestamp]:
    first = pd.Timestamp(dates.min().year, 1, 1)
    return first, pd.Timestamp(dates.max().year + 1, 1, 1)


def _lanes(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[tuple[str, int]], int]:
    """Give each row a lane, each kind a heading lane; return both and the count."""
    blocks, heads, top = [], [], 0
    for kind, block in rows.groupby("kind", sort=False):
        block = block.sort_values("happened_on", kind="stable")
        heads.append((str(kind), top))
        taken: list[list[tuple[float, float]]] = []
        own = [
            top + 1 + fit(taken, span(row["share"], str(row["label"])))
            for row in theme.records(block)
        ]
        blocks.append(block.assign(lane=own))
        top += 1 + len(taken)
    return pd.concat(blocks), heads, top


def span(at: float, name: str) -> tuple[float, float]:
    """How much of a phone's width a dot at a share of it takes with its name."""
    width = 0.06 + min(len(name), WIDEST) * 0.024
    return (at - 0.03, at + width) if at < 0.5 else (at - width, at + 0.03)


def fit(taken: list[list[tuple[float, float]]], wanted: tuple[float, float], most: int = 99) -> int:
    """The first lane with room, which is then taken; a new one while there may be
    one, else the lane that is freest, drawn over."""
    for lane, spans in enumerate(taken):
        if all(wanted[1] < start or wanted[0] > end for start, end in spans):
            spans.append(wanted)
            return lane
    if len(taken) < most:
        taken.append([])
    lane = min(range(len(taken)), key=lambda number: len(taken[number]))
    taken[lane].append(wanted)
    return lane


def _dots(placed: pd.DataFrame, side: str) -> go.Scatter:
    early = placed["share"] < 0.5
    rows = placed[early if side == "right" else ~early]
    names = [labels.shorten(name, WIDEST) for name in rows["label"]]
    return go.Scatter(
        x=rows["happened_on"],
        y=rows["lane"],
        mode="markers+text",
        marker={"size": 10, "color": theme.BLUE},
        text=[f" {n}" if side == "right" else f"{n} " for n in names],
        textposition=f"middle {side}",
        textfont={"size": theme.SMALL},
        cliponaxis=False,
        customdata=[
            f"{labels.safe(row.label)}<br>{row.happened_on:%-d %B %Y}" for row in rows.itertuples()
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )


def heading(name: str, lane: int) -> dict[str, Any]:
    """A kind's name in bold above its lanes."""
    return {
        "x": 0,
        "y": lane,
        "xref": "paper",
        "xanchor": "left",
        "text": f"<b>{labels.safe(name)}</b>",
        "bgcolor": "white",
        "font": {"size": theme.SMALL + 1},
    }
