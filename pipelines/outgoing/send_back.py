"""What goes back to a council after a check: each fault, and how to mend it.

Takes a check's report as plain dictionaries (`files`, `quarantine`, `notes`).
"""

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipelines.datasets import Dataset, dataset
from pipelines.errors import BuildError
from pipelines.outgoing.errors_workbook import SET_ASIDE, write_workbook
from pipelines.outgoing.mending import Mender
from pipelines.outgoing.safe_cells import neutral
from pipelines.outgoing.sheets import unwritable
from settings import settings


COLUMNS = (
    "File",
    "Line",
    "Column",
    "Value received",
    "Rule",
    "How to mend it",
    "What happened",
    "Rule code",
)
NOTED, REFUSED = "accepted with a note", "file refused"
# A rule may show a column that staging keeps under a name of its own.
STAGED = ("_given", "__unread")


def errors_rows(report: Mapping[str, Any], reference: Path | None = None) -> list[dict[str, Any]]:
    """One row per fault: a refused file, a rule that a row broke, or a note on a row.

    Beside `COLUMNS` each row has `Dataset` and `Cells`, the whole row as received by
    contract column (empty where the file, or the row, could not be read).
    """
    mender = Mender(reference or settings.reference)
    rows = [refusal(file, mender) for file in report["files"] if is_refused(file)]
    rows += [fault(each, SET_ASIDE, mender) for each in report["quarantine"]]
    rows += [fault(each, NOTED, mender) for each in report.get("notes") or ()]
    return sorted(rows, key=lambda row: (row["File"], row["Line"] or 0))


def is_refused(file: Mapping[str, Any]) -> bool:
    """Whether the file could not be read at all."""
    return file["status"] == "refused"


def refusal(file: Mapping[str, Any], mender: Mender) -> dict[str, Any]:
    """The row of a refused file; its reason says what to do next."""
    kind = dataset(file["dataset"])
    about = {
        "File": file["source_file"],
        "Line": "",
        "Column": "",
        "Value received": "",
        "Rule": file["reason"] or "",
        "How to mend it": mender.how(kind, "file.refused"),
        "What happened": REFUSED,
        "Rule code": "file.refused",
    }
    return about | {"Dataset": kind.name, "Cells": {}}


def fault(each: Mapping[str, Any], happened: str, mender: Mender) -> dict[str, Any]:
    """The row of one rule that one row broke."""
    kind = dataset(each["dataset"])
    cells = cells_of(each, kind)
    column = shown(each.get("column_name") or "", kind)
    value = received(each, column, cells)
    reason = each.get("reason") or ""
    advice = mender.how(kind, each["rule_id"], value, each.get("hint") or "")
    about = {
        "File": each["source_file"],
        "Line": each["source_row"],
        "Column": column or "whole row",
        "Value received": value,
        "Rule": reason,
        "How to mend it": advice or f"Change the row so that this holds: {reason}",
        "What happened": happened,
        "Rule code": each["rule_id"],
    }
    return about | {"Dataset": kind.name, "Cells": cells}


def cells_of(each: Mapping[str, Any], kind: Dataset) -> dict[str, str]:
    """The row's own cells by contract column; none where it was no row."""
    try:
        given = json.loads(each.get("raw_row") or "")
    except ValueError:
        return {}
    if not isinstance(given, dict):
        return {}
    names = [column.column for column in kind.columns]
    return {name: text_of(given.get(name)) for name in names}


def text_of(value: Any) -> str:
    """A cell as text; nothing is a blank."""
    return "" if value is None else str(value)


def shown(column: str, kind: Dataset) -> str:
    """The contract's name of the column that a rule shows."""
    names = {each.column for each in kind.columns}
    for ending in STAGED:
        if column not in names and column.removesuffix(ending) in names:
            return column.removesuffix(ending)
    return column


def received(each: Mapping[str, Any], column: str, cells: Mapping[str, str]) -> str:
    """The cell as it came, before it was read as a date or a number."""
    if column in cells:
        return cells[column]
    if not column and not cells:
        return text_of(each.get("raw_row"))
    return text_of(each.get("value"))


def write_errors_csv(rows: Iterable[Mapping[str, Any]], path: Path) -> None:
    """The rows as CSV, cells that would run as formulas made harmless.

    It starts with a byte order mark, without which Excel spoils the pound sign.
    """
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows([neutral(row[name]) for name in COLUMNS] for row in rows)
    except OSError as error:
        raise BuildError(unwritable(path)) from error


def write_errors_workbook(
    rows: Iterable[Mapping[str, Any]], facts: Mapping[str, Any], path: Path
) -> None:
    """The rows of one file as a workbook: what happened, errors, rows to mend.

    `facts` is that file's entry of the report's `files` (`facts_of` finds it). Rows
    about other files are left out.
    """
    about = [row for row in rows if row["File"] == facts["source_file"]]
    write_workbook(about, COLUMNS, facts, path)


def facts_of(report: Mapping[str, Any], name: str = "") -> Mapping[str, Any]:
    """The report's entry of one file; without a name, of its first."""
    for file in report["files"]:
        if name in ("", file["source_file"]):
            return file
    raise BuildError(f"The report has no file {name!r}. Check that file first.")
