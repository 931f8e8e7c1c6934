"""Build: the whole road from files to a published warehouse, as a list of steps."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from duckdb import DuckDBPyConnection

from pipelines.changes import Changes
from pipelines.check import check
from pipelines.codes import read_codes
from pipelines.collect import collect
from pipelines.datasets import ALL, Dataset
from pipelines.disk import connected, no_disk_error, working_folder
from pipelines.extract import extract
from pipelines.landing import Landing, end_of_day
from pipelines.ledger import Work, is_up_to_date, read_known, work_to_do
from pipelines.load import account, load
from pipelines.locks import only_one
from pipelines.match import match
from pipelines.matching import Matcher
from pipelines.measure import measure
from pipelines.publish import (
    PART,
    Pointer,
    copy_whole,
    lost_pointer,
    next_number,
    publish,
    read_pointer,
    remove_leftovers,
    write_meta,
)
from pipelines.reference_tables import list_codes, load_reference
from pipelines.relate import relate
from pipelines.report import Report, report_of
from pipelines.rules import hashes
from pipelines.stage import stage
from pipelines.start import finish, repeats, start
from settings import Settings, settings


Progress = Callable[[str], None]


@dataclass(frozen=True)
class Site:
    """One installation and what its build stands on."""

    chosen: Settings
    folder: Path
    landing: Landing
    rules: dict[str, str]
    progress: Progress


def build(
    chosen: Settings = settings,
    *,
    progress: Progress = lambda step: None,
    from_landing: bool = False,
    as_at: str = "",
    wait: float = 60,
) -> Report:
    """Bring the warehouse up to date with every file received, and publish it.

    `from_landing` leaves the folders alone; `as_at` gives the figures as they stood at
    the end of a day, in a warehouse of its own. `wait` is how many seconds to wait for
    another build.
    """
    folder = as_at_folder(chosen, as_at) if as_at else chosen.warehouse
    with no_disk_error(folder), only_one(folder, "building the warehouse", wait):
        messages = []
        if remove_leftovers(folder):
            messages.append("An earlier build was broken off; it left no trace.")
        if not from_landing and not as_at:
            progress("Looking for new files")
            collect(chosen)
        site = Site(chosen, folder, Landing(chosen.landing), hashes(chosen), progress)
        messages += lost_pointer(folder)
        return bring_up_to_date(site, as_at, messages)


def bring_up_to_date(site: Site, as_at: str, messages: list[str]) -> Report:
    """Do what is to be done, on a copy of the last warehouse or from nothing."""
    before = read_pointer(site.folder)
    if not as_at and is_up_to_date(site.landing, before, site.rules, site.folder):
        messages.append("Nothing changed.")
        return Report([], [], [], [], messages=tuple(messages))
    base = None if as_at else usable(before, site, messages)
    number, receipt = next_number(site.folder), site.landing.last_number()
    until = end_of_day(as_at) if as_at else None
    part = site.folder / PART
    with working_folder(site.folder) as scratch:
        with connected(part, site.chosen, site.folder) as connection:
            known = read_known(connection) if base else {}
            work = work_to_do(site.landing, known, base, site.rules, until)
            run(connection, site, work, scratch, is_first=base is None)
            write_meta(connection, number, receipt)
            report = report_of(connection)
            finish(connection)
        site.progress("Publishing the warehouse")
        pointer = publish(part, site.folder, receipt, site.rules, number)
    return replace(report, published=pointer.file, messages=tuple(messages))


def usable(before: Pointer | None, site: Site, messages: list[str]) -> Pointer | None:
    """The published warehouse, copied to work on, unless it must be made anew."""
    if before is None:
        return None
    if before.rules.get("engine") != site.rules["engine"]:
        messages.append("The pipeline or the reference tables changed: all read anew.")
        return None
    if copy_whole(before, site.folder, site.folder / PART):
        return before
    messages.append(
        f"{before.file} is gone or damaged: the warehouse was made again from the landing."
    )
    return None


def run(
    connection: DuckDBPyConnection, site: Site, work: Work, scratch: Path, *, is_first: bool
) -> None:
    """The steps, in order; what no new file reaches is left as it was."""
    is_anew = is_first or work.is_measured_anew or bool(work.anew)
    if is_anew:
        site.progress("Loading reference tables")
        load_reference(connection, site.chosen.reference)
    start(connection, work)
    datasets = tuple(d for d in ALL if d.name in work.changed or is_first)
    read(connection, site, work, datasets, scratch)
    site.progress("Accounting for every row")
    repeats(connection, work)
    sources = [*work.sources, *work.repeated]
    load(connection, datasets, sources, scratch, is_first=is_first, also=work.reranked)
    account(connection, ALL)
    changed = Changes(
        {f"accepted.{one.name}" for one in datasets},
        is_everything=is_first or work.is_measured_anew,
    )
    if is_anew or datasets:
        site.progress("Making the figures")
        relate(connection, changed)
        measure(connection, changed)


def read(
    connection: DuckDBPyConnection,
    site: Site,
    work: Work,
    datasets: tuple[Dataset, ...],
    scratch: Path,
) -> None:
    """New files into typed rows, each with its council, and every rule on them."""
    if not work.sources:
        return
    site.progress(f"Reading {len(work.sources)} files")
    for source in work.sources:
        site.landing.checked(source)
    extract(connection, work.sources, scratch)
    arrivals = [source.arrival for source in work.sources]
    site.progress("Checking every rule")
    matcher = Matcher.read(site.chosen.reference)
    lists = list_codes(connection)
    for one in datasets:
        match(connection, matcher, one, arrivals)
        read_codes(connection, one, arrivals, lists)
    stage(connection, arrivals, datasets)
    check(connection, lists, datasets)


def as_at_folder(chosen: Settings, day: str) -> Path:
    """Where the warehouse of a day in the past lies."""
    end_of_day(day)
    return chosen.warehouse / "as-at" / day
