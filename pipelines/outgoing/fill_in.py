"""The sheet of a template that is filled in: header, drop-downs and notes on columns.

The note on a column is the message that appears when one of its cells is chosen, which
screen readers read out; comments on the header would cover it and be read by few.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from pipelines.datasets import Column, Dataset
from pipelines.outgoing.dictionary import BLANKS
from pipelines.outgoing.sheets import Book, write
from pipelines.outgoing.words import KINDS, limit_words, sentence


# Rows from 0: title, what to know, required or not, then the header.
WORDS, HEADER = 2, 3
LAST = 1_048_575
# What Excel allows in a message and its title.
MESSAGE, TITLE = 250, 32
FORMATS = {"integer": "integer", "money": "money", "date": "date", "timestamp": "timestamp"}
FIRST_DAY = datetime.date(1900, 1, 1)


def fill_in_sheet(
    book: Book, dataset: Dataset, places: Mapping[str, tuple[int, int]], lists_sheet: str
) -> None:
    """The first sheet: one table without rows, frozen under its header.

    `places` gives the rows of each closed list on the sheet of that name.
    """
    sheet = book.sheet(dataset.title)
    write(sheet, 0, 0, f"{dataset.title}: rows to fill in", book.formats["title"])
    above = f"{BLANKS} Columns marked required must be filled in."
    write(sheet, 1, 0, above, book.formats["plain"])
    for place, column in enumerate(dataset.columns):
        format = book.formats[FORMATS.get(column.type, "plain")]
        sheet.set_column(place, place, max(14, len(column.column) + 4), format)
        words = "required" if column.is_required else "optional"
        write(sheet, WORDS, place, words, book.formats["plain"])
        rule = validation(column, places, lists_sheet) | note(column)
        sheet.data_validation(HEADER + 1, place, LAST, place, rule)
    header = [column.column for column in dataset.columns]
    book.mark(sheet, f"{dataset.name}_rows", HEADER, header, 0)
    sheet.freeze_panes(HEADER + 1, 0)
    sheet.set_selection(HEADER + 1, 0, HEADER + 1, 0)


def validation(
    column: Column, places: Mapping[str, tuple[int, int]], lists_sheet: str
) -> dict[str, Any]:
    """What a cell may hold: a list is strict, other faults only warn.

    The rules decide when the file arrives; a workbook that refused a true value, such
    as a time with its offset, would be filled in wrongly to get round it.
    """
    if column.allowed and column.type != "list":
        first, last = places[column.allowed]
        source = f"='{lists_sheet}'!$B${first}:$B${last}"
        return {"validate": "list", "source": source, **fault("stop", column)}
    if column.type == "boolean":
        return {"validate": "list", "source": ["true", "false"], **fault("stop", column)}
    limits = within(column)
    return {**limits, **fault("warning", column)} if limits else {"validate": "any"}


def within(column: Column) -> dict[str, Any]:
    """Limits of a number, a day or a length; nothing where there are none."""
    if column.type == "text":
        most = {"criteria": "<=", "value": int(column.maximum or 0)}
        return {"validate": "length", **most} if column.maximum else {}
    if column.type == "date":
        return {"validate": "date", "criteria": ">=", "value": FIRST_DAY}
    kinds = {"integer": "integer", "decimal": "decimal", "money": "decimal"}
    if column.type not in kinds or not (column.minimum or column.maximum):
        return {}
    kind = {"validate": kinds[column.type]}
    if column.minimum and column.maximum:
        low, high = float(column.minimum), float(column.maximum)
        return {**kind, "criteria": "between", "minimum": low, "maximum": high}
    if column.minimum:
        return {**kind, "criteria": ">=", "value": float(column.minimum)}
    return {**kind, "criteria": "<=", "value": float(column.maximum)}


def fault(kind: str, column: Column) -> dict[str, str]:
    """What Excel says to a value outside of that."""
    if kind == "stop":
        words = "Choose one of the values of the list."
    else:
        limits = f"{KINDS[column.type]}; {limit_words(column) or 'no limits'}"
        words = sentence(limits)
    return {
        "error_type": kind,
        "error_title": column.column[:TITLE],
        "error_message": words[:MESSAGE],
    }


def note(column: Column) -> dict[str, str]:
    """The message that appears at a cell: required or not, meaning, kind, example."""
    words = "Required." if column.is_required else "Optional."
    kind = "Choose from the list" if column.allowed else KINDS[column.type]
    parts = [words, column.definition, sentence(kind)]
    if column.example:
        parts.append(f"Example: {column.example}")
    kept = ""
    for part in parts:
        if len(kept) + len(part) < MESSAGE:
            kept = f"{kept} {part}".strip()
    return {"input_title": column.column[:TITLE], "input_message": kept}
