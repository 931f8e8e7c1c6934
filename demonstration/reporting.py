"""Which months each council reports at all: no return means unknown."""

import datetime as dt
from statistics import NormalDist

import numpy as np

from demonstration.councils import Council
from demonstration.world import World


# A silent council tends to stay silent: correlation from one month to the next.
PERSISTENCE = 0.85


def months_of(world: World, council: Council) -> list[dt.date]:
    """Months of the period in which the council existed on the first day."""
    return [day for day in world.period.months() if council.exists_on(day)]


def reported(world: World, council: Council) -> np.ndarray:
    """True for each month of the council that it reports."""
    months = months_of(world, council)
    rng = world.rng("reporting", council.gss_code)
    weak = 1.5 if council.kind == "district" and council.is_rural else 1.0
    usual = float(np.clip(rng.beta(0.6, 3.6) * weak, 0.005, 0.9))
    passed = np.array([(day.year - 2021) / 5 for day in months])
    silent = np.clip(usual * (1.35 - 0.75 * passed), 0.002, 0.95)
    limits = np.array([NormalDist().inv_cdf(float(p)) for p in silent])
    return wander(rng, len(months)) > limits


def wander(rng: np.random.Generator, count: int) -> np.ndarray:
    """A standard normal walk that remembers where it was the month before."""
    steps = rng.normal(size=count)
    walk = np.empty(count)
    last = rng.normal()
    for n, step in enumerate(steps):
        last = PERSISTENCE * last + np.sqrt(1 - PERSISTENCE**2) * step
        walk[n] = last
    return walk
