"""Inside a workbook: its sheets, texts and date formats, and the values of each row.

openpyxl finds the sheets and says which formats are dates. The texts and rows are read
here, because openpyxl does not tell a formula without a saved value from an empty cell,
skips rows that come out of order, and takes minutes over formatted rows that are empty.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, iterparse

from openpyxl.reader.excel import SHARED_STRINGS, ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import from_excel
from openpyxl.xml.constants import SHEET_MAIN_NS

from pipelines.formats.cells import UNSAVED, Number, number_text


# Text, a date, a moment, a length of time, or UNSAVED.
Value = Any
Row = tuple[int, list[tuple[int, Value]]]

ROW, VALUE, FORMULA, INLINE, STRING, RUN, TEXT = (
    f"{{{SHEET_MAIN_NS}}}{tag}" for tag in ("row", "v", "f", "is", "si", "r", "t")
)
# Larger pieces leave so many elements waiting that Python spends its time on them.
PIECE = 1 << 14
EMPTY_CELL = re.compile(rb'<c r="[A-Z]+[0-9]+"[^<>]*/>')
EMPTY_ROW = re.compile(rb'<row r="[0-9]+"[^<>]*(?:/>|></row>)')
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, whether it is hidden, and its part of the archive."""

    name: str
    is_hidden: bool
    part: str


class Book(ExcelReader):
    """A workbook's sheets, texts and formats; rows are read when asked for."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("rb")
        super().__init__(self.file, read_only=True, data_only=True, keep_links=False)
        self.read_manifest()
        self.read_strings()
        self.read_workbook()
        apply_stylesheet(self.archive, self.wb)
        self.columns: dict[str, int] = {}
        self.sheets = [
            Sheet(sheet.name, sheet.state != "visible", rel.target)
            for sheet, rel in self.parser.find_sheets()
            if rel.target in self.valid_files and "chartsheet" not in rel.Type
        ]

    def close(self) -> None:
        """Let go of the file."""
        self.archive.close()
        self.file.close()

    def read_strings(self) -> None:
        """Every shared text, in the order of its number."""
        part = self.package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                self.shared_strings = [text_of(element) for element in elements(source, STRING)]

    @property
    def has_macros(self) -> bool:
        return any(name.endswith("vbaProject.bin") for name in self.valid_files)

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        """Number of each row that has cells, with their columns (from 0) and values."""
        number = 0
        with self.archive.open(sheet.part) as source:
            for row in elements(Slim(source), ROW):
                number = int(row.get("r") or number + 1)
                values, column = [], -1
                for cell in row:
                    place = cell.get("r")
                    column = self.column_of(place) if place else column + 1
                    if len(cell):
                        value = self.value_of(cell)
                        if value != "":
                            values.append((column, value))
                if values:
                    yield number, values

    def column_of(self, place: str) -> int:
        """Column of a cell's place, such as 3 of D7."""
        letters = place.rstrip("0123456789")
        if letters not in self.columns:
            self.columns[letters] = column_index_from_string(letters) - 1
        return self.columns[letters]

    def value_of(self, cell: Element) -> Value:
        """A cell's saved value; dates as dates, anything else as text."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find(INLINE)
            return "" if inline is None else text_of(inline)
        raw = cell.findtext(VALUE) or ""
        if not raw:
            # A text that a formula made may be empty; a number that it made may not.
            is_unsaved = kind != "str" and cell.find(FORMULA) is not None
            return UNSAVED if is_unsaved else ""
        if kind == "s":
            return self.shared_strings[int(raw)]
        if kind == "n":
            style = int(cell.get("s") or 0)
            is_date = style in self.wb._date_formats
            return self.moment_of(raw, style) if is_date else Number(number_text(raw))
        if kind == "b":
            return "true" if raw in ("1", "true") else "false"
        return unescaped(raw)

    def moment_of(self, raw: str, style: int) -> Value:
        """A serial number as the moment or length of time that it stands for."""
        try:
            is_length = style in self.wb._timedelta_formats
            return from_excel(float(raw), self.wb.epoch, timedelta=is_length)
        except (OverflowError, ValueError):
            return number_text(raw)


class Slim:
    """XML of a sheet without its cells and rows that are formatted and empty.

    People format whole columns: a million rows of nothing take minutes to parse.
    """

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.rest = b""

    def read(self, _: int = -1) -> bytes:
        """The next piece, of any length; nothing at the end."""
        while piece := self.source.read(PIECE):
            piece = self.rest + piece
            # A tag must not be cut in two, unless it is no tag for being so long.
            whole = piece.rfind(b">") + 1
            whole = len(piece) if len(piece) - whole > PIECE else whole
            self.rest = piece[whole:]
            slim = EMPTY_ROW.sub(b"", EMPTY_CELL.sub(b"", piece[:whole]))
            if slim:
                return slim
        rest, self.rest = self.rest, b""
        return rest


def elements(source: "IO[bytes] | Slim", tag: str) -> Iterator[Element]:
    """Elements of that tag, each emptied before the next is read."""
    for _, element in iterparse(source):
        if element.tag == tag:
            yield element
            element.clear()


def text_of(element: Element) -> str:
    """Text of a plain or a rich string, without the reading aids of Japanese."""
    parts = [
        part.text or ""
        for child in element
        for part in ([child] if child.tag == TEXT else child.iterfind(TEXT))
        if child.tag in (TEXT, RUN)
    ]
    return unescaped("".join(parts))


def unescaped(text: str) -> str:
    """Excel writes some characters as their number; line breaks become line feeds."""
    if "_x" in text:
        text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text
