"""From the weakest to the strongest: one line a row, a dot at each end."""

from html import unescape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import labels, marks, theme
from analytics.charts.rows import hidden_axis, refuse_many, row_axis
from analytics.reading.indicators import Indicator
from analytics.words import numbers
from analytics.words.movement import ends_of, short, text_of


ROW = 40
MOST_ROWS = 40
KEY = "Large dot: weakest. Small ring: strongest. Upright: middle."

# Choosing a mark would otherwise dim all the others of the figure.
SOLID = {"marker": {"opacity": 1}}

Spot = tuple[float, float, Any, str]


def ranges(
    frame: pd.DataFrame,
    *,
    indicator: Indicator,
    keys: str | None = None,
    key_words: str = KEY,
    events: pd.DataFrame | None = None,
) -> go.Figure:
    """Draw a line from low to high on each row, the weaker end the larger.

    Columns: row_label, low, high, middle, low_label, high_label. Low is the weaker end
    unless lower is better. A row with one value is one dot; a row with none says so.
    `keys` names the column whose value a click gives; `key_words` explain the marks.
    `events`, for rows that are periods, has happened_on, title and period_label: the
    rows of their periods are signed. Raises over 40 rows.
    """
    theme.refuse_empty(frame, "ranges")
    refuse_many(len(frame), MOST_ROWS, "ranges")
    rows = [_placed(row, n, indicator) for n, row in enumerate(theme.records(frame))]
    most = max((row["most"] for row in rows if row["has_any"]), default=0.0)
    signed, found = marks.signed([str(row["row_label"]) for row in rows], events)
    names = [labels.two_lines(name, 18) for name in signed]
    return theme.figure(
        [
            _lines(rows),
            _middles(rows),
            _dots(rows, "strong"),
            _dots(rows, "weak"),
            _hits(frame, rows, keys),
        ],
        height=ROW * len(rows) + 54,
        margin={"t": 4, "r": _room(rows, 1), "b": 46},
        clickmode="event+select" if keys else "event",
        xaxis=hidden_axis(most or 1.0, min(0.0, _least(rows))),
        yaxis=row_axis(names, ticklabelstandoff=_room(rows, -1), showgrid=None),
        annotations=[
            *(note for row in rows for note in _numbers(row)),
            labels.key(key_words, below=8),
        ],
        meta=marks.meta(found, marks.SIGN),
    )


def targets(spots: list[Spot], *, has_keys: bool) -> go.Scatter:
    """Lay unseen markers at x and y that say their words and, if clicked, their key.

    A spot is x, y, key and words. With keys a mark's customdata is the key and the
    words, and choosing one dims nothing; without keys it is the words.
    """
    unseen = {"marker": {"opacity": 0}}
    return go.Scatter(
        x=[x for x, _, _, _ in spots],
        y=[y for _, y, _, _ in spots],
        mode="markers",
        cliponaxis=False,
        marker={"size": 22, "opacity": 0},
        selected=unseen,
        unselected=unseen,
        customdata=[[key, said] if has_keys else said for _, _, key, said in spots],
        hovertemplate=f"%{{customdata{'[1]' if has_keys else ''}}}<extra></extra>",
    )


def _placed(row: dict[str, Any], place: int, indicator: Indicator) -> dict[str, Any]:
    """Give a row its place, its weaker and stronger end, and its words."""
    weak, strong = ends_of(row, indicator)
    known = [v for v in (weak, strong) if not numbers.is_unknown(v)]
    has_both = len(set(known)) == 2
    first, last = (known[0], known[-1]) if known else (None, None)
    return {
        **row,
        "place": place,
        "has_any": bool(known),
        "has_both": has_both,
        "side": -1 if has_both and weak < strong else 1,
        "weak": first,
        "strong": last if has_both else None,
        "weak_text": labels.safe(short(indicator, first)),
        "strong_text": labels.safe(short(indicator, last)),
        "least": min(known, default=0.0),
        "most": max(known, default=0.0),
        "hover": _hover(row, indicator, has_both),
    }


def _hover(row: dict[str, Any], indicator: Indicator, has_both: bool) -> str:
    said = [f"<b>{labels.safe(row['row_label'])}</b>"]
    ends = [end for end in ("low", "high") if not numbers.is_unknown(row[end])]
    for end in ends if has_both else ends[:1]:
        name = labels.safe(text_of(row.get(f"{end}_label")))
        words = numbers.in_words(indicator, row[end])
        said.append(f"{name}: {words}" if name else words)
    if has_both and not numbers.is_unknown(row["middle"]):
        said.append(f"Middle: {numbers.in_words(indicator, row['middle'])}")
    return "<br>".join(said)


def _least(rows: list[dict[str, Any]]) -> float:
    return min((row["least"] for row in rows if row["has_any"]), default=0.0)


def _lines(rows: list[dict[str, Any]]) -> go.Scatter:
    both = [row for row in rows if row["has_both"]]
    return go.Scatter(
        x=[x for row in both for x in (row["weak"], row["strong"], None)],
        y=[y for row in both for y in (row["place"], row["place"], None)],
        mode="lines",
        line={"color": "#B7C4D1", "width": 4},
        hoverinfo="skip",
    )


def _middles(rows: list[dict[str, Any]]) -> go.Scatter:
    told = [r for r in rows if r["has_both"] and not numbers.is_unknown(r["middle"])]
    line = {"width": 2, "color": theme.TEXT}
    return go.Scatter(
        x=[row["middle"] for row in told],
        y=[row["place"] for row in told],
        mode="markers",
        marker={"symbol": "line-ns", "size": 14, "line": line},
        unselected=SOLID,
        hoverinfo="skip",
    )


def _dots(rows: list[dict[str, Any]], end: str) -> go.Scatter:
    """Draw the weak ends large and full, the strong ones small and hollow."""
    there = [row for row in rows if row[end] is not None]
    is_weak = end == "weak"
    return go.Scatter(
        x=[row[end] for row in there],
        y=[row["place"] for row in there],
        mode="markers",
        cliponaxis=False,
        marker={
            "size": 15 if is_weak else 11,
            "color": theme.BLUE if is_weak else "#FFFFFF",
            "line": {"color": theme.BLUE, "width": 0 if is_weak else 2},
        },
        unselected=SOLID,
        hoverinfo="skip",
    )


def _hits(frame: pd.DataFrame, rows: list[dict[str, Any]], keys: str | None) -> go.Scatter:
    chosen = list(frame[keys]) if keys else [None] * len(rows)
    spots = [
        (row[end], row["place"], key, row["hover"])
        for row, key in zip(rows, chosen, strict=True)
        for end in ("weak", "strong")
        if row[end] is not None
    ]
    return targets(spots, has_keys=keys is not None)


def _numbers(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Write the value outside each end, or that none is known."""
    y = row["place"]
    if not row["has_any"]:
        return [_number(0.0, y, numbers.UNKNOWN, 1, theme.QUIET)]
    weak = _number(row["weak"], y, f"<b>{row['weak_text']}</b>", row["side"], theme.TEXT)
    if not row["has_both"]:
        return [weak]
    strong = row["strong_text"]
    return [weak, _number(row["strong"], y, strong, -row["side"], theme.QUIET)]


def _room(rows: list[dict[str, Any]], side: int) -> int:
    """Give the width in pixels that the numbers of one side need, left or right."""
    texts = [
        row[f"{end}_text"]
        for row in rows
        for end, way in (("weak", row["side"]), ("strong", -row["side"]))
        if way == side and row[end] is not None
    ]
    return round(max((len(unescape(text)) for text in texts), default=0) * 7.5) + 18


def _number(x: float, y: int, text: str, side: int, ink: str) -> dict[str, Any]:
    return {
        "x": x,
        "y": y,
        "text": text,
        "xanchor": "left" if side == 1 else "right",
        "xshift": 9 * side,
        "bgcolor": "white",
        "borderpad": 1,
        "font": {"size": theme.SMALL, "color": ink},
    }
