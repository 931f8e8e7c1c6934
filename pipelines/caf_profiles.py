"""Check the CAF profiles that come as a reference table, line by line.

A department's own profiles are the dataset `caf_profiles`, whose rows are checked by
its suite. The committed table has none, and a level misread would change every
headline.
"""

import csv
from collections import Counter
from pathlib import Path

from pipelines.errors import BuildError


LEVELS = ("Achieved", "Partially achieved", "Not achieved")
COLUMNS = {"caf_version", "profile", "outcome_code", "required_level", "source"}
Key = tuple[str, str, str]


def check_profiles(folder: Path) -> None:
    """Raise BuildError with every line of `caf_profiles.csv` that cannot be used.

    A line whose outcome is not in its CAF version is no fault: it counts for nothing.
    """
    with (folder / "caf_outcomes.csv").open(encoding="utf-8-sig", newline="") as file:
        partial = {
            (row["caf_version"], row["outcome_code"]): row["has_partial"] == "true"
            for row in csv.DictReader(file)
        }
    with (folder / "caf_profiles.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    missing = COLUMNS - set(rows[0] if rows else COLUMNS)
    if missing:
        raise BuildError(
            f"caf_profiles.csv has no column {', '.join(sorted(missing))}: its columns "
            f"are {', '.join(sorted(COLUMNS))}."
        )
    seen = Counter(key(row) for row in rows)
    faults = [
        f"caf_profiles.csv line {line}, {fault}"
        for line, row in enumerate(rows, 2)
        if (fault := fault_of(row, partial, seen))
    ]
    if faults:
        raise BuildError(
            "The reference table of CAF profiles cannot be used. "
            + " ".join(faults)
            + " Mend these lines and build again."
        )


def key(row: dict[str, str]) -> Key:
    """What one line is about."""
    return row["profile"], row["caf_version"], row["outcome_code"]


def fault_of(row: dict[str, str], partial: dict[tuple[str, str], bool], seen: Counter[Key]) -> str:
    """What is wrong with one line, or nothing."""
    level, outcome = row["required_level"], (row["caf_version"], row["outcome_code"])
    if level not in LEVELS:
        return f"required_level = {level!r}: write one of {', '.join(LEVELS)}."
    if level == LEVELS[1] and not partial.get(outcome, True):
        return (
            f"required_level = {level!r}: {outcome[1]} of CAF {outcome[0]} has no such "
            "level; write Achieved or Not achieved."
        )
    if seen[key(row)] > 1:
        return f"outcome_code = {outcome[1]!r}: the profile lists it twice."
    return ""
