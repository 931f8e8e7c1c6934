"""Templates and data dictionary: every dataset, opened as a clerk would open it."""

import csv
import datetime
import io
import zipfile

import openpyxl
import pytest

from pipelines.datasets import ALL, dataset
from pipelines.formats import open_file
from pipelines.formats.reading import Options
from pipelines.outgoing.closed_lists import read_lists, used_by
from pipelines.outgoing.dictionary import BLANKS, dictionary, dictionary_markdown
from pipelines.outgoing.fill_in import HEADER
from pipelines.outgoing.templates import COVER, template_csv, template_workbook
from pipelines.outgoing.words import pattern_words
from settings import settings


LISTS = read_lists(settings.reference)
KINDS = pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
TOP = HEADER + 1


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """The template of every dataset, read back by another library."""
    folder = tmp_path_factory.mktemp("templates")
    for kind in ALL:
        template_workbook(kind, LISTS, folder / f"{kind.name}.xlsx")
    return {kind.name: openpyxl.load_workbook(folder / f"{kind.name}.xlsx") for kind in ALL}


def cells(sheet) -> list[tuple]:
    """Values of a sheet, row by row."""
    return list(sheet.iter_rows(values_only=True))


def rules(sheet) -> dict[str, object]:
    """The data validation of each column, by the name in the header."""
    found = {}
    for rule in sheet.data_validations.dataValidation:
        area = str(rule.sqref)
        letter = area.split(":")[0].rstrip("0123456789")
        assert area == f"{letter}{TOP + 1}:{letter}1048576"
        found[sheet[f"{letter}{TOP}"].value] = rule
    return found


def table(sheet) -> str:
    """Where the sheet's one table is."""
    (name,) = sheet.tables
    return sheet.tables[name].ref


# Dictionary ---------------------------------------------------------------------------


@KINDS
def test_the_dictionary_has_a_row_for_every_column_and_no_blank_cell(kind):
    rows = dictionary(kind, LISTS)
    assert [row["Column"] for row in rows] == [c.column for c in kind.columns]
    assert all(cell for row in rows for cell in row.values())


def test_the_dictionary_speaks_plainly():
    rows = {row["Column"]: row for row in dictionary(dataset("incidents"), LISTS)}
    assert pattern_words("^[A-Z0-9-]{4,32}$") == ("4 to 32 capital letters, digits or hyphens")
    assert rows["incident_ref"]["Limits"].endswith("letters, digits or hyphens.")
    assert rows["ncsc_category"]["Limits"] == "At least 1 and at most 6."
    assert rows["category"]["Allowed values"] == "Cyber; Non-cyber"
    assert "malware (Malware)" in rows["action"]["Allowed values"]
    assert rows["ico_incident_type"]["Allowed values"] == (
        "One of the 17 codes of the closed list ico_incident_type"
    )
    assert rows["detected_at"]["Must be filled in"] == "yes"


def test_every_pattern_of_every_contract_has_words():
    without = {
        (kind.name, column.column)
        for kind in ALL
        for column in kind.columns
        if column.pattern and not pattern_words(column.pattern)
    }
    assert without == set()
    assert pattern_words("^[0-9]+x$") == ""


@KINDS
def test_the_dictionary_as_markdown_keeps_its_tables_whole(kind):
    text = dictionary_markdown(kind, LISTS)
    assert text.startswith(f"## {kind.title}\n\n{BLANKS}")
    for line in text.splitlines():
        if line.startswith("|"):
            parts = line.replace("\\|", "").count("|")
            assert parts in (8, 4), line
    for name in used_by(kind):
        assert f"### Closed list {name}" in text
        for value in LISTS[name]:
            assert f"| `{value.code}` |" in text


# Template as CSV ----------------------------------------------------------------------


@KINDS
def test_the_csv_has_the_header_and_one_example(kind):
    rows = list(csv.reader(io.StringIO(template_csv(kind))))
    assert rows == [
        [column.column for column in kind.columns],
        [column.example for column in kind.columns],
    ]


# Template as workbook -----------------------------------------------------------------


@KINDS
def test_the_first_sheet_has_the_header_and_no_row_that_could_be_sent(kind, books):
    sheet = books[kind.name].worksheets[0]
    assert sheet.title == kind.title
    assert books[kind.name].active is sheet
    rows = cells(sheet)
    assert list(rows[HEADER]) == [column.column for column in kind.columns]
    assert len(rows) == TOP
    assert sheet.freeze_panes == f"A{TOP + 1}"


@KINDS
def test_no_other_sheet_has_a_header_that_the_reader_could_take(kind, books):
    first, *others = books[kind.name].worksheets
    for sheet in others:
        for row in cells(sheet):
            assert not set(kind.required) <= {str(cell).lower() for cell in row}


@KINDS
def test_required_columns_are_marked_in_words(kind, books):
    sheet = books[kind.name].worksheets[0]
    said = cells(sheet)[HEADER - 1]
    wanted = ["required" if c.is_required else "optional" for c in kind.columns]
    assert list(said) == wanted
    for column in kind.columns:
        word = "Required. " if column.is_required else "Optional. "
        assert rules(sheet)[column.column].prompt.startswith(word)


@KINDS
def test_every_column_has_a_note_that_says_what_it_means(kind, books):
    found = rules(books[kind.name].worksheets[0])
    for column in kind.columns:
        rule = found[column.column]
        assert column.definition in rule.prompt
        assert len(rule.prompt) <= 255 and len(rule.promptTitle) <= 32
        assert rule.showInputMessage


@KINDS
def test_a_drop_down_offers_exactly_the_codes_of_its_list(kind, books):
    book = books[kind.name]
    found = rules(book.worksheets[0])
    for column in kind.columns:
        rule = found[column.column]
        if column.allowed and column.type != "list":
            name, _, area = rule.formula1.partition("!")
            offered = [c.value for (c,) in book[name.strip("'")][area.replace("$", "")]]
            assert offered == [value.code for value in LISTS[column.allowed]]
            assert rule.type == "list" and not rule.hide_drop_down
        elif column.type == "boolean":
            assert rule.formula1 == '"true,false"'
        else:
            assert rule.type != "list"


def test_limits_warn_and_do_not_stop(books):
    found = rules(books["incidents"].worksheets[0])
    category = found["ncsc_category"]
    assert (category.type, category.operator) == ("whole", None)
    assert (float(category.formula1), float(category.formula2)) == (1, 6)
    assert category.errorStyle == "warning"
    assert found["action"].errorStyle in (None, "stop")
    assert found["detected_at"].type is None
    problems = rules(books["problems"].worksheets[0])
    assert problems["pain_point"].type == "textLength"


@KINDS
def test_cells_keep_text_as_text_and_show_dates_as_dates(kind, books):
    sheet = books[kind.name].worksheets[0]
    formats = {
        "integer": "0",
        "money": "#,##0.00",
        "date": "yyyy-mm-dd",
        "timestamp": "yyyy-mm-dd hh:mm",
    }
    for place, column in enumerate(kind.columns, 1):
        letter = openpyxl.utils.get_column_letter(place)
        dimension = next(
            found for found in sheet.column_dimensions.values() if found.min <= place <= found.max
        )
        assert dimension.number_format == formats.get(column.type, "@"), letter


@KINDS
def test_every_sheet_is_accessible(kind, books):
    book = books[kind.name]
    assert book.properties.title == f"Template: {kind.title}"
    for sheet in book.worksheets:
        rows = cells(sheet)
        assert rows[0][0], sheet.title
        assert not sheet.merged_cells.ranges
        assert sheet.sheet_state == "visible"
        assert all(any(row) for row in rows)
        if sheet.title != COVER:
            (name,) = sheet.tables
            assert name.startswith(kind.name)
            assert not sheet.tables[name].autoFilter
    above = [str(row[0]) for row in cells(book.worksheets[0])[:HEADER]]
    assert any(BLANKS in line for line in above)


@KINDS
def test_the_dictionary_and_the_lists_stand_in_tables(kind, books):
    book = books[kind.name]
    rows = cells(book["Columns"])[2:]
    assert [dict(zip(rows[0], row, strict=True)) for row in rows[1:]] == dictionary(kind, LISTS)
    assert table(book["Columns"]) == f"A3:G{len(kind.columns) + 3}"
    if used_by(kind):
        listed = [row[:2] for row in cells(book["Closed lists"])[3:]]
        assert listed == [(name, value.code) for name in used_by(kind) for value in LISTS[name]]
    example = {row[0]: row[1] for row in cells(book["Example"])[3:]}
    assert example == {c.column: c.example or "(blank)" for c in kind.columns}


def test_the_cover_says_whom_to_ask_and_how_it_is_marked(books):
    said = [row[0] for row in cells(books["incidents"][COVER])]
    assert f"Ask {settings.contact}." in said
    assert "Marking: OFFICIAL-SENSITIVE once filled in." in said
    assert any("record_version one higher" in line for line in said)
    assert any("CC BY-SA 4.0" in line for line in said)
    public = [row[0] for row in cells(books["record_sources"][COVER])]
    assert "Marking: OFFICIAL." in public
    assert not any("VERIS" in line or "record_version" in line for line in public)


def test_nothing_in_a_template_runs_or_links(books, tmp_path):
    path = tmp_path / "sharing.xlsx"
    template_workbook(dataset("sharing"), LISTS, path)
    for book in books.values():
        for sheet in book.worksheets:
            assert all(c.data_type != "f" for row in sheet.iter_rows() for c in row)
            assert all(c.hyperlink is None for row in sheet.iter_rows() for c in row)
    with zipfile.ZipFile(path) as parts:
        assert not [name for name in parts.namelist() if "vba" in name.lower()]


# Filled in ----------------------------------------------------------------------------


def fill_in(kind, book) -> None:
    """One row as a clerk's typing leaves it: dates as dates, numbers as numbers."""
    sheet = book.worksheets[0]
    for place, column in enumerate(kind.columns, 1):
        sheet.cell(TOP + 1, place).value = typed(column)


def typed(column) -> object:
    """An example as a spreadsheet holds it."""
    if not column.example:
        return None
    if column.type == "date":
        return datetime.datetime.fromisoformat(column.example)
    if column.type in ("integer", "decimal", "money"):
        return float(column.example)
    return column.example


def filled(kind, path) -> None:
    """A template of that dataset at `path`, with one row."""
    template_workbook(kind, LISTS, path)
    book = openpyxl.load_workbook(path)
    fill_in(kind, book)
    book.save(path)


def as_meant(column, cell: str) -> object:
    """A number for a number, so that 18.5 is 18.50; else the text."""
    if cell and column.type in ("integer", "decimal", "money"):
        return float(cell)
    return cell


@KINDS
def test_a_template_that_is_filled_in_is_read_as_it_was_meant(kind, tmp_path):
    path = tmp_path / f"{kind.name}.xlsx"
    filled(kind, path)
    reading = open_file(path, kind, Options())
    ((line, found),) = reading.records
    assert (line, reading.rejects) == (TOP + 1, [])
    assert reading.columns == [column.column for column in kind.columns]
    for column, cell in zip(kind.columns, found, strict=True):
        assert as_meant(column, cell) == as_meant(column, column.example)


@KINDS
def test_a_template_sent_back_as_it_is_brings_no_row(kind, tmp_path):
    path = tmp_path / f"{kind.name}.xlsx"
    template_workbook(kind, LISTS, path)
    reading = open_file(path, kind, Options())
    assert list(reading.records) == []
    assert reading.rejects == []


def test_a_template_that_is_filled_in_passes_every_rule(tmp_path):
    from pipelines.judge import check_files

    path = tmp_path / "incidents.xlsx"
    filled(dataset("incidents"), path)
    report = check_files([path], "incidents")
    (file,) = report.files
    counts = (file["status"], file["rows_in"], file["accepted"])
    assert counts == ("loaded", 1, 1), (file["reason"], report.quarantine)
