"""What a result hangs on: one bar an assumption, from its low end to its high one."""

from html import unescape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import composition, labels, theme
from analytics.words import numbers


ROW = 58
COLOURS = {"at_low": theme.FOUR[3], "at_high": theme.BLUE}


def tornado(
    frame: pd.DataFrame, *, unit: str = "gbp", zero_words: str = "breaks even"
) -> go.Figure:
    """Draw one row an assumption, widest swing first as the frame has them.

    Columns: row_label, low_words and high_words (the ends as people read them), at_low
    and at_high (the result there) and result (with all central), in `unit`. The upright
    is the central result; a dotted one at 0 says `zero_words`.
    """
    theme.refuse_empty(frame, "tornado")
    rows = frame.reset_index(drop=True)
    names = [_name(row) for row in theme.records(rows)]
    central = float(rows["result"].iloc[0])
    axis = _axis(rows, unit)
    above = composition.key(
        {
            "Assumption at its low end": COLOURS["at_low"],
            "Assumption at its high end": COLOURS["at_high"],
        }
    )
    left = composition.room([name.replace("<b>", "") for name in names])
    return theme.figure(
        [_bars(rows, end, unit) for end in COLOURS],
        height=ROW * len(rows) + 18 * len(above) + 100,
        barmode="overlay",
        margin={"l": left, "t": 18 * len(above) + 44, "b": 40, "r": 26},
        xaxis=axis,
        yaxis=composition.sized_axis(names),
        shapes=[_upright(central, "solid"), _upright(0, "dot")],
        annotations=[
            composition.key_note(above, left, shift=30),
            _words(central, f"Central {numbers.value(unit, central)}", 6, axis),
            *_zero(central, zero_words, axis),
        ],
    )


def _name(row: dict[str, Any]) -> str:
    name = labels.wrap(row["row_label"], 19)
    ends = labels.wrap(f"{row['low_words']} to {row['high_words']}", 21)
    return f"{name}<br>{ends}"


def _axis(rows: pd.DataFrame, unit: str) -> dict[str, Any]:
    """An axis of at most four marks, which a phone has room for."""
    ends = [*rows["at_low"], *rows["at_high"], *rows["result"], 0.0]
    low, high = min(ends), max(ends)
    room = 0.06 * ((high - low) or 1.0)
    marks = theme.scale(ends, unit)["tickvals"]
    apart = marks[1] - marks[0]
    inside = [mark for mark in marks if low - room <= mark <= high + room]
    step = -(-len(inside) // 4) or 1
    kept = [mark for mark in inside if round(mark / apart) % step == 0]
    said = [_tick(unit, mark) for mark in kept]
    return {
        "range": [low - room, high + room],
        "tickvals": kept,
        "ticktext": said,
        "tickangle": 0,
        "showgrid": True,
    }


def _tick(unit: str, mark: float) -> str:
    return f"{'-' if mark < 0 else ''}{numbers.tick(unit, abs(mark))}"


def _bars(rows: pd.DataFrame, end: str, unit: str) -> go.Bar:
    name = "low" if end == "at_low" else "high"
    said = [
        f"<b>{labels.safe(row['row_label'])}</b><br>"
        f"At {labels.safe(row[f'{name}_words'])}: {numbers.value(unit, row[end])}<br>"
        f"Central: {numbers.value(unit, row['result'])}"
        for row in theme.records(rows)
    ]
    return go.Bar(
        name=f"Assumption at its {name} end",
        base=rows["result"],
        x=rows[end] - rows["result"],
        y=rows.index,
        orientation="h",
        width=0.5,
        marker={"color": COLOURS[end], "line": {"width": 0}},
        customdata=said,
        hovertemplate="%{customdata}<extra></extra>",
    )


def _upright(at: float, dash: str) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": at,
        "x1": at,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"width": 1.5, "color": theme.TEXT, "dash": dash},
    }


def _words(at: float, text: str, shift: int, axis: dict[str, Any]) -> dict[str, Any]:
    """Words over an upright, to the side where there is more room."""
    low, high = axis["range"]
    is_right = at > (low + high) / 2
    return {
        "x": at,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": shift,
        "xanchor": "right" if is_right else "left",
        "text": labels.safe(unescape(text)),
        "font": {"size": theme.SMALL},
    }


def _zero(central: float, words: str, axis: dict[str, Any]) -> list[dict[str, Any]]:
    """Say under the plot what the dotted upright is."""
    if not words:
        return []
    note = _words(0, f"0: {words}", 0, axis)
    note |= {"y": 0, "yanchor": "top", "yshift": -22}
    return [note | {"font": {"size": theme.SMALL, "color": theme.QUIET}}]
