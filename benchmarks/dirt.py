"""The long soak of the grammar of dirt: tens of thousands of files and their oracle.

    python -m benchmarks.dirt [--files 20000] [--seed 1]

`tests/test_dirt.py` reads a thousand or so in every run of the tests. This draws other
files by a dice, judges them a hundred at a time with the real pipeline, and prints the
smallest file of every batch that the pipeline and the oracle see differently.
"""

import time
from random import Random
from typing import Annotated

import typer
from rich.console import Console

from tests.support.dirt.facts import KEYS
from tests.support.dirt.grammar import draw_file
from tests.support.dirt.verdict import check_recipes, smallest


BATCH = 100


def main(
    files: Annotated[int, typer.Option(min=1)] = 20_000, seed: Annotated[int, typer.Option()] = 1
) -> None:
    """Batch after batch, one dataset after the other; exit code 1 if any differs."""
    console, start, wrong, rows = Console(width=90), time.perf_counter(), 0, 0
    names, count = list(KEYS), 0
    for batch in range(-(-files // BATCH)):
        name = names[batch % len(names)]
        rng = Random(f"{seed} {batch}")
        recipes = [draw_file(rng.choice) for _ in range(min(BATCH, files - count))]
        count += len(recipes)
        rows += sum(len(recipe.rows) for recipe in recipes)
        if check_recipes(name, recipes):
            wrong += 1
            console.print(f"Batch {batch}:", smallest(name, recipes), markup=False)
        if count % 1000 == 0:
            console.print(f"{count:,} files after {time.perf_counter() - start:,.0f} s")
    seconds = time.perf_counter() - start
    console.print(
        f"{count:,} files of {rows:,} rows in {seconds:,.0f} s "
        f"({1000 * seconds / count:.0f} ms a file); {wrong} batches differ."
    )
    raise typer.Exit(1 if wrong else 0)


if __name__ == "__main__":
    typer.run(main)
