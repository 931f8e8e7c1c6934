"""What goes back to a council: each fault with its line, value and how to mend it."""

import csv
import json

import openpyxl
import pytest

from analytics.ui import safe
from expectations.relationships import BETWEEN
from expectations.suites import suite
from pipelines.datasets import ALL, dataset
from pipelines.errors import BuildError
from pipelines.outgoing import errors_workbook
from pipelines.outgoing.closed_lists import read_lists
from pipelines.outgoing.mending import Mender, written_by_hand
from pipelines.outgoing.safe_cells import neutral, restored
from pipelines.outgoing.send_back import (
    COLUMNS,
    errors_rows,
    facts_of,
    write_errors_csv,
    write_errors_workbook,
)
from pipelines.outgoing.sheets import CUT, LONGEST, Book
from settings import settings


CODES = {
    name: [value.code for value in values]
    for name, values in read_lists(settings.reference).items()
}
MENDER = Mender(settings.reference)
FILE = "raw/award_payments/2025.csv"
GOOD = {
    "payment_id": "PAY-0001",
    "award_id": "AWD-1",
    "gss_code": "E06000001",
    "paid_on": "2024-03-28",
    "amount_paid_gbp": "62500",
    "share_level": None,
}


def fault(line: int, rule: str, column: str | None, **changes: object) -> dict:
    """An entry of a report's quarantine or notes, as the engine gives it."""
    cells = GOOD | changes.pop("cells", {})
    return {
        "dataset": "award_payments",
        "source_file": FILE,
        "source_row": line,
        "rule_id": rule,
        "column_name": column,
        "value": "as typed",
        "reason": f"The rule {rule}.",
        "raw_row": json.dumps(cells),
    } | changes


def file(**changes: object) -> dict:
    """An entry of a report's files."""
    return {
        "source_file": FILE,
        "dataset": "award_payments",
        "status": "loaded in part",
        "reason": None,
        "rows_in": 10,
        "accepted": 6,
        "quarantined": 3,
        "superseded": 1,
        "received_at": "2025-04-02 09:30:00",
    } | changes


@pytest.fixture
def report():
    """Three rows set aside, one of them twice over and one no row; one note."""
    return {
        "files": [file()],
        "quarantine": [
            fault(
                7,
                "row.readable",
                None,
                raw_row="a,b,c",
                value=None,
                reason="The row has 3 cells; the header has 9.",
            ),
            fault(3, "paid_on.readable", "paid_on", cells={"paid_on": "soon"}),
            fault(
                3,
                "amount_paid_gbp.between",
                "amount_paid_gbp",
                value="-5.00",
                cells={"paid_on": "soon", "amount_paid_gbp": "-£5"},
            ),
            fault(
                5,
                "is_council_known",
                "gss_code",
                value="Stoke",
                hint="Stoke-on-Trent City Council (E06000021)",
                cells={"gss_code": "=HYPERLINK(1)"},
            ),
        ],
        "notes": [fault(9, "has_award", "award_id", value="AWD-1")],
    }


@pytest.fixture
def book(report, tmp_path):
    """The workbook of that report, read back by another library."""
    path = tmp_path / "errors.xlsx"
    write_errors_workbook(errors_rows(report), facts_of(report), path)
    return openpyxl.load_workbook(path)


def cells(sheet) -> list[tuple]:
    """Values of a sheet, row by row."""
    return list(sheet.iter_rows(values_only=True))


def lines(path) -> list[dict[str, str]]:
    """Rows of a CSV that was written."""
    with path.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


# How to mend it -----------------------------------------------------------------------


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_every_rule_of_every_suite_says_how_to_mend_it(kind):
    rules = [*suite(kind, CODES).expectations, *BETWEEN.get(kind.name, [])]
    without = [r.meta["rule_id"] for r in rules if not MENDER.how(kind, r.meta["rule_id"])]
    assert without == []
    for rule in rules:
        said = MENDER.how(kind, rule.meta["rule_id"])
        assert said[0].isupper() and said.endswith("."), said


def test_a_rule_that_nobody_wrote_for_is_noticed():
    assert MENDER.how(dataset("incidents"), "is_never_heard_of") == ""
    assert MENDER.how(dataset("incidents"), "action.plausible") == ""


def test_every_sentence_written_by_hand_belongs_to_a_rule():
    known = {("*", "row.readable"), ("*", "file.refused")}
    for kind in ALL:
        for rule in [*suite(kind, CODES).expectations, *BETWEEN.get(kind.name, [])]:
            known |= {(kind.name, rule.meta["rule_id"]), ("*", rule.meta["rule_id"])}
    later = {("*", "is_council_certain")}
    assert written_by_hand().keys() - known - later == set()


@pytest.mark.parametrize(
    ("name", "rule", "value", "says"),
    [
        ("awards", "awarded_on.readable", "soon", "Write the date as 2025-03-31 or 31/03/2025."),
        ("incidents", "is_integrity_lost.readable", "maybe", "Write true or false."),
        ("awards", "role.allowed", "boss", "Use one of: lead (Lead); partner (Partner)."),
        ("problems", "pain_point.length", "x" * 300, "Shorten the text to at most 280 characters."),
        ("incidents", "ncsc_category.between", "9", "Write a number of at least 1 and at most 6."),
        (
            "returns",
            "period_starts_on.required",
            "",
            "Fill in period_starts_on. First day of the period: a month for incidents "
            "and disruptions, a financial year (1 April) for assessments. For example: "
            "2025-03-01.",
        ),
        (
            "assessments",
            "outcome_code.pattern",
            "B2a",
            "Write a CAF outcome: a letter A to D, a digit, a full stop and a small "
            "letter, such as B2.a.",
        ),
    ],
)
def test_a_rule_of_one_column_says_what_to_write(name, rule, value, says):
    assert MENDER.how(dataset(name), rule, value) == says


def test_a_long_list_offers_the_codes_most_like_what_was_written():
    said = MENDER.how(dataset("incidents"), "ico_incident_type.allowed", "ransom ware")
    assert said.startswith("Use one of the 17 codes of the closed list")
    assert "Nearest: Ransomware" in said
    nothing = MENDER.how(dataset("incidents"), "ico_incident_type.allowed", "zzzz")
    assert "Nearest" not in nothing


def test_a_council_of_another_day_says_which_stood_when():
    said = MENDER.how(dataset("incidents"), "is_council_of_the_day", "E07000026")
    assert "E07000026 Allerdale" in said
    assert "until 31 March 2023." in said
    assert "After it: E06000063 Cumberland" in said
    said = MENDER.how(dataset("incidents"), "is_council_of_the_day", "e06000063 ")
    assert "from 1 April 2023." in said
    assert "Before it: " in said and "E07000026 Allerdale" in said


# Rows ---------------------------------------------------------------------------------


def test_each_fault_is_a_row_in_the_order_of_lines(report):
    rows = errors_rows(report)
    assert [row["Line"] for row in rows] == [3, 3, 5, 7, 9]
    assert all(tuple(row)[: len(COLUMNS)] == COLUMNS for row in rows)
    first = rows[0]
    assert (first["Column"], first["Value received"]) == ("paid_on", "soon")
    assert first["Rule"] == "The rule paid_on.readable."
    assert first["How to mend it"] == "Write the date as 2025-03-31 or 31/03/2025."
    assert (first["What happened"], first["Rule code"]) == ("set aside", "paid_on.readable")


def test_the_value_is_the_cell_as_it_came_and_not_as_it_was_read(report):
    assert errors_rows(report)[1]["Value received"] == "-£5"


def test_a_row_without_its_cells_shows_the_value_that_the_rule_saw():
    bare = fault(2, "paid_on.readable", "paid_on", raw_row=None)
    (row,) = errors_rows({"files": [], "quarantine": [bare]})
    assert row["Value received"] == "as typed"
    assert row["Cells"] == {}


def test_the_cells_are_those_of_the_contract_and_no_others(report):
    report["quarantine"] = [fault(3, "x", None, cells={"arrival": 4, "why": "me"})]
    (row, _) = errors_rows(report)
    names = [column.column for column in dataset("award_payments").columns]
    assert list(row["Cells"]) == names
    assert row["Cells"]["share_level"] == ""


def test_a_row_that_was_no_row_is_shown_as_it_came(report):
    row = errors_rows(report)[3]
    assert (row["Column"], row["Value received"]) == ("whole row", "a,b,c")
    assert row["How to mend it"].startswith("Give the row as many cells")
    assert row["Cells"] == {}


def test_a_council_that_is_not_known_comes_with_the_nearest(report):
    said = errors_rows(report)[2]["How to mend it"]
    assert said.endswith("Nearest: Stoke-on-Trent City Council (E06000021).")


def test_a_note_is_told_apart_from_a_row_set_aside(report):
    row = errors_rows(report)[4]
    assert row["What happened"] == "accepted with a note"
    assert row["How to mend it"].startswith("Check the award's reference")


def test_a_report_without_notes_is_read_as_well(report):
    del report["notes"]
    assert len(errors_rows(report)) == 4


def test_a_refused_file_is_one_row():
    refused = file(status="refused", reason="This file is a PDF: send the CSV itself.")
    (row,) = errors_rows({"files": [refused], "quarantine": []})
    assert row["What happened"] == "file refused"
    assert row["Rule"] == "This file is a PDF: send the CSV itself."
    assert row["How to mend it"].endswith("send the whole file again.")


def test_a_column_that_staging_renamed_has_the_name_of_the_contract():
    entry = {
        "dataset": "disruptions",
        "source_file": "a.csv",
        "source_row": 2,
        "rule_id": "has_incident",
        "column_name": "incident_ref_given",
        "value": "INC-9",
        "reason": "It is there.",
    }
    (row,) = errors_rows({"files": [], "quarantine": [], "notes": [entry]})
    assert (row["Column"], row["Value received"]) == ("incident_ref", "INC-9")


def test_a_rule_without_a_sentence_says_what_has_to_hold():
    (row,) = errors_rows({"files": [], "quarantine": [fault(2, "is_new", "paid_on")]})
    assert row["How to mend it"] == ("Change the row so that this holds: The rule is_new.")


# CSV ----------------------------------------------------------------------------------


def test_the_csv_has_the_columns_and_every_row(report, tmp_path):
    path = tmp_path / "errors.csv"
    write_errors_csv(errors_rows(report), path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    found = lines(path)
    assert tuple(found[0]) == COLUMNS
    assert [row["Line"] for row in found] == ["3", "3", "5", "7", "9"]


def test_a_cell_that_would_run_is_made_harmless_in_the_csv(report, tmp_path):
    path = tmp_path / "errors.csv"
    write_errors_csv(errors_rows(report), path)
    assert lines(path)[2]["Value received"] == "'=HYPERLINK(1)"


SHAPES = [
    "=1+1",
    "+44 20",
    "-5",
    "-5.50",
    "+1,000",
    "- none",
    "@name",
    "\tx",
    "\rx",
    "\n=x",
    "  =x",
    " -x",
    "plain",
    "",
    "1-2",
    "'=x",
    "12%",
    "-£5",
]


@pytest.mark.parametrize("cell", [*SHAPES, 5, -5.5, None, True])
def test_cells_are_made_harmless_as_in_the_dashboard(cell):
    assert neutral(cell) == safe.neutral(cell)


@pytest.mark.parametrize("cell", [shape for shape in SHAPES if shape != "'=x"])
def test_a_harmless_cell_comes_back_as_it_was(cell):
    assert restored(neutral(cell)) == cell


# Workbook -----------------------------------------------------------------------------


def test_the_cover_accounts_for_every_row_and_says_what_to_do(book):
    said = [row[0] for row in cells(book.worksheets[0])]
    assert said[0] == "What happened to the file"
    assert "Marking: OFFICIAL-SENSITIVE." in said
    assert f"File: {FILE}" in said
    assert "Received: 2025-04-02 09:30:00" in said
    assert "10 rows came in = 6 accepted + 3 set aside + 1 superseded." in said
    assert any(line.startswith("Mend the rows on the sheet Rows to mend") for line in said)
    assert f"Ask {settings.contact}." in said


def test_the_errors_stand_in_a_table(book, report):
    sheet = book["Errors"]
    rows = cells(sheet)
    assert rows[3] == COLUMNS
    wanted = [[row[name] for name in COLUMNS] for row in errors_rows(report)]
    assert [list(map(restored, row)) for row in rows[4:]] == wanted
    assert sheet.tables["errors"].ref == "A4:H9"


def test_rows_to_mend_have_the_shape_of_the_contract(book):
    rows = cells(book["Rows to mend"])
    header = ("Line", "Why", *(c.column for c in dataset("award_payments").columns))
    assert rows[3] == header
    found = [dict(zip(header, row, strict=True)) for row in rows[4:]]
    assert [row["Line"] for row in found] == [3, 5, 7]
    assert found[0]["paid_on"] == "soon"
    assert found[0]["Why"] == (
        "paid_on: Write the date as 2025-03-31 or 31/03/2025. "
        "amount_paid_gbp: Write a number of at least 0."
    )
    assert found[1]["gss_code"] == "'=HYPERLINK(1)"
    assert found[2]["Why"].endswith("The row as received: a,b,c")
    assert found[2]["payment_id"] is None


def test_nothing_in_the_workbook_runs_or_links(book):
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
                assert not str(cell.value or "").startswith(("=", "+", "@"))


def test_every_sheet_is_accessible(book):
    for sheet in book.worksheets:
        assert cells(sheet)[0][0]
        assert not sheet.merged_cells.ranges
        assert sheet.sheet_state == "visible"
        assert all(any(cell is not None for cell in row) for row in cells(sheet))
        if sheet is not book.worksheets[0]:
            (name,) = sheet.tables
            assert not sheet.tables[name].autoFilter
    assert any("blank" in str(row[0]).lower() for row in cells(book["Errors"])[:3])


def workbook(tmp_path, report: dict) -> dict[str, list[tuple]]:
    """Sheets of the workbook of a report, by name."""
    path = tmp_path / "made.xlsx"
    write_errors_workbook(errors_rows(report), facts_of(report), path)
    book = openpyxl.load_workbook(path)
    return {sheet.title: cells(sheet) for sheet in book.worksheets}


def cover(sheets: dict[str, list[tuple]]) -> str:
    """Text of the first sheet."""
    return "\n".join(row[0] for row in sheets["What happened"])


def test_a_refused_file_has_no_rows_to_mend(tmp_path):
    refused = file(
        status="refused",
        reason="This file is a PDF.",
        rows_in=0,
        accepted=0,
        quarantined=0,
        superseded=0,
    )
    sheets = workbook(tmp_path, {"files": [refused], "quarantine": []})
    assert list(sheets) == ["What happened", "Errors"]
    assert "The file could not be read: This file is a PDF." in cover(sheets)
    assert "every row was accepted" not in cover(sheets)


def test_a_clean_file_has_nothing_to_do(tmp_path):
    clean = file(status="loaded", accepted=10, quarantined=0, superseded=0)
    sheets = workbook(tmp_path, {"files": [clean], "quarantine": []})
    assert list(sheets) == ["What happened"]
    assert "Nothing has to be done: every row was accepted." in cover(sheets)


def test_a_file_sent_twice_says_which_it_repeats(tmp_path):
    again = file(
        status="repeated",
        reason="Same content as 2024.csv.",
        rows_in=3,
        accepted=0,
        quarantined=0,
        superseded=3,
    )
    sheets = workbook(tmp_path, {"files": [again], "quarantine": []})
    assert "Same content as 2024.csv. Nothing has to be done." in cover(sheets)


def test_notes_alone_leave_nothing_to_mend(tmp_path, report):
    report["quarantine"] = []
    report["files"] = [file(quarantined=0, accepted=9, status="loaded")]
    sheets = workbook(tmp_path, report)
    assert list(sheets) == ["What happened", "Errors"]
    assert "its rows were accepted with a note" in cover(sheets)


def test_a_list_that_is_not_whole_says_so(tmp_path, report):
    report["files"] = [file(quarantined=5000)]
    assert "lists 3 of the 5,000 rows set aside" in cover(workbook(tmp_path, report))


def test_a_sheet_holds_no_more_rows_than_people_mend(tmp_path, report, monkeypatch):
    monkeypatch.setattr(errors_workbook, "MOST", 2)
    sheets = workbook(tmp_path, report)
    assert len(sheets["Rows to mend"]) == len(sheets["Errors"]) == 4 + 2
    assert "lists 2 of the 3 rows set aside" in cover(sheets)


def test_rows_of_other_files_are_left_out(tmp_path, report):
    other = fault(4, "paid_on.readable", "paid_on", source_file="raw/other.csv")
    report["quarantine"].append(other)
    report["files"].append(file(source_file="raw/other.csv"))
    assert len(workbook(tmp_path, report)["Rows to mend"]) == 4 + 3
    assert facts_of(report, "raw/other.csv")["source_file"] == "raw/other.csv"


def test_a_file_that_the_report_does_not_have_is_named(report):
    with pytest.raises(BuildError, match="has no file 'none.csv'"):
        facts_of(report, "none.csv")


def test_a_fault_while_writing_leaves_no_workbook(tmp_path):
    path = tmp_path / "half.xlsx"
    with pytest.raises(RuntimeError), Book(path, "Half", "OFFICIAL") as made:
        made.prose("Cover", ["A line."])
        raise RuntimeError("stopped")
    assert not path.exists()


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path, report):
    nowhere = tmp_path / "nowhere" / "errors"
    with pytest.raises(BuildError, match="cannot be written. Close it if it is open"):
        write_errors_csv(errors_rows(report), nowhere)
    with pytest.raises(BuildError, match="cannot be written. Close it if it is open"):
        write_errors_workbook(errors_rows(report), facts_of(report), nowhere)


def test_a_cell_too_long_for_a_workbook_is_cut_and_says_so(tmp_path, report):
    report["quarantine"] = [fault(3, "x", "award_id", cells={"award_id": "y" * 40_000})]
    (row,) = workbook(tmp_path, report)["Rows to mend"][4:]
    assert row[3] == "y" * LONGEST + CUT


def test_characters_that_a_workbook_cannot_hold_do_not_spoil_it(tmp_path, report):
    odd = "a\x00b\x0bc\ud7ff£"
    report["quarantine"] = [fault(3, "x", "award_id", cells={"award_id": odd})]
    (row,) = workbook(tmp_path, report)["Rows to mend"][4:]
    assert row[3].startswith("a") and row[3].endswith("£")


# There and back -----------------------------------------------------------------------


def test_a_mended_sheet_that_comes_back_is_accepted(report, tmp_path):
    from pipelines.judge import check_files

    path = tmp_path / "back.xlsx"
    write_errors_workbook(errors_rows(report), facts_of(report), path)
    book = openpyxl.load_workbook(path)
    sheet = book["Rows to mend"]
    places = {cell.value: cell.column for cell in sheet[4]}
    for number, line in enumerate((5, 6, 7)):
        for name, value in (GOOD | {"payment_id": f"PAY-100{number}"}).items():
            sheet.cell(line, places[name]).value = value
    book.save(path)
    again = check_files([path], "award_payments")
    (found,) = again.files
    assert (found["rows_in"], found["accepted"]) == (3, 3), again.quarantine
