"""Judge: the verdict on files by themselves; nothing is loaded and no figure made."""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from pipelines.check import check
from pipelines.codes import read_codes
from pipelines.datasets import Dataset, dataset
from pipelines.disk import connected, no_disk_error
from pipelines.extract import extract
from pipelines.formats.reading import Options
from pipelines.landing import hash_of
from pipelines.ledger import Work
from pipelines.load import account, load
from pipelines.match import match
from pipelines.matching import Matcher
from pipelines.publish import PART
from pipelines.reference_tables import load_reference
from pipelines.report import Report, report_of
from pipelines.sources import Source
from pipelines.stage import stage
from pipelines.start import start
from settings import Settings, settings


Progress = Callable[[str], None]


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
            return report_of(connection)


def judge(
    connection: DuckDBPyConnection,
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
    read_codes(connection, kind, arrivals, lists)
    progress("Checking every rule")
    stage(connection, arrivals, (kind,))
    check(connection, lists, (kind,))
    progress("Accounting for every row")
    load(connection, (kind,), work.sources, scratch)
    account(connection, (kind,))
