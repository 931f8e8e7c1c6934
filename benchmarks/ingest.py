"""How long ingestion takes, beside a floor and Great Expectations on pandas.

    python -m benchmarks.ingest [--rows 1000000] [--rows 10000000] [--rounds 3]

Each piece of work runs in a process of its own, in turn, and tells its seconds (without
the imports) and its peak memory. The floor is one hand-written DuckDB load, typed, and
one pass that counts what breaks the same rules. Ours is the whole build: landing, every
rule, every row accounted for, every figure. The peer checks the same suite on the same
typed rows with Great Expectations' own pandas engine, all row numbers asked for.
"""

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from settings import ROOT, Settings


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
console = Console(width=100)
SQL = Path(__file__).with_name("sql")
AIMS = {
    "build / floor, at most": 4.0,
    "1% more rows / build, at most": 0.05,
    "sent again, seconds per 100 MB, at most": 0.5,
    "peak memory of the build, GB, at most": 1.5,
}


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    rows: Annotated[list[int] | None, typer.Option(help="Incidents; repeat.")] = None,
    rounds: Annotated[int, typer.Option(min=1)] = 3,
    peer_up_to: Annotated[
        int, typer.Option(help="Most rows for Great Expectations on pandas.")
    ] = 1_000_000,
) -> None:
    """Measure at each number of rows, and say which aims were met."""
    if context.invoked_subcommand:
        return
    for count in rows or [1_000_000]:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), count, rounds, count <= peer_up_to)


def measure(folder: Path, count: int, rounds: int, has_peer: bool) -> None:
    """All pieces of work in turn, `rounds` times, then a table."""
    write_incidents(folder, count)
    found: dict[str, list[dict[str, Any]]] = {}
    works = ["floor", "build", "again", "more", "check"] + ["peer"] * has_peer
    for _ in range(rounds):
        for work in works:
            found.setdefault(work, []).append(run(work, folder))
    show(folder, count, found)


def run(work: str, folder: Path) -> dict[str, Any]:
    """One piece of work in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.ingest", "work", work, str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "TQDM_DISABLE": "1"},
    )
    return json.loads(ran.stdout.splitlines()[-1])


@app.command(hidden=True)
def work(name: str, folder: Path) -> None:
    """One piece of work; prints what it took as JSON."""
    answer = WORKS[name](folder)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(json.dumps({**answer, "gigabytes": memory}))


def write_incidents(folder: Path, count: int) -> None:
    """Files of that many incidents, one in a thousand with each kind of fault, and of a
    hundredth more."""
    import duckdb

    select = (SQL / "incidents.sql").read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        for name, first, rows in (("all", 0, count), ("more", count, count // 100)):
            path = folder / f"{name}.csv"
            connection.execute(
                f"copy ({select}) to '{path}' (header, delimiter ',')",
                {"first": first, "rows": rows},
            )


def timed(work_to_do: Any) -> dict[str, Any]:
    """Seconds that a piece of work takes."""
    start = time.perf_counter()
    answer = work_to_do()
    return {"seconds": time.perf_counter() - start, **(answer or {})}


def floor(folder: Path) -> dict[str, Any]:
    """One typed load into a file, and one pass of counts."""
    import duckdb

    path = folder / "floor.duckdb"
    path.unlink(missing_ok=True)

    def load() -> dict[str, Any]:
        with duckdb.connect(str(path), config={"memory_limit": "1GB"}) as connection:
            connection.execute("set TimeZone = 'Europe/London'")
            create = (SQL / "floor_load.sql").read_text(encoding="utf-8")
            connection.execute(create, {"path": str(folder / "all.csv")})
            check = (SQL / "floor_check.sql").read_text(encoding="utf-8")
            counts = connection.execute(check).fetchall()[0]
        return {"found": sum(counts)}

    return timed(load)


def installed(folder: Path) -> Settings:
    """An installation that holds nothing else than these incidents."""
    return Settings(
        raw=folder / "raw",
        landing=folder / "landing",
        demonstration=folder / "none",
        public=folder / "none",
        warehouse=folder / "warehouse",
    )


def put(folder: Path, name: str, as_name: str) -> None:
    """A file into the folder of incidents."""
    place = folder / "raw" / "incidents" / as_name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    os.link(folder / name, place)


def build_all(folder: Path) -> dict[str, Any]:
    """The whole build, from nothing."""
    from pipelines.build import build

    for part in ("raw", "landing", "warehouse"):
        shutil.rmtree(folder / part, ignore_errors=True)
    put(folder, "all.csv", "1.csv")
    return timed(lambda: counted(build(installed(folder), progress=say)))


def build_again(folder: Path) -> dict[str, Any]:
    """The same bytes under another name: nothing is read twice."""
    from pipelines.build import build

    put(folder, "all.csv", "2.csv")
    return timed(lambda: counted(build(installed(folder), progress=say)))


def build_more(folder: Path) -> dict[str, Any]:
    """One row more for every hundred."""
    from pipelines.build import build

    put(folder, "more.csv", "3.csv")
    return timed(lambda: counted(build(installed(folder), progress=say)))


STARTED = time.perf_counter()


def say(step: str) -> None:
    """Each step with its moment, for whoever runs the work by hand."""
    passed, worked = time.perf_counter() - STARTED, time.process_time()
    print(f"{passed:8.1f} s  {worked:8.1f} s of CPU  {step}", file=sys.stderr)


def counted(report: Any) -> dict[str, Any]:
    """Rows of a build's report."""
    names = ("rows_in", "accepted", "quarantined", "superseded")
    return {name: report.total(name) for name in names}


def staged(folder: Path) -> Any:
    """An open database with the rows typed and staged, nothing checked yet."""
    import duckdb

    from pipelines.datasets import dataset
    from pipelines.extract import extract
    from pipelines.match import match
    from pipelines.matching import Matcher
    from pipelines.reference_tables import load_reference
    from pipelines.sources import Source
    from pipelines.stage import prepare, stage
    from settings import settings

    path = folder / "check.duckdb"
    path.unlink(missing_ok=True)
    connection = duckdb.connect(str(path), config={"memory_limit": "1GB"})
    lists = load_reference(connection, settings.reference)
    connection.execute("create schema quality")
    quality = (ROOT / "pipelines" / "sql" / "quality.sql").read_text(encoding="utf-8")
    connection.execute(quality)
    prepare(connection)
    kind = dataset("incidents")
    at = "2026-11-22T00:00:00+00:00"
    file = folder / "all.csv"
    source = Source("department", kind, file, 1, file.name, received_at=at)
    extract(connection, [source], folder)
    match(connection, Matcher.read(settings.reference), kind, [1])
    stage(connection, [1], (kind,))
    return connection, lists, kind


def check_ours(folder: Path) -> dict[str, Any]:
    """Our check of staged rows: counts by Great Expectations, every row found."""
    from pipelines.check import check

    connection, lists, kind = staged(folder)
    answer = timed(lambda: check(connection, lists, (kind,)))
    found = connection.execute("select count(*) from quality.faults").fetchall()[0][0]
    out = folder / "staged.parquet"
    connection.execute(f"copy (from staging.incidents) to '{out}' (format parquet)")
    connection.close()
    return {**answer, "found": found}


def check_peer(folder: Path) -> dict[str, Any]:
    """The same suite on the same rows by Great Expectations on pandas."""
    import great_expectations as gx
    import pandas as pd
    import pyarrow.parquet as pq
    from great_expectations.data_context.types.base import ProgressBarsConfig

    from expectations.suites import suite
    from pipelines.datasets import dataset
    from tests.support.warehouse import closed_lists

    frame = pq.read_table(folder / "staged.parquet").to_pandas()
    frame["row_id"] = range(len(frame))
    frame = frame.astype({c: "object" for c in frame if isinstance(frame[c].dtype, pd.StringDtype)})
    rules = suite(dataset("incidents"), closed_lists())
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("p").add_dataframe_asset("a")
    batch = asset.add_batch_definition_whole_dataframe("b").get_batch({"dataframe": frame})
    form: Any = {
        "result_format": "COMPLETE",
        "unexpected_index_column_names": ["row_id"],
        "return_unexpected_index_query": False,
    }
    found = {}

    def validate() -> dict[str, Any]:
        answer = batch.validate(rules, result_format=form)
        found["count"] = sum(
            result.result.get("unexpected_count") or 0 for result in answer.results
        )
        return {}

    return {**timed(validate), "found": found["count"]}


WORKS = {
    "floor": floor,
    "build": build_all,
    "again": build_again,
    "more": build_more,
    "check": check_ours,
    "peer": check_peer,
}
WORDS = {
    "floor": "Floor: DuckDB by hand",
    "build": "Our build",
    "again": "Our build, same file sent again",
    "more": "Our build, 1% more rows",
    "check": "Our check alone",
    "peer": "Great Expectations on pandas",
}


def show(folder: Path, count: int, found: dict[str, list[dict[str, Any]]]) -> None:
    """Medians, and the aims that they meet or miss."""
    size = (folder / "all.csv").stat().st_size / 1e8
    table = Table("Work", "Seconds (median)", "All rounds", "Peak GB", "Rows found")
    middle = {}
    for name, rounds in found.items():
        times = [one["seconds"] for one in rounds]
        middle[name] = statistics.median(times)
        table.add_row(
            WORDS[name],
            f"{middle[name]:.2f}",
            ", ".join(f"{one:.2f}" for one in times),
            f"{max(one['gigabytes'] for one in rounds):.2f}",
            f"{rounds[0].get('found', rounds[0].get('quarantined', '')):,}",
        )
    console.print(f"{count:,} incidents, {size * 100:.0f} MB")
    console.print(table)
    memory = max(one["gigabytes"] for one in found["build"])
    reached = (
        middle["build"] / middle["floor"],
        middle["more"] / middle["build"],
        middle["again"] / size,
        memory,
    )
    for (aim, limit), value in zip(AIMS.items(), reached, strict=True):
        said = "met" if value <= limit else "not met"
        console.print(f"{aim} {limit:g}: {value:.2f}, {said}")
    if "peer" in middle:
        ratio = middle["peer"] / middle["check"]
        console.print(f"Great Expectations on pandas / our check: {ratio:.1f}")


if __name__ == "__main__":
    app()
