"""What the commands share: the console, the progress line, and options of a file."""

import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipelines.datasets import dataset as dataset_called
from pipelines.errors import BuildError
from pipelines.formats.reading import Options


# Rich's own width on a terminal; wide enough for file names in a log.
console = Console(width=None if sys.stdout.isatty() else 120)
Json = Annotated[bool, typer.Option("--json", help="Print counts as JSON.")]
Dataset = Annotated[str, typer.Option(help="What kind of file it is: see list.")]
Sheet = Annotated[str, typer.Option(help="Sheet of a workbook to read.")]
Council = Annotated[str, typer.Option(help="Council that the file is about.")]
System = Annotated[str, typer.Option(help="Critical system that it is about.")]
Period = Annotated[str, typer.Option(help="Assessment period, such as 2024/25.")]
Assessment = Annotated[str, typer.Option(help="Reference of the assessment.")]
CafVersion = Annotated[str, typer.Option(help="CAF version, such as 3.2.")]
DecimalComma = Annotated[bool, typer.Option(help="Numbers have a decimal comma, as 1.234,50.")]

Fill = Annotated[
    list[str] | None, typer.Option(help="COLUMN=VALUE where the file has none; may be repeated.")
]


def steps(quiet: bool) -> AbstractContextManager:
    """A context that gives a function to call with each step's name."""
    return nullcontext(say_aside) if quiet else Steps()


def say_aside(step: str) -> None:
    """A step for whoever reads the errors' stream, where the answer is JSON."""
    print(step, file=sys.stderr, flush=True)


class Steps:
    """One line that says what is being done."""

    def __enter__(self) -> "Steps":
        self.status = console.status("Starting")
        self.status.start()
        return self

    def __call__(self, step: str) -> None:
        self.status.update(step)
        if not sys.stdout.isatty():
            console.print(step)

    def __exit__(self, *error: object) -> None:
        self.status.stop()


def files_in(paths: list[Path]) -> list[Path]:
    """The files named, and those in the folders named, in the order of names."""
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise BuildError(f"There is no file {path}.")
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        found += [p for p in inside if p.is_file() and not p.name.startswith(".")]
    if not found:
        raise BuildError(f"There is no file in {paths[0]}.")
    return found


def reading(
    dataset: str,
    sheet: str,
    council: str,
    system: str,
    period: str,
    assessment: str,
    caf_version: str,
    decimal_comma: bool,
    fill: list[str] | None,
) -> Options:
    """How a file is to be read, from the options of a command."""
    return Options(
        sheet,
        council,
        system,
        period,
        assessment,
        caf_version,
        decimal_comma,
        filled(dataset, fill or []),
    )


def filled(dataset: str, pairs: list[str]) -> dict[str, str]:
    """Values by column from COLUMN=VALUE; a column that does not exist raises."""
    known = {column.column for column in dataset_called(dataset).columns}
    found = dict(pair.partition("=")[::2] for pair in pairs)
    unknown = sorted(found.keys() - known)
    if unknown:
        raise BuildError(
            f"{dataset} has no column {', '.join(unknown)}. Its columns: "
            f"python -m pipelines dictionary {dataset}"
        )
    return found
