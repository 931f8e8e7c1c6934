"""A CAF profile of a department's own, invented: the council sector's is not public."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from demonstration.councils import read
from demonstration.framework import VERSIONS
from demonstration.write import Files


# Principles for which the example asks what Enhanced asks; elsewhere Baseline's level.
AS_ENHANCED = ("A1", "A2", "B2", "B6", "D1")
PROFILE = {
    "profile": "example_local",
    "profile_label": "Example local profile (invented)",
    "source": "Invented for the demonstration",
    "record_version": 1,
    "is_withdrawn": "false",
    "share_level": "public",
    "handling": "OFFICIAL",
}


def write_profiles(files: Files, reference: Path) -> None:
    """Write the example, one row for each outcome of CAF 3.2 and 4.0."""
    rows = sorted(example(reference), key=lambda row: (row["caf_version"], row["outcome_code"]))
    files.add("caf_profiles", "2024-1", rows)


def example(reference: Path) -> Iterator[dict[str, Any]]:
    """Rows of the example, from those of Baseline and Enhanced."""
    for row in read(reference / "caf_profiles.csv"):
        is_as_enhanced = row["outcome_code"].startswith(AS_ENHANCED)
        wanted = "enhanced" if is_as_enhanced else "baseline"
        if row["profile"] == wanted and row["caf_version"] in VERSIONS:
            names = ("caf_version", "outcome_code", "required_level")
            yield PROFILE | {name: row[name] for name in names}
