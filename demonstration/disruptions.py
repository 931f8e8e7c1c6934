"""Service disruptions of one council: those its incidents cause, and the others."""

from dataclasses import dataclass

import numpy as np

from demonstration.councils import Council
from demonstration.incidents import CUT, Batch, Columns
from demonstration.kinds import kinds
from demonstration.maturity import HOURS_FACTOR, hours_factor_from
from demonstration.moments import NIGHTS, after, in_months, month_index
from demonstration.period import to_local
from demonstration.reporting import months_of, reported
from demonstration.truths import Tally
from demonstration.world import World


RATE = 0.53
# Cause, share, median hours, spread: causes that no incident record goes with.
CAUSES = ["it_failure", "planned", "supplier", "change", "power_or_site", "other"]
SHARES = np.array([0.36, 0.24, 0.14, 0.13, 0.08, 0.05])
MEDIAN = np.array([4.5, 3.5, 6.5, 2.8, 4.0, 3.0])
SPREAD = np.array([1.1, 0.5, 1.2, 1.0, 1.1, 1.2])
PLANNED = CAUSES.index("planned")
WEEKENDS = np.array([0.4, 0.7, 0.8, 0.7, 0.5, 2.0, 2.4])


@dataclass(frozen=True)
class Draft:
    """Disruptions before their texts: start, hours, cause, incident or -1."""

    started: np.ndarray
    hours: np.ndarray
    cause: np.ndarray
    incident: np.ndarray
    is_planned: np.ndarray


def disruptions(world: World, batch: Batch, tally: Tally) -> Columns:
    """Disruptions in the months that the council reports, in order of start."""
    council = batch.council
    rng = world.rng("disruptions", council.gss_code)
    draft = joined(of_incidents(batch, rng), of_other_causes(world, council, rng))
    draft = kept(draft, sent(world, council, draft.started))
    draft = kept(draft, np.argsort(draft.started, kind="stable"))
    start = hours_factor_from(world.support.get(council.gss_code))
    is_shorter = draft.started >= start
    hours = np.where(is_shorter, draft.hours * HOURS_FACTOR, draft.hours)
    tally.add_hours(hours[is_shorter], draft.hours[is_shorter])
    restored = after(draft.started, hours)
    return {
        "started_at": draft.started,
        "restored_at": np.where(restored > CUT, np.datetime64("NaT", "m"), restored),
        "cause_class": draft.cause,
        "incident": draft.incident,
        "is_planned": draft.is_planned,
    }


def of_incidents(batch: Batch, rng: np.random.Generator) -> Draft:
    """None to four for each incident that cost availability."""
    lost = np.flatnonzero(batch.columns["is_availability_lost"])
    large = batch.kind[lost] == kinds().at("ransomware")
    count = np.minimum(rng.poisson(np.where(large, 3.2, 1.35)), 4)
    own = np.repeat(lost, count)
    waited = rng.uniform(0, 0.2, len(own)) * np.minimum(batch.columns["hours"][own], 48)
    started = after(batch.columns["detected_at"][own], waited)
    # The batch's hours are without the planted effect, which is applied once to all.
    hours = batch.columns["hours"][own] * rng.uniform(0.25, 0.95, len(own))
    supplier = batch.columns["is_supplier_involved"][own]
    cause = np.where(supplier, "supplier", kinds().text["cause_class"][batch.kind[own]])
    return Draft(started, hours, cause, own, np.zeros(len(own), bool))


def of_other_causes(world: World, council: Council, rng: np.random.Generator) -> Draft:
    """Failures, changes and planned maintenance."""
    months = months_of(world, council)
    rate = RATE * world.scale * float(np.exp(0.3 * council.size))
    index = np.repeat(np.arange(len(months)), rng.poisson(rate, len(months)))
    number = rng.choice(len(CAUSES), len(index), p=SHARES)
    hours = MEDIAN[number] * rng.lognormal(0, SPREAD[number])
    by_day = in_months(months, index, rng)
    by_night = in_months(months, index, rng, weekdays=WEEKENDS, hours=NIGHTS)
    is_planned = number == PLANNED
    cause = np.where(is_planned, "change", np.array(CAUSES)[number])
    started = np.where(is_planned, by_night, by_day)
    none = np.full(len(index), -1)
    return Draft(started, np.minimum(hours, 24 * 40), cause, none, is_planned)


def sent(world: World, council: Council, started: np.ndarray) -> np.ndarray:
    """True where a disruption started in a month that the council reports."""
    months = months_of(world, council)
    index = month_index(months, to_local(started))
    return (index >= 0) & np.append(reported(world, council), False)[index]


def joined(first: Draft, second: Draft) -> Draft:
    """Both drafts as one."""
    return Draft(
        *(
            np.concatenate([getattr(first, name), getattr(second, name)])
            for name in Draft.__dataclass_fields__
        )
    )


def kept(draft: Draft, which: np.ndarray) -> Draft:
    """Some of the draft's disruptions, or all in another order."""
    return Draft(*(getattr(draft, name)[which] for name in Draft.__dataclass_fields__))
