"""Two ways across at once: a grid of cells, the figure written in each."""

import pandas as pd
import plotly.graph_objects as go

from analytics import formats
from analytics.charts import labels, theme
from analytics.indicators import Indicator


ROW = 40


def matrix(
    frame: pd.DataFrame,
    *,
    value: str,
    rows: str,
    columns: str,
    text: str | None = None,
    indicator: Indicator,
) -> go.Figure:
    """Draw one cell for each row and column, in the order that the frame has them.

    `value`, `rows`, `columns` and `text` name columns of the frame. Without `text`
    the value is written in its unit. A cell with no value is white and says [x].
    """
    theme.refuse_empty(frame, "matrix")
    down, across = list(frame[rows].unique()), list(frame[columns].unique())
    edges, step = theme.classes(frame[value])
    shades = theme.shades(theme.steps_of(indicator), max(len(edges) - 1, 1))
    cells = frame.assign(colour=[shades[s] if s >= 0 else "#FFFFFF" for s in step])
    return theme.figure(
        [_cells(cells, value, rows, columns, down, across, shades, step)]
        + [_words(cells, value, rows, columns, text, indicator, down, across)],
        height=64 + ROW * len(down),
        xaxis={
            "side": "top",
            "tickvals": list(range(len(across))),
            "ticktext": [labels.wrap(str(name), 12) for name in across],
            "range": [-0.5, len(across) - 0.5],
            "showline": False,
            "autotickangles": [0, -90],
        },
        yaxis={
            "tickvals": list(range(len(down))),
            "ticktext": [labels.two_lines(str(name), 20) for name in down],
            "range": [len(down) - 0.5, -0.5],
            "showgrid": False,
            "zeroline": False,
        },
    )


def _cells(
    cells: pd.DataFrame,
    value: str,
    rows: str,
    columns: str,
    down: list,
    across: list,
    shades: list[str],
    step: pd.Series,
) -> go.Heatmap:
    grid = (
        cells.assign(step=step.where(step >= 0))
        .pivot(index=rows, columns=columns, values="step")
        .reindex(index=down, columns=across)
    )
    last = max(len(shades) - 1, 1)
    return go.Heatmap(
        z=grid.to_numpy(),
        zmin=0,
        zmax=last,
        colorscale=[[n / last, shade] for n, shade in enumerate(shades)]
        if len(shades) > 1
        else [[0, shades[0]], [1, shades[0]]],
        showscale=False,
        xgap=3,
        ygap=3,
        hoverinfo="skip",
    )


def _words(
    cells: pd.DataFrame,
    value: str,
    rows: str,
    columns: str,
    text: str | None,
    indicator: Indicator,
    down: list,
    across: list,
) -> go.Scatter:
    """Write each figure in black or white, whichever reads on its cell."""
    said = (
        cells[text].astype(str)
        if text
        else cells[value].map(lambda number: formats.value(indicator, number))
    )
    return go.Scatter(
        x=cells[columns].map(across.index),
        y=cells[rows].map(down.index),
        mode="text",
        text=said.where(cells[value].notna(), "[x]"),
        textfont={"size": theme.SMALL - 1, "color": cells["colour"].map(theme.ink_on)},
        customdata=[
            f"{labels.safe(r)}, {labels.safe(c)}: {formats.in_words(indicator, v)}"
            for r, c, v in zip(cells[rows], cells[columns], cells[value], strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )
