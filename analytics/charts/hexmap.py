"""Where councils stand: one hexagon of the same size for each council.

Hexagons are drawn as outlines in the units of the map, not as markers in pixels, so
that they still meet edge to edge when a phone makes the map narrow. One trace a class
lets Plotly's own legend be the key, which wraps with the width of the page.
"""

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import classes, hexagons, labels, theme
from analytics.reading.indicators import Indicator
from analytics.words import numbers


HEIGHT = 600
UNSEEN = "rgba(0,0,0,0)"


def hexmap(
    councils: pd.DataFrame,
    hexes: pd.DataFrame,
    *,
    indicator: Indicator,
    selected: str | None = None,
    outlines: str | None = None,
) -> go.Figure:
    """Draw the councils frame on the hexes frame (gss_code, x, y), dark for more.

    `selected` is the gss_code to outline. `outlines` names a column of `councils`,
    such as region: a line is drawn round each of its values, and its name written.
    """
    theme.refuse_empty(councils, "map")
    theme.refuse_empty(hexes, "map")
    cells = hexes[["gss_code", "x", "y"]].merge(councils, on="gss_code", how="left")
    edges, cells["step"] = classes.cut(cells["value"])
    return theme.figure(
        [
            *_filled(cells, edges, indicator),
            *_borders(cells, outlines),
            *_chosen(cells, selected),
            _targets(cells, indicator),
        ],
        height=HEIGHT,
        showlegend=True,
        legend=_key(),
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis={"visible": False, "range": _reach(cells["x"]), "constrain": "domain"},
        yaxis={
            "visible": False,
            "range": _reach(cells["y"]),
            "scaleanchor": "x",
            "constrain": "domain",
            "constraintoward": "top",
        },
        annotations=_area_names(cells, outlines),
    )


def _filled(cells: pd.DataFrame, edges: list[float], indicator: Indicator) -> list[go.Scatter]:
    """Make one filled trace a class, unknown last."""
    in_use = max(len(edges) - 1, 1)
    colours = [*classes.shades(classes.steps_of(indicator), in_use), classes.UNKNOWN]
    names = [*classes.ranges(edges, indicator), "Not known"]
    steps = [*range(in_use), -1]
    used = [
        (cells[cells["step"] == step], name, colour)
        for step, name, colour in zip(steps, names, colours, strict=True)
        if (cells["step"] == step).any()
    ]
    return [_shape(*c) for c in used] + [_key_entry(n, c) for _, n, c in used]


def _shape(cells: pd.DataFrame, name: str, colour: str) -> go.Scatter:
    x, y = hexagons.paths(cells)
    return go.Scatter(
        x=x,
        y=y,
        name=name,
        mode="lines",
        fill="toself",
        fillcolor=colour,
        line={"color": "#FFFFFF" if colour != classes.UNKNOWN else theme.QUIET, "width": 0.8},
        hoverinfo="skip",
        showlegend=False,
    )


def _key_entry(name: str, colour: str) -> go.Scatter:
    """Stand for a class in the key, by a hexagon like those on the map."""
    edge = {"width": 1, "color": theme.QUIET}
    return go.Scatter(
        x=[None],
        y=[None],
        name=name,
        mode="markers",
        marker={"symbol": "hexagon", "size": 16, "color": colour, "line": edge},
    )


def _borders(cells: pd.DataFrame, outlines: str | None) -> list[go.Scatter]:
    """Draw the edges that only one hexagon of an area has."""
    if outlines is None:
        return []
    x: list[float | None] = []
    y: list[float | None] = []
    for _, area in cells.groupby(outlines):
        for start, end in hexagons.outer_edges(area):
            x += [start[0], end[0], None]
            y += [start[1], end[1], None]
    line = {"color": theme.TEXT, "width": 1.2}
    return [_line(x, y, line)]


def _chosen(cells: pd.DataFrame, selected: str | None) -> list[go.Scatter]:
    chosen = theme.chosen(cells, selected)
    if chosen.empty:
        return []
    x, y = hexagons.paths(chosen)
    return [
        _line(x, y, {"color": "#FFFFFF", "width": 7}),
        _line(x, y, {"color": theme.FOUR[3], "width": 4}),
    ]


def _line(x: list[float | None], y: list[float | None], line: dict[str, object]) -> go.Scatter:
    return go.Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", showlegend=False)


def _targets(cells: pd.DataFrame, indicator: Indicator) -> go.Scatter:
    """Lay an unseen marker on each council: what is hovered over and clicked."""
    names = cells["council_name"].replace("", "A council").fillna("No council here")
    said = [numbers.in_words(indicator, value) for value in cells["value"]]
    return go.Scatter(
        x=cells["x"],
        y=cells["y"],
        mode="markers",
        marker={"symbol": "hexagon", "size": 18, "color": UNSEEN},
        customdata=cells["gss_code"],
        text=[f"{labels.safe(n)}: {s}" for n, s in zip(names, said, strict=True)],
        hovertemplate="%{text}<extra></extra>",
        showlegend=False,
    )


def _key() -> dict[str, object]:
    return {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": 1.02,
        "yanchor": "bottom",
        "font": {"size": theme.SMALL + 1},
        "itemclick": False,
        "itemdoubleclick": False,
        "traceorder": "normal",
    }


def _reach(places: pd.Series) -> list[float]:
    return [places.min() - 0.8, places.max() + 0.8]


def _area_names(cells: pd.DataFrame, outlines: str | None) -> list[dict]:
    """Write each area's name over its middle, on a white ground so that it is read."""
    return [
        {
            "x": area["x"].median(),
            "y": area["y"].median(),
            "text": labels.wrap(str(name), 13),
            "font": {"size": 11},
            "bgcolor": "rgba(255,255,255,0.8)",
            "borderpad": 1,
        }
        for name, area in (cells.groupby(outlines) if outlines else ())
    ]
