"""Recent trend of a yearly figure, as Fingertips marks it."""

from typing import Any

import numpy as np

from analytics.statistics.numbers import refuse, sequence
from analytics.statistics.rank import check_polarity


POINTS = 5
# Chi squared of one degree of freedom at 0.998.
THRESHOLD = 9.54953570608324
# Width of a 95% interval in standard errors, as Fingertips rounds it.
WIDTH = 3.92


def recent_trend(values: Any, lower: Any, upper: Any, polarity: str) -> str:
    """Whether the last five years go up or down beyond chance.

    Takes n yearly values in order of time with their 95% limits. Gives "better" or
    "worse" by polarity, "up" or "down" where there is none, "none" where there is no
    significant trend, and an empty word where it cannot be told: under five points, one
    of the last five unknown, or one whose interval has no width. ValueError where a
    lower limit is above its upper, or lengths differ. Periods must not overlap; monthly
    figures are for control charts.

    Weighted least squares over the last five, weights 1/se^2 with se the width of the
    interval / 3.92: a trend is one whose (slope / se of slope)^2 is above 9.5495
    (0.998, one degree of freedom) and whose direction stays when any one point is left
    out (FingertipsNext, TrendMarkerCalculator, which reads over gaps; this does not).
    """
    check_polarity(polarity)
    parts = (values, lower, upper)
    y, low, high = (sequence(each, "value") for each in parts)
    if not len(y) == len(low) == len(high):
        raise ValueError("values and limits have different lengths")
    refuse(low > high, "lower limit", low, "is above its upper limit")
    y, width = y[-POINTS:], (high - low)[-POINTS:]
    if len(y) < POINTS or np.isnan(y + width).any() or not width.all():
        return ""
    return word(direction(y, (WIDTH / width) ** 2), polarity)


def direction(values: np.ndarray, weights: np.ndarray) -> int:
    """1 where values rise beyond chance, -1 where they fall, 0 where neither."""
    years = np.arange(len(values), dtype=float)
    slope, certainty = weighted_slope(years, values, weights)
    others = [
        weighted_slope(*(np.delete(part, at) for part in (years, values, weights)))[0]
        for at in range(len(values))
    ]
    one_way = all(np.sign(other) == np.sign(slope) for other in others)
    return int(np.sign(slope)) if one_way and slope**2 * certainty > THRESHOLD else 0


def weighted_slope(x: np.ndarray, y: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    """The slope, and 1 over the square of its standard error."""
    off = x - np.average(x, weights=weights)
    certainty = (weights * off**2).sum()
    # Taking the first value off keeps a level series at a slope of exactly 0.
    return (weights * off * (y - y[0])).sum() / certainty, certainty


def word(moved: int, polarity: str) -> str:
    """The direction in the words of the polarity."""
    if moved == 0:
        return "none"
    if polarity == "none":
        return "up" if moved > 0 else "down"
    return "better" if (moved > 0) == (polarity == "higher_is_better") else "worse"
