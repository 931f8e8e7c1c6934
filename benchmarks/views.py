"""Builds an installation and times the views of a page over it: for other benchmarks.

Each view runs in a process of its own, made ready as the server makes itself ready
before it answers (`analytics/ui/warm.py`; "start"). "Cold" is the view's first run
there, nothing cached, "warm" the median of later runs. A run ends when the script ends,
figures serialised: the whole view, of several figures. "Slowest figure" is the longest
wait of the cold run from one figure to the next. The floor is a page with a title.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from settings import ROOT, Settings


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
console = Console(width=110)
WARM, COLD = 0.3, 1.0
FLOOR = "Floor: a title"


def measure(folder: Path, theme: str, rounds: int) -> None:
    """Build what is in `folder`/raw and /demonstration unless it is built, then time
    every view of a theme; a view that fails is told at the end.
    """
    from pages import THEMES
    from tests.support.pages import VIEWS

    pages = {page.address for one in THEMES if one.title == theme for page in one.pages}
    if not (folder / "warehouse" / "CURRENT").exists():
        show_build(run(folder, "build"))
    found = {FLOOR: run(folder, "view", "", "{}", str(rounds))}
    for label, (page, asked) in VIEWS.items():
        if page not in pages:
            continue
        found[label] = run(folder, "view", page, json.dumps(asked), str(rounds))
    show_views(found)
    failed = [label for label, times in found.items() if not times]
    if failed:
        raise SystemExit(f"Failed, each with its error above: {', '.join(failed)}")


def run(folder: Path, work: str, *arguments: str) -> dict[str, Any]:
    """One piece of work in a process of its own; what it told as JSON.

    A view that fails has nothing to tell, so that the others are timed all the same.
    """
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.views", work, str(folder), *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TQDM_DISABLE": "1", "COUNCIL_WAREHOUSE": str(folder / "warehouse")},
    )
    if ran.returncode and work == "view":
        return {}
    ran.check_returncode()
    return json.loads(ran.stdout.splitlines()[-1])


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
        demonstration=folder / "demonstration",
        public=folder / "none",
        warehouse=folder / "warehouse",
    )
    start = time.perf_counter()
    report = build(chosen, progress=lambda step: print(step, file=sys.stderr))
    answer = {
        "seconds": time.perf_counter() - start,
        "gigabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
        "megabytes": sum(p.stat().st_size for p in chosen.warehouse.glob("*.duckdb")) / 1e6,
    }
    names = ("rows_in", "accepted", "quarantined")
    print(json.dumps(answer | {name: report.total(name) for name in names}))


@app.command("view", hidden=True)
def time_view(folder: Path, name: str, asked: str, rounds: int) -> None:
    """Runs one view of a page, or without a page the floor; prints seconds as JSON."""
    from streamlit.testing.v1 import AppTest

    start = timed(warm_up)
    # The first run of any page loads what runs it here, which a server has loaded.
    page = AppTest.from_string("import streamlit as st\nst.title('Floor')").run()
    if name:
        from tests.support.pages import app_of

        page = app_of(name, **json.loads(asked))
    times, waits = [], []
    for _ in range(rounds + 1):
        with figures_timed() as found:
            times.append(timed(page.run))
        waits.append(max(found, default=0))
        if page.exception:
            raise SystemExit(f"{asked}: the page failed, with the error above.")
    print(json.dumps({"start": start, "cold": times[0], "warm": times[1:], "figure": waits[0]}))


@contextmanager
def figures_timed() -> Iterator[list[float]]:
    """Seconds from each figure of a run to the next; the first from the start."""
    from analytics.ui import layout

    found: list[float] = []
    before, figure = time.perf_counter(), layout.figure

    def drawn(*given: Any, **options: Any) -> None:
        nonlocal before
        figure(*given, **options)
        now = time.perf_counter()
        found.append(now - before)
        before = now

    layout.figure = drawn
    try:
        yield found
    finally:
        layout.figure = figure


def warm_up() -> None:
    """What the server does before it answers, imports among it, and right after."""
    from analytics.funding.effect.view import estimate_ahead
    from analytics.ui import warm

    warm.up()
    estimate_ahead()


def timed(work: Callable[[], Any]) -> float:
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
        "View",
        "Start s",
        "Cold s",
        "Slowest figure",
        "Warm s (median)",
        "Slowest warm",
        f"{COLD:g} s cold",
        f"{WARM:g} s warm",
    )
    for name, times in found.items():
        if not times:
            table.add_row(name, "failed")
            continue
        warm = statistics.median(times["warm"])
        said = [met(times["cold"], COLD), met(warm, WARM)]
        numbers = (times["start"], times["cold"], times["figure"], warm, max(times["warm"]))
        cells = [f"{seconds:.3f}" for seconds in numbers]
        table.add_row(name, *cells, *([] if name == FLOOR else said))
    console.print(table)


def met(seconds: float, aim: float) -> str:
    """Whether an aim was met, in a word."""
    return "met" if seconds <= aim else "missed"


if __name__ == "__main__":
    app()
