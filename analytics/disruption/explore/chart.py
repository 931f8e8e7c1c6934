"""Rates by size: a funnel of councils, and rates of groups with their intervals."""

import math
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import labels, theme
from analytics.charts import marks as charts_marks
from analytics.charts.rows import row_axis
from analytics.reading.disclosure import WITHHELD
from analytics.words import numbers


# A ratio above this stands at the top edge, or all others would be flat below it.
TOP = 4.0
PLOT, ROW = 380, 52
# The narrowest plot that names have to fit, and how many of them at most.
PHONE, MOST_NAMES = 300, 7
LINES = {"outer": "solid", "inner": "dash"}
STYLES: dict[str, dict[str, Any]] = {
    "within": {"color": theme.MUTED, "size": 8, "opacity": 0.5},
    "inner": {"color": theme.MIDDLE, "size": 9},
    "outer": {"color": theme.BLUE, "size": 11},
}
KEY = "Between the solid lines lie 998 in 1,000 by chance alone, between the dashed ones 95 in 100."
ABOVE = " A triangle lies above the scale."
# A unit whose numbers are written bare on an axis.
BARE = "per_council_year"

Reference = tuple[str, float]


class Named(NamedTuple):
    """A name to write: the words, where, which way, and the box that it takes."""

    text: str
    x: float
    y: float
    side: int
    box: tuple[float, float, float, float]


def funnel(
    frame: pd.DataFrame,
    curves: pd.DataFrame | None = None,
    *,
    many: str,
    selected: str | None = None,
) -> go.Figure:
    """Draw one dot a council: how many were expected, and how many times that it had.

    Columns: gss_code, council_name, expected, ratio, place (as `funnel_place` says
    it), numerator, value, lower, upper, beside (words that stand with them, or
    none). `curves` are the limits by the number expected
    (expected, inner_lower and so on); without them none are drawn. `many` says what is
    counted. No dot is good or bad; those outside are darker, and named where they fit.
    """
    known = frame[frame["ratio"].notna() & (frame["expected"] > 0)]
    theme.refuse_empty(known, "funnel")
    known = known.assign(style=known["place"].map(_style), y=known["ratio"].clip(upper=TOP))
    top = _top(known)
    across = _across(known["expected"])
    key = KEY if curves is not None else ""
    key += ABOVE if (known["ratio"] > TOP).any() else ""
    return theme.figure(
        [
            *_limits(curves),
            *(_dots(known[known["style"] == style], style, many) for style in STYLES),
            _ring(theme.chosen(known, selected)),
        ],
        height=PLOT + 130,
        margin={"t": 34, "b": 112 if key else 62, "r": 12},
        xaxis=_size_axis(across, many),
        yaxis=_ratio_axis(top),
        shapes=[_even()],
        annotations=[
            labels.over_axis("Times as many as expected ↑", above=8),
            *_names(known, selected, across, top),
            *([labels.key(key, below=58)] if key else []),
        ],
    )


def _style(place: str) -> str:
    return next((kind for kind in ("outer", "inner") if kind in place), "within")


def _top(known: pd.DataFrame) -> float:
    return max(2.0, min(TOP, float(known["y"].max()))) * 1.06


def _across(expected: pd.Series) -> tuple[float, float]:
    """Give the ends of the axis of size, as powers of ten."""
    return math.log10(expected.min() / 1.5), math.log10(expected.max() * 1.5)


def _limits(curves: pd.DataFrame | None) -> list[go.Scatter]:
    if curves is None:
        return []
    return [
        go.Scatter(
            name=f"{name} {end}",
            x=curves["expected"],
            # A limit of nought would run along the axis and say nothing.
            y=curves[f"{name}_{end}"].where(curves[f"{name}_{end}"] > 0),
            mode="lines",
            line={"color": theme.QUIET, "width": 1.3, "dash": dash},
            hoverinfo="skip",
        )
        for name, dash in LINES.items()
        for end in ("lower", "upper")
    ]


def _dots(rows: pd.DataFrame, style: str, many: str) -> go.Scatter:
    above = rows["ratio"] > TOP
    return go.Scatter(
        name=style,
        x=rows["expected"],
        y=rows["y"],
        mode="markers",
        cliponaxis=False,
        marker={
            "symbol": ["triangle-up" if is_above else "circle" for is_above in above],
            "line": {"color": "white", "width": 1},
            **STYLES[style],
        },
        customdata=[_said(row, many) for row in theme.records(rows)],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _said(row: dict[str, Any], many: str) -> str:
    lines = [
        f"<b>{labels.safe(row['council_name'])}</b>",
        f"{number(row['numerator'])} {many}, {number(row['expected'])} expected "
        f"({number(row['ratio'])} times)",
        f"{number(row['value'])} per 100,000 residents a year"
        + interval(row, between=", by chance "),
        str(row["place"]).capitalize(),
        f"Monitoring and detection: {row['beside']}" if row["beside"] else "",
    ]
    return "<br>".join(line for line in lines if line)


def _ring(chosen: pd.DataFrame) -> go.Scatter:
    return go.Scatter(
        x=chosen["expected"],
        y=chosen["y"],
        mode="markers",
        cliponaxis=False,
        marker={"symbol": "circle-open", "size": 18, "color": theme.TEXT, "line": {"width": 2}},
        hoverinfo="skip",
    )


def _size_axis(across: tuple[float, float], many: str) -> dict[str, Any]:
    steps = [m * 10.0**n for n in range(-3, 7) for m in (1, 3)]
    marks = [step for step in steps if across[0] <= math.log10(step) <= across[1]]
    return {
        "type": "log",
        "range": list(across),
        "tickvals": marks,
        "ticktext": [f"{mark:,g}" for mark in marks],
        "title": {
            "text": labels.wrap(f"{many.capitalize()} expected for its residents and months →", 46),
            "font": {"size": theme.SMALL + 1},
        },
    }


def _ratio_axis(top: float) -> dict[str, Any]:
    marks = [mark / 2 for mark in range(int(top * 2) + 1)]
    if top > 2.5:
        marks = [mark for mark in marks if mark == int(mark)]
    return {"range": [0, top], "tickvals": marks, "ticktext": [f"{mark:g}" for mark in marks]}


def _even() -> dict[str, Any]:
    """Draw the line on which a council has as many as expected."""
    return {
        "type": "line",
        "x0": 0,
        "x1": 1,
        "xref": "paper",
        "y0": 1,
        "y1": 1,
        "line": {"color": theme.TEXT, "width": 1.2},
        "layer": "below",
    }


def _names(
    known: pd.DataFrame, selected: str | None, across: tuple[float, float], top: float
) -> list[dict[str, Any]]:
    """Name the council picked out, then those farthest outside, as many as fit."""
    is_own = known["gss_code"] == (selected or "")
    far = known[(known["style"] == "outer") & ~is_own]
    far = far.iloc[(far["ratio"] - 1).abs().argsort()[::-1]]
    written: list[Named] = []
    for row in theme.records(pd.concat([known[is_own], far])):
        name = _place(row, across, top)
        if len(written) < MOST_NAMES and not any(_meet(name, n) for n in written):
            written.append(name)
    return [_name(name) for name in written]


def _place(row: dict[str, Any], across: tuple[float, float], top: float) -> Named:
    at = math.log10(row["expected"])
    share = (at - across[0]) / (across[1] - across[0])
    side = 1 if share < 0.55 else -1
    text = labels.shorten(row["council_name"], 24)
    if row["ratio"] > TOP:
        text += f" {number(row['ratio'])}"
    start, end = share * PHONE + side * 8, share * PHONE + side * (8 + 6.6 * len(text))
    height = row["y"] / top * PLOT
    box = (min(start, end), max(start, end), height - 9, height + 9)
    return Named(text, at, row["y"], side, box)


def _meet(one: Named, other: Named) -> bool:
    left, right, low, high = one.box
    return (
        left < other.box[1] and right > other.box[0] and low < other.box[3] and high > other.box[2]
    )


def _name(name: Named) -> dict[str, Any]:
    return {
        "x": name.x,
        "y": name.y,
        "xanchor": "left" if name.side == 1 else "right",
        "xshift": 8 * name.side,
        "text": name.text,
        "bgcolor": "rgba(255,255,255,0.75)",
        "borderpad": 0,
        "font": {"size": theme.SMALL - 1, "color": theme.TEXT},
    }


def rated(
    frame: pd.DataFrame,
    *,
    unit: str,
    reference: Reference | None = None,
    highlight: str | None = None,
) -> go.Figure:
    """Draw a dot a group with its interval as a line, the highest on top.

    Columns: group_code, group_label, value, lower, upper, note, beside (words in small
    type under the group's name, or none). `unit` is written under the axis;
    `reference` is a label and a value: a dotted line. A group without a value says
    why; one without limits has a dot and no line.
    """
    theme.refuse_empty(frame, "rates")
    rows = theme.records(frame.reset_index(drop=True))
    names = [_group_name(row) for row in rows]
    axis = _rate_axis(frame, reference)
    told = [_told(row) for row in rows]
    return theme.figure(
        [_bars(rows), _points(rows, highlight, unit)],
        height=ROW * len(rows) + (118 if reference else 84),
        margin={"t": 42 if reference else 8, "b": 62, "r": 92},
        xaxis={**axis, "title": {"text": labels.wrap(unit, 40), "font": {"size": theme.SMALL}}},
        yaxis=row_axis(names, showgrid=None),
        shapes=[charts_marks.reference_line(reference[1])] if reference else [],
        annotations=[
            *(_value(text, place) for place, text in enumerate(told)),
            *([_reference_name(reference, axis["range"])] if reference else []),
        ],
    )


def _rate_axis(frame: pd.DataFrame, reference: Reference | None) -> dict[str, Any]:
    """Give an axis that fits dots and lines: with no bars it need not start at 0."""
    ends = [*frame["value"], *frame["lower"], *frame["upper"]]
    known = [v for v in (*ends, *(reference or ())[1:]) if not numbers.is_unknown(v)]
    low, high = min(known, default=0.0), max(known, default=1.0)
    room = 0.08 * ((high - low) or high or 1.0)
    rough = (high - low + 2 * room) / 4
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(m * size for m in (1, 2, 5, 10) if m * size >= rough * 0.999)
    first, last = max(low - room, 0.0), high + room
    marks = [n * step for n in range(math.ceil(first / step), int(last / step) + 1)]
    return {
        "range": [first, last],
        "tickvals": marks,
        "ticktext": [numbers.tick(BARE, mark) for mark in marks],
    }


def _group_name(row: dict[str, Any]) -> str:
    """Write a group's name, and under it in small type what stands beside its rate."""
    name = labels.wrap(row["group_label"], 18)
    small = labels.wrap(row["beside"], 22) if row["beside"] else ""
    return f"{name}<br><span style='font-size:11px'>{small}</span>" if small else name


def _bars(rows: list[dict[str, Any]]) -> go.Scatter:
    known = [(n, r) for n, r in enumerate(rows) if r["upper"] == r["upper"]]
    return go.Scatter(
        name="interval",
        x=[x for _, row in known for x in (row["lower"], row["upper"], None)],
        y=[y for n, _ in known for y in (n, n, None)],
        mode="lines",
        line={"color": theme.MUTED, "width": 4},
        hoverinfo="skip",
    )


def _points(rows: list[dict[str, Any]], highlight: str | None, unit: str) -> go.Scatter:
    known = [(n, r) for n, r in enumerate(rows) if not numbers.is_unknown(r["value"])]
    colours = [
        theme.BLUE if highlight in (None, row["group_code"]) else theme.MIDDLE for _, row in known
    ]
    return go.Scatter(
        name="rate",
        x=[row["value"] for _, row in known],
        y=[n for n, _ in known],
        mode="markers",
        cliponaxis=False,
        marker={"size": 11, "color": colours},
        customdata=[
            f"<b>{labels.safe(row['group_label'])}</b><br>{number(row['value'])} "
            f"{labels.safe(unit)}{interval(row, between=', by chance ')}"
            for _, row in known
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _told(row: dict[str, Any]) -> str:
    if numbers.is_unknown(row["value"]):
        return "withheld" if row["note"] == WITHHELD else numbers.UNKNOWN
    limits = interval(row, between="")
    small = f"<br><span style='font-size:11px'>{limits}</span>" if limits else ""
    return f"<b>{number(row['value'])}</b>{small}"


def _value(text: str, place: int) -> dict[str, Any]:
    """Write a group's rate and interval at the right, each below the other."""
    is_known = text.startswith("<b>")
    return {
        "x": 1,
        "xref": "paper",
        "xanchor": "left",
        "xshift": 8,
        "y": place,
        "align": "left",
        "text": text,
        "font": {"size": theme.SMALL, "color": theme.TEXT if is_known else theme.QUIET},
    }


def _reference_name(reference: Reference, ends: list[float]) -> dict[str, Any]:
    label, at = reference
    return {
        "x": at,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "xanchor": "right" if at > sum(ends) / 2 else "left",
        "text": f"{labels.safe(label)} {number(at)}",
        "font": {"size": theme.SMALL + 1},
    }


def number(value: Any) -> str:
    """Write a rate or ratio with about three figures: 0.63, 8.2, 67, 1,204."""
    if numbers.is_unknown(value):
        return numbers.UNKNOWN
    if float(value).is_integer():
        return f"{value:,.0f}"
    places = 2 if abs(value) < 9.995 else 1 if abs(value) < 99.95 else 0
    return f"{value:,.{places}f}"


def interval(row: dict[str, Any], *, between: str) -> str:
    """Write the limits of a rate behind `between`, or nothing where it has none."""
    if numbers.is_unknown(row["lower"]) or numbers.is_unknown(row["upper"]):
        return ""
    return f"{between}{number(row['lower'])} to {number(row['upper'])}"
