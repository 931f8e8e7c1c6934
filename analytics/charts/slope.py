"""From then to now: one line a row, its name and value at its end."""

from html import unescape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import labels, theme
from analytics.charts.ranges import SOLID, targets
from analytics.reading.indicators import Indicator
from analytics.words import numbers
from analytics.words.movement import LITTLE, moved, short, text_of


LINE = 16
GAP = 5
WORDS = 22


def slope(
    frame: pd.DataFrame,
    *,
    indicator: Indicator,
    label_before: str,
    label_after: str,
    keys: str | None = None,
    little: float = LITTLE,
) -> go.Figure:
    """Draw one line a row from its value before to its value after.

    Columns: row_label, before, after, note. Lines that got better are dark blue, worse
    orange, and grey where they moved less than `little`, in the unit. A row with one
    value known is a dot; rows without one are named under the chart. `keys` names the
    column whose value a click gives.
    """
    theme.refuse_empty(frame, "slope")
    rows = [_placed(row, indicator, little) for row in theme.records(frame)]
    right = [row for row in rows if not numbers.is_unknown(row["after"])]
    left = [row for row in rows if not numbers.is_unknown(row["before"])]
    tall = sum(LINE * _lines(row) + GAP for row in right)
    plot = max(280, tall + 20)
    axis = _axis([row[end] for row in rows for end in ("before", "after")])
    missing = _missing(rows, label_before, label_after)
    under = 12 + 18 * (missing.count("<br>") + 1 if missing else 0)
    return theme.figure(
        [*(_line(row) for row in rows), _hits(frame, rows, indicator, keys)],
        height=plot + 40 + under,
        margin={"t": 40, "l": 52, "r": _room(right), "b": under},
        clickmode="event+select" if keys else "event",
        xaxis={"visible": False, "range": [0, 1]},
        yaxis={"visible": False, "range": axis},
        shapes=[_upright(x) for x in (0, 1)],
        annotations=[
            *_headings(label_before, label_after),
            *_ends(right, "after", plot, axis),
            *_ends([row for row in left if row["is_told"]], "before", plot, axis),
            *([_under(missing)] if missing else []),
        ],
    )


def _placed(row: dict[str, Any], indicator: Indicator, little: float) -> dict[str, Any]:
    """Say how a row moved, and in which colour and words it is drawn."""
    how = moved(indicator, row["before"], row["after"], little)
    colours = {"better": theme.BLUE, "worse": theme.FOUR[3], "higher": theme.BLUE}
    colour = colours.get(how, theme.MUTED if how == "lower" else theme.GREY)
    value = short(indicator, row["after"])
    return {
        **row,
        "colour": colour,
        "is_told": how not in ("same", "unknown"),
        "after_text": _named(row["row_label"], value),
        "before_text": labels.safe(short(indicator, row["before"])),
        "hover": _hover(row, indicator),
    }


def _named(name: Any, value: str) -> str:
    """Write a name and its value on two lines at most; the name is cut, if need be."""
    said = labels.two_lines(f"{name} {value}", WORDS)
    if not said.endswith("…"):
        return said
    return f"{labels.two_lines(name, WORDS - len(value))} {labels.safe(value)}"


def _hover(row: dict[str, Any], indicator: Indicator) -> str:
    before, after = row["before"], row["after"]
    said = f"{numbers.value(indicator, before)} to {numbers.value(indicator, after)}"
    change = numbers.change(indicator, before, after)
    known = "" if change == numbers.UNKNOWN else f", {change}"
    note = labels.safe(text_of(row.get("note")))
    more = f"<br>{note}" if note else ""
    return f"{labels.safe(row['row_label'])}<br>{said}{known}{more}"


def _line(row: dict[str, Any]) -> go.Scatter:
    is_grey = row["colour"] == theme.GREY
    return go.Scatter(
        name=labels.safe(row["row_label"]),
        x=[0, 1],
        y=[row["before"], row["after"]],
        mode="lines+markers",
        cliponaxis=False,
        line={"color": row["colour"], "width": 2 if is_grey else 3},
        marker={"color": row["colour"], "size": 6 if is_grey else 8},
        unselected=SOLID,
        hoverinfo="skip",
    )


def _hits(
    frame: pd.DataFrame, rows: list[dict[str, Any]], indicator: Indicator, keys: str | None
) -> go.Scatter:
    """Lay unseen markers on both ends and the middle of each line."""
    chosen = list(frame[keys]) if keys else [None] * len(rows)
    spots = [
        (x, y, key, row["hover"])
        for row, key in zip(rows, chosen, strict=True)
        for x, y in _along(row["before"], row["after"])
        if not numbers.is_unknown(y)
    ]
    return targets(spots, has_keys=keys is not None)


def _along(before: Any, after: Any) -> list[tuple[float, Any]]:
    ends = [(0.0, before), (1.0, after)]
    if numbers.is_unknown(before) or numbers.is_unknown(after):
        return ends
    return [*ends, (0.5, (before + after) / 2)]


def _axis(values: list[Any]) -> list[float]:
    """Give a range that holds what is known with a little room, not from zero.

    Only slopes are compared, and every value that matters is written at its end.
    """
    known = [v for v in values if not numbers.is_unknown(v)] or [0.0]
    room = (max(known) - min(known)) * 0.04 or 1.0
    return [min(known) - room, max(known) + room]


def _lines(row: dict[str, Any]) -> int:
    return int(row["after_text"].count("<br>")) + 1


def _room(rows: list[dict[str, Any]]) -> int:
    lines = [part for row in rows for part in unescape(row["after_text"]).split("<br>")]
    return round(max((len(line) for line in lines), default=0) * 6.9) + 28


def _ends(
    rows: list[dict[str, Any]], end: str, plot: int, axis: list[float]
) -> list[dict[str, Any]]:
    """Write the labels of one side, pushed apart between the foot and the top."""
    per_unit = plot / (axis[1] - axis[0])
    at = [(row[end] - axis[0]) * per_unit for row in rows]
    texts = [row[f"{end}_text"] for row in rows]
    heights = [float(LINE * (text.count("<br>") + 1) + GAP) for text in texts]
    placed = _between(heights, at, float(plot))
    side = 1 if end == "after" else -1
    return [
        {
            "x": 1 if end == "after" else 0,
            "y": row[end],
            "text": text,
            "align": "left" if side == 1 else "right",
            "xanchor": "left" if side == 1 else "right",
            "yanchor": "middle",
            "showarrow": True,
            "arrowhead": 0,
            "arrowwidth": 1,
            "arrowcolor": row["colour"] if abs(new - old) > 4 else "rgba(0,0,0,0)",
            "standoff": 5,
            "ax": 20 * side,
            "ay": old - new,
            "font": {"size": theme.SMALL, "color": theme.TEXT if row["is_told"] else theme.QUIET},
        }
        for row, text, old, new in zip(rows, texts, at, placed, strict=True)
    ]


def _between(heights: list[float], at: list[float], top: float) -> list[float]:
    """Push labels apart upward from the foot, then downward from the top."""
    upward = labels.apart(heights, at, floor=0.0)
    turned = labels.apart(heights, [top - place for place in upward], floor=0.0)
    return [top - place for place in turned]


def _upright(x: int) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": x,
        "x1": x,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "layer": "below",
        "line": {"color": theme.GREY, "width": 1},
    }


def _headings(before: str, after: str) -> list[dict[str, Any]]:
    return [
        {
            "x": x,
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "yshift": 4,
            "text": labels.wrap(said, 10),
            "font": {"size": theme.SMALL, "color": theme.QUIET},
        }
        for x, said in ((0, before), (1, after))
    ]


def _missing(rows: list[dict[str, Any]], before: str, after: str) -> str:
    """Name the rows that have no line because a value is not known."""
    said = []
    for end, label in (("before", before), ("after", after)):
        names = [r["row_label"] for r in rows if numbers.is_unknown(r[end])]
        if names:
            said.append(labels.wrap(f"Not known in {label}: {', '.join(names)}", 46))
    return "<br>".join(said)


def _under(missing: str) -> dict[str, Any]:
    return {
        "text": missing,
        "x": 0,
        "y": 0,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "top",
        "xshift": -44,
        "yshift": -10,
        "align": "left",
        "font": {"size": theme.SMALL, "color": theme.QUIET},
    }
