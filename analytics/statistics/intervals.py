"""Intervals of a share (Wilson) and of a rate (Byar, exact where counts are small).

Read them as natural variation of the process, not as sampling error: all councils are
counted. A council's share of its own outcomes is not a run of exchangeable trials, so
none of these belongs on it (METHODS.md, note 1).
"""

from typing import Any

import numpy as np

from analytics.statistics.numbers import Interval, normal_quantile, paired, refuse, shaped, share


# OHID and METHODS.md: Byar's approximation from ten events, exact limits below.
BYAR_FROM = 10


def wilson_interval(numerator: Any, denominator: Any, confidence: float = 0.95) -> Interval:
    """Wilson's score interval of a proportion, between 0 and 1.

    Takes numbers, arrays or Series (which keep their index) of counts; gives two of the
    same shape, NaN where either is unknown or the denominator is 0. ValueError where a
    count is negative or the numerator is above its denominator. By statsmodels; the
    method of OHID's public health profiles (Wilson 1927).
    """
    from statsmodels.stats.proportion import proportion_confint

    met, asked = paired(numerator, denominator, ("numerator", "denominator"))
    refuse(met > asked, "numerator", met, "is above its denominator")
    known = np.where((asked > 0) & ~np.isnan(met), asked, np.nan)
    alpha = 1 - share(confidence)
    limits = proportion_confint(met, known, alpha=alpha, method="wilson")
    # None and all touch the end itself: rounding would leave a limit inside the share.
    lower = np.where((met == 0) & ~np.isnan(known), 0, limits[0])
    upper = np.where(met == known, 1, limits[1])
    return Interval(shaped(lower, numerator, denominator), shaped(upper, numerator, denominator))


def rate_interval(
    count: Any, denominator: Any, multiplier: float = 1, confidence: float = 0.95
) -> Interval:
    """Interval of a rate: count / denominator x multiplier (100,000 for residents).

    Takes numbers, arrays or Series (which keep their index); gives two of the same
    shape in the rate's unit, NaN where either is unknown or the denominator is 0.
    ValueError where one is negative. From ten events Byar's approximation, below it the
    exact Poisson limits, as OHID does (Breslow and Day 1987).
    """
    events, base = paired(count, denominator, ("count", "denominator"))
    per = multiplier / np.where(base > 0, base, np.nan)
    lower, upper = poisson_limits(events, confidence)
    return Interval(
        shaped(lower * per, count, denominator), shaped(upper * per, count, denominator)
    )


def poisson_limits(events: np.ndarray, confidence: float) -> Interval:
    """Limits of the number of events expected, where so many were seen."""
    exact, byar = exact_limits(events, confidence), byar_limits(events, confidence)
    return Interval(
        np.where(events < BYAR_FROM, exact.lower, byar.lower),
        np.where(events < BYAR_FROM, exact.upper, byar.upper),
    )


def exact_limits(events: np.ndarray, confidence: float) -> Interval:
    """Exact (Garwood 1936) limits of a Poisson mean.

    The quantile of chi squared with 2k degrees of freedom is twice that of the gamma
    distribution with shape k, which loads in a third of the time of scipy.stats.
    """
    from scipy.special import gammainccinv, gammaincinv

    tail = (1 - share(confidence)) / 2
    # No event: the lower limit is 0, where the quantile itself is not defined.
    lower = np.where(events == 0, 0, gammaincinv(events, tail))
    return Interval(lower, gammainccinv(events + 1, tail))


def byar_limits(events: np.ndarray, confidence: float) -> Interval:
    """Byar's approximation to the exact limits; meant for ten events or more."""
    z = normal_quantile(confidence)
    below = np.maximum(events, 1)  # 0 would divide by zero; exact limits serve there.
    above = below + 1
    return Interval(
        below * (1 - 1 / (9 * below) - z / (3 * np.sqrt(below))) ** 3,
        above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3,
    )
