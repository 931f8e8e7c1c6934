"""How fast the page Service disruption is, and its build, up to 10 million incidents.

    python -m benchmarks.disruption [--rows 1000000] [--rows 10000000] [--rounds 3]

Makes an installation of that many incidents, half as many disruptions and a return for
every council and month (`sql/disruption.sql`), builds it with the real pipeline, and
times every view of the page (`benchmarks/views.py` says how). `--keep FOLDER` leaves
the installations there, to be used again.
"""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from benchmarks import views
from settings import settings


SQL = Path(__file__).with_name("sql") / "disruption.sql"
TABLES = ("incidents", "disruptions", "returns")


def main(
    rows: Annotated[list[int] | None, typer.Option(help="Incidents; repeat.")] = None,
    rounds: Annotated[int, typer.Option(min=3)] = 3,
    keep: Annotated[Path | None, typer.Option(help="Leave it all there.")] = None,
) -> None:
    """Build each installation, time every view, and say which aims were met."""
    for count in rows or [1_000_000]:
        if keep:
            measure(keep.resolve() / str(count), count, rounds)
            continue
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), count, rounds)


def measure(folder: Path, count: int, rounds: int) -> None:
    """Files, warehouse and page, in that order; what is there already stays."""
    views.console.print(f"[bold]{count:,} incidents[/]")
    if not (folder / "raw").exists():
        write_files(folder, count)
    views.measure(folder, "Service disruption", rounds)


def write_files(folder: Path, count: int) -> None:
    """A department's files, as they would lie in its `data/raw`."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(f"set variable reference = '{settings.reference}'")
        connection.execute(f"set variable rows = {count}")
        connection.execute(SQL.read_text(encoding="utf-8"))
        for name in TABLES:
            views.copy(connection, f"from {name}", folder / "raw" / name / "1.csv")


if __name__ == "__main__":
    typer.run(main)
