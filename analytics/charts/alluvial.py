"""How many moved between levels from year to year: ribbons between columns."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.charts import classes, composition, labels, marks, theme
from analytics.words import numbers
from analytics.words.movement import UNKNOWN_LEVEL, directions, short


PLOT = 380
WIDTH = 32
GAP = 0.045
MOST_YEARS = 5
FEWEST_PIXELS = 15
CURVE = np.linspace(0, 1, 25)
FILLS = {
    "improved": "rgba(32,115,188,0.45)",
    "slipped": "rgba(244,106,37,0.5)",
    "same": "rgba(205,212,220,0.6)",
    "unknown": "rgba(255,255,255,0.6)",
}
KEY = (
    "Rising, blue: improved. Falling, orange: slipped. Grey: no change. "
    "White with an edge: not known in one of the two years, or in both."
)


def alluvial(
    frame: pd.DataFrame,
    *,
    levels: Sequence[str],
    unknown: str = UNKNOWN_LEVEL,
    what: str = "outcomes",
    events: pd.DataFrame | None = None,
) -> go.Figure:
    """Draw one column a year, best level on top, and a ribbon for each flow.

    Columns: period_before, label_before, period_after, label_after, level_before,
    level_after, count. Heights are shares of what was compared, pair of years by pair:
    what is compared may differ between pairs. The share in a column is that of the
    pair that ends there, for the first year of the pair that starts there. `unknown`
    is the one of `levels` that is no level. At most five years; raises for more, and
    for a level that is not one of `levels`.
    """
    theme.refuse_empty(frame, "alluvial")
    years = _years(frame)
    heads, found = marks.signed(years, events)
    flows = _flows(frame, years, list(levels), unknown)
    nodes = _nodes(flows, len(years), list(levels))
    depth = max((node["foot"] for node in nodes), default=1.0)
    colours = _colours(levels, unknown)
    per_unit = PLOT / depth
    return theme.figure(
        [*_ribbons(flows, nodes, years, levels, what), _targets(nodes, years, what)],
        height=PLOT + 120,
        margin={"t": 44, "l": 62, "r": 28, "b": 76},
        xaxis={"visible": False, "range": _across(len(years))},
        yaxis={"visible": False, "range": [depth * 1.005, -depth * 0.005]},
        shapes=[_box(node, colours, per_unit) for node in nodes],
        annotations=[
            *_headings(heads, nodes),
            *_names(nodes, levels, per_unit),
            *(_share(node, colours, per_unit) for node in nodes),
            labels.key(KEY + _left_out(frame), below=12),
        ],
        meta=marks.meta(found, marks.SIGN),
    )


def _years(frame: pd.DataFrame) -> list[str]:
    ends = [
        frame[[f"period_{end}", f"label_{end}"]].set_axis(["period", "label"], axis=1)
        for end in ("before", "after")
    ]
    years = pd.concat(ends).drop_duplicates("period").sort_values("period")
    if len(years) > MOST_YEARS:
        raise ValueError(
            f"The alluvial chart has room for {MOST_YEARS} years, not {len(years)}: "
            "give it the latest ones."
        )
    return [str(label) for label in years["label"]]


def _flows(frame: pd.DataFrame, years: list[str], levels: list[str], unknown: str) -> pd.DataFrame:
    """Give the known flows with their places and their share of the pair of years."""
    ways = directions(frame, levels, unknown)
    flows = pd.DataFrame(
        {
            "start": frame["label_before"].astype(str).map(years.index),
            "end": frame["label_after"].astype(str).map(years.index),
            "before": frame["level_before"].map(levels.index),
            "after": frame["level_after"].map(levels.index),
            "direction": ways,
            "count": frame["count"].astype(float),
        }
    )
    flows = flows[flows["count"] > 0]
    total = flows.groupby(["start", "end"])["count"].transform("sum")
    return flows.assign(total=total, share=flows["count"] / total).sort_values(
        ["start", "before", "after"]
    )


def _nodes(flows: pd.DataFrame, years: int, levels: list[str]) -> list[dict[str, Any]]:
    """Stack each year's levels from the top, best first, with room between them.

    A box is as high as the greater of what comes in and what goes out.
    """
    nodes = []
    for year in range(years):
        top = 0.0
        comes, goes = flows[flows["end"] == year], flows[flows["start"] == year]
        told = comes if len(comes) else goes
        for place, name in enumerate(levels):
            into = comes.loc[comes["after"] == place]
            out = goes.loc[goes["before"] == place]
            high = max(into["share"].sum(), out["share"].sum())
            if not high:
                continue
            count = (into if len(comes) else out)["count"].sum()
            total = told["total"].iloc[0]
            nodes.append(
                {
                    "year": year,
                    "place": place,
                    "level": name,
                    "top": top,
                    "foot": top + high,
                    "count": count,
                    "total": total,
                }
            )
            top += high + GAP
    return nodes


def _ribbons(
    flows: pd.DataFrame,
    nodes: list[dict[str, Any]],
    years: list[str],
    levels: Sequence[str],
    what: str,
) -> list[go.Scatter]:
    """Draw the flows, those of no change first so that moves lie over them."""
    tops = {(node["year"], node["place"]): node["top"] for node in nodes}
    left = _stacked(flows, ["start", "before"], ["after"], tops)
    right = _stacked(flows, ["end", "after"], ["before"], tops)
    placed = flows.assign(left=left, right=right)
    order = placed["direction"].map(["same", "unknown", "improved", "slipped"].index)
    return [
        _ribbon(row, _said(row, years, levels, what))
        for row in theme.records(placed.loc[order.sort_values(kind="stable").index])
    ]


def _stacked(
    flows: pd.DataFrame, side: list[str], order: list[str], tops: dict[Any, float]
) -> pd.Series:
    """Say where each ribbon's upper edge meets its box, one under the other."""
    ordered = flows.sort_values([*side, *order])
    under = ordered.groupby(side)["share"].cumsum() - ordered["share"]
    start = [tops[key] for key in zip(*(ordered[name] for name in side), strict=True)]
    return under + pd.Series(start, index=ordered.index, dtype=float)


def _ribbon(row: dict[str, Any], said: str) -> go.Scatter:
    bend = CURVE * CURVE * (3 - 2 * CURVE)
    edge = row["left"] + (row["right"] - row["left"]) * bend
    x = row["start"] + (row["end"] - row["start"]) * CURVE
    is_unknown = row["direction"] == "unknown"
    return go.Scatter(
        x=[*x, *x[::-1]],
        y=[*edge, *(edge + row["share"])[::-1]],
        mode="lines",
        fill="toself",
        fillcolor=FILLS[row["direction"]],
        line={"width": 1 if is_unknown else 0, "color": theme.GREY},
        hoveron="fills",
        text=said,
        hoverinfo="text",
        customdata=[row["count"]],
        meta=row["direction"],
        name=said,
    )


def _said(row: dict[str, Any], years: list[str], levels: Sequence[str], what: str) -> str:
    before, after = (labels.safe(levels[row[end]]) for end in ("before", "after"))
    moved = f"{before}, no change" if before == after else f"{before} to {after}"
    when = f"{labels.safe(years[row['start']])} to {labels.safe(years[row['end']])}"
    of = f"{numbers.count(row['count'])} of {numbers.count(row['total'])}"
    return f"{when}<br>{moved}: {of} {labels.safe(what)}"


def _targets(nodes: list[dict[str, Any]], years: list[str], what: str) -> go.Scatter:
    """Lay an unseen marker on each box, to be hovered over."""
    return go.Scatter(
        x=[node["year"] for node in nodes],
        y=[(node["top"] + node["foot"]) / 2 for node in nodes],
        mode="markers",
        cliponaxis=False,
        marker={"symbol": "square", "size": WIDTH, "opacity": 0},
        customdata=[
            f"{labels.safe(years[node['year']])}, {labels.safe(node['level'])}: "
            f"{numbers.count(node['count'])} of {numbers.count(node['total'])} "
            f"{labels.safe(what)}"
            for node in nodes
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _colours(levels: Sequence[str], unknown: str) -> dict[str, str]:
    """Colour the levels as bars of them are; what is no level is white."""
    known = composition.colours([level for level in levels if level != unknown])
    return {**known, unknown: classes.UNKNOWN}


def _across(years: int) -> list[float]:
    """Give the years an axis on which the outer boxes are whole, even on a phone."""
    last = max(years - 1, 1)
    return [-0.08 * last, 1.08 * last]


def _box(node: dict[str, Any], colours: dict[str, str], per_unit: float) -> dict[str, Any]:
    colour = colours[node["level"]]
    is_white = colour == classes.UNKNOWN
    return {
        "type": "rect",
        "xsizemode": "pixel",
        "xanchor": node["year"],
        "x0": -WIDTH / 2,
        "x1": WIDTH / 2,
        "y0": node["top"],
        "y1": max(node["foot"], node["top"] + 2 / per_unit),
        "fillcolor": colour,
        "line": {"width": 1, "color": theme.QUIET if is_white else colour},
    }


def _share(node: dict[str, Any], colours: dict[str, str], per_unit: float) -> dict[str, Any]:
    """Write the share in its box, or beside it where the box is too low."""
    fits = (node["foot"] - node["top"]) * per_unit >= FEWEST_PIXELS
    ink = classes.ink_on(colours[node["level"]]) if fits else theme.TEXT
    return {
        "x": node["year"],
        "y": (node["top"] + node["foot"]) / 2,
        "text": labels.safe(short("percent", 100 * node["count"] / node["total"])),
        "xanchor": "center" if fits else "left",
        "xshift": 0 if fits else WIDTH / 2,
        "font": {"size": theme.SMALL - 1, "color": ink},
    }


def _headings(years: list[str], nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Write each year over its column, and that nothing is known of it, if so."""
    drawn = {node["year"] for node in nodes}
    return [
        {
            "x": place,
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "yshift": 4,
            "text": labels.wrap(label, 8) + ("" if place in drawn else "<br>not known"),
            "font": {"size": theme.SMALL - 1, "color": theme.TEXT},
        }
        for place, label in enumerate(years)
    ]


def _names(
    nodes: list[dict[str, Any]], levels: Sequence[str], per_unit: float
) -> list[dict[str, Any]]:
    """Name each level at the left of the first column that has it, none colliding."""
    first: dict[str, dict[str, Any]] = {}
    for node in nodes:
        first.setdefault(node["level"], node)
    named = [first[level] for level in reversed(levels) if level in first]
    texts = [labels.wrap(node["level"], 10) for node in named]
    at = [-(node["top"] + node["foot"]) / 2 * per_unit for node in named]
    heights = [15.0 * (text.count("<br>") + 1) + 2 for text in texts]
    placed = labels.apart(heights, at, floor=-PLOT - 30)
    return [
        {
            "x": 0,
            "y": -place / per_unit,
            "text": text,
            "align": "right",
            "xanchor": "right",
            "xshift": -WIDTH / 2 - 4,
            "font": {"size": theme.SMALL - 1},
        }
        for text, place in zip(texts, placed, strict=True)
    ]


def _left_out(frame: pd.DataFrame) -> str:
    missing = int(frame["count"].isna().sum())
    return " Flows whose number is not known are left out." if missing else ""
