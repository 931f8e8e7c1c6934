"""Control charts: XmR for any measure, c for counts, u for counts of unequal size."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analytics.statistics.numbers import paired, refuse, sequence
from analytics.statistics.rules import rules_fired


# NHS England's tool warns of limits that stand on fewer (NHSRplotthedots).
FEWEST_POINTS = 12
# 3 standard deviations, from the mean of moves between neighbours: 3 / 1.128.
REACH_OF_MOVES = 2.66
# A move above this many mean moves is itself out of control (Shewhart's D4 for two).
LARGEST_MOVE = 3.267


@dataclass(frozen=True, eq=False)
class ControlLimits:
    """A control chart of n points.

    `values` are the n points drawn (NaN where unknown); `centre` is one number; `lower`
    and `upper` are one number for XmR and n numbers for c and u charts; `fired` holds
    for each point the rules (of RULES) that it is part of. Limits are NaN where too
    little is known to work them out, and then no rule that needs them fires.
    """

    values: np.ndarray
    centre: float
    lower: float | np.ndarray
    upper: float | np.ndarray
    fired: tuple[tuple[str, ...], ...]

    def frame(self) -> pd.DataFrame:
        """One row per point: value, centre, lower, upper, rules (joined by "; ")."""
        limits = {"centre": self.centre, "lower": self.lower, "upper": self.upper}
        words = ["; ".join(rules) for rules in self.fired]
        frame = pd.DataFrame({"value": self.values}).assign(**limits)
        return frame.assign(rules=pd.Series(words, dtype="str"))


def xmr_limits(values: Any, screen_outliers: bool = True) -> ControlLimits:
    """XmR (individuals) chart: mean, and 2.66 mean moving ranges to either side.

    Takes n numbers in order of time, NaN where unknown; a move to or from a gap is not
    counted. With `screen_outliers`, moves above 3.267 mean moves are left out and the
    mean move taken again, once. Limits may fall below 0. ValueError where a value is
    infinite. As in NHS England's Making Data Count (NHSRplotthedots).
    """
    points = sequence(values, "value")
    moves = np.abs(np.diff(points))
    moves = moves[~np.isnan(moves)]
    if screen_outliers and len(moves):
        moves = moves[moves <= LARGEST_MOVE * moves.mean()]
    centre, reach = mean(points), REACH_OF_MOVES * mean(moves)
    fired = rules_fired(points, centre, np.full(len(points), reach))
    return ControlLimits(points, centre, centre - reach, centre + reach, fired)


def c_limits(counts: Any) -> ControlLimits:
    """c chart of counts over periods of one size: mean, and 3 of its square roots.

    Takes n counts in order of time, NaN where unknown; gives limits per point, the
    lower cut off at 0. ValueError where a count is negative or infinite. Supposes that
    events come one by one (Poisson): where they come in clusters, XmR is safer.
    """
    events = sequence(counts, "count")
    refuse(events < 0, "count", events, "is negative")
    centre = mean(events)
    return poisson_chart(events, centre, np.full(len(events), np.sqrt(centre)))


def u_limits(counts: Any, denominators: Any) -> ControlLimits:
    """u chart of events per unit (per council, per resident) where sizes differ.

    Takes n counts and n denominators in order of time; points are count / denominator,
    unknown where either is or where the denominator is 0, and the centre is all events
    over all units. Gives limits per point, the lower cut off at 0. ValueError where one
    is negative or infinite. Poisson, as the c chart.
    """
    events, units = paired(counts, denominators, ("count", "denominator"))
    units = np.where((units > 0) & ~np.isnan(events), units, np.nan)
    known = ~np.isnan(units)
    centre = events[known].sum() / units[known].sum() if known.any() else np.nan
    rates = sequence(events / units, "rate")
    return poisson_chart(rates, float(centre), np.sqrt(centre / units))


def poisson_chart(points: np.ndarray, centre: float, deviations: np.ndarray) -> ControlLimits:
    """Three standard deviations to either side; no limit below 0."""
    reach = 3 * deviations
    lower = np.clip(centre - reach, 0, None)
    fired = rules_fired(points, centre, reach)
    return ControlLimits(points, centre, lower, centre + reach, fired)


def mean(values: np.ndarray) -> float:
    """Mean of what is known; NaN where nothing is."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")
