"""Build: the whole road from files to a published warehouse, as a list of steps."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.check import check
from pipelines.datasets import dataset
from pipelines.errors import BuildError
from pipelines.extract import extract
from pipelines.inputs import fingerprint_of, folders
from pipelines.load import account, load
from pipelines.measure import measure
from pipelines.publish import Pointer, publish
from pipelines.reference_tables import load_reference
from pipelines.relate import relate
from pipelines.sources import Source, find_sources
from pipelines.stage import stage
from settings import Settings, settings


Progress = Callable[[str], None]
FACTS = (Path(__file__).parent / "sql" / "facts.sql").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Report:
    """What one build or check did: rows by file, rules, and what was published."""

    files: list[dict]
    rules: list[dict]
    quarantine: list[dict]
    published: str = ""
    facts: tuple[dict, ...] = ()

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
    chosen: Settings = settings, *, progress: Progress = lambda step: None
) -> Report:
    """Build the warehouse from every collection's files and publish it."""
    sources = find_sources(folders(chosen))
    fingerprint = fingerprint_of(sources, chosen)
    chosen.warehouse.mkdir(parents=True, exist_ok=True)
    with scratch(chosen.warehouse) as path, duckdb.connect(str(path)) as connection:
        run(connection, sources, chosen, progress)
        progress("Publishing the warehouse")
        published = publish(connection, chosen.warehouse, fingerprint)
        return report(connection, published)


def run(
    connection: duckdb.DuckDBPyConnection,
    sources: list[Source],
    chosen: Settings,
    progress: Progress,
) -> None:
    """The steps, in order."""
    progress("Loading reference tables")
    lists = load_reference(connection, chosen.reference)
    progress(f"Reading {len(sources)} files")
    extract(connection, sources)
    progress("Turning text into values")
    stage(connection)
    progress("Checking every rule")
    check(connection, lists)
    progress("Accounting for every row")
    load(connection)
    progress("Checking what rows say of one another")
    relate(connection)
    progress("Measuring indicators")
    measure(connection)


def check_file(path: Path, name: str, chosen: Settings = settings) -> Report:
    """Check one file against its dataset's rules and load nothing."""
    if not path.exists():
        raise BuildError(f"There is no file {path}.")
    kind = dataset(name)
    collection = "public_record" if kind.is_public else "department"
    source = Source(collection, kind, path, 0, path.name)
    with duckdb.connect() as connection:
        lists = load_reference(connection, chosen.reference)
        extract(connection, [source])
        stage(connection, (kind,))
        check(connection, lists, (kind,))
        account(connection, (kind,))
        return report(connection)


def report(
    connection: duckdb.DuckDBPyConnection, published: Pointer | None = None
) -> Report:
    """Counts and faults as plain rows."""
    return Report(
        rows(connection, "select * from quality.files order by arrival"),
        rows(connection, "select * from quality.rules where unexpected > 0"),
        rows(
            connection,
            "select * exclude (raw_row) from quality.quarantine "
            "order by source_file, source_row, rule_id limit 1000",
        ),
        published.file if published else "",
        tuple(rows(connection, FACTS)) if published else (),
    )


def rows(connection: duckdb.DuckDBPyConnection, select: str) -> list[dict]:
    """Rows of a select as dictionaries."""
    answer = connection.execute(select)
    names = [column[0] for column in answer.description or []]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


class scratch:  # noqa: N801 - reads as a word in a with statement
    """A working database that is gone afterwards, whatever happened."""

    def __init__(self, folder: Path) -> None:
        self.folder = tempfile.TemporaryDirectory(dir=folder, prefix="building-")

    def __enter__(self) -> Path:
        return Path(self.folder.name) / "build.duckdb"

    def __exit__(self, *error: object) -> None:
        self.folder.cleanup()
