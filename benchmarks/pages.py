"""How long the server takes to run each page, warm, beside a page with nothing on it.

    python -m benchmarks.pages [--rounds 7]

Needs a built warehouse. "Cold" is the first run of a page in the process, caches empty;
"warm" the median of later runs. A run ends when the script ends, figures serialised.
"""

import statistics
import time
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from streamlit.testing.v1 import AppTest

from tests.support.pages import VIEWS, app_of


AIM = 0.3


def main(rounds: Annotated[int, typer.Option(min=3)] = 7) -> None:
    """Time every page, and print each beside the aim."""
    table = Table("Page", "Cold s", "Warm s (median)", "Slowest warm s", "Aim 0.3 s")
    empty = "import streamlit as st\nst.title('Floor')"
    floor = timed(AppTest.from_string(empty), rounds)
    table.add_row("Floor: a title", *map(str, floor), "")
    for name, (page, asked) in VIEWS.items():
        chosen = asked | ({"council": "Hartlepool"} if page == "your_council" else {})
        found = timed(app_of(page, **chosen), rounds)
        met = "met" if found[1] <= AIM else "missed"
        table.add_row(name, *map(str, found), met)
    Console(width=90).print(table)


def timed(page: AppTest, rounds: int) -> tuple[float, float, float]:
    """Cold, median warm and slowest warm seconds; a page that fails raises."""
    times = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        page.run()
        times.append(time.perf_counter() - start)
        if page.exception:
            raise RuntimeError(page.exception[0].message)
    warm = times[1:]
    return tuple(round(t, 3) for t in (times[0], statistics.median(warm), max(warm)))


if __name__ == "__main__":
    typer.run(main)
