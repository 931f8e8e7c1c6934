"""Supplier events that hit many councils at once, a couple of times a year."""

from dataclasses import dataclass

import numpy as np

from demonstration.moments import in_months
from demonstration.period import month_of
from demonstration.systems import SUPPLIERS
from demonstration.world import World


@dataclass(frozen=True)
class SharedEvent:
    """One event: when it was noticed, at which supplier, by which councils."""

    shared_event_id: str
    supplier_name: str
    at: np.datetime64
    gss_codes: frozenset[str]


def shared_events(world: World) -> list[SharedEvent]:
    """Two or three events in each year, each with 10 to 25 councils."""
    found = []
    for year in world.period.years:
        rng = world.rng("shared_events", str(year))
        months = [month_of(year, n) for n in range(12)]
        count = int(rng.integers(2, 4))
        days = in_months(months, np.sort(rng.choice(12, count, replace=False)), rng)
        found += [event(world, year, n, day, rng) for n, day in enumerate(days, 1)]
    return found


def event(
    world: World, year: int, n: int, at: np.datetime64, rng: np.random.Generator
) -> SharedEvent:
    """One event and the councils that it hits."""
    able = [
        each.gss_code
        for each in world.in_period()
        if each.exists_on(at.astype("datetime64[D]").item())
    ]
    hit = rng.choice(len(able), int(rng.integers(10, 26)), replace=False)
    return SharedEvent(
        shared_event_id=f"EV-{year}-{n:02d}",
        supplier_name=str(rng.choice(SUPPLIERS[:8])),
        at=at,
        gss_codes=frozenset(able[int(index)] for index in hit),
    )
