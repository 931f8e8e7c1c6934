"""Workbooks: the right sheet, true values, and the same rows as the same CSV."""

import csv
import io
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from pipelines.datasets import Dataset, dataset
from pipelines.errors import FileRefusedError
from pipelines.formats import archive, open_file
from pipelines.formats.cells import number_text
from pipelines.formats.reading import Options, Reading
from settings import ROOT


PAYMENTS = dataset("award_payments")
EVENTS = dataset("events")
INCIDENTS = dataset("incidents")
NAMES = ["payment_id", "award_id", "gss_code", "paid_on", "amount_paid_gbp"]
FIRST = ["PAY-0001", "AWD-1", "E06000001", date(2024, 3, 28), 100]
SECOND = ["PAY-0002", "AWD-1", "E06000001", date(2024, 4, 28), 200.5]
BOTH = [
    ["PAY-0001", "AWD-1", "E06000001", "2024-03-28", "100"],
    ["PAY-0002", "AWD-1", "E06000001", "2024-04-28", "200.5"],
]
FOLDER_KEPT = [HealthCheck.function_scoped_fixture]
PARTS = {
    "sheet": "xl/worksheets/sheet1.xml",
    "texts": "xl/sharedStrings.xml",
    "types": "[Content_Types].xml",
    "workbook": "xl/workbook.xml",
    "macros": "xl/vbaProject.bin",
}
DAMAGED = (
    "This workbook is damaged: part of it is missing or changed. Open it in Excel, "
    "save it again and send the new file."
)


class Made:
    """A workbook to be filled, saved and read."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "file.xlsx"
        self.book = Workbook()
        self.book.remove(self.book.active)

    def sheet(self, *rows: list, name: str = "Data", state: str = "visible"):
        """A sheet with these rows; an empty list leaves a row out."""
        sheet = self.book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = state
        return sheet

    def save(self) -> Path:
        self.book.save(self.path)
        return self.path

    def read(self, of: Dataset = PAYMENTS, options: Options | None = None) -> Reading:
        """Saved and read to its end; the rows are in `records` as a list."""
        return read_to_end(self.save(), of, options)

    def refusal(self, options: Options | None = None) -> str:
        with pytest.raises(FileRefusedError) as raised:
            self.read(options=options)
        return str(raised.value)

    def change(self, **changes) -> Path:
        """The saved file with the bytes of some parts changed, by a short name."""
        with zipfile.ZipFile(self.save()) as old:
            parts = {each: old.read(each) for each in old.namelist()}
        for name, change in changes.items():
            part = PARTS[name]
            parts[part] = change(parts.get(part, b""))
        with zipfile.ZipFile(self.path, "w", zipfile.ZIP_DEFLATED) as new:
            for each, content in parts.items():
                new.writestr(each, content)
        return self.path


def read_to_end(path: Path, of: Dataset = PAYMENTS, options: Options | None = None) -> Reading:
    reading = open_file(path, of, options or Options())
    reading.records = iter(list(reading.records))
    return reading


def why(path: Path) -> str:
    with pytest.raises(FileRefusedError) as raised:
        read_to_end(path)
    return str(raised.value)


@pytest.fixture
def made(tmp_path) -> Made:
    return Made(tmp_path)


# Rows and their values ----------------------------------------------------------------


def test_rows_have_the_number_that_the_sheet_shows(made):
    sheet = made.sheet(["Payments for March"], [], NAMES, FIRST, [], SECOND)
    sheet.merge_cells("A1:E1")
    found = made.read()
    assert found.columns == NAMES
    assert list(found.records) == [(4, BOTH[0]), (6, BOTH[1])]
    assert found.remarks == ["2 rows above the header skipped."]
    assert found.rejects == []
    assert found.plain is None


@pytest.mark.parametrize(
    ("value", "of_payments"),
    [
        (date(2024, 3, 28), "2024-03-28"),
        (datetime(2024, 3, 28), "2024-03-28"),
        (datetime(2024, 3, 28, 10, 30), "2024-03-28T10:30:00"),
        (time(10, 30), "10:30:00"),
        (timedelta(hours=26, minutes=30), "26:30:00"),
        (True, "true"),
        (False, "false"),
        (1200.0, "1200"),
        (0.1 + 0.2, "0.3"),
        (-0.0000005, "-0.0000005"),
        (1e20, "100000000000000000000"),
        (12345678901, "12345678901"),
        ("00123", "00123"),
        ("=1+1", None),
        ("  two\nlines ", "  two\nlines "),
        ("#N/A", "#N/A"),
    ],
)
def test_a_value_is_read_as_a_csv_would_have_it(made, value, of_payments):
    made.sheet(NAMES, [*FIRST[:3], value, 1])
    found = made.read()
    if of_payments is None:
        assert [(r.line, r.text, r.reason) for r in found.rejects] == [
            (
                2,
                "PAY-0001,AWD-1,E06000001,,1",
                "The formula in cell D2 has no saved value. Open the workbook in Excel, "
                "save it and send it again.",
            )
        ]
    else:
        assert next(found.records) == (2, [*FIRST[:3], of_payments, "1"])


def test_midnight_in_a_column_of_timestamps_is_a_moment(made):
    of = {name: f"{name}!" for name in INCIDENTS.required}
    of["detected_at"] = datetime(2025, 3, 1)
    of["submitted_at"] = datetime(2025, 3, 2, 8, 30)
    made.sheet(list(of), list(of.values()))
    found = made.read(INCIDENTS)
    row = dict(zip(found.columns, next(found.records)[1], strict=True))
    assert row["detected_at"] == "2025-03-01T00:00:00"
    assert row["submitted_at"] == "2025-03-02T08:30:00"


def test_staging_reads_such_moments_as_london_time():
    macros = (ROOT / "pipelines/sql/macros.sql").read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'Europe/London'")
        connection.execute(macros)
        read = connection.execute(
            "select as_timestamp('2025-07-01T08:30:00'), as_date('2025-07-01')"
        ).fetchone()
    assert read == (datetime(2025, 7, 1, 7, 30), date(2025, 7, 1))


@pytest.mark.parametrize("style", ["0%", "£#,##0.00", "[$£-809]#,##0", "0.00E+00"])
def test_percentages_and_money_give_the_number(made, style):
    sheet = made.sheet(NAMES, [*FIRST[:4], 0.125])
    sheet["E2"].number_format = style
    assert next(made.read().records)[1][4] == "0.125"


def test_formulas_are_read_as_their_saved_values(made):
    made.sheet(NAMES, [*FIRST[:4], "=50+50"], [*SECOND[:4], '=""'])
    path = made.change(
        sheet=lambda xml: (
            xml.replace(b"<f>50+50</f><v />", b"<f>50+50</f><v>100</v>")
            .replace(b"<f>50+50</f><v></v>", b"<f>50+50</f><v>100</v>")
            .replace(b'<c r="E3">', b'<c r="E3" t="str">')
        )
    )
    found = read_to_end(path)
    assert [cells[4] for _, cells in found.records] == ["100", ""]
    assert found.rejects == []


def test_a_formula_without_a_value_outside_the_columns_read_does_not_matter(made):
    made.sheet([*NAMES, "Check"], [*FIRST, "=1+1"])
    assert list(made.read().records) == [(2, BOTH[0])]


def test_dates_count_from_1904_where_the_workbook_says_so(made):
    made.sheet(NAMES, FIRST)
    made.book.epoch = datetime(1904, 1, 1)
    assert next(made.read().records) == (2, BOTH[0])


def test_a_date_that_is_none_stays_a_number(made):
    sheet = made.sheet(NAMES, [*FIRST[:3], 99999999, 1])
    sheet["D2"].number_format = "dd/mm/yyyy"
    assert next(made.read().records)[1][3] == "99999999"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("1200.0", "1200"),
        ("0.30000000000000004", "0.3"),
        ("1E-3", "0.001"),
        ("-0", "0"),
        ("1E+300", "1e+300"),
        ("12345678901234567", "12345678901234567"),
        ("NaN", "nan"),
        ("odd", "odd"),
        ("-5", "-5"),
        ("1.5", "1.5"),
    ],
)
def test_numbers_are_written_as_people_write_them(raw, said):
    assert number_text(raw) == said


SHARED = b"""<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<si><t>PAY_x0041_</t></si><si><t>one_x000D_&#10;two_x005F_x0041_</t></si>
<si><r><t>E06</t></r><r><t>000001</t></r><rPh sb="0" eb="1"><t>no</t></rPh></si>
</sst>"""
SHARED_TYPE = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
    b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)


def test_shared_rich_and_escaped_texts(made):
    made.sheet(NAMES, ["TEXT0", "TEXT1", "TEXT2", *FIRST[3:]])

    def share(xml: bytes) -> bytes:
        for number in (b"0", b"1", b"2"):
            inline = b't="inlineStr"><is><t>TEXT' + number + b"</t></is>"
            assert inline in xml
            xml = xml.replace(inline, b't="s"><v>' + number + b"</v>")
        return xml

    path = made.change(
        sheet=share, texts=lambda _: SHARED, types=lambda xml: xml.replace(b"</Types>", SHARED_TYPE)
    )
    assert next(read_to_end(path).records)[1] == [
        "PAYA",
        "one\ntwo_x0041_",
        "E06000001",
        "2024-03-28",
        "100",
    ]


def test_cells_beside_the_table_are_left_out_and_said(made):
    made.sheet(NAMES, FIRST, [*SECOND, None, "call them"])
    found = made.read()
    assert [cells for _, cells in found.records] == BOTH
    assert found.remarks == ["Cells without a column name were left out, first on line 3."]


def test_rows_below_the_table_and_near_names_are_as_in_a_csv(made):
    made.sheet(["Ref", *NAMES[1:]], FIRST, ["Total", None, None, None, 100], ["Notes"])
    found = made.read()
    assert list(found.records) == [(2, BOTH[0])]
    assert [(r.line, r.text) for r in found.rejects] == [(3, "Total,,,,100"), (4, "Notes,,,,")]
    assert found.remarks == ["Column 'Ref' was read as payment_id."]


def test_a_header_alone_gives_no_rows_and_a_remark(made):
    made.sheet(NAMES)
    found = made.read()
    assert list(found.records) == []
    assert found.remarks == ["The file has a header and no rows."]


# Odd sheets ---------------------------------------------------------------------------


def test_rows_out_of_order_and_a_wrong_size_lose_nothing(made):
    made.sheet(NAMES, FIRST, SECOND)

    def change(xml: bytes) -> bytes:
        second = xml.index(b'<row r="2"')
        third = xml.index(b'<row r="3"')
        end = xml.index(b"</sheetData>")
        moved = xml[:second] + xml[third:end] + xml[second:third] + xml[end:]
        return moved.replace(b'ref="A1:E3"', b'ref="A1:A1"')

    found = read_to_end(made.change(sheet=change))
    assert list(found.records) == [(3, BOTH[1]), (2, BOTH[0])]


def test_formatted_empty_rows_cost_little(made):
    made.sheet(NAMES, FIRST)
    empty = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{c}{row}" s="1"/>' for c in "ABCDE") + "</row>"
        for row in range(3, 50_000)
    )
    last = b'<row r="60000"><c r="A60000"><v>7</v></c></row>'
    path = made.change(
        sheet=lambda xml: xml.replace(b"</sheetData>", empty.encode() + last + b"</sheetData>")
    )
    found = read_to_end(path)
    assert list(found.records) == [(2, BOTH[0]), (60000, ["7", "", "", "", ""])]


def test_empty_cells_are_taken_out_across_pieces_without_harm():
    from pipelines.formats.book import PIECE, Slim

    cells = b"".join(
        b'<row r="%d"><c r="A%d" s="1"/><c r="B%d"><v>%d</v></c></row>' % (n, n, n, n)
        for n in range(1, 5_000)
    )
    slim = Slim(io.BytesIO(cells))
    pieces = []
    while piece := slim.read():
        pieces.append(piece)
    assert b"".join(pieces) == b"".join(
        b'<row r="%d"><c r="B%d"><v>%d</v></c></row>' % (n, n, n) for n in range(1, 5_000)
    )
    long = b"<t>" + b"x" * 5 * PIECE + b"</t>"
    slim = Slim(io.BytesIO(long))
    assert b"".join(iter(slim.read, b"")) == long


# Which sheet --------------------------------------------------------------------------


def test_the_sheet_with_the_columns_is_found(made):
    made.sheet(["Read me"], ["Fill in the next sheet"], name="Guidance")
    made.sheet(NAMES, FIRST, name="Returns")
    found = made.read()
    assert list(found.records) == [(2, BOTH[0])]
    assert found.remarks == ["Sheet 'Returns' was read.", "Sheets left out: 'Guidance'."]


def test_two_sheets_that_fit_are_refused_until_one_is_asked_for(made):
    made.sheet(NAMES, FIRST, name="April")
    made.sheet(NAMES, SECOND, name="May")
    assert made.refusal() == (
        "Several sheets have the columns of Award payments: 'April', 'May'. Say which one to read."
    )
    found = made.read(options=Options(sheet=" may"))
    assert list(found.records) == [(2, BOTH[1])]


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(made):
    made.sheet(NAMES, FIRST, name="April")
    made.sheet(name="Hidden one", state="hidden")
    assert made.refusal(Options(sheet="June")) == (
        "This workbook has no sheet called 'June'. Its sheets: 'April', 'Hidden one'."
    )


def test_a_hidden_sheet_is_read_only_when_asked_for(made):
    made.sheet(["Read me"], name="Front")
    made.sheet(NAMES, FIRST, name="Old", state="veryHidden")
    assert made.refusal() == (
        "Only the hidden sheet 'Old' has the columns of Award payments. Ask for that "
        "sheet, or show it in Excel and send the workbook again."
    )
    found = made.read(options=Options(sheet="Old"))
    assert list(found.records) == [(2, BOTH[0])]
    assert found.remarks == [
        "The hidden sheet 'Old' was read, as asked.",
        "Sheets left out: 'Front'.",
    ]


def test_a_hidden_sheet_beside_one_that_fits_is_left_out_with_a_remark(made):
    made.sheet(NAMES, FIRST, name="New")
    made.sheet(NAMES, SECOND, name="Old", state="hidden")
    found = made.read()
    assert list(found.records) == [(2, BOTH[0])]
    assert "Hidden sheets left out: 'Old'." in found.remarks


def test_missing_columns_are_refused_with_the_nearest_sheet(made):
    made.sheet(["a", "b"], name="Other")
    made.sheet([*NAMES[:4], "Amout paid"], FIRST, name="Nearly")
    assert made.refusal() == (
        "The columns are not those of Award payments: columns missing: "
        "amount_paid_gbp. 'Amout paid' looks like amount_paid_gbp. Sheet 'Nearly' "
        "comes nearest. Get the template with: python -m pipelines template "
        "award_payments"
    )


def test_columns_named_twice_are_refused(made):
    made.sheet([*NAMES, "paid_on"], FIRST)
    assert made.refusal() == "Columns named twice: paid_on. Keep one of each."


def test_a_workbook_without_rows_is_refused(made):
    made.sheet()
    assert made.refusal() == "This workbook has no rows. Send the file again."


# Workbooks that are not opened --------------------------------------------------------


def test_macros_are_not_run_and_that_is_said(made):
    made.sheet(NAMES, FIRST)
    path = made.change(macros=lambda _: b"\x00macro")
    assert "This workbook has macros; they were not run." in read_to_end(path).remarks


def test_a_workbook_that_unpacks_to_too_much_is_not_opened(made, monkeypatch):
    made.sheet(NAMES, FIRST)
    bomb = made.change(sheet=lambda _: b"0" * 20_000_000)
    assert why(bomb).startswith("This workbook unpacks to more than 200 times its size")
    monkeypatch.setattr(archive, "MOST_BYTES", 1_000_000)
    assert why(bomb).startswith("This workbook unpacks to 20 MB; the most is 1 MB.")
    monkeypatch.setattr(archive, "MOST_PARTS", 5)
    assert why(bomb).startswith("This workbook has more than 5 parts.")


def test_entities_that_grow_without_end_are_not_read(made):
    made.sheet(NAMES, FIRST)
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    path = made.change(workbook=lambda xml: laughs + xml)
    assert why(path).startswith("This workbook holds XML that Excel does not write.")


def test_the_strict_dialect_is_refused_with_what_to_do(made):
    made.sheet(NAMES, FIRST)
    path = made.change(
        sheet=lambda xml: xml.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
    )
    assert "Strict Open XML Spreadsheet" in why(path)


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        (["[Content_Types].xml", "xl/workbook.bin"], "a binary Excel workbook (.xlsb)"),
        (["mimetype", "content.xml"], "an OpenDocument file (.ods)"),
        (["[Content_Types].xml", "word/document.xml"], "an Office document without"),
        (["payments.csv"], "This file is a zip archive. Send the file inside it"),
    ],
)
def test_other_archives_are_refused_with_what_to_do(tmp_path, parts, says):
    path = tmp_path / "file.xlsx"
    with zipfile.ZipFile(path, "w") as made:
        for part in parts:
            made.writestr(part, b"<x/>")
    assert says in why(path)


def test_a_damaged_workbook_is_refused_wherever_it_is_damaged(made):
    made.sheet(NAMES, *[FIRST] * 500)
    whole = made.save().read_bytes()
    refused = 0
    for place in range(40, len(whole), 97):
        made.path.write_bytes(whole[:place] + b"\xff\x00\xff" + whole[place + 3 :])
        try:
            found = read_to_end(made.path)
        except FileRefusedError:
            refused += 1
        else:
            assert [cells for _, cells in found.records] == [BOTH[0]] * 500
    made.path.write_bytes(whole[: len(whole) // 2])
    assert why(made.path) == DAMAGED
    assert refused > 10


def test_a_sheet_that_breaks_off_is_refused_and_not_half_read(made):
    made.sheet(NAMES, *[FIRST] * 5_000)
    path = made.change(sheet=lambda xml: xml[: len(xml) // 2])
    assert why(path) == DAMAGED


# The same as CSV ----------------------------------------------------------------------


TEXTS = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=["Cc", "Cs"],
        include_characters="\n\t",
        exclude_characters="\ufeff\ufffe\uffff",
    ),
    max_size=12,
)
DATES = st.dates(date(1900, 3, 1), date(2100, 1, 1))
NUMBERS = st.one_of(
    st.integers(-(10**12), 10**12), st.decimals(-(10**6), 10**6, places=2).map(float)
)
EVENT = st.tuples(TEXTS, TEXTS, DATES, TEXTS, st.none() | TEXTS, st.none() | DATES, NUMBERS)
EVENT_NAMES = ["event_id", "event_type", "happened_on", "title", "region", "programme", "gss_code"]


def as_csv(value: object) -> str:
    """A value as Excel would write it to a CSV with ISO dates."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


@settings(suppress_health_check=FOLDER_KEPT)
@given(rows=st.lists(EVENT, max_size=5))
def test_the_same_data_as_csv_and_as_a_workbook_gives_the_same_cells(tmp_path, rows):
    made = Made(tmp_path)
    sheet = made.sheet(EVENT_NAMES)
    for line, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(line, column, value)
            if isinstance(value, str):
                cell.data_type = "s"  # a text that begins with = is no formula here
    path = tmp_path / "file.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([EVENT_NAMES, *[map(as_csv, row) for row in rows]])
    from_csv = read_to_end(path, EVENTS)
    from_book = made.read(EVENTS)
    assert from_book.columns == from_csv.columns
    of_csv = [cells for _, cells in from_csv.records]
    assert [cells for _, cells in from_book.records] == of_csv
    assert len(from_book.rejects) == len(from_csv.rejects)
    assert len(of_csv) + len(from_csv.rejects) == len(rows)
