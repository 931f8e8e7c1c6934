"""Extract: a file becomes rows with their lines, or a sentence that says why not."""

import pytest

from pipelines.errors import FileRefusedError
from pipelines.extract import decode
from pipelines.sources import find_sources
from tests.support.rows import row, write
from tests.support.warehouse import Extracted


HEADER = "payment_id,award_id,gss_code,paid_on,amount_paid_gbp"
FIRST = "PAY-0001,AWD-1,E06000001,2024-03-28,100"
SECOND = "PAY-0002,AWD-1,E06000001,2024-04-28,200"
BOTH = [("PAY-0001", "100"), ("PAY-0002", "200")]


@pytest.fixture
def payments(tmp_path):
    """Bytes of payment files, extracted in that order."""

    def extracted(*contents: bytes | str) -> Extracted:
        paths = []
        for place, content in enumerate(contents, 1):
            path = tmp_path / f"{place}.csv"
            is_text = isinstance(content, str)
            path.write_bytes(content.encode() if is_text else content)
            paths.append(path)
        return Extracted("award_payments", *paths)

    return extracted


@pytest.fixture
def events(tmp_path):
    """Titles of events, written and read back."""

    def titles(*given: str, encoding: str = "utf-8") -> list[tuple]:
        lines = ["event_id,event_type,happened_on,title"]
        lines += [f"EVT-000{i},other,2024-05-01,{t}" for i, t in enumerate(given)]
        path = tmp_path / "events.csv"
        path.write_bytes("\n".join(lines).encode(encoding))
        return Extracted("events", path).rows("title", "source_row")

    return titles


def refused(files: Extracted) -> str:
    """Why the only file was refused; not one of its rows may be in."""
    assert files.rows("payment_id") == []
    assert files.sources[0].rows_in == 0
    return files.sources[0].refused


def kept(files: Extracted) -> list[tuple]:
    return files.rows("payment_id", "amount_paid_gbp")


def test_rows_are_text_with_their_file_and_line(payments):
    files = payments(f"{HEADER}\n{FIRST}\n{SECOND}\n")
    assert kept(files) == BOTH
    assert files.rows("collection", "source_file", "source_row") == [
        ("department", "1.csv", 2),
        ("department", "1.csv", 3),
    ]
    assert files.sources[0].rows_in == 2


@pytest.mark.parametrize(
    "content",
    [
        f"\ufeff{HEADER}\n{FIRST}\n{SECOND}\n".encode(),
        f"{HEADER}\n{FIRST}\n{SECOND}\n".encode("utf-16"),
        f"{HEADER}\r\n{FIRST}\r\n{SECOND}".encode(),
        f"{HEADER}\r{FIRST}\r{SECOND}\r".encode(),
        f"{HEADER}\n{FIRST}\n{SECOND}\n".replace(",", ";").encode(),
        f"{HEADER}\n{FIRST}\n{SECOND}\n".replace(",", "\t").encode(),
        f"{HEADER.upper()}\n{FIRST}\n\n{SECOND}\n,,,,\n".encode(),
        f"Payments for March\n\n{HEADER}\n{FIRST}\n{SECOND}\n".encode(),
    ],
    ids=[
        "byte order mark", "UTF-16", "Windows line ends", "old Mac line ends",
        "semicolons", "tabs", "blank rows and capitals", "lines above the header",
    ],
)  # fmt: skip
def test_a_file_saved_in_another_way_gives_the_same_rows(payments, content):
    files = payments(content)
    assert kept(files) == BOTH
    assert files.sources[0].rejects == []


def test_lines_above_the_header_count_as_lines(payments):
    files = payments(f"Payments for March\n\n{HEADER}\n{FIRST}\n")
    assert files.rows("source_row") == [(4,)]


def test_columns_may_come_in_any_order_and_others_are_left_out(payments):
    header = "remark,amount_paid_gbp,paid_on,gss_code,award_id,payment_id"
    files = payments(f"{header}\nhello,100,2024-03-28,E06000001,AWD-1,PAY-0001\n")
    assert kept(files) == [("PAY-0001", "100")]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_pounds_and_curly_quotes_survive_both_encodings(events, encoding):
    assert events("£5 for O’Neill", encoding=encoding) == [("£5 for O’Neill", 2)]


@pytest.mark.parametrize("within", ["\n", "\r\n", "\r"])
def test_a_line_break_within_a_cell_keeps_later_lines_right(events, within):
    assert events(f'"two{within}lines"', "fine") == [("two\nlines", 2), ("fine", 4)]


def test_quotation_marks_and_commas_within_cells_are_kept(events):
    assert events('"say ""yes"", now"') == [('say "yes", now', 2)]


def test_a_ragged_row_is_set_aside_with_its_line(payments):
    files = payments(f"{HEADER}\nPAY-0003,AWD-1\n{FIRST}\n{SECOND},extra\n")
    assert files.rows("payment_id", "source_row") == [("PAY-0001", 3)]
    assert files.sources[0].rejects == [
        (2, "PAY-0003,AWD-1", "The row has 2 cells; the header has 5."),
        (4, f"{SECOND},extra", "The row has 6 cells; the header has 5."),
    ]
    assert files.sources[0].rows_in == 3


def test_a_row_with_a_broken_quotation_mark_is_set_aside_with_its_line(payments):
    files = payments(f'{HEADER}\n{FIRST}\n"PAY"-0003,AWD-1,E06000001,,\n{SECOND}\n')
    assert kept(files) == BOTH
    ((line, _, reason),) = files.sources[0].rejects
    assert line == 3
    assert reason.endswith("Check its quotation marks.")


def test_a_missing_column_is_named_in_the_refusal(payments):
    why = refused(payments("payment_id,award_id,gss_code,paid_on\nPAY-0001,A,E,2024\n"))
    assert "not those of Award payments: columns missing: amount_paid_gbp." in why
    assert "python -m pipelines template award_payments" in why


def test_another_dataset_is_refused(payments, tmp_path):
    path = write(tmp_path / "events.csv", [row("events")])
    assert "columns missing: amount_paid_gbp" in refused(payments(path.read_bytes()))


def test_a_header_that_repeats_a_column_is_refused(payments):
    why = refused(payments(f"{HEADER},paid_on\n{FIRST},2024-03-29\n"))
    assert why == "Columns named twice: paid_on. Keep one of each."


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(payments, content):
    assert refused(payments(content))


def test_a_header_without_rows_brings_no_rows(payments):
    files = payments(f"{HEADER}\n")
    assert refused(files) == ""


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04rest", "a zip or Excel workbook"),
        (b"\x1f\x8brest", "compressed"),
        (b"\xd0\xcf\x11\xe0rest", "an old Excel workbook"),
        (b"%PDF-1.7", "a PDF"),
        (b"payment_id\x00", "not text"),
        (b"payment_id\x81", "damaged"),
        (b"\xff\xfeodd", "damaged"),
        (b"x" * 200_000, "columns missing"),
    ],
    ids=["zip", "gzip", "xls", "pdf", "nul", "undefined byte", "cut UTF-16", "long"],
)
def test_what_is_no_csv_is_refused_and_other_files_are_not(payments, content, says):
    files = payments(content, f"{HEADER}\n{FIRST}\n")
    assert says in files.sources[0].refused
    assert kept(files) == [("PAY-0001", "100")]


def test_a_refusal_is_raised_as_an_error_of_that_file():
    with pytest.raises(FileRefusedError, match="empty"):
        decode(b"")


def test_the_same_bytes_twice_are_read_once(payments):
    content = f"{HEADER}\n{FIRST}\n{SECOND}\nPAY-0003\n"
    once, twice = payments(content), payments(content, content)
    assert kept(twice) == kept(once) == BOTH
    assert twice.sources[1].duplicate_of == "1.csv"
    assert twice.sources[1].rows_in == 3
    assert [len(source.rejects) for source in twice.sources] == [1, 0]


def test_files_arrive_in_the_order_of_their_names(tmp_path):
    for name in ("b.csv", "a.csv"):
        write(tmp_path / "raw" / "events" / name, [row("events")])
    write(tmp_path / "public" / "record_sources.csv", [row("record_sources")])
    write(tmp_path / "public" / "events.csv", [row("events")])
    found = find_sources(
        {"public_record": tmp_path / "public", "department": tmp_path / "raw"}
    )
    assert [(s.collection, s.name, s.arrival) for s in found] == [
        ("public_record", "public/record_sources.csv", 0),
        ("department", "raw/events/a.csv", 1),
        ("department", "raw/events/b.csv", 2),
    ]
