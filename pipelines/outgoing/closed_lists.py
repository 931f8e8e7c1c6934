"""The closed lists as people read them: each code with its label and meaning."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pipelines.datasets import Dataset


class Entry(NamedTuple):
    """One value of a closed list: what stands in a file, and what it means."""

    code: str
    label: str
    definition: str


ClosedLists = Mapping[str, Sequence[Entry]]


def read_lists(reference: Path) -> dict[str, tuple[Entry, ...]]:
    """Every list under `<reference>/lists`, by name, in its own order of values."""
    return {path.stem: read_list(path) for path in sorted(reference.glob("lists/*.csv"))}


def read_list(path: Path) -> tuple[Entry, ...]:
    """One list; `sort_order` decides which value comes first."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["sort_order"]))
    return tuple(Entry(row["code"], row["label"], row["definition"]) for row in rows)


def used_by(dataset: Dataset) -> list[str]:
    """Names of the lists that a dataset's columns take values from, each once."""
    return list(dict.fromkeys(c.allowed for c in dataset.columns if c.allowed))
