"""Kinds of incident: how often, with what effect, how long and at what cost."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from demonstration.councils import read


PLACE = Path(__file__).with_name("kinds.csv")
TEXTS = [
    "kind",
    "category",
    "action",
    "action_variety",
    "actor",
    "rsit_type",
    "ico_incident_type",
    "availability_effect",
    "cause_class",
]
NUMBERS = [
    "weight",
    "confidentiality",
    "integrity",
    "availability",
    "detect_hours",
    "recover_hours",
    "spread",
    "cost",
    "cost_spread",
]


@dataclass(frozen=True)
class Kinds:
    """One array per column of kinds.csv, and the outcomes that may have failed."""

    text: dict[str, np.ndarray]
    number: dict[str, np.ndarray]
    outcomes: list[list[str]]

    def at(self, name: str) -> int:
        """Place of a kind in the arrays."""
        return int(np.flatnonzero(self.text["kind"] == name)[0])

    @property
    def chance(self) -> np.ndarray:
        return self.number["weight"] / self.number["weight"].sum()


@cache
def kinds() -> Kinds:
    """Read kinds.csv."""
    rows = read(PLACE)
    return Kinds(
        text={name: np.array([row[name] for row in rows]) for name in TEXTS},
        number={name: np.array([float(row[name]) for row in rows]) for name in NUMBERS},
        outcomes=[row["outcomes"].split("|") for row in rows],
    )
