"""Which way things lean: bars to the left and right of zero, the net at their end."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import composition, labels, theme
from analytics.words import maturity, numbers
from analytics.words.maturity import _counted, _net, _unknown, net, signed
from analytics.words.sentences import listed


PARTS = {
    "below": ("One level lower, or two", composition.WARM, -1),
    "above_one": ("One level higher", composition.LIGHT, 1),
    "above_two": ("Two levels higher", composition.STRONG, 1),
}
ROOM = 1.12
NET = 48


def diverging(frame: pd.DataFrame, *, left: str, right: str, keys: str | None = None) -> go.Figure:
    """Draw one row an outcome, in the order of the frame: lower left, higher right.

    Columns: row_label, below, above_one, above_two, same (percent of councils) and
    councils. `left` and `right` say what each side means; `keys` names the column that
    a click on a row gives. The net at the end is right less left, in points.
    """
    theme.refuse_empty(frame, "diverging")
    rows = frame.reset_index(drop=True)
    names = _names(rows["row_label"])
    room, limits = composition.room(names), _limits(rows)
    key = composition.key({words: shade for words, shade, _ in PARTS.values()})
    sides = [labels.wrap(words, 14) for words in (left, right)]
    deep = 18 * max(side.count("<br>") + 1 for side in sides)
    return theme.figure(
        [*(_bars(rows, part) for part in PARTS), _hits(rows, limits, keys, left, right)],
        height=composition.ROW * len(rows) + 18 * len(key) + deep + 66,
        barmode="relative",
        margin={"l": room, "r": NET, "t": 18 * len(key) + deep + 44},
        xaxis=_axis(limits),
        yaxis=composition.sized_axis(names),
        shapes=[_zero()],
        annotations=[
            composition.key_note(key, room, shift=deep + 32),
            *(_side(side, 24, n) for n, side in enumerate(sides)),
            _at_end("Net,<br>points", 1, "paper", yanchor="bottom", yshift=4, align="left"),
            *_ends(rows),
        ],
    )


def _names(names: pd.Series) -> list[str]:
    if len(names) > composition.MANY:
        return [labels.shorten(name, 22) for name in names]
    return [labels.shorten(name, 24) for name in names]


def _limits(rows: pd.DataFrame) -> tuple[float, float]:
    """Give the ends of the axis: neither side has less than a quarter of it."""
    known = rows[net(rows).notna()]
    left = max(known["below"], default=0.0)
    right = max(known["above_one"] + known["above_two"], default=0.0)
    return -max(left, right / 3, 5.0) * ROOM, max(right, left / 3, 5.0) * ROOM


def _bars(rows: pd.DataFrame, part: str) -> go.Bar:
    words, shade, side = PARTS[part]
    known = rows[net(rows).notna()]
    return go.Bar(
        name=words,
        x=known[part] * side,
        y=known.index,
        orientation="h",
        width=0.78,
        marker={"color": shade, "line": {"width": 1, "color": "white"}},
        hoverinfo="skip",
        **composition.unfaded(),
    )


def _hits(
    rows: pd.DataFrame, limits: tuple[float, float], keys: str | None, left: str, right: str
) -> go.Bar:
    chosen = rows[keys] if keys else [None] * len(rows)
    said = [_hover(row, left, right) for row in theme.records(rows)]
    return composition.invisible(
        base=[limits[0]] * len(rows),
        x=[limits[1] - limits[0]] * len(rows),
        y=list(rows.index),
        customdata=list(zip(chosen, said, strict=True)),
    )


def _hover(row: dict[str, Any], left: str, right: str) -> str:
    said = {
        part: numbers.value("percent", row[part])
        for part in ("below", "same", "above_one", "above_two")
    }
    return (
        f"<b>{composition.hover_name(row['row_label'])}</b><br>"
        f"{labels.safe(left)}: {said['below']}<br>The same: {said['same']}<br>"
        f"{labels.safe(right)}:<br>one level {said['above_one']}, "
        f"two levels {said['above_two']}<br>"
        f"Councils: {numbers.count(row['councils'])}"
    )


def _axis(limits: tuple[float, float]) -> dict[str, Any]:
    longest = max(-limits[0], limits[1]) / ROOM
    step = next((size for size in (50, 25, 20, 10, 5) if size <= longest), 5)
    marks = [mark for mark in (-step, 0, step) if limits[0] <= mark <= limits[1]]
    return {
        "side": "top",
        "range": limits,
        "tickvals": marks,
        "ticktext": [f"{abs(mark)}%" for mark in marks],
        "tickangle": 0,
        "showgrid": True,
        "showline": False,
    }


def _zero() -> dict[str, Any]:
    line = {"width": 2, "color": theme.TEXT}
    return {"type": "line", "x0": 0, "x1": 0, "y0": 0, "y1": 1, "yref": "paper", "line": line}


def _side(words: str, shift: int, side: int) -> dict[str, Any]:
    """Write what a side means beside the zero line, above the axis."""
    return {
        "text": words,
        "x": 0,
        "y": 1,
        "yref": "paper",
        "xanchor": ("right", "left")[side],
        "xshift": (-6, 6)[side],
        "yanchor": "bottom",
        "yshift": shift,
        "align": ("right", "left")[side],
        "font": {"size": theme.SMALL},
    }


def _ends(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Write each net in a column at the right, and "not known" where bars would be."""
    notes = []
    for place, points in enumerate(net(rows)):
        if not numbers.is_unknown(points):
            notes.append(_at_end(signed(points), place, "y"))
            continue
        ink = {"size": theme.SMALL, "color": theme.QUIET}
        said = {"text": numbers.UNKNOWN, "x": 0, "y": place, "font": ink}
        notes.append({**said, "xanchor": "left", "xshift": 6})
    return notes


def _at_end(text: str, y: float, yref: str, **more: Any) -> dict[str, Any]:
    return {
        "text": text,
        "x": 1,
        "xref": "paper",
        "y": y,
        "yref": yref,
        "xanchor": "left",
        "xshift": 6,
        "font": {"size": theme.SMALL},
        **more,
    }


def diverging_sentence(frame: pd.DataFrame, *, left: str, right: str, what: str = "outcome") -> str:
    """Count the rows that lean each way, and name those that lean furthest.

    `left` and `right` are the words over the two sides, as in the chart; `what` is
    what one row stands for.
    """
    points = maturity.net(frame.set_index("row_label"))
    known = points.dropna()
    if known.empty:
        return f"The difference is not known for any of {_counted(len(points), what)}."
    rounded = known.round(1)
    counts = {
        f"“{right}”": int((rounded > 0).sum()),
        f"“{left}”": int((rounded < 0).sum()),
        "neither side": int((rounded == 0).sum()),
    }
    leaning = [f"{count} to {side}" for side, count in counts.items() if count]
    if len(leaning) == 1 and len(known) > 1:
        leaning = [leaning[0].replace(str(len(known)), "all", 1)]
    verb = "leans" if leaning[0].startswith("1 ") else "lean"
    leaning[0] = leaning[0].replace(" to", f" {verb} to", 1)
    return (
        f"Of {_counted(len(known), what)}, {listed(leaning)}. {_net(rounded)}"
        f"{_unknown(list(points.index[points.isna()]))}"
    )
