"""A table as an Excel workbook: real dates and numbers, a title, a hidden sheet."""

import io
from datetime import UTC, datetime
from decimal import Decimal
from random import Random

from openpyxl import Workbook

from tests.support.dirt.facts import columns
from tests.support.dirt.forms import LONDON
from tests.support.dirt.render import SOURCE, TOTAL, Line, Made, header_of
from tests.support.dirt.sheet import Row, Sheet


def workbook(sheet: Sheet) -> Made:
    """An .xlsx file."""
    recipe, rng = sheet.recipe, Random(sheet.recipe.seed)
    book = Workbook()
    notes = book.active
    notes.title = "Notes"
    notes.append(["How to fill this in"])
    table = book.create_sheet("Return")
    other = book.create_sheet("Last year")
    other.append(header_of(sheet))
    other.sheet_state = "hidden"
    if recipe.preamble:
        table.merge_cells("A1:C1")
        table["A1"] = "Return of incidents, 2024/25"
    line = recipe.preamble + 1
    put(table, line, header_of(sheet))
    lines = []
    for row in sheet.rows:
        line += 1
        found = put_row(table, sheet, row, line, rng)
        lines += [found] if found else []
    for text in {"total": [TOTAL], "source": [SOURCE], "both": [TOTAL, SOURCE]}.get(
        recipe.ending, []
    ):
        line += 2
        put(table, line, text)
        lines.append(Line(line, "reject"))
    is_refused = bool(recipe.refusal)
    if recipe.refusal == "only hidden":
        table.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return Made(recipe, file.getvalue(), [] if is_refused else lines, is_refused)


def put(table, line: int, cells: list) -> None:
    """Cells of one row of the sheet; text that begins with = is no formula."""
    for place, value in enumerate(cells, start=1):
        if value not in ("", None):
            cell = table.cell(line, place, value)
            if isinstance(value, str):
                cell.data_type = "s"


def put_row(table, sheet: Sheet, row: Row, line: int, rng: Random) -> Line | None:
    """One row, with its typed values as Excel holds them."""
    if row.fate == "blank":
        return None
    if row.fate == "no row":
        put(table, line, row.cells)
        return Line(line, "reject")
    kinds = {name: one["type"] for name, one in columns(sheet.name).items()}
    values, cells = [], {}
    for column, text in zip(sheet.columns, row.cells, strict=True):
        value: object = text
        if column in row.typed:
            value = as_excel(kinds[column], row.typed[column], text)
        if column and text and value is text:
            cells[column] = text
        values.append(value)
    put(table, line, values)
    return Line(line, "row", row.values, row.rules, cells)


def as_excel(kind: str, value: object, text: str) -> object:
    """A value as a cell of a workbook, or its text where Excel has no such thing."""
    if isinstance(value, datetime):
        local = value.replace(tzinfo=UTC).astimezone(LONDON)
        return text if local.fold != later(local) else local.replace(tzinfo=None)
    if isinstance(value, str) or value is None:
        return text
    if isinstance(value, Decimal):
        return float(value)
    return value


def later(local: datetime) -> int:
    """1 if the clock shows this time twice: then the later one is meant."""
    again = local.replace(fold=1 - local.fold)
    return int(again.utcoffset() != local.utcoffset())
