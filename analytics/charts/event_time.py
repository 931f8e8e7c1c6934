"""Before and after first support, in quarters counted from it."""

import pandas as pd
import plotly.graph_objects as go

from analytics import formats
from analytics.charts import labels, theme
from analytics.indicators import Indicator


PLOT = 320


def event_time(frame: pd.DataFrame, *, indicator: Indicator) -> go.Figure:
    """Draw quarter, group_label, value and councils as one line a group.

    Quarter 0 is the first quarter of support, where an upright line stands.
    """
    theme.refuse_empty(frame, "event time")
    groups = list(frame.sort_values("quarter").groupby("group_label", sort=False))
    groups.sort(key=lambda group: not group[0].lower().startswith("funded"))
    colours = dict(zip([name for name, _ in groups], theme.FOUR[::3], strict=False))
    axis = theme.scale(frame["value"], indicator.unit)
    ends = [_end(name, rows, colours.get(name), indicator) for name, rows in groups]
    named = [end for end in ends if end is not None]
    chart = theme.figure(
        [_line(name, rows, colours.get(name), indicator) for name, rows in groups],
        height=PLOT + 90,
        hovermode="x unified",
        margin={"t": 34, "r": labels.room_for([end.text for end in named])},
        yaxis=axis,
        xaxis=_quarters(frame),
    )
    last = frame["quarter"].max()
    for label in labels.line_ends(named, x=last, pixels=PLOT, axis_range=axis["range"]):
        chart.add_annotation(label)
    _draw_start(chart, frame)
    return chart


def _line(
    name: str, rows: pd.DataFrame, colour: str | None, indicator: Indicator
) -> go.Scatter:
    return go.Scatter(
        name=labels.safe(name),
        x=rows["quarter"],
        y=rows["value"],
        mode="lines+markers",
        connectgaps=False,
        line={"color": colour or theme.GREY, "width": 3},
        marker={"size": 7},
        customdata=[
            f"{formats.in_words(indicator, value)} ({formats.count(n)} councils)"
            for value, n in zip(rows["value"], rows["councils"], strict=True)
        ],
        hovertemplate="%{customdata}",
    )


def _end(
    name: str, rows: pd.DataFrame, colour: str | None, indicator: Indicator
) -> labels.End | None:
    known = rows.dropna(subset="value")
    if known.empty:
        return None
    last = known["value"].iloc[-1]
    words = f"{name} {formats.value(indicator, last)}"
    ink = theme.TEXT if colour == theme.FOUR[3] else colour or theme.QUIET
    return labels.End(labels.wrap(words, 16), last, ink, colour == theme.BLUE)


def _quarters(frame: pd.DataFrame) -> dict[str, object]:
    first, last = int(frame["quarter"].min()), int(frame["quarter"].max())
    every = max(1, -(-(last - first) // 8))
    marks = [q for q in range(first, last + 1) if q % every == 0]
    return {
        "tickvals": marks,
        "ticktext": [f"{q:+d}" if q else "0" for q in marks],
        "range": [first - 0.4, last + 0.2],
        "title": {
            "text": "Quarters since first support",
            "font": {"size": theme.SMALL + 1},
        },
        "unifiedhovertitle": {"text": "Quarter %{x}"},
    }


def _draw_start(chart: go.Figure, frame: pd.DataFrame) -> None:
    middle = (frame["quarter"].min() + frame["quarter"].max()) / 2
    chart.add_vline(x=0, line={"color": theme.QUIET, "width": 1, "dash": "dot"})
    chart.add_annotation(
        x=0,
        y=1,
        yref="paper",
        yanchor="bottom",
        xanchor="left" if middle >= 0 else "right",
        text="First support",
        font={"size": theme.SMALL, "color": theme.QUIET},
    )
