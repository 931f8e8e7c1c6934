"""The command line: python -m pipelines and one of the commands below.

Exit codes: 0 clean, 10 some rows quarantined, 20 a file refused; 1 and 2 are crashes
and usage. `--json` prints the counts for a machine and nothing else.
"""

import csv
import json
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from pipelines.datasets import ALL, dataset
from pipelines.errors import BuildError
from pipelines.inputs import published_already
from settings import settings


if TYPE_CHECKING:
    from pipelines.build import Report

# Great Expectations takes seconds to import, so only the commands that use it do.
app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help=__doc__,
    pretty_exceptions_enable=False,
)
# Rich's own width on a terminal; wide enough for file names in a log.
console = Console(width=None if sys.stdout.isatty() else 120)
Json = Annotated[bool, typer.Option("--json", help="Print counts as JSON.")]


@app.command()
def build(
    as_json: Json = False,
    if_changed: Annotated[
        bool, typer.Option(help="Do nothing when no input changed.")
    ] = False,
) -> None:
    """Build the warehouse from every file, and publish it."""
    unchanged = published_already(settings) if if_changed else ""
    if unchanged:
        say_unchanged(unchanged, as_json)
        return
    from pipelines import build as builder

    with steps(as_json) as progress:
        report = builder.build(progress=progress)
    show(report, as_json)
    raise typer.Exit(report.exit_code)


@app.command()
def check(
    file: Path,
    dataset: Annotated[str, typer.Option(help="What kind of file it is.")],
    as_json: Json = False,
) -> None:
    """Check one file against the rules of its dataset, and load nothing."""
    from pipelines import build as builder

    report = builder.check_file(file, dataset)
    show(report, as_json)
    raise typer.Exit(report.exit_code)


@app.command(name="list")
def list_datasets(as_json: Json = False) -> None:
    """List the datasets, with the columns that each needs."""
    rows: list[dict[str, Any]] = [
        {"dataset": d.name, "title": d.title, "columns": len(d.columns),
         "required": d.required}
        for d in ALL
    ]  # fmt: skip
    if as_json:
        print(json.dumps(rows, indent=1))
        return
    table = Table("Dataset", "Title", "Columns", "Columns that must be filled in")
    for row in rows:
        needed = ", ".join(row["required"])
        table.add_row(row["dataset"], row["title"], str(row["columns"]), needed)
    console.print(table)


@app.command()
def template(
    name: Annotated[str, typer.Argument(help="Dataset, as `list` names it.")],
    as_json: Json = False,
) -> None:
    """Print an empty CSV with the right header and one example row."""
    columns = dataset(name).columns
    if as_json:
        print(json.dumps([vars(column) for column in columns], indent=1))
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([column.column for column in columns])
    writer.writerow([column.example for column in columns])


@app.command()
def demo(
    seed: int = 7,
    years: Annotated[int, typer.Option(min=1, max=10)] = 5,
    scale: Annotated[int, typer.Option(min=1, help="Times the incidents.")] = 1,
    out: Annotated[Path | None, typer.Option(help="Folder to write to.")] = None,
    as_json: Json = False,
    if_missing: Annotated[
        bool, typer.Option(help="Do nothing when the folder has files.")
    ] = False,
) -> None:
    """Write invented files for every council, marked as such."""
    from pipelines.demonstration import write_demonstration

    folder = out or settings.demonstration
    if if_missing and any(folder.glob("*/*.csv")):
        return
    with steps(as_json) as progress:
        counts = write_demonstration(
            folder,
            seed=seed,
            years=years,
            scale=scale,
            reference=settings.reference,
            progress=progress,
        )
    if as_json:
        print(json.dumps(counts, indent=1))
        return
    for name, count in counts.items():
        console.print(f"{count:>10,}  {name}")
    console.print(f"Demonstration data (invented) written to {folder}")


@app.command()
def reference(
    source: Annotated[Path, typer.Option("--from", help="Folder of public files.")],
    as_json: Json = False,
) -> None:
    """Remake the reference tables and the public record from public files."""
    from pipelines.reference.compile import compile_reference

    counts = compile_reference(source, settings.reference, settings.public)
    if as_json:
        print(json.dumps(counts, indent=1))
        return
    for name, count in counts.items():
        console.print(f"{count:>10,}  {name}")


def steps(quiet: bool) -> AbstractContextManager:
    """A context that gives a function to call with each step's name."""
    if quiet:
        return nullcontext(lambda step: None)
    return Steps()


class Steps:
    """One line that says what is being done, and how long each step took."""

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


def say_unchanged(name: str, as_json: bool) -> None:
    """No input changed, so nothing was done."""
    if as_json:
        print(json.dumps({"published": name, "is_unchanged": True}, indent=1))
    else:
        console.print(f"Nothing changed: {name} stays in use.")


def show(report: "Report", as_json: bool) -> None:
    """Counts by file, then the rules that rows broke."""
    if as_json:
        print(json.dumps(vars(report), indent=1, default=str))
        return
    table = Table("File", "Rows in", "Accepted", "Quarantined", "Superseded", "Status")
    for file in report.files:
        table.add_row(
            file["source_file"],
            *(f"{file[name]:,}" for name in
              ("rows_in", "accepted", "quarantined", "superseded")),
            file["status"],
        )  # fmt: skip
    table.add_section()
    totals = ("rows_in", "accepted", "quarantined", "superseded")
    table.add_row("Total", *(f"{report.total(name):,}" for name in totals), "")
    console.print(table)
    for file in report.files:
        if file["status"] == "refused":
            console.print(f"Refused {file['source_file']}: {file['reason']}")
    for fault in report.quarantine[:20]:
        where = f"{fault['source_file']} line {fault['source_row']}"
        what = f"{fault['column_name'] or 'row'} = {fault['value']!r}"
        console.print(f"{where}, {what}. Rule: {fault['reason']}", markup=False)
    if len(report.quarantine) > 20:
        console.print("More in the dashboard, on the page Data quality.")
    for fact in report.facts:
        console.print(f"{fact['fact']}: {fact['value']}")
    if report.published:
        console.print(f"Published {report.published}")


def main() -> None:
    """Run the command line; an error that a person can act on has no traceback."""
    try:
        app()
    except BuildError as error:
        console.print(f"Stopped: {error}", markup=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
