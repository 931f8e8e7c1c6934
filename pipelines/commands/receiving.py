"""Commands for files that councils send: check, submit, withdraw, list, verify."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from pipelines.commands.common import (
    Assessment,
    CafVersion,
    Council,
    Dataset,
    DecimalComma,
    Fill,
    Json,
    Period,
    Sheet,
    System,
    console,
    files_in,
    reading,
    steps,
)
from pipelines.commands.show import show
from pipelines.datasets import dataset as dataset_called
from pipelines.errors import BuildError
from pipelines.landing import RECEIVED, Landing, Receipt, taken_back
from pipelines.locks import user
from settings import settings


if TYPE_CHECKING:
    from pipelines.formats.reading import Options
    from pipelines.report import Report

REFUSED = 20


def check(
    files: Annotated[list[Path], typer.Argument(help="Files, or a folder of them.")],
    dataset: Dataset,
    sheet: Sheet = "",
    council: Council = "",
    system: System = "",
    period: Period = "",
    assessment: Assessment = "",
    caf_version: CafVersion = "",
    decimal_comma: DecimalComma = False,
    fill: Fill = None,
    errors: Annotated[Path | None, typer.Option(help="Write the rows to mend to this CSV.")] = None,
    workbook: Annotated[
        Path | None, typer.Option(help="Write them to this workbook (.xlsx).")
    ] = None,
    as_json: Json = False,
) -> None:
    """Check files against the rules of their dataset, and load nothing."""
    options = reading(
        dataset, sheet, council, system, period, assessment, caf_version, decimal_comma, fill
    )
    report = judged(files_in(files), dataset, options, as_json)
    send_back(report, errors, workbook)
    show(report, as_json)
    raise typer.Exit(report.exit_code)


def submit(
    files: Annotated[list[Path], typer.Argument(help="Files, or a folder of them.")],
    dataset: Dataset,
    sent_by: Annotated[str, typer.Option(help="Who sent it.")] = "",
    purpose: Annotated[str, typer.Option(help="What it was sent for.")] = "",
    sheet: Sheet = "",
    council: Council = "",
    system: System = "",
    period: Period = "",
    assessment: Assessment = "",
    caf_version: CafVersion = "",
    decimal_comma: DecimalComma = False,
    fill: Fill = None,
    no_build: Annotated[
        bool, typer.Option("--no-build", help="Receive only; build later.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Check files, keep them in the landing with a receipt, and build."""
    options = reading(
        dataset, sheet, council, system, period, assessment, caf_version, decimal_comma, fill
    )
    paths = files_in(files)
    report = judged(paths, dataset, options, as_json)
    refused = {f["arrival"] for f in report.files if f["status"] == "refused"}
    kept = [path for n, path in enumerate(paths, start=1) if n not in refused]
    receipts = receive(kept, dataset, options, sent_by or user(), purpose)
    told = received_words(receipts)
    if kept and not no_build:
        report = built(report, as_json)
    show(replace(report, messages=(*told, *report.messages)), as_json)
    raise typer.Exit(REFUSED if refused else report.exit_code)


def judged(paths: list[Path], dataset: str, options: "Options", as_json: bool) -> "Report":
    """The verdict on files."""
    from pipelines.judge import check_files

    with steps(as_json) as progress:
        return check_files(paths, dataset, settings, options=options, progress=progress)


def receive(
    paths: list[Path], dataset: str, options: "Options", sent_by: str, purpose: str
) -> list[Receipt]:
    """Files into the landing, each with its receipt."""
    kind = dataset_called(dataset)
    collection = "public_record" if kind.is_public else "department"
    landing = Landing(settings.landing)
    return [
        landing.land(
            path,
            Receipt(
                0,
                RECEIVED,
                "",
                collection,
                dataset,
                path.name,
                sent_by=sent_by,
                purpose=purpose,
                options=options.given(),
            ),
        )
        for path in paths
    ]


def received_words(receipts: list[Receipt]) -> tuple[str, ...]:
    """The receipts' numbers, which a withdrawal needs."""
    return tuple(
        f"Received {one.name} as receipt {one.number}. {one.note}".strip() for one in receipts
    )


def built(report: "Report", as_json: bool) -> "Report":
    """The build that follows; where it has nothing new, the verdict stands."""
    from pipelines import build as builder

    with steps(as_json) as progress:
        after = builder.build(progress=progress)
    return after if after.files else report


def send_back(report: "Report", errors: Path | None, workbook: Path | None) -> None:
    """The list of what to mend, for the council that sent the file."""
    if not errors and not workbook:
        return
    from pipelines.outgoing import send_back as outgoing

    if workbook and len(report.files) > 1:
        raise BuildError(
            "A workbook of errors is about one file. Check the files one by one, or "
            "use --errors for one list of all."
        )
    rows = outgoing.errors_rows(vars(report))
    if errors:
        outgoing.write_errors_csv(rows, errors)
    if workbook:
        outgoing.write_errors_workbook(rows, outgoing.facts_of(vars(report)), workbook)


def withdraw(
    number: Annotated[int, typer.Argument(help="Number of the receipt.")],
    reason: Annotated[str, typer.Option(help="Why it is withdrawn.")] = "",
    sent_by: Annotated[str, typer.Option(help="Who asked for it.")] = "",
) -> None:
    """Take a file back: it is kept and no longer counted from the next build on."""
    receipt = Landing(settings.landing).withdraw(number, sent_by or user(), reason)
    console.print(
        f"{receipt.name} (receipt {number}) is withdrawn. Build to make it count: "
        "python -m pipelines build",
        markup=False,
    )


def receipts(as_json: Json = False) -> None:
    """List what was received, from whom and when."""
    found = Landing(settings.landing).receipts()
    if as_json:
        print(json.dumps([asdict(receipt) for receipt in found], indent=1))
        return
    gone = taken_back(found)
    table = Table("No.", "Received", "Dataset", "File", "From", "State")
    for one in found:
        state = "withdrawal" if one.withdraws else ""
        table.add_row(
            str(one.number),
            one.received_at[:16],
            one.dataset,
            one.name,
            one.sent_by,
            "withdrawn" if one.number in gone else state,
        )
    console.print(table)


def verify() -> None:
    """Read every file in the landing and compare it with its receipt."""
    damaged = Landing(settings.landing).damaged()
    if damaged:
        names = "; ".join(f"{one.name} (receipt {one.number})" for one in damaged)
        raise BuildError(
            f"Gone or damaged in the landing: {names}. Put them back from a backup, or "
            "hand the same files in again: python -m pipelines submit FILE"
        )
    console.print("Every file in the landing is as it came.")
