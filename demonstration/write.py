"""Writes rows to the files of each dataset, as they come, and plants the bad ones."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TextIO

from pipelines.errors import BuildError
from settings import ROOT


CONTRACTS = ROOT / "pipelines" / "contracts"
Row = dict[str, Any]
# What spoils a batch: (dataset, rows, least) -> rows to write with their faults.
Spoil = Callable[[str, list[Row], int], list[tuple[Row, Row | None]]]


def columns(dataset: str) -> list[str]:
    """Columns of a dataset in the order of its contract, the common ones last."""
    found = []
    for name in (dataset, "common"):
        with (CONTRACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found += [row["column"] for row in csv.DictReader(file)]
    return found


def make_room(out: Path) -> None:
    """Remove what an earlier run wrote: its files would mix with the new ones.

    A folder with CSVs and no PLANTED.json holds somebody else's, which are kept.
    """
    old = sorted(out.glob("*/*.csv"))
    record = out / "PLANTED.json"
    if old and not record.exists():
        raise BuildError(
            f"{out} holds CSVs that are no demonstration data, such as {old[0].name}. "
            "Give another folder with --out."
        )
    for path in old:
        path.unlink()
    record.unlink(missing_ok=True)
    (out / "received.json").unlink(missing_ok=True)
    out.mkdir(parents=True, exist_ok=True)
    # Written at once, so that a run broken off half way can be repeated.
    record.write_text("{}\n", encoding="utf-8")


class Files:
    """Open files of all datasets, with the rows and bad rows written so far."""

    def __init__(self, out: Path, spoil: Spoil) -> None:
        self.out = out
        self.spoil = spoil
        self.rows: Counter[str] = Counter()
        self.bad_rows: list[Row] = []
        self._columns: dict[str, list[str]] = {}
        self._open: dict[tuple[str, str], tuple[Any, TextIO]] = {}
        self._lines: Counter[tuple[str, str]] = Counter()

    def add(self, dataset: str, name: str, rows: Iterable[Row], least: int = 0) -> None:
        """Write rows to a file of a dataset; `least` is the fewest bad ones."""
        batch = list(rows)
        if not batch:
            return
        writer = self._writer(dataset, name)
        order = self._columns[dataset]
        unknown = sorted(set(batch[0]) - set(order))
        if unknown:
            raise ValueError(f"{dataset} has no column {', '.join(unknown)}")
        for row, fault in self.spoil(dataset, batch, least):
            writer.writerow([row.get(column, "") for column in order])
            self._count(dataset, name, fault)

    def _count(self, dataset: str, name: str, fault: Row | None) -> None:
        """Keep the line just written, and its fault if it has one."""
        self.rows[dataset] += 1
        self._lines[dataset, name] += 1
        if fault is None:
            return
        line = self._lines[dataset, name]
        place = {"dataset": dataset, "file": f"{dataset}/{name}.csv", "line": line}
        if fault["kind"] == "duplicate_key":
            place["other_line"] = line - 1
        self.bad_rows.append(place | fault)

    def _writer(self, dataset: str, name: str) -> Any:
        """The writer of a file, which starts with its header."""
        if (dataset, name) not in self._open:
            path = self.out / dataset / f"{name}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            file = path.open("w", encoding="utf-8", newline="")
            writer = csv.writer(file, lineterminator="\n")
            self._columns.setdefault(dataset, columns(dataset))
            writer.writerow(self._columns[dataset])
            self._open[dataset, name] = writer, file
            self._lines[dataset, name] = 1
        return self._open[dataset, name][0]

    def close(self) -> None:
        """Close all files; nothing is complete before this."""
        for _, file in self._open.values():
            file.close()
        self._open.clear()

    def planted(self, truths: Row) -> None:
        """Write PLANTED.json: the truths an analysis may be checked against."""
        text = json.dumps(truths | {"bad_rows": self.bad_rows}, indent=1)
        (self.out / "PLANTED.json").write_text(text + "\n", encoding="utf-8")
