"""How fast the page Funding impact is over the demonstration at full size.

    python -m benchmarks.funding [--years 6] [--rounds 3]

Writes the demonstration of every council over so many years, with awards, payments,
budgets and all that the views set beside them, builds it with the real pipeline, and
times each of the page's views (`benchmarks/views.py` says how). `--keep FOLDER` leaves
the installation there, to be used again.
"""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from benchmarks import views
from settings import settings


SEED = 7


def main(
    years: Annotated[int, typer.Option(min=4, max=6)] = 6,
    rounds: Annotated[int, typer.Option(min=3)] = 3,
    keep: Annotated[Path | None, typer.Option(help="Leave it all there.")] = None,
) -> None:
    """Build the installation, time every view, and say which aims were met."""
    if keep:
        measure(keep.resolve(), years, rounds)
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), years, rounds)


def measure(folder: Path, years: int, rounds: int) -> None:
    """Files, warehouse and page, in that order; what is there already stays."""
    if not (folder / "demonstration").exists():
        write_files(folder, years)
    views.measure(folder, "Funding impact", rounds)


def write_files(folder: Path, years: int) -> None:
    """The demonstration of every council, of every contract."""
    from demonstration import write_demonstration

    counts = write_demonstration(
        folder / "demonstration",
        seed=SEED,
        years=years,
        scale=1,
        reference=settings.reference,
        progress=lambda step: None,
    )
    funding = ("awards", "award_payments", "programme_budgets")
    said = ", ".join(f"{counts[name]:,} {name}" for name in funding)
    views.console.print(f"Demonstration of {years} years: {said}")


if __name__ == "__main__":
    typer.run(main)
