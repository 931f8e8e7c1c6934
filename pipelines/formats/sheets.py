"""Which sheet of a workbook is the table: asked for, or the only one that fits."""

from itertools import islice

from pipelines.datasets import Dataset
from pipelines.errors import FileRefusedError
from pipelines.formats.book import Book, Sheet
from pipelines.formats.cells import UNSAVED, cell_text
from pipelines.formats.header import HEADER_SEARCH, Header, match_header, refuse_missing
from pipelines.formats.reading import Options


MACROS = "This workbook has macros; they were not run."
Found = tuple[Sheet, int, Header]


def choose_sheet(book: Book, dataset: Dataset, options: Options) -> Found:
    """The sheet to read, the row of its header, and the header."""
    if options.sheet:
        return header_of(book, sheet_named(book, options.sheet), dataset)
    visible = [header_of(book, sheet, dataset) for sheet in book.sheets if not sheet.is_hidden]
    fitting = [found for found in visible if not found[2].missing(dataset)]
    if len(fitting) > 1:
        raise FileRefusedError(
            f"Several sheets have the columns of {dataset.title}: "
            f"{names_of([sheet for sheet, _, _ in fitting])}. Say which one to read."
        )
    return fitting[0] if fitting else nearest(book, visible, dataset)


def nearest(book: Book, visible: list[Found], dataset: Dataset) -> Found:
    """The only sheet there is, else a refusal that says which sheet comes nearest."""
    for sheet in book.sheets:
        if sheet.is_hidden:
            found = header_of(book, sheet, dataset)
            if not found[2].missing(dataset):
                raise FileRefusedError(
                    f"Only the hidden sheet '{sheet.name}' has the columns of "
                    f"{dataset.title}. Ask for that sheet, or show it in Excel and "
                    "send the workbook again."
                )
    filled = [found for found in visible if any(found[2].cells)]
    if not filled:
        raise FileRefusedError("This workbook has no rows. Send the file again.")
    best = min(filled, key=lambda found: len(found[2].missing(dataset)))
    if len(book.sheets) > 1:
        refuse_missing(best[2], dataset, f"Sheet '{best[0].name}' comes nearest. ")
    return best


def sheet_named(book: Book, name: str) -> Sheet:
    """The sheet that was asked for; one that is not there is refused."""
    for sheet in book.sheets:
        if sheet.name.strip().casefold() == name.strip().casefold():
            return sheet
    raise FileRefusedError(
        f"This workbook has no sheet called '{name}'. Its sheets: {names_of(book.sheets)}."
    )


def header_of(book: Book, sheet: Sheet, dataset: Dataset) -> Found:
    """The row of a sheet that names every required column, else most of them."""
    best: Found = sheet, 0, Header((), {})
    fewest = len(dataset.required) + 1
    for line, values in islice(book.rows(sheet), HEADER_SEARCH):
        cells = [""] * (max(column for column, _ in values) + 1)
        for column, value in values:
            cells[column] = "" if value is UNSAVED else cell_text(value, "text")
        header = match_header(cells, dataset)
        missing = len(header.missing(dataset))
        if missing < fewest:
            best, fewest = (sheet, line, header), missing
        if not missing:
            break
    return best


def sheet_remarks(book: Book, sheet: Sheet, line: int) -> list[str]:
    """What a person should know of how the workbook was read."""
    remarks = [MACROS] if book.has_macros else []
    others = [other for other in book.sheets if other != sheet]
    if sheet.is_hidden:
        remarks.append(f"The hidden sheet '{sheet.name}' was read, as asked.")
    elif others:
        remarks.append(f"Sheet '{sheet.name}' was read.")
    for what, is_hidden in (("Sheets", False), ("Hidden sheets", True)):
        left = [other for other in others if other.is_hidden is is_hidden]
        if left:
            remarks.append(f"{what} left out: {names_of(left)}.")
    if line > 1:
        said = "1 row" if line == 2 else f"{line - 1} rows"
        remarks.append(f"{said} above the header skipped.")
    return remarks


def names_of(sheets: list[Sheet]) -> str:
    """Names of sheets in quotation marks."""
    return ", ".join(f"'{sheet.name}'" for sheet in sheets)
