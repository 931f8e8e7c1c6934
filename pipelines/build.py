"""Build: the whole road from files to a published warehouse, as a list of steps."""

import errno
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pipelines.changes import Changes
from pipelines.check import check
from pipelines.collect import collect
from pipelines.datasets import ALL, Dataset, dataset
from pipelines.errors import BuildError
from pipelines.extract import extract
from pipelines.formats.reading import Options
from pipelines.landing import Landing, end_of_day, hash_of
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
from pipelines.reference_tables import load_reference
from pipelines.relate import relate
from pipelines.rows import rows
from pipelines.rules import hashes
from pipelines.sources import Source
from pipelines.stage import create_history, prepare, stage
from settings import Settings, settings


Progress = Callable[[str], None]
SQL = Path(__file__).parent / "sql"
FACTS = (SQL / "facts.sql").read_text(encoding="utf-8")
WORKING = ("work", "typed", "staging", "linked")


@dataclass(frozen=True)
class Report:
    """What one build or check did: rows by file, rules, and what was published.

    `files` are those read in this run; `published` is empty where nothing changed.
    """

    files: list[dict]
    rules: list[dict]
    quarantine: list[dict]
    notes: list[dict]
    published: str = ""
    facts: tuple[dict, ...] = ()
    messages: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 clean, 10 some rows quarantined, 20 a file refused."""
        if any(file["status"] == "refused" for file in self.files):
            return 20
        return 10 if any(file["quarantined"] for file in self.files) else 0

    def total(self, name: str) -> int:
        """Sum of one count over all files."""
        return sum(file[name] for file in self.files)


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
    the end of a day, in a warehouse of its own.
    """
    folder = as_at_folder(chosen, as_at) if as_at else chosen.warehouse
    with no_disk_error(folder), only_one(folder, "building the warehouse", wait):
        messages = []
        if remove_leftovers(folder):
            messages.append("An earlier build was broken off; it left no trace.")
        if not from_landing and not as_at:
            progress("Looking for new files")
            collect(chosen)
        landing, rules = Landing(chosen.landing), hashes(chosen)
        before = read_pointer(folder)
        messages += lost_pointer(folder)
        receipt = landing.last_number()
        until = end_of_day(as_at) if as_at else None
        if not as_at and is_up_to_date(landing, before, rules, folder):
            return Report([], [], [], [], messages=(*messages, "Nothing changed."))
        base = usable(before, rules, folder, messages) if not as_at else None
        number = next_number(folder)
        with working_folder(folder) as scratch:
            part = folder / PART
            with connected(part, chosen, folder) as connection:
                known = read_known(connection) if base else {}
                work = work_to_do(landing, known, base, rules, until)
                run(connection, landing, work, chosen, scratch, progress, not base)
                write_meta(connection, number, receipt)
                report = report_of(connection, work)
                finish(connection)
            progress("Publishing the warehouse")
            pointer = publish(part, folder, receipt, rules, number)
        return replace(report, published=pointer.file, messages=tuple(messages))


def usable(
    before: Pointer | None, rules: dict[str, str], folder: Path, messages: list[str]
) -> Pointer | None:
    """The published warehouse, copied to work on, unless it must be made anew."""
    if before is None:
        return None
    if before.rules.get("engine") != rules["engine"]:
        messages.append("The pipeline or the reference tables changed: all read anew.")
        return None
    if copy_whole(before, folder, folder / PART):
        return before
    messages.append(
        f"{before.file} is gone or damaged: the warehouse was made again from the "
        "landing."
    )
    return None


def run(
    connection: duckdb.DuckDBPyConnection,
    landing: Landing,
    work: Work,
    chosen: Settings,
    scratch: Path,
    progress: Progress,
    is_first: bool,
) -> None:
    """The steps, in order."""
    progress("Loading reference tables")
    lists = load_reference(connection, chosen.reference)
    start(connection, work)
    datasets = tuple(d for d in ALL if d.name in work.changed or is_first)
    progress(f"Reading {len(work.sources)} files")
    for source in work.sources:
        landing.checked(source)
    extract(connection, work.sources, scratch)
    arrivals = [source.arrival for source in work.sources]
    progress("Checking every rule")
    matcher = Matcher.read(chosen.reference)
    for one in datasets:
        match(connection, matcher, one, arrivals)
    stage(connection, arrivals, datasets)
    check(connection, lists, datasets)
    progress("Accounting for every row")
    repeats(connection, work)
    sources = [*work.sources, *work.repeated]
    load(connection, datasets, sources, scratch, is_first=is_first, also=work.reranked)
    account(connection, ALL)
    progress("Making the figures")
    changed = Changes(
        {f"accepted.{one.name}" for one in datasets},
        is_everything=is_first or work.is_measured_anew,
    )
    relate(connection, changed)
    measure(connection, changed)


def start(connection: duckdb.DuckDBPyConnection, work: Work) -> None:
    """Schemas and tables, without what this build reads again."""
    prepare(connection)
    for schema in ("quality", "accepted", "core", "marts"):
        connection.execute(f"create schema if not exists {schema}")
    connection.execute((SQL / "quality.sql").read_text(encoding="utf-8"))
    for name in work.anew:
        connection.execute(f"drop table if exists history.{name}")
        for table in ("sources", "verdicts", "faults", "rejects", "quarantine"):
            connection.execute(
                f"delete from quality.{table} where dataset = $1", [name]
            )
    for one in ALL:
        create_history(connection, one)
    forget_again(connection, work)
    connection.execute("create or replace table work.withdrawn (arrival bigint)")
    if work.withdrawn:
        connection.executemany(
            "insert into work.withdrawn values ($1)", [[n] for n in work.withdrawn]
        )
    connection.execute(
        "update quality.sources set is_withdrawn = arrival in (from work.withdrawn)"
    )


def forget_again(connection: duckdb.DuckDBPyConnection, work: Work) -> None:
    """Files that are read a second time leave nothing of the first."""
    for source in [*work.sources, *work.repeated]:
        for table in ("sources", "faults", "rejects", "quarantine"):
            connection.execute(
                f"delete from quality.{table} where arrival = $1", [source.arrival]
            )
        connection.execute(
            f"delete from history.{source.dataset.name} where arrival = $1",
            [source.arrival],
        )


def repeats(connection: duckdb.DuckDBPyConnection, work: Work) -> None:
    """A repeated file has as many rows, and is refused for the same reason."""
    known = {
        arrival: (rows_in, refused or "")
        for arrival, rows_in, refused in connection.execute(
            "select arrival, rows_in, refused from quality.sources"
        ).fetchall()
    }
    known |= {s.arrival: (s.rows_in, s.refused) for s in work.sources}
    for source in work.repeated:
        source.rows_in, source.refused = known[source.duplicate_of]
        if source.refused:
            source.duplicate_of = 0


def finish(connection: duckdb.DuckDBPyConnection) -> None:
    """Only what readers and later builds need stays in the file."""
    for schema in WORKING:
        connection.execute(f"drop schema if exists {schema} cascade")
    connection.execute("checkpoint")


def check_files(
    paths: list[Path],
    name: str,
    chosen: Settings = settings,
    options: Options | None = None,
    *,
    progress: Progress = lambda step: None,
) -> Report:
    """Check files against their dataset's rules and load nothing."""
    kind, now = dataset(name), datetime.now(UTC).isoformat(timespec="seconds")
    collection = "public_record" if kind.is_public else "department"
    sources = [
        Source(
            collection,
            kind,
            path,
            place,
            path.name,
            hash_of(path),
            now,
            options=options or Options(),
        )
        for place, path in enumerate(paths, start=1)
    ]
    work = Work(sources=sources, changed={name})
    temporary = Path(tempfile.gettempdir())
    with no_disk_error(temporary), tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        with connected(scratch / PART, chosen, scratch) as connection:
            judge(connection, work, kind, chosen, scratch, progress)
            return report_of(connection, work)


def judge(
    connection: duckdb.DuckDBPyConnection,
    work: Work,
    kind: Dataset,
    chosen: Settings,
    scratch: Path,
    progress: Progress,
) -> None:
    """Read, match and check files by themselves; no figure is made."""
    lists = load_reference(connection, chosen.reference)
    start(connection, work)
    progress("Reading the file")
    extract(connection, work.sources, scratch)
    arrivals = [source.arrival for source in work.sources]
    progress("Finding the councils")
    match(connection, Matcher.read(chosen.reference), kind, arrivals)
    progress("Checking every rule")
    stage(connection, arrivals, (kind,))
    check(connection, lists, (kind,))
    progress("Accounting for every row")
    load(connection, (kind,), work.sources, scratch)
    account(connection, (kind,))


def report_of(connection: duckdb.DuckDBPyConnection, work: Work) -> Report:
    """Counts and faults of the files that were read, as plain rows."""
    mine = "arrival in (from work.arrivals)"
    is_measured = bool(rows(connection, "select 1 from duckdb_tables() where "
                            "schema_name = 'marts' limit 1"))  # fmt: skip
    return Report(
        rows(connection, f"select * from quality.files where {mine} order by arrival"),
        rows(connection, "select * from quality.rules where unexpected > 0"),
        rows(
            connection,
            f"select * from quality.quarantine where {mine} "
            "order by arrival, source_row, rule_id limit 100000",
        ),
        rows(
            connection,
            f"select * from quality.notes where {mine} "
            "order by arrival, source_row, rule_id limit 100000",
        ),
        facts=tuple(rows(connection, FACTS)) if is_measured else (),
    )


def as_at_folder(chosen: Settings, day: str) -> Path:
    """Where the warehouse of a day in the past lies."""
    end_of_day(day)
    return chosen.warehouse / "as-at" / day


@contextmanager
def working_folder(folder: Path) -> Iterator[Path]:
    """A folder for what the build needs on the way; gone afterwards, as is the part."""
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix="building-") as scratch:
            yield Path(scratch)
    finally:
        (folder / PART).unlink(missing_ok=True)
        (folder / f"{PART}.wal").unlink(missing_ok=True)


@contextmanager
def connected(
    part: Path, chosen: Settings, folder: Path
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The file being built, with a limit to the memory that it takes."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": chosen.memory,
        "temp_directory": str(folder / "building-spill"),
    }
    with duckdb.connect(str(part), config=config) as connection:
        yield connection


@contextmanager
def no_disk_error(folder: Path) -> Iterator[None]:
    """Say in words that the disk is full or may not be written."""
    try:
        yield
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise BuildError(in_words(error, folder)) from error


def in_words(error: Exception, folder: Path) -> str:
    """What stopped the build, and what to do about it."""
    number = getattr(error, "errno", None)
    text = str(error)
    if (
        number in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
        or "No space" in text
        or ("File too large" in text)
    ):
        what = f"There is no room left on the disk of {folder.name}. Free some space"
    elif number in (errno.EACCES, errno.EPERM, errno.EROFS):
        what = f"{folder.name} cannot be written. Give this user the right to"
    else:
        what = f"The build could not go on ({text}). Put that right"
    return f"{what}, then build again. The last published warehouse stays in use."
