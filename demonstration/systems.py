"""Critical systems: three to five for most councils, with the same ids for ever."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import numpy as np

from demonstration.councils import Council, common
from demonstration.period import year_of
from demonstration.services import services_of
from demonstration.world import World


TYPES = ["delivers_public_services", "supports_other_critical_systems", "day_to_day_operations"]
HOSTING = ["on_premises", "cloud", "hybrid"]
OWNERS = ["assessed_organisation", "another_government_organisation", "third_party"]
REASONS = [
    "statutory_or_critical_service",
    "single_point_of_failure",
    "sensitive_data",
    "high_exposure",
    "known_incidents",
]
SUPPLIERS = [f"Supplier {letter}" for letter in "ABCDEFGHJKLMNPQRSTUV"]
# A few suppliers serve many councils, as in life.
SUPPLIER_SHARE = 1 / np.arange(2, 22) / (1 / np.arange(2, 22)).sum()
# Councils that list one or two systems, though three are asked for.
TOO_FEW = 0.03
# How much easier (or, below 0, harder) a system is to look after than others.
HOSTED = {"on_premises": -0.08, "cloud": 0.08, "hybrid": 0.0}
LEGACY = -0.15


def listed(world: World, council: Council) -> list[dt.date]:
    """Day on which each system was first listed: three at once, the rest later."""
    rng = world.rng("systems", council.gss_code)
    count = int(rng.choice([3, 4, 5], p=[0.4, 0.35, 0.25]))
    start = max(council.started_on or dt.date(2019, 4, 1), dt.date(2019, 4, 1))
    later = [start.replace(year=start.year + int(n)) for n in rng.integers(0, 5, 2)]
    count = int(rng.integers(1, 3)) if rng.random() < TOO_FEW else count
    return [start, start, start, *sorted(later)][:count]


def system_id(council: Council, n: int) -> str:
    """Reference of the n-th system, counted from 1."""
    return f"SYS-{council.gss_code}-{n}"


def write_systems(world: World) -> None:
    """Write one file for each year in which systems were listed, and later changes."""
    files: dict[str, list[dict[str, Any]]] = {}
    for council in world.in_period():
        for row, moved in systems_of(world, council):
            if row["first_listed_on"] > world.period.ends_on:
                continue
            files.setdefault(f"{year_of(row['first_listed_on'])}-1", []).append(row)
            if moved:
                files.setdefault("2025-2-changes", []).append(row | moved)
    for name in sorted(files):
        world.files.add("critical_systems", name, files[name], least=1)


def systems_of(world: World, council: Council) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each system as first listed, and what changed where it moved to the cloud."""
    rng = world.rng("critical_systems", council.gss_code)
    for n, first in enumerate(listed(world, council), 1):
        row = system(council, n, first, rng)
        is_moved = row["hosting_type"] == "on_premises" and rng.random() < 0.08
        moved = {"record_version": 2, "hosting_type": "cloud", "is_legacy": "false"}
        yield row, moved | {"is_internet_facing": "true"} if is_moved else {}


def footing(world: World, council: Council, most: int) -> np.ndarray:
    """Latent start of each system, of at most `most`: a row each after the council's.

    Systems in the cloud are easier to look after, legacy ones harder.
    """
    found = np.zeros((most + 1, 1))
    for n, (row, _) in enumerate(systems_of(world, council), 1):
        is_legacy = row["is_legacy"] == "true"
        found[n] = HOSTED[row["hosting_type"]] + is_legacy * LEGACY
    return found


def system(council: Council, n: int, first: dt.date, rng: np.random.Generator) -> dict[str, Any]:
    """One system; larger councils have moved more of theirs to the cloud."""
    cloud = float(np.clip(0.38 + 0.06 * council.size, 0.1, 0.8))
    hosting = str(rng.choice(HOSTING, p=[0.8 - cloud, cloud, 0.2]))
    legacy = rng.random() < (0.12 if hosting == "cloud" else 0.38)
    ends = dt.date(2023 if legacy else 2027, 3, 31)
    services = rng.choice(services_of(council), int(rng.integers(1, 4)), replace=False)
    reasons = sorted(rng.choice(5, int(rng.integers(1, 4)), replace=False))
    return common(council) | {
        "system_id": system_id(council, n),
        "gss_code": council.gss_code,
        "first_listed_on": first,
        "system_type": TYPES[int(rng.choice(3, p=[0.6, 0.2, 0.2]))],
        "hosting_type": hosting,
        "system_owner": OWNERS[int(rng.choice(3, p=[0.7, 0.06, 0.24]))],
        "is_internet_facing": str(bool(rng.random() < 0.62)).lower(),
        "lgsl_ids": "|".join(str(each) for each in sorted(services)),
        "selection_reasons": "|".join(REASONS[each] for each in reasons),
        "is_legacy": str(bool(legacy)).lower(),
        "support_ends_on": ends.replace(year=ends.year + int(rng.integers(0, 4))),
        "supplier_name": str(rng.choice(SUPPLIERS, p=SUPPLIER_SHARE)),
    }
