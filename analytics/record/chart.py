"""What different sources say of one amount: every figure on its own, none added up."""

from html import unescape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import labels, theme
from analytics.charts.rows import hidden_axis, refuse_many, row_axis
from analytics.words import numbers


ROW = 46
MOST_ROWS = 40
# A source that gives one end alone: "more than" and "up to".
ONE_END = {"low": "triangle-right", "high": "triangle-left"}
KEY = (
    "Dot: one figure. Line: a source's range. Arrow: more than (right) or up to "
    "(left). Grey: lowest to highest."
)


def accounts(frame: pd.DataFrame, *, unit: str = "gbp") -> go.Figure:
    """Draw one row a thing reported on, every source's figure on it.

    Columns: row_key, row_label, low, high (one of them empty where a source gives no
    such end), least and most (of the row), is_open (it may be more than most), said
    (as reported) and source. Rows stand in the order of the frame. Raises over 40 rows.
    """
    theme.refuse_empty(frame, "accounts")
    rows = frame.drop_duplicates("row_key").reset_index(drop=True)
    refuse_many(len(rows), MOST_ROWS, "accounts")
    places = frame["row_key"].map(dict(zip(rows["row_key"], rows.index, strict=True)))
    ends = [_end(row, unit) for row in theme.records(rows)]
    most = float(rows["most"].max()) or 1.0
    return theme.figure(
        [_whole(rows), _lines(frame, places), *_marks(frame, places)],
        height=ROW * len(rows) + 66,
        margin={"t": 4, "b": 62, "r": _room(ends)},
        xaxis=hidden_axis(most),
        yaxis=row_axis([labels.two_lines(name, 18) for name in rows["row_label"]]),
        annotations=[
            *(_words(row, n, ends[n]) for n, row in enumerate(theme.records(rows))),
            # Under the words at the right too, so that a phone has room for it.
            labels.key(KEY, below=8) | {"xshift": _room(ends) - 8},
        ],
    )


def _end(row: dict[str, Any], unit: str) -> str:
    """Say the row's lowest and highest figure: "£7.0m to £18.0m, or more"."""
    low, high = (numbers.value(unit, row[end]) for end in ("least", "most"))
    said = low if low == high else f"{low} to {high}"
    return labels.wrap(f"{said} or more" if row["is_open"] else said, 16)


def _room(ends: list[str]) -> int:
    lines = [unescape(line) for end in ends for line in end.split("<br>")]
    return round(max(len(line) for line in lines) * 7.2) + 22


def _whole(rows: pd.DataFrame) -> go.Scatter:
    """Lay a grey line under each row, from its lowest to its highest figure."""
    return _segments(rows["least"], rows["most"], rows.index, "#D5DCE3", 10)


def _lines(frame: pd.DataFrame, places: pd.Series) -> go.Scatter:
    is_range = frame["low"].notna() & frame["high"].notna()
    is_range &= frame["low"] != frame["high"]
    some = frame[is_range]
    return _segments(some["low"], some["high"], places[is_range], theme.BLUE, 4)


def _segments(
    lows: pd.Series, highs: pd.Series, places: Any, colour: str, width: int
) -> go.Scatter:
    spots = list(zip(lows, highs, places, strict=True))
    return go.Scatter(
        x=[x for low, high, _ in spots for x in (low, high, None)],
        y=[y for _, _, place in spots for y in (place, place, None)],
        mode="lines",
        line={"color": colour, "width": width},
        hoverinfo="skip",
    )


def _marks(frame: pd.DataFrame, places: pd.Series) -> list[go.Scatter]:
    """Draw each end that a source gives, with its words and its source on hover."""
    spots: list[tuple[float, Any, str, str]] = []
    for row, place in zip(theme.records(frame), places, strict=True):
        name = f"<b>{labels.safe(row['row_label'])}</b>"
        said = f"{name}<br>{labels.safe(row['said'])}<br>{labels.safe(row['source'])}"
        has = [end for end in ("low", "high") if not numbers.is_unknown(row[end])]
        symbol = "circle" if len(has) == 2 else ONE_END[has[0]]
        spots += [(row[end], place, said, symbol) for end in has]
    return [
        go.Scatter(
            x=[x for x, _, _, _ in spots],
            y=[y for _, y, _, _ in spots],
            mode="markers",
            cliponaxis=False,
            marker={
                "size": 13,
                "color": theme.BLUE,
                "symbol": [symbol for _, _, _, symbol in spots],
                "line": {"color": "white", "width": 1},
            },
            customdata=[said for _, _, said, _ in spots],
            hovertemplate="%{customdata}<extra></extra>",
        )
    ]


def _words(row: dict[str, Any], place: int, said: str) -> dict[str, Any]:
    return {
        "x": row["most"],
        "y": place,
        "text": said,
        "xanchor": "left",
        "align": "left",
        "xshift": 12,
        "font": {"size": theme.SMALL, "color": theme.TEXT},
    }
