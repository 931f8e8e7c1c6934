"""How one number becomes another: bars from step to step."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import classes, labels, theme
from analytics.charts.rows import hidden_axis, row_axis
from analytics.words import numbers
from analytics.words.movement import signed


COLOURS = {"total": theme.BLUE, "down": theme.FOUR[3], "up": classes.STEPS[1]}
THICK = 0.62


def steps(frame: pd.DataFrame) -> go.Figure:
    """Draw the rows in their order, from the top: totals from zero, steps between.

    Columns: label, value, kind (`total`, `down` or `up`) and, if there, said: the words
    at the bar's end. A value is a size, never below zero: `kind` says which way. Raises
    for another kind and for a value below zero. After a step that is not known, bars
    have no place until the next total: their words stand alone.
    """
    theme.refuse_empty(frame, "steps")
    rows = _placed(theme.records(frame))
    names = [labels.wrap(row["label"], 17) for row in rows]
    said = [labels.wrap(signed(row), 15) for row in rows]
    most = max((row["high"] for row in rows if row["high"] is not None), default=0.0)
    both = list(zip(names, said, strict=True))
    lines = [max(text.count("<br>") for text in pair) + 1 for pair in both]
    return theme.figure(
        [_bars(rows)],
        height=20 + sum(18 + 18 * tall for tall in lines),
        margin={"t": 4, "r": labels.room_for(said) - 14},
        xaxis=hidden_axis(most or 1.0),
        yaxis=row_axis(names),
        shapes=_connectors(rows),
        annotations=[_words(row, n, said[n]) for n, row in enumerate(rows)],
    )


def _placed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each row where its bar begins and ends, and where the next goes on from.

    All three are None where that is not known.
    """
    level: float | None = None
    placed = []
    for row in rows:
        _refuse_odd(row)
        low, high, level = _reach(row["kind"], row["value"], level)
        placed.append({**row, "low": low, "high": high, "level": level})
    return placed


def _reach(
    kind: str, value: Any, level: float | None
) -> tuple[float | None, float | None, float | None]:
    if numbers.is_unknown(value):
        return None, None, None
    if kind == "total":
        return 0.0, float(value), float(value)
    if level is None:
        return None, None, None
    new = level + (value if kind == "up" else -value)
    return min(level, new), max(level, new), new


def _refuse_odd(row: dict[str, Any]) -> None:
    if row["kind"] not in COLOURS:
        known = ", ".join(COLOURS)
        raise ValueError(f"Kind of step {row['kind']!r} is not one of: {known}.")
    if not numbers.is_unknown(row["value"]) and row["value"] < 0:
        raise ValueError(
            f"Step {row['label']!r} has the value {row['value']}: give its size, and "
            "say the direction by its kind."
        )


def _bars(rows: list[dict[str, Any]]) -> go.Bar:
    known = [(n, row) for n, row in enumerate(rows) if row["low"] is not None]
    return go.Bar(
        orientation="h",
        base=[row["low"] for _, row in known],
        x=[row["high"] - row["low"] for _, row in known],
        y=[n for n, _ in known],
        width=THICK,
        marker={"color": [COLOURS[row["kind"]] for _, row in known]},
        customdata=[f"{labels.safe(row['label'])}: {labels.safe(signed(row))}" for _, row in known],
        hovertemplate="%{customdata}<extra></extra>",
        cliponaxis=False,
    )


def _words(row: dict[str, Any], place: int, said: str) -> dict[str, Any]:
    """Write the number at the right end of its bar, or where the bar would begin."""
    is_total = row["kind"] == "total" and row["low"] is not None
    return {
        "x": row["high"] or 0.0,
        "y": place,
        "text": f"<b>{said}</b>" if is_total else said,
        "xanchor": "left",
        "xshift": 4,
        "align": "left",
        "font": {
            "size": theme.SMALL + 1,
            "color": theme.QUIET if row["low"] is None else theme.TEXT,
        },
    }


def _connectors(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Join each bar to the next where the one ends and the other begins."""
    return [
        {
            "type": "line",
            "x0": row["level"],
            "x1": row["level"],
            "y0": place + _half(row),
            "y1": place + 1 - _half(after),
            "line": {"color": theme.QUIET, "width": 1},
        }
        for place, (row, after) in enumerate(zip(rows, rows[1:], strict=False))
        if row["level"] is not None and after["low"] is not None
    ]


def _half(row: dict[str, Any]) -> float:
    """Give half the thickness of a bar; a step of nothing has none."""
    return THICK / 2 if row["high"] > row["low"] else 0.0
