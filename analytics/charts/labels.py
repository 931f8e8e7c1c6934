"""Words beside marks: wrapped to fit a phone, pushed apart where they would meet."""

import textwrap
from collections.abc import Sequence
from typing import Any, NamedTuple

from analytics.charts import theme


LINE_HEIGHT = 18
LETTER = 7.8


class End(NamedTuple):
    """A label for the end of a line: what it says, where, and in which colour."""

    text: str
    y: float
    colour: str
    is_bold: bool = False


def wrap(text: str, width: int = 18) -> str:
    """Break text over lines at spaces and slashes, as Plotly writes it."""
    return "<br>".join(textwrap.wrap(safe(text), width, break_long_words=False)) or " "


def two_lines(text: str, width: int = 20) -> str:
    """Break text over two lines at most, with dots where more is left out."""
    return "<br>".join(
        safe(line) for line in textwrap.wrap(str(text), width, max_lines=2, placeholder=" …")
    )


def shorten(text: str, width: int = 30) -> str:
    """Cut text at a word, with dots, so that it fits one line."""
    return safe(textwrap.shorten(str(text), width, placeholder=" …"))


def safe(text: Any) -> str:
    """Make text harmless to Plotly, which would read tags in it."""
    return str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def apart(heights: Sequence[float], at: Sequence[float], floor: float) -> list[float]:
    """Push middles apart until none overlap, keeping their order and the floor.

    Each label is moved as little as a first pass upward and a second downward allow.
    """
    order = sorted(range(len(at)), key=lambda n: at[n])
    placed = list(at)
    for lower, upper in zip(order, order[1:], strict=False):
        gap = (heights[lower] + heights[upper]) / 2
        placed[upper] = max(placed[upper], placed[lower] + gap)
    drift = [placed[n] - at[n] for n in order]
    shift = sum(drift) / len(drift) if drift else 0.0
    placed = [place - shift for place in placed]
    for n in order:
        placed[n] = max(placed[n], floor + heights[n] / 2)
    for lower, upper in zip(order, order[1:], strict=False):
        gap = (heights[lower] + heights[upper]) / 2
        placed[upper] = max(placed[upper], placed[lower] + gap)
    return placed


def line_ends(
    ends: Sequence[End], *, x: Any, pixels: float, axis_range: Sequence[float]
) -> list[dict[str, Any]]:
    """Write each label to the right of its line's end, joined to it where it moved."""
    per_unit = pixels / (axis_range[1] - axis_range[0])
    at = [(end.y - axis_range[0]) * per_unit for end in ends]
    heights = [float(LINE_HEIGHT * (end.text.count("<br>") + 1)) for end in ends]
    placed = apart(heights, at, floor=-LINE_HEIGHT)
    return [
        {
            "x": x,
            "y": end.y,
            "text": f"<b>{end.text}</b>" if end.is_bold else end.text,
            "font": {"color": end.colour, "size": theme.SIZE - 1},
            "align": "left",
            "xanchor": "left",
            "yanchor": "middle",
            "showarrow": True,
            "arrowhead": 0,
            "arrowwidth": 1,
            "arrowcolor": end.colour if abs(new - old) > 6 else "rgba(0,0,0,0)",
            "standoff": 6,
            "borderpad": 4,
            "ax": 22,
            "ay": old - new,
        }
        for end, old, new in zip(ends, at, placed, strict=True)
    ]


def room_for(texts: Sequence[str]) -> int:
    """Give the width in pixels that the longest line of these labels needs."""
    lines = [line for text in texts for line in text.split("<br>")]
    return round(max((len(line) for line in lines), default=0) * LETTER) + 26


def over_axis(text: str, *, above: int = 6) -> dict[str, Any]:
    """Write the upright axis's name level, above it, where it can be read."""
    return {
        "x": 0,
        "y": 1,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": above,
        "align": "left",
        "text": text,
        "font": {"size": theme.SMALL + 1},
    }


def key(text: str, *, below: int) -> dict[str, Any]:
    """Explain a chart's marks in small type under it, so that a picture is complete."""
    return {
        "text": wrap(text, 46),
        "x": 1,
        "y": 0,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "right",
        "yanchor": "top",
        "yshift": -below,
        "align": "left",
        "font": {"size": theme.SMALL, "color": theme.QUIET},
    }
