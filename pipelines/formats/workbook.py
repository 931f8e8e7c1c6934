"""Excel workbooks: the sheet with the dataset's columns, read as CSV would be."""

import csv
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from pipelines.datasets import Dataset
from pipelines.errors import FileRefusedError
from pipelines.formats.archive import DAMAGED, refuse_unsafe
from pipelines.formats.book import Book, Sheet
from pipelines.formats.cells import UNSAVED, cell_text, place_text
from pipelines.formats.header import accept_header
from pipelines.formats.reading import Options, Reading, Reject
from pipelines.formats.sheets import choose_sheet, sheet_remarks
from pipelines.formats.table import Record, Table
from pipelines.outgoing.safe_cells import restored


# What a part that is cut short, changed or not as openpyxl expects may raise.
BROKEN = (BadZipFile, zlib.error, ParseError, EOFError, ValueError, LookupError)
BROKEN_BOOK = (*BROKEN, TypeError, AttributeError, OSError)


def read_workbook(path: Path, dataset: Dataset, options: Options) -> Reading:
    """A workbook's rows, from the one sheet that has the dataset's columns."""
    refuse_unsafe(path)
    book = open_book(path)
    try:
        sheet, line, header = choose_sheet(book, dataset, options)
        accept_header(header, dataset)
    except BROKEN as error:
        book.close()
        raise FileRefusedError(DAMAGED) from error
    except FileRefusedError:
        book.close()
        raise
    rejects: list[Reject] = []
    remarks = [*sheet_remarks(book, sheet, line), *header.remarks]
    table = Table(header, dataset, rejects, remarks)
    rows = table.rows(records(book, sheet, line, table, options.has_decimal_comma))
    return Reading(table.columns, rows, rejects, remarks)


def open_book(path: Path) -> Book:
    """A workbook that was found safe; refused if its parts do not fit together."""
    try:
        return Book(path)
    except BROKEN_BOOK as error:
        raise FileRefusedError(DAMAGED) from error


def records(
    book: Book, sheet: Sheet, header_line: int, table: Table, has_comma: bool
) -> Iterator[Record]:
    """Every row below the header that is not blank."""
    try:
        for line, values in book.rows(sheet):
            if line > header_line:
                cells, trouble = cells_of(line, values, table, has_comma)
                if trouble or any(map(str.strip, cells)):
                    yield line, cells, as_csv(cells), trouble
    except BROKEN as error:
        raise FileRefusedError(DAMAGED) from error
    finally:
        book.close()


def cells_of(
    line: int, values: list[tuple[int, object]], table: Table, has_comma: bool
) -> tuple[list[str], str]:
    """Texts of a row under the header, and what is wrong with it.

    Cells to the right of the table are left out, with one remark.
    """
    cells, trouble = [""] * table.most, ""
    for column, value in values:
        if column >= table.most:
            table.remark_outside(line)
        elif value is not UNSAVED:
            text = cell_text(value, table.types[column], has_comma)
            # A sheet of rows to mend comes back as it was sent out.
            cells[column] = restored(text)
        elif column in table.read:
            trouble = (
                f"The formula in cell {place_text(column, line)} has no saved value. "
                "Open the workbook in Excel, save it and send it again."
            )
    return cells, trouble


def as_csv(cells: list[str]) -> str:
    """A row as a line of CSV, to show it to whoever sent it."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()
