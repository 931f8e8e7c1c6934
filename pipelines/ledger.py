"""Ledger: what a build has to do, from what came and what the warehouse knows.

The same bytes under the same rules are not read again. A file that was withdrawn stops
counting; a dataset whose rules changed is read anew, from its first file on.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from pipelines.collect import missing
from pipelines.datasets import ALL
from pipelines.errors import BuildError
from pipelines.landing import Landing, Receipt, standing, taken_back
from pipelines.publish import Pointer, checksum_of, read_pointer
from pipelines.rules import hashes
from pipelines.sources import Source, source_of
from settings import Settings


LOST = (
    "The warehouse knows receipt {}, and the landing has lost it. Nothing was "
    "published. Put the landing back from a newer backup; if there is none, remove the "
    "file CURRENT of the warehouse and build without it."
)


@dataclass
class Work:
    """What one build does.

    `sources` are the files to read, in order of arrival, `repeated` those that say what
    another said; `changed` are the datasets whose rows may be others than before and
    `anew` those that start from nothing; `withdrawn` are all receipts taken back,
    `reranked` files that count no more, or again.
    """

    sources: list[Source] = field(default_factory=list)
    repeated: list[Source] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)
    anew: set[str] = field(default_factory=set)
    withdrawn: set[int] = field(default_factory=set)
    reranked: list[int] = field(default_factory=list)
    is_measured_anew: bool = False


@dataclass(frozen=True)
class Known:
    """What a warehouse knows of one receipt."""

    sha256: str
    is_withdrawn: bool
    duplicate_of: int
    rows_in: int
    is_refused: bool


def work_to_do(
    landing: Landing,
    known: dict[int, Known],
    before: Pointer | None,
    rules: dict[str, str],
    until: datetime | None = None,
) -> Work:
    """Compare every receipt with what the warehouse knows of it."""
    receipts = landing.receipts()
    refuse_loss(receipts, known)
    work = Work(withdrawn=taken_back(receipts, until))
    old = before.rules if before else {}
    work.anew = {d.name for d in ALL if old.get(d.name) != rules[d.name]}
    work.is_measured_anew = old.get("measures") != rules["measures"]
    firsts: dict[tuple, int] = {}
    for receipt in standing(receipts, until):
        sort(landing, work, receipt, known, firsts)
    work.changed |= {source.dataset.name for source in work.sources} | work.anew
    return work


def refuse_loss(receipts: list[Receipt], known: dict[int, Known]) -> None:
    """Stop where the landing is older than the warehouse, as from an old backup."""
    there = {receipt.number: receipt.sha256 for receipt in receipts}
    lost = [n for n, one in known.items() if there.get(n) != one.sha256]
    if lost:
        raise BuildError(LOST.format(min(lost)))


def sort(
    landing: Landing,
    work: Work,
    receipt: Receipt,
    known: dict[int, Known],
    firsts: dict[tuple, int],
) -> None:
    """Put one receipt where it belongs: to read, a repeat, or known already."""
    is_withdrawn = receipt.number in work.withdrawn
    content = (
        receipt.collection,
        receipt.dataset,
        receipt.sha256,
        json.dumps(receipt.options, sort_keys=True),
    )
    first = receipt.number if is_withdrawn else firsts.get(content, receipt.number)
    seen = None if receipt.dataset in work.anew else known.get(receipt.number)
    if first == receipt.number and not (seen and seen.is_refused) and not is_withdrawn:
        firsts[content] = first
    if seen and seen.is_withdrawn != is_withdrawn:
        work.changed.add(receipt.dataset)
        work.reranked.append(receipt.number)
    if seen and (seen.duplicate_of or receipt.number) == first:
        return
    source = source_of(receipt, landing.path(receipt.sha256))
    source.is_withdrawn = is_withdrawn
    source.duplicate_of = first if first != receipt.number else 0
    (work.repeated if source.duplicate_of else work.sources).append(source)


def read_known(connection: DuckDBPyConnection) -> dict[int, Known]:
    """What an open warehouse knows, by receipt."""
    rows = connection.execute(
        "select arrival, file_sha256, is_withdrawn, coalesce(duplicate_of, 0), "
        "rows_in, refused is not null from quality.sources"
    ).fetchall()
    return {arrival: Known(*rest) for arrival, *rest in rows}


def is_up_to_date(
    landing: Landing, before: Pointer | None, rules: dict[str, str], folder: Path
) -> bool:
    """Whether the published warehouse is whole, knows the last receipt and was made by
    the present rules; raises where it knows more than the landing."""
    last = landing.last_number()
    if before and before.receipt > last:
        raise BuildError(LOST.format(last + 1))
    if not before or before.receipt != last or before.rules != rules:
        return False
    path = folder / before.file
    return path.exists() and checksum_of(path) == before.checksum


def published_already(chosen: Settings) -> str:
    """Name of the warehouse file that needs no build, or nothing."""
    landing, before = Landing(chosen.landing), read_pointer(chosen.warehouse)
    if missing(chosen, landing) or not before:
        return ""
    is_current = is_up_to_date(landing, before, hashes(chosen), chosen.warehouse)
    return before.file if is_current else ""
