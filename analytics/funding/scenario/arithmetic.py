"""What spending might be worth if assumptions held: arithmetic, and no result.

Spending falls in year 0 with its allowance for optimism; hours avoided are worth
something from year 1 on, and every year after the first a share of them fades away.
Everything is discounted by the Green Book's schedule (`impact.discount_factor`), or by
one so many points above or below it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analytics import impact
from analytics.funding.scenario.reads import Ranged


# Worst and best are at an end of each of these, whatever the others are.
AT_ENDS = ("hours", "hour_value", "share", "fade", "uplift")
UNCERTAIN = (*AT_ENDS, "years", "points")
# Points of the rate between those tried. With a running cost and fading benefits, the
# best rate may lie between the ends; it is never worse than both.
STEP = 0.1


@dataclass(frozen=True)
class Assumed:
    """What a scenario assumes.

    `cost` and `running` (a year) in pounds, `uplift` for optimism, `share` of the hours
    counted and `fade` a year in percent, `hours` avoided a year by all councils
    supported, `hour_value` in pounds, `years` of benefits, `points` of percent that the
    discount rates are above the schedule.
    """

    cost: float
    hours: float
    hour_value: float
    years: int
    share: float = 100.0
    fade: float = 0.0
    uplift: float = 0.0
    running: float = 0.0
    points: float = 0.0


@dataclass(frozen=True)
class Worth:
    """Present values in pounds: costs, benefits, benefits less costs, and their ratio
    (NaN where nothing is spent). `pays_back` is the first year in which benefits have
    caught up with costs, None where they do not within the years."""

    costs: float
    benefits: float
    net: float
    ratio: float
    pays_back: int | None


def changed(assumed: Assumed, named: Mapping[str, float]) -> Assumed:
    """The same assumptions but for those named, which are of UNCERTAIN."""
    made: dict[str, Any] = dict(named)
    if "years" in made:
        made["years"] = round(made["years"])
    return replace(assumed, **made)


def flows(assumed: Assumed) -> tuple[np.ndarray, np.ndarray]:
    """Costs and benefits by year, year 0 first, in pounds and both above 0."""
    check(assumed)
    since = np.arange(assumed.years)
    hours = assumed.hours * assumed.share / 100 * (1 - assumed.fade / 100) ** since
    scale = 1 + assumed.uplift / 100
    spent = np.concatenate([[assumed.cost], np.full(assumed.years, assumed.running)])
    return spent * scale, np.concatenate([[0.0], hours * assumed.hour_value])


def check(assumed: Assumed) -> None:
    """Refuse what cannot be: ValueError with the assumption in words."""
    for name in ("share", "fade"):
        if not 0 <= getattr(assumed, name) <= 100:
            raise ValueError(f"{name} is not between 0 and 100 percent")
    for name in ("cost", "running", "uplift", "hour_value"):
        if not getattr(assumed, name) >= 0:
            raise ValueError(f"{name} is below 0 or not known")
    if assumed.years < 1:
        raise ValueError("years are fewer than one")


def worth(assumed: Assumed) -> Worth:
    """The present value of costs and benefits of one set of assumptions."""
    spent, gained = flows(assumed)
    factors = impact.discount_factor(np.arange(assumed.years + 1), points=assumed.points)
    net = np.cumsum((gained - spent) * factors)
    caught_up = np.flatnonzero(net >= 0)
    costs, benefits = float(spent @ factors), float(gained @ factors)
    return Worth(
        costs,
        benefits,
        float(net[-1]),
        benefits / costs if costs > 0 else float("nan"),
        int(caught_up[0]) if len(caught_up) else None,
    )


class Ends(NamedTuple):
    """Assumptions at which a scenario is worth least and most, and the lowest and
    highest ratio of benefits to costs."""

    worst: Assumed
    best: Assumed
    low: float
    high: float


@dataclass(frozen=True)
class Scenario:
    """Central assumptions, and the range of each that has one."""

    central: Assumed
    ranges: Mapping[str, tuple[float, float]]

    @cached_property
    def ends(self) -> Ends:
        """Where all ranges together take it to.

        Which end is worse hangs on the others (an hour worth more makes lost hours
        worse), so all are tried, with every number of years and rate in their ranges;
        no value within the ranges lies outside of these.
        """
        names = [name for name in AT_ENDS if name in self.ranges]
        corners = [
            changed(self.central, dict(zip(names, ends, strict=True)))
            for ends in product(*(self.ranges[name] for name in names))
        ]
        tried = [self.over_time(corner) for corner in corners]
        worst = min((each.worst for each in tried), key=lambda one: worth(one).net)
        best = max((each.best for each in tried), key=lambda one: worth(one).net)
        return Ends(worst, best, min(each.low for each in tried), max(each.high for each in tried))

    def over_time(self, assumed: Assumed) -> Ends:
        """The same assumptions over every number of years and rate in the ranges."""
        least, most = map(round, self.span("years"))
        spent, gained = flows(replace(assumed, years=most))
        costs = np.cumsum(spent * self.factors, axis=1)[:, least:]
        benefits = np.cumsum(gained * self.factors, axis=1)[:, least:]
        net = benefits - costs
        ratio = benefits / np.where(costs > 0, costs, np.nan)

        def at(place: int) -> Assumed:
            row, column = np.unravel_index(place, net.shape)
            return replace(assumed, years=least + int(column), points=float(self.rates[row]))

        return Ends(
            at(int(net.argmin())), at(int(net.argmax())), float(ratio.min()), float(ratio.max())
        )

    @cached_property
    def rates(self) -> np.ndarray:
        """Points above the schedule that are tried."""
        low, high = self.span("points")
        return np.linspace(low, high, round((high - low) / STEP) + 1)

    @cached_property
    def factors(self) -> np.ndarray:
        """Discount factors by rate tried (rows) and year, as far as any range goes."""
        year = np.arange(round(self.span("years")[1]) + 1)
        return np.array([impact.discount_factor(year, points=points) for points in self.rates])

    def span(self, name: str) -> tuple[float, float]:
        """The range of an assumption; its central value twice where it has none."""
        central = float(getattr(self.central, name))
        return self.ranges.get(name, (central, central))

    @property
    def worst(self) -> Worth:
        return worth(self.ends.worst)

    @property
    def best(self) -> Worth:
        return worth(self.ends.best)

    @property
    def net(self) -> Ranged:
        """Net present value: all assumptions at their worst, central and best."""
        return Ranged(self.worst.net, worth(self.central).net, self.best.net)

    @property
    def ratio(self) -> Ranged:
        """Benefit-cost ratio, likewise: never to be shown without its range."""
        return Ranged(self.ends.low, worth(self.central).ratio, self.ends.high)

    @property
    def sensitivity(self) -> pd.DataFrame:
        """Net present value at both ends of each assumption, the others central: the
        table of `impact.tornado`."""

        def net(**named: float) -> float:
            return worth(changed(self.central, named)).net

        names = [name for name in UNCERTAIN if name in self.ranges]
        central = {name: getattr(self.central, name) for name in names}
        return impact.tornado(net, central, {name: self.ranges[name] for name in names})

    @property
    def break_even(self) -> float:
        """Pounds that an hour avoided has to be worth for costs and benefits to be
        equal, the rest central; NaN where no hours are avoided."""
        spent, hours = flows(replace(self.central, hour_value=1.0))
        factors = impact.discount_factor(np.arange(len(hours)), points=self.central.points)
        avoided = float(hours @ factors)
        return float(spent @ factors) / avoided if avoided > 0 else float("nan")


def scenario(central: Assumed, ranges: Mapping[str, tuple[float, float]]) -> Scenario:
    """A scenario whose ranges hold their central values.

    A range of no width is none. ValueError, naming it, for one that does not hold its
    value, for one of no assumption that can vary (UNCERTAIN), and where none is left: a
    result without a range is not to be had.
    """
    for name, (low, high) in ranges.items():
        if name not in UNCERTAIN:
            raise ValueError(f"{name} is not one of {', '.join(UNCERTAIN)}")
        if not low <= getattr(central, name) <= high:
            raise ValueError(f"{name} is not in order: low, central, high")
    wide = {name: span for name, span in ranges.items() if span[0] < span[1]}
    if not wide:
        raise ValueError("no assumption has a range")
    made = Scenario(central, wide)
    # Refuses what cannot be at any end, too.
    _ = made.ends
    return made
