"""Problem records of the Future Councils, and help that councils offer or seek."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from demonstration.councils import Council, common, read
from demonstration.support import PILOT_CODES
from demonstration.systems import system_id
from demonstration.world import World


PAINS = Path(__file__).with_name("pains.csv")
AS_THEY_ARE = [
    "level",
    "affected",
    "pain_point",
    "cause",
    "problem",
    "impact",
    "why_1",
    "why_2",
    "why_3",
    "why_4",
    "why_5",
    "cost_type",
]
TOPICS = [
    ("B6.b", "Phishing exercises"),
    ("B5.c", "Testing backups"),
    ("A4.a", "Questions to ask suppliers"),
    ("D1.c", "Exercise of a ransomware attack"),
    ("B2.a", "Multi-factor authentication for members"),
    ("C1.c", "Alerts out of hours"),
    ("B4.d", "Patching old systems"),
    ("A1.a", "Cyber risk report for the cabinet"),
    ("A3.a", "Register of assets"),
    ("D1.a", "Plan for working on paper"),
]
ROLES = ["Cyber lead", "Head of digital", "Information governance lead", "IT manager"]


def write_problems(world: World) -> None:
    """Three to six records for each of the nine councils."""
    councils = [each for each in world.councils if each.gss_code in PILOT_CODES]
    pains = read(PAINS)
    found: list[dict[str, Any]] = []
    for council in councils:
        rng = world.rng("problems", council.gss_code)
        for index in rng.choice(len(pains), int(rng.integers(3, 7)), replace=False):
            number = len(found) + 1
            found.append(problem(council, number, pains[int(index)], rng))
    world.files.add("problems", "2023-1", found[: len(found) // 2])
    world.files.add("problems", "2024-1", found[len(found) // 2 :])
    again = [row | {"record_version": 2, "evidence_quality": "high"} for row in found[:2]]
    world.files.add("problems", "2024-2-reviewed", again)


def problem(
    council: Council, number: int, pain: dict[str, str], rng: np.random.Generator
) -> dict[str, Any]:
    """One record; its yearly cost is the product of the three numbers."""
    unit = round(float(pain["unit_cost"]) * float(rng.uniform(0.7, 1.4)), 2)
    volume = max(round(float(pain["volume"]) * float(rng.uniform(0.5, 1.6))), 1)
    times = int(pain["frequency"])
    day = dt.date(2023, 6, 1) + dt.timedelta(days=int(rng.integers(0, 440)))
    is_product = pain["level"] == "product"
    return (
        common(council)
        | {name: pain[name] for name in AS_THEY_ARE}
        | {
            "problem_id": f"PRB-{number:04d}",
            "gss_code": council.gss_code,
            "pilot_cohort": "future_councils",
            "recorded_on": day,
            "unit_cost_gbp": f"{unit:.2f}",
            "volume": volume,
            "frequency_per_year": times,
            "annual_cost_gbp": f"{unit * volume * times:.2f}",
            "evidence_quality": str(rng.choice(["high", "medium", "low"])),
            "caf_version": "3.2",
            "outcome_code": pain["outcome"],
            "system_id": system_id(council, 1) if is_product else "",
        }
    )


def write_sharing(world: World) -> None:
    """Write help offered and sought, one file for each year."""
    files: dict[int, list[dict[str, Any]]] = {}
    for number, row in enumerate(entries(world), 1):
        row = row | {"sharing_id": f"SHR-{number:04d}"}
        files.setdefault(row["listed_on"].year, []).append(row)
    for year in sorted(files):
        world.files.add("sharing", f"{year}-1", files[year])


def entries(world: World) -> Iterator[dict[str, Any]]:
    """About half of the councils list something; those that are ahead offer."""
    for council in world.current():
        rng = world.rng("sharing", council.gss_code)
        for _ in range(int(rng.poisson(0.6))):
            code, topic = TOPICS[int(rng.integers(len(TOPICS)))]
            base = world.maturity[council.gss_code].base
            offers = rng.random() < 1 / (1 + np.exp(-1.5 * (base + 0.5)))
            day = dt.date(2024, 5, 1) + dt.timedelta(days=int(rng.integers(0, 690)))
            slug = topic.lower().replace(" ", "-")
            yield common(council) | {
                "gss_code": council.gss_code,
                "direction": "offers" if offers else "seeks",
                "caf_version": "4.0" if day >= dt.date(2025, 8, 6) else "3.2",
                "outcome_code": code,
                "topic": topic,
                "asset_url": f"https://example.org/{slug}" if offers else "",
                "reuse_count": int(rng.poisson(2.5)) if offers else "",
                "contact_role": ROLES[int(rng.integers(len(ROLES)))],
                "listed_on": day,
            }
