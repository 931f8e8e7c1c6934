"""Kills commands at random moments, and looks for anything lost or doubled.

    python -m benchmarks.faults [--rounds 200] [--seed 1]

Files of payments are handed in, put into a folder and withdrawn. Each command that does
so is killed (SIGKILL) on the way: at a random moment of its whole time, right before a
random change of a file, or from a cold start. Then the warehouse in use must be whole
and say what it said before or what it is to say afterwards; the next build must
complete, and say what a slow twin says. Every tenth time it is compared, table by
table, with a warehouse made from the landing alone. Ends with 1 where anything is
wrong.
"""

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from tests.support.killing import Round, Trial


CONSOLE = Console(width=90)
EVERY = 10


def main(
    rounds: Annotated[int, typer.Option(min=1, help="Commands to kill.")] = 200, seed: int = 1
) -> None:
    """Kill that many commands; a command that ended before its kill does not count."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder) / "trial", seed)
        done: list[Round] = []
        killed = 0
        while killed < rounds:
            done.append(one(trial, len(done), Path(folder)))
            killed += done[-1].is_killed
        receipts = len(trial.sender.landing.receipts())
        figures = trial.sender.expected()
    show(done, time.monotonic() - started)
    CONSOLE.print(
        f"{receipts} receipts, {len(figures['files'])} files of payments, "
        f"{len(figures['payments'])} payments count in the end."
    )
    wrong = [fault for one in done for fault in one.wrong]
    sys.exit(1 if wrong else 0)


def one(trial: Trial, number: int, folder: Path) -> Round:
    """One round, and now and then the comparison with the landing alone."""
    try:
        done = trial.round(how(number))
        if (number + 1) % EVERY == 0:
            done.wrong += trial.compare(folder / f"apart-{number}")
    except Exception as error:
        # A round that cannot even be judged is the worst of all: say so, and end.
        CONSOLE.print_exception()
        sys.exit(f"Round {number + 1} could not be judged: {error}")
    for fault in done.wrong:
        CONSOLE.print(f"Round {number + 1}, {done.step}: {fault}", markup=False)
    if (number + 1) % EVERY == 0:
        CONSOLE.print(f"{number + 1} commands so far", style="dim")
    return done


def how(number: int) -> str:
    """Half at a moment, half at a change of a file, and some from a cold start."""
    if number % 20 == 19:
        return "from a cold start"
    return "at a change of a file" if number % 2 else "at a random moment"


def show(done: list[Round], seconds: float) -> None:
    """What was done and what was found, as counts."""
    killed = [one for one in done if one.is_killed]
    steps = Table("Killed in step, or before change", "Times", title="Where kills fell")
    for step, count in Counter(one.step for one in killed).most_common():
        steps.add_row(step, str(count))
    CONSOLE.print(steps)
    ways = Counter(one.how for one in killed)
    CONSOLE.print("; ".join(f"{way}: {count}" for way, count in ways.items()))
    states = Counter(one.state or "neither" for one in killed)
    said = ", ".join(f"{state}: {count}" for state, count in states.items())
    compared = len(done) // EVERY
    CONSOLE.print(
        f"{len(killed)} commands killed ({len(done) - len(killed)} ended before that). "
        f"Figures served right after: {said}. {compared} comparisons with a warehouse "
        f"made from the landing alone. {seconds:,.0f} s."
    )
    wrong = sum(bool(one.wrong) for one in done)
    CONSOLE.print(f"{wrong} rounds with something wrong, lost or doubled.")


if __name__ == "__main__":
    typer.run(main)
