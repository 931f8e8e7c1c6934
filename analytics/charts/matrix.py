"""Two ways across at once: a grid of cells, the figure written in each."""

import pandas as pd
import plotly.graph_objects as go

from analytics import formats
from analytics.charts import classes, labels, theme
from analytics.indicators import Indicator


ROW = 40


def matrix(
    frame: pd.DataFrame,
    *,
    value: str,
    rows: str,
    columns: str,
    text: str | None = None,
    unknown: str = "[x]",
    indicator: Indicator,
) -> go.Figure:
    """Draw one cell for each row and column, in the order that the frame has them.

    `value`, `rows`, `columns` and `text` name columns of the frame. Without `text`
    the value is written in its unit. A cell with no value is white and says `unknown`.
    """
    theme.refuse_empty(frame, "matrix")
    down, across = list(frame[rows].unique()), list(frame[columns].unique())
    edges, step = classes.cut(frame[value])
    shades = classes.shades(classes.steps_of(indicator), max(len(edges) - 1, 1))
    cells = pd.DataFrame(
        {
            "row": frame[rows].map(down.index),
            "column": frame[columns].map(across.index),
            "step": step,
            "colour": [shades[s] if s >= 0 else classes.UNKNOWN for s in step],
            "said": _said(frame, value, text, indicator, unknown),
            "hover": _hover(frame, value, rows, columns, indicator),
        }
    )
    return theme.figure(
        [_fills(cells, shades), _words(cells)],
        height=64 + ROW * len(down),
        xaxis=_columns(across),
        yaxis=_rows(down),
    )


def _said(
    frame: pd.DataFrame,
    value: str,
    text: str | None,
    indicator: Indicator,
    unknown: str,
) -> pd.Series:
    known = frame[value].map(lambda number: formats.value(indicator, number))
    said = frame[text].astype(str) if text else known
    return said.where(frame[value].notna(), unknown)


def _hover(
    frame: pd.DataFrame, value: str, rows: str, columns: str, indicator: Indicator
) -> list[str]:
    return [
        f"{labels.safe(row)}, {labels.safe(column)}: {formats.in_words(indicator, v)}"
        for row, column, v in zip(
            frame[rows], frame[columns], frame[value], strict=True
        )
    ]


def _fills(cells: pd.DataFrame, shades: list[str]) -> go.Heatmap:
    known = cells[cells["step"] >= 0]
    grid = known.pivot(index="row", columns="column", values="step")
    places = [range(cells[way].max() + 1) for way in ("row", "column")]
    last = max(len(shades) - 1, 1)
    scale = [[n / last, shade] for n, shade in enumerate(shades)]
    return go.Heatmap(
        z=grid.reindex(index=places[0], columns=places[1]).to_numpy(float),
        zmin=0,
        zmax=last,
        colorscale=scale if len(shades) > 1 else [[0, shades[0]], [1, shades[0]]],
        showscale=False,
        xgap=3,
        ygap=3,
        hoverinfo="skip",
    )


def _words(cells: pd.DataFrame) -> go.Scatter:
    """Write each figure in black or white, whichever reads on its cell."""
    ink = cells["colour"].map(classes.ink_on)
    return go.Scatter(
        x=cells["column"],
        y=cells["row"],
        mode="text",
        text=cells["said"],
        textfont={"size": theme.SMALL - 1, "color": ink},
        customdata=cells["hover"],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _columns(across: list) -> dict[str, object]:
    return {
        "side": "top",
        "tickvals": list(range(len(across))),
        "ticktext": [labels.wrap(str(name), 12) for name in across],
        "range": [-0.5, len(across) - 0.5],
        "showline": False,
        "autotickangles": [0, -90],
    }


def _rows(down: list) -> dict[str, object]:
    return {
        "tickvals": list(range(len(down))),
        "ticktext": [labels.two_lines(str(name), 20) for name in down],
        "range": [len(down) - 0.5, -0.5],
        "showgrid": False,
        "zeroline": False,
    }
