"""CSV files as they come: rows with true lines, or a sentence that says why not."""

import gzip
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines import formats
from pipelines.datasets import Dataset, dataset
from pipelines.errors import FileRefusedError
from pipelines.formats import csv_records, open_file
from pipelines.formats import text as formats_text
from pipelines.formats.csv_file import read_csv_file
from pipelines.formats.reading import Options, Plain, Reading


PAYMENTS = dataset("award_payments")
EVENTS = dataset("events")
HEADER = "payment_id,award_id,gss_code,paid_on,amount_paid_gbp"
FIRST = "PAY-0001,AWD-1,E06000001,2024-03-28,100"
SECOND = "PAY-0002,AWD-1,E06000001,2024-04-28,200"
NO_ROW = "This is no row of data: a total or a note below the table."
NOT_CLOSED = "A quotation mark is opened on this line and not closed. Check its quotation marks."
FOLDER_KEPT = [HealthCheck.function_scoped_fixture]


class Read:
    """A file that was read to its end."""

    def __init__(self, reading: Reading) -> None:
        self.columns = reading.columns
        self.rows = list(reading.records)
        self.rejects = [tuple(reject) for reject in reading.rejects]
        self.remarks = reading.remarks
        self.plain = reading.plain

    @property
    def ids(self) -> list[tuple[int, str]]:
        """Line and first cell of every row."""
        return [(line, cells[0]) for line, cells in self.rows]


@pytest.fixture
def put(tmp_path):
    """Bytes or text as a file."""

    def written(content: bytes | str, name: str = "file.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


@pytest.fixture
def read(put):
    """A file read to its end, whatever it is."""

    def done(content: bytes | str, of: Dataset = PAYMENTS) -> Read:
        return Read(open_file(put(content), of, Options()))

    return done


@pytest.fixture
def refusal(read):
    """Why a file was refused."""

    def why(content: bytes | str) -> str:
        with pytest.raises(FileRefusedError) as raised:
            read(content)
        return str(raised.value)

    return why


GOOD = f"{HEADER}\n{FIRST}\n{SECOND}\n"
BOTH = [(2, "PAY-0001"), (3, "PAY-0002")]


# The same table in other clothes ------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "is_plain"),
    [
        (GOOD, True),
        (GOOD.removesuffix("\n"), True),
        (f"\ufeff{GOOD}", True),
        (GOOD.replace("\n", "\r\n"), True),
        (GOOD.replace(",", ";"), True),
        (GOOD.replace(",", "\t"), True),
        (GOOD.replace(",", "|"), True),
        (GOOD.replace("\n", "\r"), False),
        (GOOD.replace("\n", "\r\n", 1), False),
        (f"{HEADER}\n{FIRST}\r{SECOND}\r\n", False),
        (GOOD.encode("utf-16"), False),
        (b"\xfe\xff" + GOOD.encode("utf-16-be"), False),
        (f"{HEADER},,\n{FIRST},,\n{SECOND},,\n", False),
        (f"{HEADER}\n{FIRST},\n{SECOND},,,\n", True),
        (GOOD + ",,,,\n \n\n", False),
        (f"{HEADER}\n\ufeff{FIRST}\n\ufeff{SECOND}\n", False),
        ("".join(f'"{c}",' for c in HEADER.split(","))[:-1] + GOOD[len(HEADER) :], True),
    ],
    ids=[
        "plain",
        "no final line end",
        "byte order mark",
        "Windows line ends",
        "semicolons",
        "tabs",
        "pipes",
        "old Mac line ends",
        "mixed line ends",
        "three kinds of line end",
        "UTF-16",
        "UTF-16, other order",
        "unnamed columns",
        "longer by blanks",
        "blank rows",
        "marks inside",
        "quoted header",
    ],
)
def test_a_file_saved_in_another_way_gives_the_same_rows(read, content, is_plain):
    found = read(content)
    assert found.columns == HEADER.split(",")
    assert found.rows == [(2, FIRST.split(",")), (3, SECOND.split(","))]
    assert found.rejects == []
    assert found.remarks == []
    assert (found.plain is not None) is is_plain


def test_pounds_and_curly_quotes_of_windows_are_read_and_said(read):
    rows = "event_id,event_type,happened_on,title\nEVT-1,other,2024-05-01,£5 for O’Neill"
    found = read(rows.encode("cp1252"), EVENTS)
    assert found.rows == [(2, ["EVT-1", "other", "2024-05-01", "£5 for O’Neill"])]
    assert found.remarks == ["The file was read as Windows-1252: it is not UTF-8."]
    assert found.plain is None


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        ("EVT-1,other,2024-05-01,Â£5\n".encode(), "Â£"),
        ("EVT-1,other,2024-05-01,O’Neill".encode().decode("cp1252").encode(), "â€™"),
        ("EVT-1,other,2024-05-01,£5 ".encode() + "O’Neill".encode("cp1252"), "Â£"),
        ("EVT-1,other,2024-05-01,café ".encode() + "£".encode("cp1252"), "Ã©"),
    ],
    ids=["pound", "quotation mark", "both encodings", "accent and Windows"],
)
def test_characters_read_in_the_wrong_encoding_are_remarked_on(read, content, seen):
    found = read(b"event_id,event_type,happened_on,title\n" + content, EVENTS)
    assert len(found.rows) == 1
    assert found.remarks[-1] == (
        f"Some characters look damaged, such as '{seen}' on line 2: text was saved in "
        "two encodings. Check names and pound signs."
    )


def test_ordinary_accents_and_signs_are_not_taken_for_damage(read):
    rows = "event_id,event_type,happened_on,title\nEVT-1,other,2024-05-01,Âme £5 – “é”\n"
    assert read(rows, EVENTS).remarks == []


def test_lines_above_the_header_are_skipped_and_said(read):
    found = read(f'Payments\n"made in\nMarch"\n\n{GOOD}')
    assert found.ids == [(6, "PAY-0001"), (7, "PAY-0002")]
    assert found.remarks == ["4 lines above the header skipped."]
    assert read(f"sep=;\n{GOOD}".replace(",", ";")).remarks == ["1 line above the header skipped."]


def test_a_header_below_thirty_records_is_not_found(read, refusal):
    assert read("title\n" * 29 + GOOD).ids[0] == (31, "PAY-0001")
    assert "columns missing" in refusal("title\n" * 30 + GOOD)


def test_columns_may_be_in_any_order_with_others_between(read):
    content = "note,amount_paid_gbp,paid_on,gss_code,award_id,Ref\nhm,1,d,E,A,P\n"
    found = read(content)
    assert found.rows == [(2, ["P", "A", "E", "d", "1"])]
    assert found.remarks == ["Column 'Ref' was read as payment_id.", "Columns left out: 'note'."]
    assert found.plain == Plain(
        ",",
        0,
        ("not_read_1", "amount_paid_gbp", "paid_on", "gss_code", "award_id", "payment_id"),
        2,
    )


def test_cells_below_no_name_are_left_out_and_said_once(read):
    found = read(f"{HEADER},,\n{FIRST},,\n{SECOND},late,\n{SECOND},,late\n")
    assert [line for line, _ in found.rows] == [2, 3, 4]
    assert found.remarks == ["Cells without a column name were left out, first on line 3."]


def test_two_hundred_columns(read):
    names = HEADER + "".join(f",extra_{number}" for number in range(195))
    found = read(f"{names}\n{FIRST}{',x' * 195}\n")
    assert found.rows == [(2, FIRST.split(","))]
    assert found.remarks[0].endswith("'extra_11' and 183 more.")


# Rows that cannot be read -------------------------------------------------------------


def test_ragged_rows_are_set_aside_with_line_text_and_reason(read):
    found = read(f"{HEADER}\nPAY-0003,AWD-1\n{FIRST}\n{SECOND},extra\nPAY\n{SECOND}\n")
    assert found.ids == [(3, "PAY-0001"), (6, "PAY-0002")]
    assert found.rejects == [
        (2, "PAY-0003,AWD-1", "The row has 2 cells; the header has 5."),
        (4, f"{SECOND},extra", "The row has 6 cells; the header has 5."),
        (5, "PAY", "The row has 1 cell; the header has 5."),
    ]


def test_a_file_cut_off_within_a_row(read):
    found = read(f"{HEADER}\n{FIRST}\nPAY-0002,AWD-1,E06")
    assert found.ids == [(2, "PAY-0001")]
    assert found.rejects == [
        (
            3,
            "PAY-0002,AWD-1,E06",
            "The row has 3 cells; the header has 5. The file ends here without a line "
            "end: it may be cut off.",
        )
    ]


@pytest.mark.parametrize("within", ["\n", "\r\n", "\r"])
def test_line_breaks_within_cells_keep_later_lines_true(read, within):
    content = (
        "event_id,event_type,happened_on,title\n"
        f'EVT-1,other,2024-05-01,"two{within}{within}lines"\r\nEVT-2,other,,fine\n'
    )
    found = read(content, EVENTS)
    assert [(line, cells[3]) for line, cells in found.rows] == [(2, "two\n\nlines"), (5, "fine")]


def test_an_unclosed_quotation_mark_loses_its_own_line_only(read):
    lost = 'PAY-0003,"AWD-1,E06000001,2024-03-28,100'
    found = read(f"{HEADER}\n{FIRST}\n{lost}\n" + f"{SECOND}\n" * 20)
    assert [line for line, _ in found.rows] == [2, *range(4, 24)]
    assert found.rejects == [(3, lost, NOT_CLOSED)]


def test_an_unclosed_quotation_mark_far_from_the_end_stops_at_the_limit(read):
    lost = 'PAY-0003,"AWD-1,E06000001,2024-03-28,100'
    found = read(f"{HEADER}\n{lost}\n" + f"{SECOND}\n" * 10_000)
    assert len(found.rows) == 10_000
    assert found.rejects == [(2, lost, NOT_CLOSED)]


def test_every_line_with_an_unclosed_quotation_mark_is_named(read):
    lost = 'PAY-0003,"AWD-1,E06000001,2024-03-28,100'
    found = read(f"{HEADER}\n" + f"{lost}\n{SECOND}\n" * 3)
    assert [line for line, _ in found.rows] == [3, 5, 7]
    assert [line for line, _, _ in found.rejects] == [2, 4, 6]


def test_a_file_that_is_all_unclosed_quotation_marks_is_given_up(monkeypatch, refusal):
    monkeypatch.setattr(csv_records, "PATIENCE", 1_000)
    lost = 'PAY-0003,"AWD-1,E06000001,2024-03-28,100\n'
    assert "too many quotation marks" in refusal(f"{HEADER}\n" + lost * 100)


def test_text_after_a_closing_quotation_mark_is_set_aside(read):
    lost = '"PAY"-0003,AWD-1,E06000001,2024-03-28,100'
    found = read(f"{HEADER}\n{lost}\n{FIRST}\n")
    assert found.ids == [(3, "PAY-0001")]
    assert found.rejects == [
        (2, lost, "Text follows a closing quotation mark on this line. Check its quotation marks.")
    ]


def test_quotation_marks_commas_and_inches_are_kept(read):
    content = (
        "event_id,event_type,happened_on,title\n"
        'EVT-1,other,2024-05-01,"say ""yes"", now"\nEVT-2,other,2024-05-01,5" pipe\n'
    )
    titles = [cells[3] for _, cells in read(content, EVENTS).rows]
    assert titles == ['say "yes", now', '5" pipe']


def test_a_cell_beyond_the_limit_is_set_aside_and_three_megabytes_are_read(read):
    limit = csv_records.LONGEST_CELL
    fits, long = "x" * limit, "x" * (limit + 1)
    found = read(
        f"{HEADER}\n{FIRST},\nPAY-1,{fits},E,d,1\nPAY-2,{long},E,d,1\n"
        f'PAY-3,"{long}",E,d,1\nPAY-4,"{"y" * 3_000_000}",E,d,1\n{SECOND}\n'
    )
    assert found.ids == [(2, "PAY-0001"), (3, "PAY-1"), (7, "PAY-0002")]
    assert [(line, reason) for line, _, reason in found.rejects] == [
        (line, "A cell has more than 131,072 characters.") for line in (4, 5, 6)
    ]
    assert max(len(text) for _, text, _ in found.rejects) == 10_001
    assert found.plain is None


# Rows below the table -----------------------------------------------------------------


@pytest.mark.parametrize(
    "trailer",
    [
        ["Total,,,,300"],
        ["Grand total,,,,300", "", "Source: Idox, 1 April 2025"],
        ["TOTAL:,,,,300", "Notes", "Figures are provisional"],
        ["End of report"],
        [",,,Total,300"],
        [",,,,", "2 rows"],
    ],
)
def test_totals_and_notes_below_the_table_are_no_rows(read, trailer):
    found = read(GOOD + "\n".join(trailer) + "\n")
    assert found.ids == BOTH
    said = [(line, text) for line, text in enumerate(trailer, 4) if text.strip(",")]
    assert found.rejects == [(line, text, NO_ROW) for line, text in said]
    assert found.plain is None


@pytest.mark.parametrize(
    "row",
    [
        "Total,AWD-1,E06000001,2024-03-28,100",
        "PAY-0003,,,,",
        "PAY-0003,,,,100",
        "END-0001,,,,",
        ",,,,100",
    ],
)
def test_a_last_row_that_may_be_data_is_left_to_the_rules(read, row):
    found = read(f"{GOOD}{row}\n")
    assert found.rows[-1] == (4, row.split(","))
    assert found.rejects == []


def test_a_total_in_the_middle_is_left_to_the_rules(read):
    found = read(f"{HEADER}\n{FIRST}\nTotal,,,,100\n{SECOND}\n")
    assert [cells[0] for _, cells in found.rows] == ["PAY-0001", "Total", "PAY-0002"]


# Whole files --------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf", b",,,\n,,\n"])
def test_an_empty_file_is_refused(refusal, content):
    assert refusal(content) == "This file is empty. Send the file again."


@pytest.mark.parametrize("content", [HEADER, f"{HEADER}\r\n", f"{HEADER}\n\n,,,,\n"])
def test_a_header_alone_gives_no_rows_and_a_remark(read, content):
    found = read(content)
    assert (found.rows, found.rejects, found.plain) == ([], [], None)
    assert found.remarks == ["The file has a header and no rows."]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (gzip.compress(GOOD.encode() * 100_000), "This file is compressed (gzip)."),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "This file is an old Excel workbook"),
        (
            b"\xd0\xcf\x11\xe0" + b"\0" * 2**20 + "EncryptedPackage".encode("utf-16-le"),
            "This workbook is protected by a password.",
        ),
        (b"%PDF-1.7\n", "This file is a PDF."),
        (b"PAR1....", "This file is a Parquet file."),
        (b"\x89PNG\r\n\x1a\n", "This file is a picture."),
        (b"MZ\x90\x00", "This file is a program."),
        (b"\n <html><table><tr><td>1", "This file is a web page or XML"),
        ('\ufeff<?xml version="1.0"?>'.encode(), "This file is a web page or XML"),
        (b"PK\x03\x04rest", "This workbook is damaged"),
        (GOOD.encode() + b"PAY\x00,1", "there is a NUL character on line 4."),
        (GOOD.encode("utf-16-le"), "This file is UTF-16 without a byte order mark"),
        (GOOD.encode("utf-16-be"), "This file is UTF-16 without a byte order mark"),
        (GOOD.encode("utf-32"), "This file is not text: it holds NUL characters."),
        (GOOD.encode("utf-16")[:-1], "its UTF-16 breaks off"),
        (
            GOOD.encode() + "£\n".encode("cp1252") + b"\x81",
            "line 5 is neither UTF-8 nor Windows-1252",
        ),
        ("x" * 200_000, "columns missing: amount_paid_gbp, award_id,"),
        (f"{HEADER},paid_on\n{FIRST},x\n", "Columns named twice: paid_on."),
    ],
    ids=[
        "gzip",
        "xls",
        "password",
        "pdf",
        "parquet",
        "picture",
        "program",
        "html",
        "xml",
        "zip",
        "NUL",
        "UTF-16 LE",
        "UTF-16 BE",
        "UTF-32",
        "cut UTF-16",
        "undefined byte",
        "one long line",
        "duplicate header",
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(refusal, content, says):
    assert says in refusal(content)


def test_a_line_without_end_is_refused_before_it_fills_the_memory(monkeypatch, refusal):
    monkeypatch.setattr(formats_text, "LONGEST_LINE", 3_000_000)
    assert "a line of more than 3,000,000 characters" in refusal(b"x" * 5_000_000)


def test_a_file_larger_than_the_cap_is_refused(monkeypatch, refusal):
    monkeypatch.setattr(formats, "MAX_BYTES", 100)
    assert refusal(GOOD * 2).startswith("This file is larger than 1e-07 GB.")


def test_a_marking_in_square_brackets_is_no_json(read):
    assert read(f"[OFFICIAL-SENSITIVE]\n{GOOD}").ids == [(3, "PAY-0001"), (4, "PAY-0002")]


@pytest.mark.parametrize("content", ['{"a": 1}', ' [{"a": 1}]', '\ufeff[ "a" ]', "[]"])
def test_json_goes_to_the_reader_of_json(monkeypatch, put, content):
    from pipelines.formats import json_file

    asked = []

    def read_json(path, dataset, options):
        asked.append(options)
        return Reading([], iter([]))

    monkeypatch.setattr(json_file, "read_json", read_json)
    reading = open_file(put(content), PAYMENTS, Options(council="x"), "export.csv")
    assert asked == [Options(council="x")]
    assert reading.remarks == ["The file was read as JSON, not as .csv."]


def test_the_senders_name_says_what_the_file_was_called(put):
    path = put(GOOD, "0f3a")
    assert open_file(path, PAYMENTS, Options()).remarks == []
    assert open_file(path, PAYMENTS, Options(), "March.xls").remarks == [
        "The file was read as CSV, not as .xls."
    ]


def test_lines_cross_the_pieces_that_a_file_is_read_in(monkeypatch, read):
    monkeypatch.setattr(formats_text, "CHUNK", 7)
    content = f"{HEADER}\r\n{FIRST}\r{SECOND}\r\n\r\n{FIRST}\n"
    assert [line for line, _ in read(content).rows] == [2, 3, 5]


# DuckDB's own reading -----------------------------------------------------------------


def duckdb_rows(path: Path, found: Read) -> list[tuple[int, list[str]]]:
    """Lines and cells as the engine has DuckDB read them; raises if it falls back."""
    plain = found.plain
    assert plain
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"select {', '.join(found.columns)} from read_csv($path, header = false, "
            "skip = $skip, delim = $delimiter, quote = '\"', escape = '\"', "
            "all_varchar = true, strict_mode = true, auto_detect = false, "
            "columns = $columns)",
            {
                "path": str(path),
                "skip": plain.skipped + 1,
                "delimiter": plain.delimiter,
                "columns": dict.fromkeys(plain.header, "varchar"),
            },
        ).fetchall()
    if len(rows) != plain.lines - plain.skipped - 1:
        raise duckdb.InvalidInputException("other rows than lines")
    return [
        (line, [cell or "" for cell in row]) for line, row in enumerate(rows, plain.skipped + 2)
    ]


ODD = [
    "",
    " ",
    "a",
    "PAY-1",
    "Total",
    "£",
    "é",
    '"',
    '""',
    '"x"',
    "'",
    "\\",
    "#",
    "NA",
    "NULL",
    ",",
    ";",
    "\t",
    "|",
    "\u00a0",
    "\u2028",
    "\x85",
    "\x0b",
    "\ufeff",
    "\n",
    "\r",
    "\r\n",
    '"a,b"',
    '"a\nb"',
    "1,5",
    "\x1c",
    "€",
    "😀",
]
CELL = st.lists(st.sampled_from(ODD), max_size=2).map("".join)
USUAL = st.sampled_from(["", "a", "PAY-1", "2024-01-01", "£1.50", " b ", "O'Neill"])
LINE = st.one_of(
    st.lists(USUAL, min_size=5, max_size=5),
    st.lists(USUAL, min_size=5, max_size=5),
    st.lists(CELL, min_size=3, max_size=7),
)


@st.composite
def files(draw) -> bytes:
    """A file that may be plain or odd in any way."""
    delimiter = draw(st.sampled_from(",;\t|"))
    end = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    lines = [delimiter.join(cells) for cells in draw(st.lists(LINE, max_size=6))]
    above = draw(st.sampled_from([[], [], ["Title"], ["Title", ""], ['"Title"']]))
    content = end.join([*above, HEADER.replace(",", delimiter), *lines])
    content += draw(st.sampled_from([end, end, "", end + end]))
    mark = draw(st.sampled_from(["", "\ufeff"]))
    return (mark + content).encode(draw(st.sampled_from(["utf-8", "utf-8", "utf-16"])))


@settings(suppress_health_check=FOLDER_KEPT)
@given(content=files())
def test_duckdb_reads_the_same_rows_from_a_plain_file(tmp_path, content):
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    found = Read(read_csv_file(path, PAYMENTS, Options()))
    if found.plain:
        try:
            rows = duckdb_rows(path, found)
        except duckdb.Error:
            return  # the engine reads `records` then
        assert rows == found.rows
        assert found.rejects == []


QUOTED = st.lists(
    st.sampled_from(["a", '"', '""', " ", "\t", ",", "\n", "x y", "\\", "é", ""]), max_size=4
).map("".join)
WRITTEN = st.one_of(
    QUOTED.map(lambda cell: '"' + cell.replace('"', '""') + '"'),
    QUOTED.map(lambda cell: f'"{cell}"'),
    QUOTED,
    st.just("v"),
)


@settings(suppress_health_check=FOLDER_KEPT)
@given(
    rows=st.lists(st.lists(WRITTEN, min_size=5, max_size=5).map(",".join), max_size=4),
    above=st.sampled_from(["", '"Title"\n', '5" pipe\n', '"made\nin"\n', '""\n']),
)
def test_duckdb_reads_the_same_rows_where_there_are_quotation_marks(tmp_path, rows, above):
    path = tmp_path / "file.csv"
    path.write_text(above + "\n".join([HEADER, *rows]), encoding="utf-8", newline="")
    found = Read(read_csv_file(path, PAYMENTS, Options()))
    if found.plain:
        try:
            read = duckdb_rows(path, found)
        except duckdb.Error:
            return  # the engine reads `records` then
        assert read == found.rows
        assert found.rejects == []


@pytest.mark.parametrize(
    "row",
    [
        'PAY,"a, b",E,d,1',
        '"PAY","say""yes""",E,d,1',
        'PAY,"",5"pipe,d,1',
        "P, a ,E,,",
        "PAY,A,E,d,1,",
    ],
)
def test_plain_quotation_marks_are_left_to_duckdb(put, row):
    path = put(f"{HEADER}\n{row}\n")
    found = Read(read_csv_file(path, PAYMENTS, Options()))
    assert len(found.rows) == 1
    assert duckdb_rows(path, found) == found.rows


@pytest.mark.parametrize(
    "row",
    [
        'PAY, "a",E,d,1',
        'PAY,"a" ,E,d,1',
        '"","","","",""',
        ",,,,",
        " ",
        "\xa0,,,,",
        "PAY,\ufeffA,E,d,1",
        "Total,,,,100",
        "x" * 131_073 + ",A,E,d,1",
    ],
    ids=range(9),
)
def test_what_duckdb_would_read_in_another_way_is_not_left_to_it(put, row):
    path = put(f"{HEADER}\n{FIRST}\n{row}\n")
    assert read_csv_file(path, PAYMENTS, Options()).plain is None
    path = put(f"{HEADER}\n{FIRST}\n{row}")
    assert read_csv_file(path, PAYMENTS, Options()).plain is None


def test_a_plain_file_is_one_that_duckdb_reads(put):
    path = put(f"Title\n{GOOD}" + f"{FIRST}\n" * 50_000)
    found = Read(read_csv_file(path, PAYMENTS, Options()))
    assert found.plain == Plain(",", 1, tuple(HEADER.split(",")), 50_004)
    assert duckdb_rows(path, found) == found.rows


@settings(suppress_health_check=FOLDER_KEPT)
@given(content=files())
def test_every_row_and_every_reject_names_the_line_where_it_starts(tmp_path, content):
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    found = Read(read_csv_file(path, PAYMENTS, Options()))
    with path.open(encoding=formats_text.read_text(path).encoding, newline=None) as file:
        lines = [line.replace("\ufeff", "") for line in file.read().split("\n")]
    said = [*found.rows, *[(line, [text]) for line, text, _ in found.rejects]]
    assert len({line for line, _ in said}) == len(said)
    for line, cells in said:
        start = next((cell for cell in cells if cell.strip()), "")
        first = start.replace("\r", "\n").split("\n")[0].strip()
        assert first.replace('"', "") in lines[line - 1].replace('"', "")
