"""Events that mark the charts, and each council's way through the CAF stages."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import numpy as np

from demonstration.councils import Council, common
from demonstration.support import is_pilot
from demonstration.world import World


TOWNS = {
    "North East": "Newcastle",
    "North West": "Manchester",
    "Yorkshire and The Humber": "Leeds",
    "East Midlands": "Nottingham",
    "West Midlands": "Birmingham",
    "East of England": "Cambridge",
    "London": "London",
    "South East": "Reading",
    "South West": "Bristol",
}
MILESTONES = [
    ("2017-05-12", "cyber_event", "WannaCry", ""),
    ("2021-12-10", "cyber_event", "Log4Shell made public", ""),
    ("2022-11-21", "pilot_cohort", "First CAF pilot starts with ten councils", "caf"),
    ("2023-04-03", "programme_change", "Fund becomes continuous", "local_digital_fund"),
    ("2023-06-01", "cyber_event", "MOVEit attacks", ""),
    ("2023-04-17", "pilot_cohort", "Future Councils starts at eight sites", "future_councils"),
    ("2024-02-05", "pilot_cohort", "Last CAF pilot starts with twenty councils", "caf"),
    ("2024-04-18", "caf_version", "CAF 3.2 published", "caf"),
    ("2024-07-19", "cyber_event", "CrowdStrike faulty update", ""),
    ("2024-09-30", "pilot_cohort", "Future Councils pilot ends", "future_councils"),
    ("2024-10-14", "programme_change", "CAF for councils launched", "caf"),
    ("2025-08-06", "caf_version", "CAF 4.0 published", "caf"),
]
STAGES = ["prepare", "set_scope", "self_assess", "assure", "plan", "submitted"]
STAGE_DAYS = [45, 50, 110, 70, 55]
BLOCKERS = {
    "staff_capacity": 0.34,
    "skills": 0.14,
    "budget": 0.12,
    "supplier": 0.12,
    "leadership": 0.06,
    "evidence": 0.1,
    "legacy_systems": 0.06,
    "reorganisation": 0.06,
}
SEEN_UNTIL = dt.date(2026, 3, 31)


def write_events(world: World) -> None:
    """Write milestones, roadshows and signings, one file for each kind."""
    open_row = {"record_version": 1, "is_withdrawn": "false"}
    open_row |= {"share_level": "public", "handling": "OFFICIAL"}
    numbered = [*milestones(), *roadshows(world), *signings(world)]
    files: dict[str, list[dict[str, Any]]] = {}
    for number, (name, row) in enumerate(numbered, 1):
        row = open_row | {"event_id": f"EVT-{number:04d}"} | row
        files.setdefault(name, []).append(row)
    for name in sorted(files):
        world.files.add("events", name, files[name])


def milestones() -> Iterator[tuple[str, dict[str, Any]]]:
    """Dates of the programmes and of the framework."""
    for day, kind, title, programme in MILESTONES:
        yield (
            "1-programmes",
            {"event_type": kind, "happened_on": day, "title": title, "programme": programme},
        )


def roadshows(world: World) -> Iterator[tuple[str, dict[str, Any]]]:
    """One day in each region and year."""
    rng = world.rng("events", "roadshows")
    for year in world.period.years:
        for region, town in TOWNS.items():
            day = dt.date(year, 4, 20) + dt.timedelta(days=int(rng.integers(0, 320)))
            # Roadshows are held on working days.
            day -= dt.timedelta(days=max(day.weekday() - 4, 0))
            yield (
                "2-roadshows",
                {
                    "event_type": "roadshow",
                    "happened_on": day,
                    "title": f"Roadshow in {town}",
                    "region": region,
                },
            )


def signings(world: World) -> Iterator[tuple[str, dict[str, Any]]]:
    """The Local Digital Declaration, signed by somewhat less than half."""
    for council in world.current():
        rng = world.rng("events", council.gss_code)
        day = dt.date(2018, 7, 4) + dt.timedelta(days=int(rng.integers(0, 2400)))
        if rng.random() < 0.42 and council.exists_on(day):
            yield (
                "3-declaration",
                {
                    "event_type": "declaration_signed",
                    "happened_on": day,
                    "title": "Local Digital Declaration signed",
                    "gss_code": council.gss_code,
                },
            )


def write_stages(world: World) -> None:
    """Write the stages that each council entered, one file for each year."""
    files: dict[int, list[dict[str, Any]]] = {}
    for council in world.current():
        rng = world.rng("caf_stage_events", council.gss_code)
        start = started_on(council, rng)
        for row in stages(council, start, rng) if start else ():
            files.setdefault(row["entered_on"].year, []).append(row)
    for year in sorted(files):
        world.files.add("caf_stage_events", f"{year}-1", files[year])


def started_on(council: Council, rng: np.random.Generator) -> dt.date | None:
    """When a council began: pilots first, two thirds since the launch, some never."""
    draw = rng.random()
    if is_pilot(council):
        return dt.date(2023, 6, 5) + dt.timedelta(days=int(rng.integers(0, 60)))
    if draw < 0.03:
        day = dt.date(2022, 11, 21)
    elif draw < 0.09:
        day = dt.date(2024, 2, 5)
    elif draw < 0.68:
        day = dt.date(2024, 10, 14) + dt.timedelta(days=int(rng.exponential(150)))
    else:
        return None
    return day if council.exists_on(day) and day <= SEEN_UNTIL else None


def stages(council: Council, day: dt.date, rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Stages in order, until the end of the period; a blocker doubles the time."""
    slow = float(rng.lognormal(0, 0.35))
    for stage, usual in zip(STAGES, [*STAGE_DAYS, 0], strict=True):
        is_held = stage != "submitted" and rng.random() < 0.3
        blocker = rng.choice(list(BLOCKERS), p=list(BLOCKERS.values())) if is_held else ""
        yield common(council) | {
            "gss_code": council.gss_code,
            "stage": stage,
            "entered_on": day,
            "blocker": str(blocker),
        }
        pace = slow * (2 if is_held else 1) * float(rng.uniform(0.7, 1.4))
        day += dt.timedelta(days=int(usual * pace))
        if day > SEEN_UNTIL:
            return
