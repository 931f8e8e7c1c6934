"""How fast the page Risk maturity is over ten years of every council's assessments.

    python -m benchmarks.maturity [--years 10] [--systems 10] [--rounds 5]

Makes an installation of about a million judgements (`sql/maturity.sql`), builds it with
the real pipeline, and times every view of the page (`benchmarks/views.py` says how).
`--keep FOLDER` leaves the installation there, to be used again.
"""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from benchmarks import views
from settings import settings


SQL = Path(__file__).with_name("sql") / "maturity.sql"
# Tables of the SQL that become files; assessments and actions one for each year.
YEARLY = ("assessments", "actions")
WHOLE = ("critical_systems", "returns", "caf_stage_events")


def main(
    years: Annotated[int, typer.Option(min=1, max=25)] = 10,
    systems: Annotated[int, typer.Option(min=1, max=40)] = 10,
    rounds: Annotated[int, typer.Option(min=3)] = 5,
    keep: Annotated[Path | None, typer.Option(help="Leave it all there.")] = None,
) -> None:
    """Build the installation, time every view, and say which aims were met."""
    if keep:
        measure(keep.resolve(), years, systems, rounds)
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), years, systems, rounds)


def measure(folder: Path, years: int, systems: int, rounds: int) -> None:
    """Files, warehouse and page, in that order; what is there already stays."""
    if not (folder / "raw").exists():
        write_files(folder, years, systems)
    views.measure(folder, "Risk maturity", rounds)


def write_files(folder: Path, years: int, systems: int) -> None:
    """A department's files, as they would lie in its `data/raw`."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(f"set variable reference = '{settings.reference}'")
        connection.execute(f"set variable years = {years}")
        connection.execute(f"set variable systems = {systems}")
        connection.execute(SQL.read_text(encoding="utf-8"))
        for name in WHOLE:
            views.copy(connection, f"from {name}", folder / "raw" / name / "1.csv")
        for name in YEARLY:
            for year in range(2026 - years, 2026):
                select = f"select * exclude (year) from {name} where year = {year}"
                path = folder / "raw" / name / f"{year}.csv"
                views.copy(connection, select, path)


if __name__ == "__main__":
    typer.run(main)
