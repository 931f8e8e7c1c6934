"""Yearly CAF assessments: the council's own judgement, and at times a reviewer's."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from demonstration.councils import Council
from demonstration.framework import Version
from demonstration.gaps import Sent, sent
from demonstration.maturity import SYSTEMS, gain
from demonstration.systems import footing, listed
from demonstration.world import World


MISSING = {2021: 0.3, 2022: 0.25, 2023: 0.2, 2024: 0.14, 2025: 0.15}
REVIEWED = {2021: 0.2, 2022: 0.27, 2023: 0.35, 2024: 0.43, 2025: 0.5}
# Good and bad years of a council, and of each of its outcomes: some slip.
YEARLY, NOISE = 0.12, 0.2
REVIEWER_NOISE = 0.17
# Above every score, so that what nobody judged is never the weakest.
UNKNOWN = 3


@dataclass(frozen=True)
class Assessment:
    """One council and year. Scores are systems (row 0 the council) by outcome."""

    council: Council
    year: int
    version: Version
    systems: list[int]
    self_scores: np.ndarray
    unaided_scores: np.ndarray
    review_scores: np.ndarray
    sent: Sent
    is_reviewed: bool
    review_type: str
    status: str
    completed_on: dt.date
    reviewed_on: dt.date | None

    @property
    def assessment_id(self) -> str:
        return f"CAF-{self.council.gss_code}-{self.year}"

    @property
    def is_counted(self) -> bool:
        return self.status in ("submitted", "completed")

    def council_scores(self, scores: np.ndarray) -> np.ndarray:
        """The council's score of each outcome: its weakest system's for B and C."""
        known = np.where(self.sent.is_judged, scores, UNKNOWN)
        weakest = known[self.systems].min(axis=0)
        return np.where(self.version.is_whole_council, known[0], weakest)

    def share_met(self, scores: np.ndarray) -> float:
        """Share met of the baseline profile's outcomes that were judged."""
        found = self.council_scores(scores)
        return float(self.version.met(found)[found < UNKNOWN].mean())


def assessments(world: World, council: Council) -> Iterator[Assessment]:
    """The council's assessments, year by year, without the years that it missed."""
    rng = world.rng("assessments", council.gss_code)
    for year in world.period.years:
        made = assessment(world, council, year, rng)
        is_missing = rng.random() < missing(council, year)
        if council.exists_on(made.completed_on) and not is_missing:
            yield made


def missing(council: Council, year: int) -> float:
    """Chance of no assessment: small, rural districts miss more often."""
    odds = 0.55 + 0.5 * (council.kind == "district") + 0.5 * council.is_rural
    return float(np.clip(MISSING.get(year, 0.3) * (odds - 0.25 * council.size), 0, 0.9))


def assessment(world: World, council: Council, year: int, rng: np.random.Generator) -> Assessment:
    """Judge every outcome as the council, as it would be unaided, and as a reviewer."""
    own = world.maturity[council.gss_code]
    version = world.framework.of(year)
    completed_on = dt.date(year, 11, 1) + dt.timedelta(days=int(rng.integers(0, 148)))
    noise = rng.normal(0, NOISE, own.habits.shape) + rng.normal(0, YEARLY)
    start = footing(world, council, SYSTEMS) + own.on(completed_on)
    unaided = own.habits + start + noise
    aided = unaided + gain(world.support.get(council.gss_code), completed_on)
    reviewer = aided + rng.normal(0, REVIEWER_NOISE, aided.shape)
    is_reviewed = bool(rng.random() < REVIEWED.get(year, 0.2))
    kinds = ["independent", "peer_review"] if is_reviewed else ["self_assessment"] * 2
    status = str(rng.choice(["completed", "submitted", "draft"], p=[0.6, 0.36, 0.04]))
    status = "cancelled" if rng.random() < 0.015 else status
    days = [day <= completed_on for day in listed(world, council)]
    systems = [n for n, is_listed in enumerate(days, 1) if is_listed]
    return Assessment(
        council=council,
        year=year,
        version=version,
        systems=systems,
        self_scores=version.judge(aided + own.optimism),
        unaided_scores=version.judge(unaided + own.optimism),
        review_scores=version.judge(reviewer),
        sent=sent(version.is_whole_council, SYSTEMS, systems, rng),
        is_reviewed=is_reviewed and status in ("completed", "submitted"),
        review_type="not_decided" if status == "draft" else kinds[rng.random() < 0.4],
        status=status,
        completed_on=completed_on,
        reviewed_on=completed_on + dt.timedelta(days=int(rng.integers(14, 75))),
    )
