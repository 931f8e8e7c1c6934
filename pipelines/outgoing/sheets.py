"""Accessible workbooks: one table a sheet, a title above it, no merged cells.

The rules are those of the Analysis Function for spreadsheets. Text is always written
as text: nothing that a council sent becomes a formula, a link or a number by itself.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from pipelines.errors import BuildError
from pipelines.outgoing.safe_cells import neutral


# A cell of Excel holds 32,767 characters; more would be left out without a word.
LONGEST = 32_000
CUT = " … (cut: the cell was too long for a workbook)"
SAFE = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16},
    "heading": {"bold": True, "font_size": 14},
    "header": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1},
    "words": {"text_wrap": True, "valign": "top"},
    "text": {"text_wrap": True, "valign": "top", "num_format": "@"},
    "plain": {"num_format": "@"},
    "date": {"num_format": "yyyy-mm-dd"},
    "timestamp": {"num_format": "yyyy-mm-dd hh:mm"},
    "integer": {"num_format": "0"},
    "money": {"num_format": "#,##0.00"},
}


class Table(NamedTuple):
    """A table and where it stands: `above` are lines between title and header."""

    sheet: str
    title: str
    above: Sequence[str]
    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Any]]
    widths: Sequence[int]


class Book:
    """A workbook being written to `path`; closing it writes the file."""

    def __init__(self, path: Path, title: str, marking: str) -> None:
        self.path, self.marking = path, marking
        self.file = xlsxwriter.Workbook(str(path), SAFE)
        self.file.set_properties({"title": title, "category": marking})
        self.formats = {
            name: self.file.add_format({"font_name": "Arial", "font_size": 12} | how)
            for name, how in FORMATS.items()
        }

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        # Half a workbook would look like a whole one, so a fault leaves none.
        if kind is not None:
            return
        try:
            self.file.close()
        except FileCreateError as fault:
            raise BuildError(unwritable(self.path)) from fault

    def sheet(self, name: str) -> Any:
        """A new sheet, with the marking at the head of every page that is printed."""
        sheet = self.file.add_worksheet(name)
        sheet.set_header(f"&C{self.marking}")
        sheet.set_landscape()
        return sheet

    def prose(self, name: str, lines: Sequence[str]) -> None:
        """A sheet of sentences in one column; one that starts with # is a heading."""
        sheet = self.sheet(name)
        sheet.set_column(0, 0, 100)
        for row, line in enumerate(lines):
            kind = "heading" if line.startswith("#") else "words"
            text = line.removeprefix("# ") if kind == "heading" else line
            write(sheet, row, 0, text, self.formats["title" if row == 0 else kind])

    def table(self, told: Table) -> None:
        """A sheet with a title, what to know, and one table."""
        sheet = self.sheet(told.sheet)
        write(sheet, 0, 0, told.title, self.formats["title"])
        for row, line in enumerate(told.above, 1):
            write(sheet, row, 0, line, self.formats["plain"])
        first = len(told.above) + 1
        for place, width in enumerate(told.widths):
            sheet.set_column(place, place, width, self.formats["text"])
        for row, cells in enumerate(told.rows, first + 1):
            for place, cell in enumerate(cells):
                write(sheet, row, place, cell, self.formats["text"])
        self.mark(sheet, told.name, first, told.header, len(told.rows))

    def mark(self, sheet: Any, name: str, first: int, header: Sequence[str], rows: int) -> None:
        """Tell the workbook where a table is, what it is called and its header."""
        columns = [{"header": each, "header_format": self.formats["header"]} for each in header]
        about = {
            "name": name,
            "columns": columns,
            "autofilter": False,
            "style": "Table Style Light 1",
            "banded_rows": False,
        }
        sheet.add_table(first, 0, first + max(rows, 1), len(header) - 1, about)


def write(sheet: Any, row: int, place: int, cell: Any, format: Any) -> None:
    """One cell: text made harmless and kept within its length, numbers as they are."""
    if isinstance(cell, int) and not isinstance(cell, bool):
        sheet.write_number(row, place, cell, format)
        return
    text = neutral("" if cell is None else str(cell))
    if text:
        kept = text if len(text) <= LONGEST else text[:LONGEST] + CUT
        sheet.write_string(row, place, kept, format)


def unwritable(path: Path) -> str:
    """What to do about a file that cannot be written."""
    return (
        f"{path} cannot be written. Close it if it is open in another program, or "
        "choose another folder."
    )
