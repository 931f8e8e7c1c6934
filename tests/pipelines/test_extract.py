"""Extract: whatever reads a file, its rows are typed the same and know their lines."""

import csv
from datetime import date
from decimal import Decimal

import pytest

from pipelines import extract
from tests.support.warehouse import Extracted


HEADER = "payment_id,award_id,gss_code,paid_on,amount_paid_gbp"
FIRST = "PAY-0001,AWD-1,E06000001,2024-03-28,100"
SECOND = "PAY-0002,AWD-1,E06000001,28/04/2024,£200"
BOTH = [
    ("PAY-0001", date(2024, 3, 28), Decimal(100), 2),
    ("PAY-0002", date(2024, 4, 28), Decimal(200), 3),
]


@pytest.fixture
def payments(tmp_path):
    """Payment files with these contents, extracted in that order."""

    def extracted(*contents: bytes | str) -> Extracted:
        paths = []
        for place, content in enumerate(contents, 1):
            path = tmp_path / f"{place}.csv"
            is_text = isinstance(content, str)
            path.write_bytes(content.encode() if is_text else content)
            paths.append(path)
        return Extracted("award_payments", *paths)

    return extracted


def kept(files: Extracted) -> list[tuple]:
    return files.rows("payment_id", "paid_on", "amount_paid_gbp", "source_row")


@pytest.mark.parametrize("large", [0, 10**9], ids=["typed at once", "as text first"])
@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\n{FIRST}\n{SECOND}\n",
        f"{HEADER}\n{FIRST}\n{SECOND}",
        f"\ufeff{HEADER}\n{FIRST}\n{SECOND}\n",
        f"{HEADER}\r\n{FIRST}\r\n{SECOND}\r\n",
        f"{HEADER}\n{FIRST}\n{SECOND}\n".encode("utf-16"),
        f"{HEADER}\n{FIRST}\n{SECOND}\n".encode("cp1252"),
        f"{HEADER}\n{FIRST}\n{SECOND}\n".replace(",", ";"),
    ],
    ids=["plain", "no last line end", "mark", "CRLF", "UTF-16", "1252", "semicolons"],
)
def test_a_file_saved_in_another_way_gives_the_same_rows(payments, content, large, monkeypatch):
    monkeypatch.setattr(extract, "LARGE", large)
    files = payments(content)
    assert kept(files) == BOTH
    assert files.sources[0].rows_in == 2
    assert files.rows("collection", "source_file", "arrival")[0] == ("department", "1.csv", 1)


def test_lines_are_true_in_a_file_of_many_rows(tmp_path, monkeypatch):
    """More rows than DuckDB stores together, read by two threads."""
    monkeypatch.setattr(extract, "LARGE", 0)
    path = tmp_path / "many.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER.split(","))
        for line in range(2, 300_002):
            writer.writerow([f"PAY-{line:06}", "AWD-1", "E06000001", "2024-03-28", 1])
    files = Extracted("award_payments", path)
    wrong = files.connection.execute(
        "select count(*) from history.award_payments "
        "where payment_id <> 'PAY-' || lpad(source_row::varchar, 6, '0')"
    ).fetchone()
    assert (wrong, files.sources[0].rows_in) == ((0,), 300_000)


def test_a_file_that_is_not_as_plain_as_it_looked_is_read_with_care(payments, monkeypatch):
    monkeypatch.setattr(extract, "LARGE", 0)
    files = payments(f"{HEADER}\n{FIRST}\na row,of three,cells\n{SECOND}\n")
    assert [row[0] for row in kept(files)] == ["PAY-0001", "PAY-0002"]
    assert [row[3] for row in kept(files)] == [2, 4]
    ((line, text, reason),) = files.sources[0].rejects
    assert (line, text) == (3, "a row,of three,cells")
    assert reason
    assert files.sources[0].rows_in == 3


def test_a_file_of_another_dataset_is_refused_and_the_next_one_is_read(payments):
    files = payments("not,payments\n1,2\n", f"{HEADER}\n{FIRST}\n")
    assert "award_payments" in files.sources[0].refused
    assert [row[0] for row in kept(files)] == ["PAY-0001"]
    assert [source.rows_in for source in files.sources] == [0, 1]


@pytest.mark.parametrize("large", [0, 10**9])
def test_cells_of_a_row_are_found_again_as_they_were(payments, large, monkeypatch):
    monkeypatch.setattr(extract, "LARGE", large)
    files = payments(f"{HEADER}\n{FIRST}\n{SECOND.replace('£', '?')}\n")
    (source,) = files.sources
    found = dict(extract.cells_of(source, {3}, files.scratch))
    assert found == {
        3: {
            "payment_id": "PAY-0002",
            "award_id": "AWD-1",
            "gss_code": "E06000001",
            "paid_on": "28/04/2024",
            "amount_paid_gbp": "?200",
        }
    }


def test_a_file_cut_within_a_character_keeps_its_other_characters(tmp_path):
    """A copy that broke off: the rest is not taken for Windows-1252."""
    lines = [
        "disruption_id,gss_code,lgsl_id,started_at,severity,is_planned,cause_class,"
        "channel,submitted_at,supplier_name",
        "DIS-0001,E06000001,58,2025-03-01T08:30:00Z,degraded,false,cyber,all,"
        "2025-03-10T10:00:00Z,Café Ltd",
        "DIS-0002,é",
    ]
    path = tmp_path / "cut.csv"
    path.write_bytes("\n".join(lines).encode()[:-1])
    files = Extracted("disruptions", path)
    assert files.rows("disruption_id", "supplier_name") == [("DIS-0001", "Café Ltd")]
    assert [reject.line for reject in files.sources[0].rejects] == [3]
    assert "cut short" in " ".join(files.sources[0].remarks)
