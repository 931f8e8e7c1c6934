"""Yearly CAF assessments: the council's own judgement, and at times a reviewer's."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipelines.demonstration.councils import Council, common
from pipelines.demonstration.framework import LEVELS, Version
from pipelines.demonstration.maturity import SYSTEMS, gain
from pipelines.demonstration.period import label
from pipelines.demonstration.systems import listed, system_id
from pipelines.demonstration.world import World


MISSING = {2021: 0.3, 2022: 0.25, 2023: 0.2, 2024: 0.14, 2025: 0.15}
REVIEWED = {2021: 0.2, 2022: 0.27, 2023: 0.35, 2024: 0.43, 2025: 0.5}


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
        weakest = scores[self.systems].min(axis=0)
        return np.where(self.version.is_whole_council, scores[0], weakest)

    def share_met(self, scores: np.ndarray) -> float:
        """Share of the baseline profile's outcomes that the council meets."""
        return float(self.version.met(self.council_scores(scores)).mean())


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


def assessment(
    world: World, council: Council, year: int, rng: np.random.Generator
) -> Assessment:
    """Judge every outcome as the council, as it would be unaided, and as a reviewer."""
    own = world.maturity[council.gss_code]
    version = world.framework.of(year)
    completed_on = dt.date(year, 11, 1) + dt.timedelta(days=int(rng.integers(0, 148)))
    noise = rng.normal(0, 0.2, (SYSTEMS + 1, len(world.framework.threads)))
    unaided = own.habits + own.on(completed_on) + noise
    aided = unaided + gain(world.support.get(council.gss_code), completed_on)
    reviewer = aided + rng.normal(0, 0.15, aided.shape)
    is_reviewed = bool(rng.random() < REVIEWED.get(year, 0.2))
    kinds = ["independent", "peer_review"] if is_reviewed else ["self_assessment"] * 2
    status = str(rng.choice(["completed", "submitted", "draft"], p=[0.6, 0.36, 0.04]))
    status = "cancelled" if rng.random() < 0.015 else status
    days = [day <= completed_on for day in listed(world, council)]
    return Assessment(
        council=council,
        year=year,
        version=version,
        systems=[n for n, is_listed in enumerate(days, 1) if is_listed],
        self_scores=version.judge(aided + own.optimism),
        unaided_scores=version.judge(unaided + own.optimism),
        review_scores=version.judge(reviewer),
        is_reviewed=is_reviewed and status in ("completed", "submitted"),
        review_type="not_decided" if status == "draft" else kinds[rng.random() < 0.4],
        status=status,
        completed_on=completed_on,
        reviewed_on=completed_on + dt.timedelta(days=int(rng.integers(14, 75))),
    )


def rows(made: Assessment, rng: np.random.Generator) -> list[dict[str, Any]]:
    """One row per outcome of the council, and of each of its systems."""
    self_status = words(made.self_scores, rng)
    review_status = np.where(
        self_status == "Not assessed", "Not assessed", LEVELS[made.review_scores]
    )
    evidence = rng.poisson(1.2 + made.self_scores * 1.5)
    carried = rng.random(len(made.version.codes)) < 0.12
    head = header(made)
    return [
        head
        | {
            "lens": "AD" if n == 0 else "BC",
            "system_id": system_id(made.council, n) if n else "",
            "outcome_code": made.version.codes[k],
            "self_status": self_status[n, k],
            "review_status": review_status[n, k] if made.is_reviewed else "",
            "evidence_ref_count": evidence[n, k],
            "is_carried_forward": "true" if n == 0 and carried[k] else "false",
        }
        for n in [0, *made.systems]
        for k in np.flatnonzero(made.version.is_whole_council == (n == 0))
    ]


def words(scores: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Scores in words; a few outcomes are left unjudged."""
    return np.where(rng.random(scores.shape) < 0.012, "Not assessed", LEVELS[scores])


def header(made: Assessment) -> dict[str, Any]:
    """The columns that all rows of one assessment share."""
    is_draft = made.status in ("draft", "cancelled")
    return common(made.council) | {
        "assessment_id": made.assessment_id,
        "gss_code": made.council.gss_code,
        "caf_version": made.version.name,
        "profile": "baseline",
        "assessment_period": label(made.year),
        "review_type": made.review_type,
        "completed_on": "" if is_draft else made.completed_on,
        "reviewed_on": made.reviewed_on if made.is_reviewed else "",
        "status": made.status,
    }
