"""How long a build of the demonstration data takes, beside a hand-written floor.

    python -m benchmarks.build [--scale 1] [--rounds 3]

The floor reads the same files with DuckDB's own CSV reader, guessing nothing and
checking nothing but one count a column: what any loader must at least do.
"""

import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.console import Console
from rich.table import Table

from demonstration import write_demonstration
from pipelines.build import build
from settings import Settings, settings


def main(
    scale: Annotated[int, typer.Option(min=1)] = 1, rounds: Annotated[int, typer.Option(min=1)] = 3
) -> None:
    """Write the files once, then time floor and build in turn."""
    with tempfile.TemporaryDirectory() as folder:
        chosen = Settings(
            demonstration=Path(folder) / "demonstration",
            raw=Path(folder) / "raw",
            landing=Path(folder) / "landing",
            warehouse=Path(folder) / "warehouse",
        )
        made = seconds(lambda: write_files(chosen.demonstration, scale))
        rows = 0
        floors, builds = [], []
        for _ in range(rounds):
            floors.append(seconds(lambda: floor(chosen.demonstration)))
            # From nothing each time: a second build would find nothing new.
            for name in ("landing", "warehouse"):
                shutil.rmtree(Path(folder) / name, ignore_errors=True)
            start = time.perf_counter()
            rows = build(chosen).total("rows_in")
            builds.append(time.perf_counter() - start)
        show(scale, rows, made, floors, builds)


def write_files(folder: Path, scale: int) -> None:
    """The demonstration files, seed 7."""
    write_demonstration(folder, seed=7, years=5, scale=scale, reference=settings.reference)


def floor(folder: Path) -> None:
    """Read every file as text and count the filled cells of each column."""
    with duckdb.connect() as connection:
        for dataset in sorted(path for path in folder.iterdir() if path.is_dir()):
            connection.execute(
                "create or replace table t as select * from read_csv($files, "
                "header = true, all_varchar = true, union_by_name = true)",
                {"files": f"{dataset}/*.csv"},
            )
            connection.execute("summarize t").fetchall()


def seconds(work) -> float:
    """How long a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def show(scale: int, rows: int, made: float, floors: list[float], builds: list[float]) -> None:
    """Print medians and the ratio."""
    table = Table("Work", "Seconds (median)", "All rounds")
    table.add_row(f"Write demonstration files, scale {scale}", f"{made:.1f}", "")
    for name, times in (("Floor: DuckDB reads the files", floors), ("Build", builds)):
        every = ", ".join(f"{one:.1f}" for one in times)
        table.add_row(name, f"{statistics.median(times):.1f}", every)
    console = Console(width=90)
    console.print(table)
    ratio = statistics.median(builds) / statistics.median(floors)
    console.print(f"{rows:,} rows in; build is {ratio:.1f} times the floor.")


if __name__ == "__main__":
    typer.run(main)
