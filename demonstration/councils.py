"""The councils of the day, and what each is like."""

import csv
import datetime as dt
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from demonstration.period import Period


KINDS = {
    "E06": "unitary",
    "E07": "district",
    "E08": "metropolitan",
    "E09": "london",
    "E10": "county",
}
SHARE_LEVELS = ["programme", "peers_anonymised", "own_only", "public"]
# Some councils still send the code that they had before a boundary change.
OLD_CODES = {"E08000038": "E08000016", "E08000039": "E08000019"}


@dataclass(frozen=True)
class Council:
    """One principal council for as long as it existed."""

    gss_code: str
    council_name: str
    region: str
    kind: str
    population: int
    quintile: int
    is_rural: bool
    started_on: dt.date | None
    ended_on: dt.date | None
    share_level: str
    handling: str
    predecessors: tuple[str, ...] = field(default=())

    def exists_on(self, day: dt.date) -> bool:
        """Whether the council existed on a day."""
        begun = self.started_on is None or self.started_on <= day
        return begun and (self.ended_on is None or day <= self.ended_on)

    def exists_in(self, period: Period) -> bool:
        """Whether the council existed on any day of the period."""
        begun = self.started_on is None or self.started_on <= period.ends_on
        return begun and (self.ended_on is None or self.ended_on >= period.starts_on)

    @property
    def size(self) -> float:
        """Population on a scale on which 150,000 is 0 and each e-fold is 1."""
        return float(np.clip(np.log(self.population / 150_000), -2.0, 2.0))


def generator(seed: int, dataset: str, key: str = "") -> np.random.Generator:
    """Random numbers of one dataset and council.

    Each has its own, so that a change to one leaves the others as they were.
    """
    return np.random.default_rng([seed, zlib.crc32(f"{dataset}/{key}".encode())])


def read(path: Path) -> list[dict[str, str]]:
    """All rows of a reference file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def councils(reference: Path, *, seed: int) -> list[Council]:
    """Every principal council that is or was, in order of code."""
    before = predecessors(read(reference / "council_successors.csv"))
    rows = {row["gss_code"]: row for row in read(reference / "councils.csv")}
    return [
        council(rows[code], before.get(code, ()), seed)
        for code in sorted(rows)
        if code[:3] in KINDS
    ]


def predecessors(rows: Iterable[dict[str, str]]) -> dict[str, tuple[str, ...]]:
    """Abolished councils by the council that took over from them."""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["successor_gss_code"], []).append(row["gss_code"])
    return {code: tuple(sorted(old)) for code, old in found.items()}


def council(row: dict[str, str], before: tuple[str, ...], seed: int) -> Council:
    """A council from its row; what the reference does not say is taken as middling."""
    rng = generator(seed, "council", row["gss_code"])
    share = str(rng.choice(SHARE_LEVELS, p=[0.85, 0.09, 0.04, 0.02]))
    marking = "OFFICIAL" if share == "public" else "OFFICIAL-SENSITIVE"
    kind = KINDS[row["gss_code"][:3]]
    return Council(
        gss_code=row["gss_code"],
        council_name=row.get("short_name") or row["council_name"],
        region=row["region"],
        kind=kind,
        population=whole(row["population"]) or (600_000 if kind == "county" else 110_000),
        quintile=whole(row["deprivation_quintile"]) or 3,
        is_rural="rural" in row["rurality"].lower() and "Urban" not in row["rurality"],
        started_on=day(row["started_on"]),
        ended_on=day(row["ended_on"]),
        share_level=share,
        # A blank means the most private marking: a few councils leave it so.
        handling="" if rng.random() < 0.03 else marking,
        predecessors=before,
    )


def whole(text: str) -> int:
    """A whole number, 0 where there is none."""
    return int(float(text)) if text else 0


def day(text: str) -> dt.date | None:
    """A date, or None where there is none."""
    return dt.date.fromisoformat(text) if text else None


def common(council: Council) -> dict[str, Any]:
    """The columns that every council dataset carries."""
    return {
        "record_version": 1,
        "is_withdrawn": "false",
        "share_level": council.share_level,
        "handling": council.handling,
    }
