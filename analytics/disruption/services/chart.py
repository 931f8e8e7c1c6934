"""What one event took, and for how long: a bar a spell on one axis of time."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import labels, theme
from analytics.charts.rows import refuse_many, row_axis
from analytics.words import numbers


ROW = 38
SMALL = "<span style='font-size:11px'>"
MOST_ROWS = 60
OPEN = "→"


def gantt(frame: pd.DataFrame, *, mark: str = "") -> go.Figure:
    """Draw row_label, beside, started_at, ended_at and is_open: one row a label.

    Rows stand in the order in which the frame first has them; a label may have several
    bars. `beside` is small type under the label, or empty. Moments are in UTC and drawn
    in London's time. A bar that is_open goes on: an arrow stands at its end. A label
    that begins with `mark` is drawn darker. Raises over 60 rows.
    """
    theme.refuse_empty(frame, "Gantt")
    rows = placed(frame)
    down = rows.drop_duplicates("place").sort_values("place")
    refuse_many(len(down), MOST_ROWS, "Gantt")
    names = [_name(row) for row in theme.records(down)]
    first, last = rows["start"].min(), rows["end"].max()
    return theme.figure(
        [_bars(rows, mark)],
        height=ROW * len(down) + 80,
        bargap=0.35,
        barmode="overlay",
        margin={"t": 30, "r": 24, "l": _room(names)},
        xaxis={
            "type": "date",
            "side": "top",
            "range": _around(first, last),
            "showgrid": True,
            "nticks": 5,
            "tickformatstops": _stops(),
        },
        yaxis=row_axis(names),
        annotations=_arrows(rows),
    )


def placed(frame: pd.DataFrame) -> pd.DataFrame:
    """Give each spell its row, and its start and end as London's clocks show them."""
    keys = frame["row_label"].astype(str) + "\n" + frame["beside"].astype(str)
    order = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    return frame.assign(
        place=keys.map(order),
        start=numbers.london_time(frame["started_at"]),
        end=numbers.london_time(frame["ended_at"]),
        hours=(frame["ended_at"] - frame["started_at"]).dt.total_seconds() / 3600,
    )


def _around(first: Any, last: Any) -> list[Any]:
    room = max((last - first) * 0.03, pd.Timedelta(minutes=10))
    return [first - room, last + room]


def _stops() -> list[dict[str, Any]]:
    """Write hours with their day where days are few, else days, else months."""
    return [
        {"dtickrange": [None, 86_400_000 - 1], "value": "%H:%M<br>%-d %b"},
        {"dtickrange": [86_400_000, "M1"], "value": "%-d %b<br>%Y"},
        {"dtickrange": ["M1", None], "value": "%b<br>%Y"},
    ]


def _name(row: dict[str, Any]) -> str:
    """Write a row's name on one line where small type stands under it, else on two."""
    if not row["beside"]:
        return labels.two_lines(row["row_label"], 22)
    name = labels.shorten(row["row_label"], 24)
    return f"{name}<br>{SMALL}{labels.shorten(row['beside'], 26)}</span>"


def _room(names: Sequence[str]) -> int:
    lines = [
        line.replace(SMALL, "").replace("</span>", "")
        for name in names
        for line in name.split("<br>")
    ]
    return round(max(len(line) for line in lines) * 6.6) + 14


def _bars(rows: pd.DataFrame, mark: str) -> go.Bar:
    is_marked = rows["row_label"].astype(str).str.startswith(mark) & bool(mark)
    return go.Bar(
        base=rows["start"],
        # A bar on an axis of dates has its length in milliseconds.
        x=(rows["end"] - rows["start"]).dt.total_seconds() * 1000,
        y=rows["place"],
        orientation="h",
        marker={
            "color": [theme.BLUE if marked else theme.MIDDLE for marked in is_marked],
            "line": {"color": "white", "width": 1},
        },
        customdata=[_said(row) for row in theme.records(rows)],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _said(row: dict[str, Any]) -> str:
    name = labels.safe(row["row_label"])
    beside = f" ({labels.safe(row['beside'])})" if row["beside"] else ""
    until = "not yet restored" if row["is_open"] else f"to {_moment(row['end'])}"
    return (
        f"<b>{name}</b>{beside}<br>{_moment(row['start'])} {until}<br>"
        f"{numbers.value('hours', row['hours'])}{' so far' if row['is_open'] else ''}"
    )


def _moment(when: Any) -> str:
    return f"{when:%-d %b %Y %H:%M}"


def _arrows(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            "x": row["end"],
            "y": row["place"],
            "text": OPEN,
            "xanchor": "left",
            "font": {"size": theme.SIZE, "color": theme.TEXT},
        }
        for row in theme.records(rows[rows["is_open"]])
    ]
