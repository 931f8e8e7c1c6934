"""Latent maturity of each council: what its judgements are drawn from."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from demonstration.councils import Council, generator
from demonstration.period import quarter_index


SYSTEMS = 5
# Lasting differences: between councils, rise a year, outcomes of one council, its
# systems as a whole, and outcomes of one system.
BETWEEN, GROWTH, GROWTH_SPREAD = 0.46, 0.152, 0.05
OUTCOMES, WHOLE_SYSTEMS, SYSTEM_OUTCOMES = 0.5, 0.1, 0.12
OPTIMISM = 0.25
# Latent gain after first support, by quarters since: straight lines between these.
GAIN_QUARTERS = (0, 4, 8)
GAIN = (0.0, 0.17, 0.3)
HOURS_FACTOR = 0.8
HOURS_FROM_QUARTER = 2


@dataclass(frozen=True)
class Maturity:
    """One council: a base, a yearly rise, a rosy view of itself, and its habits."""

    base: float
    growth: float
    optimism: float
    habits: np.ndarray

    def on(self, day: dt.date) -> float:
        """Latent maturity on a day, had there been no support."""
        return self.base + self.growth * (day - dt.date(2021, 4, 1)).days / 365.25

    def monitoring(self, threads: list[str]) -> float:
        """How well the council watches its systems (C1), beside other councils."""
        own = [n for n, name in enumerate(threads) if name.startswith("C1")]
        return float(self.base + self.habits[0, own].mean())


def maturities(councils: list[Council], threads: int, *, seed: int) -> dict[str, Maturity]:
    """Latent maturity by council; a new council starts a little below its old ones."""
    found = {each.gss_code: maturity(each, threads, seed) for each in councils}
    for each in councils:
        old = [found[code].base for code in each.predecessors if code in found]
        if old:
            new = found[each.gss_code]
            base = float(np.mean(old)) - 0.1
            found[each.gss_code] = Maturity(base, new.growth, new.optimism, new.habits)
    return found


def maturity(council: Council, threads: int, seed: int) -> Maturity:
    """Larger, less deprived and single-tier councils tend to start higher."""
    rng = generator(seed, "maturity", council.gss_code)
    single = council.kind in ("unitary", "metropolitan", "london")
    base = 0.28 * council.size + 0.1 * (council.quintile - 3) + 0.15 * single
    return Maturity(
        base=float(base - 0.1 * council.is_rural + rng.normal(-0.6, BETWEEN)),
        growth=float(rng.normal(GROWTH, GROWTH_SPREAD)),
        optimism=float(abs(rng.normal(OPTIMISM, 0.1))),
        habits=habits(rng, threads),
    )


def habits(rng: np.random.Generator, threads: int) -> np.ndarray:
    """Lasting strengths and gaps: the council's (row 0) and each of its systems'."""
    council = rng.normal(0.0, OUTCOMES, threads)
    systems = rng.normal(0.0, SYSTEM_OUTCOMES, (SYSTEMS, threads))
    whole = rng.normal(0.0, WHOLE_SYSTEMS, (SYSTEMS, 1))
    return np.vstack([council, council + whole + systems])


def gain(first_support_on: dt.date | None, day: dt.date) -> float:
    """Latent gain on a day from support that began on another."""
    if first_support_on is None:
        return 0.0
    quarters = quarter_index(day) - quarter_index(first_support_on)
    return float(np.interp(quarters, GAIN_QUARTERS, GAIN))


def hours_factor_from(first_support_on: dt.date | None) -> np.datetime64:
    """Moment from which disruptions are shorter; not-a-time where there is none."""
    if first_support_on is None:
        return np.datetime64("NaT", "m")
    quarter = quarter_index(first_support_on) + HOURS_FROM_QUARTER
    return np.datetime64(dt.date(quarter // 4, quarter % 4 * 3 + 1, 1), "m")
