"""How every chart looks: the Analysis Function's palette and template, made calm.

afcharts gives the template and the colours. Text is made a little smaller than its
18.6 px so that labels fit a phone, and there are no vertical gridlines.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Any, cast

import afcharts.pio_template  # noqa: F401  (registers the "afcharts" template)
import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio
from afcharts.af_colours import get_af_colours

from analytics.words import numbers


BLUE, GREY = get_af_colours("focus")
FOUR = get_af_colours("categorical", number_of_colours=4)
MIDDLE = get_af_colours("sequential")[2]
MUTED = "#7D94AB"
PALE = "#E3E8EE"
TEXT = "#0B0C0C"
QUIET = "#505A5F"

FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif"
SIZE = 15
SMALL = 13

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}

TEMPLATE = go.layout.Template(pio.templates["afcharts"])
TEMPLATE.layout.update(
    font={"family": FONT, "size": SIZE, "color": TEXT},
    annotationdefaults={"font": {"size": SIZE}, "showarrow": False},
    hoverlabel={"font": {"size": SMALL, "family": FONT, "color": TEXT}, "bordercolor": QUIET},
    hovermode="closest",
    dragmode=False,
    showlegend=False,
    paper_bgcolor="white",
    plot_bgcolor="white",
    margin={"l": 8, "r": 8, "t": 16, "b": 8},
)
TEMPLATE.layout.xaxis.update(
    showgrid=False, zeroline=False, ticks="", tickfont={"size": SMALL}, ticklabelstandoff=4
)
TEMPLATE.layout.yaxis.update(
    showline=False, ticks="", zerolinecolor=QUIET, tickfont={"size": SMALL}, ticklabelstandoff=8
)


def figure(traces: Sequence[Any], *, height: int, **layout: Any) -> go.Figure:
    """Make a figure in the house template."""
    return go.Figure(data=list(traces), layout={"template": TEMPLATE, "height": height, **layout})


def draw_once() -> None:
    """Draw a little of each kind: Plotly loads its parts with its first figures, and
    what reads columns of pandas with the first column."""
    axis = {"title": " ", "tickvals": [0], "ticktext": [" "]}
    column = pd.Series([0.0])
    traces = [go.Bar(x=column, y=column), go.Heatmap(), go.Scatter(x=column, y=column)]
    note, line = {"text": " ", "x": 0, "y": 0}, {"type": "line"}
    layout = {"xaxis": axis, "yaxis": axis, "annotations": [note], "shapes": [line]}
    figure(traces, height=100, **layout).to_json()


def refuse_empty(frame: pd.DataFrame, chart: str) -> None:
    """Raise when there is nothing to draw, so that the page says so instead."""
    if frame.empty:
        raise ValueError(f"The {chart} chart has no rows: show the empty state instead.")


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the rows as dictionaries, with column names for keys."""
    return cast(list[dict[str, Any]], frame.to_dict("records"))


def chosen(frame: pd.DataFrame, selected: str | None) -> pd.DataFrame:
    """Give the selected council's rows; councils without a code are nobody's choice."""
    return frame[frame["gss_code"].eq(selected)] if selected else frame.iloc[:0]


def scale(values: Iterable[float], unit: str, *, room: float = 0.06) -> dict[str, Any]:
    """Give an axis from zero whose marks are round numbers written in the unit."""
    known = [v for v in values if not numbers.is_unknown(v)] or [0.0]
    low, high = min(0.0, *known), max(0.0, *known) or 1.0
    step = _round_step((high - low) / 5)
    if unit == "count":
        step = max(float(math.ceil(step)), 1.0)
    first = math.floor(low / step)
    marks = [n * step for n in range(first, math.ceil(high / step) + 1)]
    return {
        "range": [marks[0], max(marks[-1], high + (high - low) * room)],
        "tickvals": marks,
        "ticktext": [numbers.tick(unit, mark) for mark in marks],
    }


def _round_step(rough: float) -> float:
    size = 10.0 ** math.floor(math.log10(rough))
    return next(m * size for m in (1, 2, 2.5, 5, 10) if m * size >= rough * 0.999)
