"""A table as the bytes of a file, with the line on which every row starts."""

import codecs
import gzip
import re
from dataclasses import dataclass, field
from random import Random

from tests.support.dirt.grammar import Recipe
from tests.support.dirt.meant import Meant
from tests.support.dirt.sheet import Row, Sheet


MARKS = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
ABOVE = (
    "Return of incidents, 2024/25",
    "[OFFICIAL-SENSITIVE]",
    "",
    'Version "draft"; 2',
    "Prepared by: A Clerk | Any Council",
)
TOTAL = ["Total", "", "", "1,234"]
SOURCE = ["Source: finance system, extracted 1 May 2025"]
BREAK = re.compile(r"\r\n|\r|\n")


@dataclass
class Line:
    """What starts on a line of a file, and what should become of it: a `row`, or a
    `reject`; `rules` is None where it is set aside for reasons not foretold. `cells`
    are its cells by column as they were written, `text` the whole of it."""

    number: int
    fate: str
    values: Meant = field(default_factory=dict)
    rules: dict[str, str | None] | None = None
    cells: dict[str, str] = field(default_factory=dict)
    text: str = ""


@dataclass
class Made:
    """One file: its bytes, its lines that are no blanks, and whether it is refused."""

    recipe: Recipe
    data: bytes
    lines: list[Line]
    is_refused: bool = False


def render(sheet: Sheet) -> Made:
    """A CSV file."""
    recipe, rng = sheet.recipe, Random(sheet.recipe.seed)
    writer = Writer(recipe, any(row.is_cell_open for row in sheet.rows), rng)
    for n in range(recipe.preamble):
        writer.add(Row([ABOVE[n % len(ABOVE)]], "above"))
    writer.add(Row(header_of(sheet), "header"))
    for row in sheet.rows:
        writer.add(row)
    finish(writer, sheet)
    lines = [line_of(sheet, *found) for found in writer.found]
    made = Made(recipe, encode(writer.text, recipe), [one for one in lines if one])
    return refuse(made, writer.text) if recipe.refusal else made


def header_of(sheet: Sheet) -> list[str]:
    """The header's cells, spoiled where the file must be refused for it."""
    cells = list(sheet.header)
    place = sheet.columns.index("gss_code")
    if sheet.recipe.refusal == "header missing":
        cells[place] = "Zone C"
    if sheet.recipe.refusal == "named twice":
        cells.append("gss_code")
        cells[place] = "gss_code"
    return cells


def finish(writer: "Writer", sheet: Sheet) -> None:
    """How the file ends."""
    ending = sheet.recipe.ending
    if ending == "cut" and sheet.rows and sheet.rows[-1].fate == "row":
        writer.cut(sheet.least)
    if ending == "blank lines":
        for _ in range(3):
            writer.add(Row([], "blank"))
    if ending in ("total", "both"):
        padding = [""] * (len(sheet.header) - len(TOTAL))
        writer.add(Row(TOTAL + padding, "no row"))
    if ending in ("source", "both"):
        writer.add(Row([], "blank"))
        writer.add(Row(SOURCE, "no row"))
    if ending == "open" and sheet.rows and sheet.rows[-1].fate == "row":
        writer.text = writer.text.rstrip("\r\n")


class Writer:
    """The text so far, and where in it each record starts."""

    def __init__(self, recipe: Recipe, has_open: bool, rng: Random) -> None:
        self.recipe, self.has_open, self.rng = recipe, has_open, rng
        self.text = ""
        self.found: list[tuple[int, Row, str]] = []
        self.last: list[str] = []

    def add(self, row: Row) -> None:
        """One record and its line end."""
        self.last = [self.quoted(cell) for cell in row.cells]
        if row.is_cell_open:
            self.last = [cell.replace('"', "") for cell in row.cells]
            place = next(n for n, cell in enumerate(row.cells) if cell.startswith('"'))
            self.last[place] = row.cells[place]
        text = self.recipe.delimiter.join(self.last)
        if not text.strip():
            # A bare line feed behind a return would be one line end, not two.
            text = self.rng.choice((" ", "  ", self.recipe.delimiter * 3))
        number = len(BREAK.findall(self.text)) + 1
        self.found.append((number, row, text))
        self.text += text + self.end()

    def end(self) -> str:
        """A line end."""
        mixed = self.recipe.line_end == "mixed"
        return self.rng.choice(("\n", "\r\n", "\r")) if mixed else self.recipe.line_end

    def quoted(self, cell: str) -> str:
        """A cell in quotation marks where it needs them, or where the file has them."""
        cell = cell.replace("\n", self.rng.choice(("\n", "\r\n", "\r")))
        needs = any(sign in cell for sign in (self.recipe.delimiter, "\n", "\r"))
        if '"' in cell:
            # A mark within a cell is often left as it is.
            needs |= self.has_open or cell.startswith('"') or self.rng.random() < 0.5
        wants = {"least": False, "all": True, "some": self.rng.random() < 0.3}
        # A mark that is not closed ends at the next one if a delimiter follows that.
        wants_not = self.has_open and (not cell or cell[0] == self.recipe.delimiter)
        if needs or (wants[self.recipe.quoting] and not wants_not):
            return '"' + cell.replace('"', '""') + '"'
        return cell

    def cut(self, least: int) -> None:
        """Break the last record off before its last cells, as a lost line does."""
        number, row, text = self.found.pop()
        kept = self.recipe.delimiter.join(self.last[: self.rng.randrange(1, least)])
        kept = kept[: self.rng.randrange(1, len(kept) + 1)] if kept else ""
        start = self.text.rindex(text)
        self.text = self.text[:start] + kept
        if kept.strip(self.recipe.delimiter + ' \t"\u00a0\u200b'):
            self.found.append((number, Row([], "reject"), kept))
        else:
            self.text = self.text[:start]


def line_of(sheet: Sheet, number: int, row: Row, text: str) -> Line | None:
    """What the oracle is told of one record; nothing of those that are no rows."""
    if row.fate in ("above", "header", "blank"):
        return None
    if row.fate == "no row":
        return Line(number, "reject", text=text)
    if row.fate == "reject":
        return Line(number, "reject", text=text)
    pairs = zip(sheet.columns, row.cells, strict=False)
    cells = {column: text for column, text in pairs if column and text}
    return Line(number, "row", row.values, row.rules, cells, text)


def encode(text: str, recipe: Recipe) -> bytes:
    """The text in the file's encoding."""
    if recipe.encoding == "cp1252":
        return text.encode("cp1252")
    return MARKS.get(recipe.encoding, b"") + text.encode(recipe.encoding)


def refuse(made: Made, text: str) -> Made:
    """The file, made such that nobody can read it."""
    data = {
        "empty": b"",
        "nul": made.data + b"\x00\n",
        "utf-16 unmarked": text.encode("utf-16-le"),
        "gzip": gzip.compress(made.data, mtime=0),
        "picture": b"\x89PNG\r\n\x1a\n" + made.data,
        "damaged": text.encode("ascii", "ignore") + b"caf\xe9\x81\n",
    }.get(made.recipe.refusal, made.data)
    if made.recipe.refusal == "nul" and "16" in made.recipe.encoding:
        data = made.data + "\x00".encode(made.recipe.encoding)
    return Made(made.recipe, data, [], is_refused=True)
