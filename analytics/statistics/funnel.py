"""Funnel limits: how far a council's figure may lie from the whole's by chance alone.

Draw the limits at 0.95 and 0.998 (z of 1.959964 and 3.090232) over the size of council,
and use `funnel_place` to say in words where each council is.
"""

from typing import Any

import numpy as np

from analytics.statistics.numbers import (
    Interval,
    counts_of,
    normal_quantile,
    numbers,
    shaped,
    share,
)


# From highest to lowest; the outer limits are the rarer ones (0.998), drawn outermost.
PLACES = (
    "above the outer limit",
    "above the inner limit",
    "within the limits",
    "below the inner limit",
    "below the outer limit",
)


def funnel_limits_proportion(denominators: Any, baseline: float, confidence: float) -> Interval:
    """Limits of a proportion round a baseline (both 0 to 1), by size of council.

    Takes a number, array or Series of denominators; gives two of the same shape, cut
    off at 0 and 1 and NaN where the denominator is 0 or unknown. ValueError where one
    is negative or the baseline is not a share. Normal approximation, as in OHID's
    PHEindicatormethods; baseline is usually all numerators over all denominators.
    """
    if not 0 <= baseline <= 1:
        raise ValueError(f"baseline {baseline} is not between 0 and 1")
    sizes = counts_of(denominators, "denominator")
    known = np.where(sizes > 0, sizes, np.nan)
    reach = normal_quantile(confidence) * np.sqrt(baseline * (1 - baseline) / known)
    return Interval(
        shaped(np.clip(baseline - reach, 0, 1), denominators),
        shaped(np.clip(baseline + reach, 0, 1), denominators),
    )


def funnel_limits_rate(expected: Any, confidence: float) -> Interval:
    """Exact Poisson limits of the ratio observed / expected, round a ratio of 1.

    Takes a number, array or Series of events expected (size x the whole's rate); gives
    ratios of the same shape, NaN where 0 or unknown events are expected. ValueError
    where one is negative.

    The limits are those counts whose own exact interval just touches `expected`: OHID
    tabulates, for a count x, the expected numbers chi2(1 - a/2, 2x + 2)/2 and
    chi2(a/2, 2x)/2 at which x lies on a limit, and this is that table read the other
    way, between whole counts too. So a council is outside exactly where its exact
    interval excludes the whole's rate. Where so few are expected that none at all would
    not be unusual the lower limit is 0, and the upper never stands for under 1 event.
    """
    from scipy.special import pdtrik

    events = counts_of(expected, "expected")
    known = np.where(events > 0, events, np.nan)
    tail = (1 - share(confidence)) / 2
    lower = pdtrik(tail, known) / known
    upper = (pdtrik(1 - tail, known) + 1) / known
    return Interval(shaped(lower, expected), shaped(upper, expected))


def funnel_place(values: Any, inner: Interval, outer: Interval) -> Any:
    """Where each value lies, in the words of PLACES; empty where it is unknown.

    Takes a number, array or Series, and the limits at each (inner 0.95, outer 0.998).
    A value on a limit is within it.
    """
    given = numbers(values, "value")
    limits = [numbers(each, "limit") for each in (*outer, *inner)]
    low, high, near_low, near_high = limits
    cases = [given > high, given > near_high, given < low, given < near_low]
    words = [PLACES[0], PLACES[1], PLACES[4], PLACES[3]]
    unknown = np.isnan(given + sum(limits))
    found = np.select([unknown, *cases], ["", *words], default=PLACES[2])
    return shaped(found.astype(object), values)
