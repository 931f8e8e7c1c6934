"""Two ways across at once: a grid of cells, the figure written in each."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import classes, composition, labels, marks, theme
from analytics.reading.indicators import Indicator
from analytics.words import numbers


ROW, SMALL_ROW = 40, 30
MANY_ROWS, MANY_COLUMNS = 20, 6


def matrix(
    frame: pd.DataFrame,
    *,
    value: str,
    rows: str,
    columns: str,
    text: str | None = None,
    unknown: str = "[x]",
    indicator: Indicator,
    keys: str | None = None,
    groups: str | None = None,
    edges: Sequence[float] | None = None,
    events: pd.DataFrame | None = None,
) -> go.Figure:
    """Draw one cell for each row and column, in the order that the frame has them.

    `value`, `rows`, `columns`, `text`, `keys` and `groups` name columns of the frame.
    Without `text` the value is written in its unit. A cell with no value is white and
    says `unknown`, or what the column of that name says. A click on a cell gives its
    `keys`. Each of `groups` has a heading above its rows. `edges` fixes the shades, and
    puts a key of them under the chart. `events`, for columns that are periods, has
    happened_on, title and period_label: the columns of their periods are signed.
    """
    theme.refuse_empty(frame, "matrix")
    down, across = _down(frame, rows, groups), list(frame[columns].unique())
    limits, step = _cut(frame[value], edges)
    shades = classes.shades(classes.steps_of(indicator), max(len(limits) - 1, 1))
    heads, found = marks.signed(across, events)
    is_wide = len(across) > MANY_COLUMNS
    cells = pd.DataFrame(
        {
            "row": frame[rows].map(lambda name: down.index((name, False))),
            "column": frame[columns].map(across.index),
            "step": step,
            "ink": [classes.ink_on(_steps(shades)[s + 1]) for s in step],
            "said": _said(frame, value, text, indicator, unknown, is_wide),
            "key": frame[keys] if keys else None,
            "hover": _hover(frame, value, rows, columns, indicator),
        }
    )
    names = _names(down)
    unknown = "[x]" if unknown in frame else unknown
    below = _key(shades, limits, indicator, step, unknown) if edges else []
    under = 18 * len(below) + 14 if below else 0
    return theme.figure(
        [*_fills(cells, shades, is_wide), _hits(cells)],
        height=64 + under + (SMALL_ROW if _is_long(down) else ROW) * len(down),
        # Wherever the pointer is, the nearest middle is that of the cell under it.
        hoverdistance=-1,
        margin={"l": composition.room(names), "b": 8 + under},
        xaxis=_columns(heads, is_wide),
        yaxis=composition.sized_axis(names),
        annotations=[
            *_headings(down),
            *_notes(below, is_wide and indicator.unit == "percent" and not text, names),
        ],
        meta=marks.meta(found, marks.SIGN),
    )


def _down(frame: pd.DataFrame, rows: str, groups: str | None) -> list[tuple[str, bool]]:
    """List what stands down the side: rows, and headings where a group starts."""
    if groups is None:
        return [(name, False) for name in frame[rows].unique()]
    listed: list[tuple[str, bool]] = []
    for group, part in frame.groupby(groups, sort=False):
        listed += [(str(group), True), *((n, False) for n in part[rows].unique())]
    return listed


def _is_long(down: Sequence[tuple[str, bool]]) -> bool:
    return len(down) > MANY_ROWS


def _cut(values: pd.Series, edges: Sequence[float] | None) -> tuple[list[float], pd.Series]:
    """Cut values at fixed edges, each in the class above it, or into equal classes."""
    if not edges:
        return classes.cut(values)
    inner = list(edges)[1:-1]
    step = values.map(lambda v: -1 if pd.isna(v) else sum(v >= edge for edge in inner))
    return list(edges), step.astype(int)


def _said(
    frame: pd.DataFrame,
    value: str,
    text: str | None,
    indicator: Indicator,
    unknown: str,
    is_wide: bool,
) -> pd.Series:
    """Write each figure: in many columns a percentage is a whole number, bare."""
    is_bare = is_wide and indicator.unit == "percent"
    known = frame[value].map(lambda n: f"{n:.0f}" if is_bare else numbers.value(indicator, n))
    said = frame[text].astype(str) if text else known
    absent = frame.get(unknown, unknown)
    return said.where(frame[value].notna(), absent).map(labels.safe)


def _hover(
    frame: pd.DataFrame, value: str, rows: str, columns: str, indicator: Indicator
) -> list[str]:
    return [
        composition.hover_name(f"{row}, {column}: {numbers.in_words(indicator, v)}")
        for row, column, v in zip(frame[rows], frame[columns], frame[value], strict=True)
    ]


def _steps(shades: Sequence[str]) -> list[str]:
    """Give the shades with that of an unknown value, class -1, before them."""
    return [classes.UNKNOWN, *shades]


def _fills(cells: pd.DataFrame, shades: Sequence[str], is_wide: bool) -> list[go.Heatmap]:
    """Draw cells with white figures and cells with black ones: a trace has one ink."""
    scale = [[n / len(shades), shade] for n, shade in enumerate(_steps(shades))]
    places = [range(cells[way].max() + 1) for way in ("row", "column")]

    # "100" has 20 pixels where a phone shows ten columns.
    size = 2 if len(places[1]) > 8 else 1

    def grid(some: pd.DataFrame, what: str) -> Any:
        wide = some.pivot(index="row", columns="column", values=what)
        return wide.reindex(index=places[0], columns=places[1]).astype(object)

    return [
        go.Heatmap(
            z=grid(some, "step").to_numpy(float),
            text=grid(some, "said").fillna("").to_numpy(),
            texttemplate="%{text}",
            textfont={"size": theme.SMALL - size, "color": ink},
            zmin=-1,
            zmax=len(shades) - 1,
            colorscale=scale,
            showscale=False,
            xgap=2 if is_wide else 3,
            ygap=2 if is_wide else 3,
            hoverinfo="skip",
        )
        for ink, some in cells.groupby("ink")
    ]


def _hits(cells: pd.DataFrame) -> go.Scatter:
    """Lay marks that nobody sees over the cells: they carry the key, words and clicks.

    A heat map cannot be chosen from. Choosing one of these changes no shade.
    """
    unseen = {"marker": {"opacity": 0}}
    return go.Scatter(
        x=cells["column"],
        y=cells["row"],
        mode="markers",
        marker={"size": 20, "opacity": 0, "color": theme.TEXT},
        selected=unseen,
        unselected=unseen,
        customdata=list(zip(cells["key"], cells["hover"], strict=True)),
        hovertemplate="%{customdata[1]}<extra></extra>",
    )


def _columns(across: Sequence[Any], is_wide: bool) -> dict[str, object]:
    said = [labels.shorten(n, 16) if is_wide else labels.wrap(n, 12) for n in across]
    # A phone turns wider names on their side; a third line would meet the next name.
    said = [
        one if "<br>" in one else one.replace(f" {marks.SIGN}", f"<br>{marks.SIGN}") for one in said
    ]
    return {
        "side": "top",
        "tickvals": list(range(len(across))),
        "ticktext": said,
        "range": [-0.5, len(across) - 0.5],
        "showline": False,
        "autotickangles": [0, -90],
    }


def _names(down: Sequence[tuple[str, bool]]) -> list[str]:
    letters = 16 if _is_long(down) else 20
    return [" " if is_heading else labels.two_lines(name, letters) for name, is_heading in down]


def _headings(down: Sequence[tuple[str, bool]]) -> list[dict[str, Any]]:
    """Write each group's name across the empty row above its rows."""
    return [
        {
            "text": f"<b>{labels.shorten(name, 34)}</b>",
            "x": -0.5,
            "y": place,
            "xanchor": "left",
            "yanchor": "middle",
            "font": {"size": theme.SMALL},
        }
        for place, (name, is_heading) in enumerate(down)
        if is_heading
    ]


def _key(
    shades: Sequence[str],
    limits: Sequence[float],
    indicator: Indicator,
    step: pd.Series,
    unknown: str,
) -> list[str]:
    """Say what each shade stands for: "20% to 40%" holds 20% and not 40%."""
    said = [numbers.tick(indicator.unit, limit) for limit in limits]
    spans = [f"{low} to {high}" for low, high in zip(said, said[1:], strict=False)]
    gaps = {f"{unknown} not known".strip(): classes.UNKNOWN} if (step < 0).any() else {}
    return composition.key({**dict(zip(spans, shades, strict=True)), **gaps})


def _notes(below: Sequence[str], is_bare: bool, names: Sequence[str]) -> list[dict[str, Any]]:
    left = composition.room(names)
    notes = [composition.key_note(["in %"], left, shift=8)] if is_bare else []
    if below:
        under = composition.key_note(below, left, shift=-8)
        notes.append({**under, "y": 0, "yanchor": "top"})
    return notes
