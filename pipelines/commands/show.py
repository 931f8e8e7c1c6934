"""How a report is printed: counts by file, then the rows that broke a rule."""

import json
from typing import TYPE_CHECKING

from rich.table import Table

from pipelines.commands.common import console


if TYPE_CHECKING:
    from pipelines.report import Report

COUNTS = ("rows_in", "accepted", "quarantined", "superseded")
SHOWN = 20
LONGEST = 60


def show(report: "Report", as_json: bool) -> None:
    """The whole report, for a person or for a machine."""
    if as_json:
        print(json.dumps(vars(report), indent=1, default=str))
        return
    for message in report.messages:
        console.print(message, markup=False)
    if report.files:
        console.print(table(report))
    for file in report.files:
        if file["status"] == "refused":
            say(f"Refused {file['source_file']}: {file['reason']}")
        elif file["reason"]:
            say(f"{file['source_file']}: {file['reason']}")
    faults(report)
    for fact in report.facts:
        console.print(f"{fact['fact']}: {fact['value']}")
    if report.published:
        console.print(f"Published {report.published}")


def table(report: "Report") -> Table:
    """One line a file; of many files only the totals and those not wholly loaded."""
    made = Table("File", "Rows in", "Accepted", "Quarantined", "Superseded", "Status")
    is_long = len(report.files) > LONGEST
    for file in report.files:
        if is_long and file["status"] == "loaded":
            continue
        counts = (f"{file[name]:,}" for name in COUNTS)
        made.add_row(file["source_file"], *counts, file["status"])
    made.add_section()
    totals = (f"{report.total(name):,}" for name in COUNTS)
    made.add_row(f"Total of {len(report.files)} files", *totals, "")
    return made


def faults(report: "Report") -> None:
    """The first rows set aside, then the first rows accepted with a note."""
    for rows, words in ((report.quarantine, "Nearest"), (report.notes, "Taken to be")):
        for fault in rows[:SHOWN]:
            where = f"{fault['source_file']} line {fault['source_row']}"
            what = f"{fault['column_name'] or 'row'} = {fault['value']!r}"
            hint = f" {words}: {fault['hint']}." if fault["hint"] else ""
            say(f"{where}, {what}. Does not hold: {fault['reason']}{hint}")
        if len(rows) > SHOWN:
            say(f"{len(rows) - SHOWN:,} more: see --errors, or the page Data quality.")


def say(text: str) -> None:
    """A line as it stands, whatever it holds."""
    console.print(text, markup=False)
