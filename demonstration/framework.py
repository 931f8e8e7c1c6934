"""The Cyber Assessment Framework as arrays, with one thread through both versions."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from demonstration.councils import read


LEVELS = np.array(["Not achieved", "Partially achieved", "Achieved"])
VERSIONS = ("3.2", "4.0")
# Half of the latent width of Partially achieved.
BAND = 0.45
# How hard the outcomes of a principle are: invented, ordered as councils tell it.
HARDNESS = {
    "A1": -1.0,
    "A2": -0.5,
    "A3": -0.3,
    "A4": 0.45,
    "B1": -0.35,
    "B2": 0.0,
    "B3": 0.0,
    "B4": 0.32,
    "B5": 0.05,
    "B6": -0.75,
    "C1": 0.25,
    "C2": 0.1,
    "D1": -0.85,
    "D2": -0.5,
}


@dataclass(frozen=True)
class Version:
    """Outcomes of one version, in order of code."""

    name: str
    codes: list[str]
    is_whole_council: np.ndarray
    has_partial: np.ndarray
    required: np.ndarray
    thread: np.ndarray
    hardness: np.ndarray

    def judge(self, maturity: np.ndarray) -> np.ndarray:
        """Scores 0, 1 or 2 from latent maturity per thread (last axis)."""
        z = maturity[..., self.thread] - self.hardness
        partial = np.where(self.has_partial, z > -BAND, False)
        achieved = z > np.where(self.has_partial, BAND, 0.0)
        return np.where(achieved, 2, partial.astype(int))

    def met(self, scores: np.ndarray) -> np.ndarray:
        """Whether the baseline profile is met, outcome by outcome."""
        return scores >= self.required


@dataclass(frozen=True)
class Framework:
    """Both versions, and the number of threads that run through them."""

    versions: dict[str, Version]
    threads: list[str]

    def of(self, year: int) -> Version:
        """Version used in a financial year: 4.0 was published in August 2025."""
        return self.versions["4.0" if year >= 2025 else "3.2"]


def framework(reference: Path) -> Framework:
    """Read outcomes, baseline profile and crosswalk."""
    outcomes = read(reference / "caf_outcomes.csv")
    wanted = {
        (row["caf_version"], row["outcome_code"]): row["required_level"]
        for row in read(reference / "caf_profiles.csv")
        if row["profile"] == "baseline"
    }
    thread = threads(read(reference / "caf_crosswalk.csv"))
    names = sorted(set(thread.values()))
    versions = {name: version(name, outcomes, wanted, thread, names) for name in VERSIONS}
    return Framework(versions, names)


def threads(crosswalk: list[dict[str, str]]) -> dict[tuple[str, str], str]:
    """Name of the thread that each (version, code) belongs to."""
    found = {}
    for row in crosswalk:
        name = row["outcome_32"] or f"new {row['outcome_40']}"
        if row["outcome_32"]:
            found["3.2", row["outcome_32"]] = name
        if row["outcome_40"]:
            found["4.0", row["outcome_40"]] = name
    return found


def version(
    name: str,
    outcomes: list[dict[str, str]],
    wanted: dict[tuple[str, str], str],
    thread: dict[tuple[str, str], str],
    names: list[str],
) -> Version:
    """One version from the reference rows."""
    rows = sorted(
        (row for row in outcomes if row["caf_version"] == name), key=lambda row: row["outcome_code"]
    )
    codes = [row["outcome_code"] for row in rows]
    own = [thread[name, code] for code in codes]
    return Version(
        name=name,
        codes=codes,
        is_whole_council=np.array([code[0] in "AD" for code in codes]),
        has_partial=np.array([row["has_partial"].lower() == "true" for row in rows]),
        required=np.array([int(np.argmax(wanted[name, code] == LEVELS)) for code in codes]),
        thread=np.array([names.index(each) for each in own]),
        hardness=np.array([hardness(each) for each in own]),
    )


def hardness(thread: str) -> float:
    """Hardness of a thread: its principle's, and a little more for later letters."""
    code = thread.removeprefix("new ")
    return HARDNESS[code[:2]] + 0.12 * ("abcdef".index(code[-1]) - 1.5)
