"""Values cut into a few shades, light to dark, and text that can be read on each."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from afcharts.af_colours import get_af_colours

from analytics.charts import theme
from analytics.reading.indicators import Indicator
from analytics.words import numbers


STEPS = get_af_colours("sequential")[::-1]
NEUTRAL = ["#D9DFE5", "#B0BBC6", "#8593A3", "#586878", "#2C3844"]
UNKNOWN = "#FFFFFF"


def steps_of(indicator: Indicator) -> list[str]:
    """Give five steps light to dark: blue, or grey-blue where no end is better."""
    return NEUTRAL if indicator.polarity == "none" else STEPS


def cut(values: pd.Series) -> tuple[list[float], pd.Series]:
    """Cut values into up to five classes of about equal size: edges, class of each.

    Ties share a class, so there are fewer classes where many values are the same.
    The class of an unknown value is -1.
    """
    known = values.dropna()
    quantiles = known.quantile(np.arange(0, 1.01, 0.2)) if len(known) else [0.0]
    edges = sorted(set(quantiles))
    inner = edges[1:-1]
    place = values.map(lambda v: -1 if pd.isna(v) else sum(v > edge for edge in inner))
    return edges, place.astype(int)


def shades(steps: Sequence[str], classes_in_use: int) -> list[str]:
    """Spread the classes in use over the steps, so that the last is the darkest."""
    last = len(steps) - 1
    if classes_in_use < 2:
        return [steps[last // 2]]
    return [steps[round(n * last / (classes_in_use - 1))] for n in range(classes_in_use)]


def ink_on(colour: str) -> str:
    """Choose black or white text, whichever stands out more from the colour."""
    light = luminance(colour)
    return theme.TEXT if (light + 0.05) / 0.0535 > 1.05 / (light + 0.05) else "#FFFFFF"


def luminance(colour: str) -> float:
    """Measure how light a colour is, by the definition in WCAG."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    line = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * line[0] + 0.7152 * line[1] + 0.0722 * line[2]


def ranges(edges: Sequence[float], indicator: Indicator) -> list[str]:
    """Name each class by its ends, in the unit: "39.8% to 48.0%"."""
    said = [numbers.value(indicator, edge) for edge in edges]
    if len(said) == 1:
        return said
    return [f"{low} to {high}" for low, high in zip(said, said[1:], strict=False)]
