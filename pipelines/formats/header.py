"""The header: which cells of a row name which columns of a contract.

A name counts in four steps: letter for letter, but for capitals; apart from spaces,
hyphens and signs; as one of the near names in `near_names.csv`; not at all.
Whatever is matched in the second or third step is said in a remark.
"""

import csv
import difflib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pipelines.datasets import Column, Dataset
from pipelines.errors import FileRefusedError


HEADER_SEARCH = 30
NEAR_NAMES = Path(__file__).with_name("near_names.csv")
SAME, FOLDED, NEAR = range(3)


@dataclass(frozen=True)
class Header:
    """A matched header: the cells as written, and the place of each column found."""

    cells: tuple[str, ...]
    places: dict[str, int]
    remarks: list[str] = field(default_factory=list)
    repeated: tuple[str, ...] = ()

    @property
    def least(self) -> int:
        """Cells that a row has at least: those up to the last that has a name."""
        return max(place for place, cell in enumerate(self.cells, 1) if cell.strip())

    @property
    def unnamed(self) -> list[int]:
        """Places of cells that say nothing: what is below them has no column."""
        return [place for place, cell in enumerate(self.cells) if not cell.strip()]

    @property
    def names(self) -> tuple[str, ...]:
        """A name for each cell, no two the same: a column's, or a made one."""
        found = {place: column for column, place in self.places.items()}
        return tuple(found.get(place, f"not_read_{place + 1}") for place in range(len(self.cells)))

    def missing(self, dataset: Dataset) -> list[str]:
        """Required columns that no cell names."""
        return [name for name in dataset.required if name not in self.places]


def fold(name: str) -> str:
    """A name without capitals, spaces, hyphens or signs; a pound sign says GBP."""
    said = name.casefold().replace("£", "gbp")
    return "".join(letter for letter in said if letter.isalnum())


@lru_cache(maxsize=256)
def own_names(dataset: Dataset) -> dict[str, str]:
    """Column by its own folded name."""
    return {fold(column.column): column.column for column in dataset.columns}


@lru_cache(maxsize=256)
def near_names(dataset: Dataset) -> dict[str, str]:
    """Column by folded near name; what is said of this dataset alone comes first."""
    known = {column.column for column in dataset.columns}
    found: dict[str, str] = {}
    with NEAR_NAMES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["column"] in known]
    for limited in (dataset.name, ""):
        for row in rows:
            if row["dataset"] == limited:
                found.setdefault(fold(row["near_name"]), row["column"])
    return found


def match_header(cells: Sequence[str], dataset: Dataset) -> Header:
    """Places of the contract's columns among cells that may be a header."""
    steps: dict[str, dict[int, list[int]]] = {}
    for place, cell in enumerate(cells):
        name, step = named(cell, dataset)
        if name:
            steps.setdefault(name, {}).setdefault(step, []).append(place)
    places, remarks, repeated = {}, [], []
    for column in dataset.columns:
        found = steps.get(column.column)
        if not found:
            continue
        step = min(found)
        rivals = prefer_codes(column, found[step], cells)
        places[column.column] = rivals[0]
        if len(rivals) > 1:
            repeated.append(column.column)
        if step != SAME:
            said = tidy(cells[rivals[0]])
            remarks.append(f"Column '{said}' was read as {column.column}.")
    return Header(tuple(cells), places, remarks, tuple(repeated))


def named(cell: str, dataset: Dataset) -> tuple[str, int]:
    """The column that a cell names and in which step, or an empty name."""
    folded = fold(cell)
    if not folded:
        return "", NEAR
    column = own_names(dataset).get(folded)
    if column:
        return column, SAME if cell.strip().lower() == column else FOLDED
    return near_names(dataset).get(folded, ""), NEAR


def prefer_codes(column: Column, places: list[int], cells: Sequence[str]) -> list[int]:
    """Of a council's code and its name in one file, the code; else all of them."""
    codes = [place for place in places if "code" in fold(cells[place])]
    return codes if column.type == "council" and codes else places


def accept_header(header: Header, dataset: Dataset) -> None:
    """Refuse what lacks columns or names one twice; remark on columns left out."""
    if header.missing(dataset):
        refuse_missing(header, dataset)
    if header.repeated:
        raise FileRefusedError(
            f"Columns named twice: {', '.join(header.repeated)}. Keep one of each."
        )
    read = set(header.places.values())
    others = [
        f"'{tidy(cell)}'"
        for place, cell in enumerate(header.cells)
        if cell.strip() and place not in read
    ]
    if others:
        header.remarks.append(f"Columns left out: {in_short(others)}.")


def refuse_missing(header: Header, dataset: Dataset, note: str = "") -> None:
    """Say which columns are missing, and which cells look like them."""
    missing = header.missing(dataset)
    free = {
        fold(cell): tidy(cell)
        for place, cell in enumerate(header.cells)
        if fold(cell) and place not in header.places.values()
    }
    guesses = ""
    for name in missing:
        near = [said for said, of in near_names(dataset).items() if of == name]
        for target in (fold(name), *near):
            close = difflib.get_close_matches(target, free, n=1, cutoff=0.8)
            if close:
                guesses += f"'{free.pop(close[0])}' looks like {name}. "
                break
    raise FileRefusedError(
        f"The columns are not those of {dataset.title}: columns missing: "
        f"{', '.join(sorted(missing))}. {guesses}{note}"
        f"Get the template with: python -m pipelines template {dataset.name}"
    )


def tidy(cell: str) -> str:
    """A cell in one line, cut where it is long."""
    said = " ".join(cell.split())
    return said if len(said) <= 60 else said[:59] + "…"


def in_short(said: list[str]) -> str:
    """The first dozen, and how many more there are."""
    more = f" and {len(said) - 12} more" if len(said) > 12 else ""
    return ", ".join(said[:12]) + more
