"""Commands that give files away: templates, data dictionary, metadata, exports."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from pipelines.commands.common import Json, console
from pipelines.datasets import ALL, dataset
from pipelines.errors import BuildError
from settings import settings


Name = Annotated[str, typer.Argument(help="Dataset, as `list` names it.")]
# What 360Giving publishes grants as; see docs/decisions.md.
EXPORTED = ("awards", "reported_awards")


def list_datasets(as_json: Json = False) -> None:
    """List the datasets, with the columns that each needs."""
    rows: list[dict[str, Any]] = [
        {"dataset": d.name, "title": d.title, "columns": len(d.columns), "required": d.required}
        for d in ALL
    ]
    if as_json:
        print(json.dumps(rows, indent=1))
        return
    table = Table("Dataset", "Title", "Columns", "Columns that must be filled in")
    for row in rows:
        needed = ", ".join(row["required"])
        table.add_row(row["dataset"], row["title"], str(row["columns"]), needed)
    console.print(table)


def template(
    name: Name,
    xlsx: Annotated[
        Path | None, typer.Option(help="Write a workbook to fill in to this file.")
    ] = None,
    metadata: Annotated[
        bool, typer.Option("--metadata", help="Print CSVW metadata for the CSV.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Print an empty CSV with the right header and one example row."""
    from pipelines.outgoing.closed_lists import read_lists
    from pipelines.outgoing.csvw import csvw_metadata
    from pipelines.outgoing.templates import template_csv, template_workbook

    kind, lists = dataset(name), read_lists(settings.reference)
    if xlsx:
        template_workbook(kind, lists, xlsx)
        console.print(f"Template written to {xlsx}", markup=False)
    elif metadata:
        described = csvw_metadata(kind, lists, f"{name}.csv")
        print(json.dumps(described, indent=1, ensure_ascii=False))
    elif as_json:
        print(json.dumps([vars(column) for column in kind.columns], indent=1))
    else:
        print(template_csv(kind), end="")


def dictionary(name: Name, as_json: Json = False) -> None:
    """Print what every column of a dataset means."""
    from pipelines.outgoing.closed_lists import read_lists
    from pipelines.outgoing.dictionary import dictionary as rows_of
    from pipelines.outgoing.dictionary import dictionary_markdown

    kind, lists = dataset(name), read_lists(settings.reference)
    if as_json:
        print(json.dumps(rows_of(kind, lists), indent=1, ensure_ascii=False))
    else:
        print(dictionary_markdown(kind, lists))


def export(
    name: Annotated[str, typer.Argument(help="awards or reported_awards.")],
    out: Annotated[Path, typer.Option(help="File to write, .csv or .json.")],
    collection: Annotated[str, typer.Option(help="Which awards.")] = "",
) -> None:
    """Write awards as 360Giving grants, the form in which grants are published."""
    from pipelines.formats.giving_export import write_giving

    if name not in EXPORTED:
        raise BuildError(f"Only {' and '.join(EXPORTED)} are exported, not {name!r}.")
    rows = accepted_rows(name, collection)
    count = write_giving(rows, out, out.suffix.lstrip(".").lower())
    console.print(f"{count} grants written to {out}", markup=False)


def accepted_rows(name: str, collection: str) -> list[dict]:
    """Rows of a dataset that count, from the published warehouse."""
    import duckdb

    from pipelines.publish import published
    from pipelines.rows import rows

    path = published(settings.warehouse)
    if path is None:
        raise BuildError("There is no warehouse yet. Run: python -m pipelines build")
    with duckdb.connect(str(path), read_only=True) as connection:
        found = rows(
            connection,
            f"select * from accepted.{name} where is_current "
            "and ($1 = '' or collection = $1) order by arrival, source_row",
            [collection],
        )
    names = {column.column for column in dataset(name).columns}
    return [{key: row[key] for key in row if key in names} for row in found]
