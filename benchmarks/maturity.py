"""How fast the page Risk maturity is over ten years of every council's assessments.

    python -m benchmarks.maturity [--years 10] [--systems 10] [--rounds 5]

Makes an installation of about a million judgements (`sql/maturity.sql`), builds it with
the real pipeline, and runs every view of the page beside a page with only a title. Each
view runs in a process of its own, made ready as the server makes itself ready before it
answers (`analytics/ui/warm.py`; "start"). "Cold" is the view's first run there, nothing
cached, "warm" the median of later runs. A run ends when the script ends, figures
serialised. `--keep FOLDER` leaves the installation there, to be used again.
"""

import json
import os
import resource
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

from settings import ROOT, Settings, settings


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
console = Console(width=100)
SQL = Path(__file__).with_name("sql") / "maturity.sql"
PAGE = ROOT / "pages" / "risk_maturity.py"
WARM, COLD = 0.3, 1.0
FLOOR = "Floor: a title"
# Tables of the SQL that become files; assessments and actions one for each year.
YEARLY = ("assessments", "actions")
WHOLE = ("critical_systems", "returns", "caf_stage_events")


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    years: Annotated[int, typer.Option(min=1, max=25)] = 10,
    systems: Annotated[int, typer.Option(min=1, max=40)] = 10,
    rounds: Annotated[int, typer.Option(min=3)] = 5,
    keep: Annotated[Path | None, typer.Option(help="Leave it all there.")] = None,
) -> None:
    """Build the installation, time every view, and say which aims were met."""
    if context.invoked_subcommand:
        return
    if keep:
        measure(keep.resolve(), years, systems, rounds)
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), years, systems, rounds)


def measure(folder: Path, years: int, systems: int, rounds: int) -> None:
    """Files, warehouse and page, in that order; what is there already stays."""
    if not (folder / "raw").exists():
        write_files(folder, years, systems)
    if not (folder / "warehouse" / "CURRENT").exists():
        show_build(run("build", folder))
    from analytics.ui.maturity import VIEWS

    found = {FLOOR: run("view", folder, "--rounds", str(rounds))}
    for label in VIEWS.values():
        arguments = ("--view", label, "--rounds", str(rounds))
        found[label] = run("view", folder, *arguments)
    show_views(found)
    failed = [label for label, times in found.items() if not times]
    if failed:
        raise SystemExit(f"Failed, each with its error above: {', '.join(failed)}")


def run(work: str, folder: Path, *arguments: str) -> dict[str, Any]:
    """One piece of work in a process of its own; what it told as JSON.

    A view that fails has nothing to tell, so that the others are timed all the same.
    """
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.maturity", work, str(folder), *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={
            **os.environ,
            "TQDM_DISABLE": "1",
            "COUNCIL_WAREHOUSE": str(folder / "warehouse"),
        },
    )
    if ran.returncode and work == "view":
        return {}
    ran.check_returncode()
    return json.loads(ran.stdout.splitlines()[-1])


def write_files(folder: Path, years: int, systems: int) -> None:
    """A department's files, as they would lie in its `data/raw`."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(f"set variable reference = '{settings.reference}'")
        connection.execute(f"set variable years = {years}")
        connection.execute(f"set variable systems = {systems}")
        connection.execute(SQL.read_text(encoding="utf-8"))
        for name in WHOLE:
            copy(connection, f"from {name}", folder / "raw" / name / "1.csv")
        for name in YEARLY:
            for year in range(2026 - years, 2026):
                select = f"select * exclude (year) from {name} where year = {year}"
                copy(connection, select, folder / "raw" / name / f"{year}.csv")


def copy(connection: Any, select: str, path: Path) -> None:
    """A select as a CSV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection.execute(f"copy ({select}) to '{path}' (header, delimiter ',')")


@app.command("build", hidden=True)
def build_all(folder: Path) -> None:
    """The whole build from nothing; prints its seconds, rows and memory as JSON."""
    from pipelines.build import build

    chosen = Settings(
        raw=folder / "raw",
        landing=folder / "landing",
        demonstration=folder / "none",
        public=folder / "none",
        warehouse=folder / "warehouse",
    )
    start = time.perf_counter()
    report = build(chosen, progress=lambda step: print(step, file=sys.stderr))
    answer = {
        "seconds": time.perf_counter() - start,
        "gigabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
        "megabytes": sum(p.stat().st_size for p in chosen.warehouse.glob("*.duckdb"))
        / 1e6,
    }
    names = ("rows_in", "accepted", "quarantined")
    print(json.dumps(answer | {name: report.total(name) for name in names}))


@app.command("view", hidden=True)
def time_view(folder: Path, view: str = "", rounds: int = 5) -> None:
    """Runs one view, or without one the floor; prints its seconds as JSON."""
    from streamlit.testing.v1 import AppTest

    start = timed(warm_up)
    # The first run of any page loads what runs it here, which a server has loaded.
    page = AppTest.from_string("import streamlit as st\nst.title('Floor')").run()
    if view:
        page = AppTest.from_file(str(PAGE), default_timeout=300)
        page.query_params["view"] = view
    times = []
    for _ in range(rounds + 1):
        times.append(timed(page.run))
        if page.exception:
            raise SystemExit(f"{view}: the page failed, with the error above.")
    print(json.dumps({"start": start, "cold": times[0], "warm": times[1:]}))


def warm_up() -> None:
    """What the server does before it answers, imports among it."""
    from analytics.ui import warm

    warm.up()


def timed(work: Any) -> float:
    """Seconds that a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def show_build(built: dict[str, Any]) -> None:
    """Rows, seconds and memory of the build."""
    console.print(
        f"Build: {built['rows_in']:,} rows in {built['seconds']:.1f} s "
        f"({built['accepted']:,} accepted, {built['quarantined']:,} set aside), "
        f"peak memory {built['gigabytes']:.2f} GB, warehouse "
        f"{built['megabytes']:.0f} MB"
    )


def show_views(found: dict[str, dict[str, Any]]) -> None:
    """Each view beside the floor and both aims."""
    table = Table(
        "View", "Start s", "Cold s", "Warm s (median)", "Slowest warm s",
        f"{COLD:g} s cold", f"{WARM:g} s warm",
    )  # fmt: skip
    for name, times in found.items():
        if not times:
            table.add_row(name, "failed")
            continue
        warm = statistics.median(times["warm"])
        said = [met(times["cold"], COLD), met(warm, WARM)]
        numbers = (times["start"], times["cold"], warm, max(times["warm"]))
        cells = [f"{seconds:.3f}" for seconds in numbers]
        table.add_row(name, *cells, *([] if name == FLOOR else said))
    console.print(table)


def met(seconds: float, aim: float) -> str:
    """Whether an aim was met, in a word."""
    return "met" if seconds <= aim else "missed"


if __name__ == "__main__":
    app()
