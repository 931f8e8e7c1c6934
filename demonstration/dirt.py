"""Spoils a few rows on purpose, and says which: about three in a thousand."""

from collections import Counter
from typing import Any

from demonstration.councils import Council, generator
from demonstration.faults import DUPLICATES, FAULTS, Fault, put
from demonstration.period import Period


Row = dict[str, Any]
SHARE = 0.003
# Share of batches that have any: an assessment with one bad row tends to have more.
BATCHES = {"assessments": 0.12}


class Dirt:
    """Chooses rows and faults; one stream of random numbers for each dataset."""

    def __init__(self, seed: int, period: Period, councils: list[Council]) -> None:
        self._rng = {name: generator(seed, "dirt", name) for name in sorted(FAULTS)}
        self._used: Counter[tuple[str, Fault]] = Counter()
        gone = [
            each.gss_code
            for each in councils
            if each.ended_on is not None and each.ended_on < period.starts_on
        ]
        abolished = [put("council_abolished", "gss_code", code) for code in gone[:1]]
        self._faults = {
            name: faults + (abolished if name in ("incidents", "disruptions") else [])
            for name, faults in FAULTS.items()
        }

    def __call__(self, dataset: str, rows: list[Row], least: int) -> list[tuple[Row, Row | None]]:
        """Each row as it is to be written, with its fault or None."""
        if dataset not in FAULTS:
            return [(row, None) for row in rows]
        rng = self._rng[dataset]
        batches = BATCHES.get(dataset, 1.0)
        is_dirty = batches == 1.0 or rng.random() < batches
        count = int(rng.binomial(len(rows), SHARE / batches)) if is_dirty else 0
        count = max(count, least)
        chosen = set(rng.permutation(len(rows))[:count].tolist())
        done: list[tuple[Row, Row | None]] = []
        for n, row in enumerate(rows):
            done += self._spoiled(dataset, row) if n in chosen else [(row, None)]
        return done

    def _spoiled(self, dataset: str, row: Row) -> list[tuple[Row, Row | None]]:
        """The spoiled row; or the row and another that contradicts it."""
        rng = self._rng[dataset]
        if dataset in DUPLICATES and rng.random() < 0.1:
            note = {"kind": "duplicate_key", "column": next(iter(DUPLICATES[dataset]))}
            return [(row, None), (row | DUPLICATES[dataset], note)]
        fault = self._next(dataset, row)
        note = {"kind": fault.kind, "column": fault.column}
        return [(fault.spoil(row), note)]

    def _next(self, dataset: str, row: Row) -> Fault:
        """The fault used least so far that fits the row, so that none is left out."""
        able = [fault for fault in self._faults[dataset] if fault.fits(row)]
        fault = min(able, key=lambda each: self._used[dataset, each])
        self._used[dataset, fault] += 1
        return fault
