"""Files of real systems, from the file to the verdict: every row is accounted for.

The collected sources are not in the repository; without them what needs them is
skipped, and says so.
"""

import csv
from pathlib import Path

import openpyxl
import pytest

from pipelines.formats.giving_export import write_giving
from pipelines.formats.reading import Options
from pipelines.judge import check_files
from pipelines.report import Report
from settings import ROOT
from tests.support.rows import incident, write


PUBLIC = ROOT.parent / "shared" / "data" / "public"


def collected(name: str) -> Path:
    """A folder of the collected sources; says loudly when they are absent."""
    if not PUBLIC.exists():
        pytest.skip(f"NOT CHECKED: the collected sources are absent, so {name} too.")
    path = PUBLIC / name
    assert path.exists(), f"{name} is gone from the collected sources"
    return path


def balance(report: Report) -> tuple[int, int]:
    """Rows in, and rows accepted; every file's rows add up, none is refused."""
    for file in report.files:
        assert file["status"] != "refused", file["reason"]
        parts = (file[n] for n in ("accepted", "quarantined", "superseded"))
        assert file["rows_in"] == sum(parts)
    return report.total("rows_in"), report.total("accepted")


def test_veris_incidents_are_accounted_for_file_by_file():
    files = sorted(collected("incidents-vcdb-uk/json").glob("*.json"))
    report = check_files(files, "incidents")
    assert len(report.files) == 67
    rows_in, accepted = balance(report)
    assert (rows_in, accepted) == (67, 20)
    # Police, health and councils outside England are named to whoever sent them.
    unknown = [f for f in report.quarantine if f["rule_id"] == "is_council_known"]
    assert len({fault["arrival"] for fault in unknown}) >= 45


def test_both_webcaf_files_are_accounted_for():
    folder = collected("assess-caf-export-shape")
    told = Options(
        council="Hackney",
        system="SYS-0001",
        period="2024/25",
        assessment="CAF03102025GFLZ",
        caf_version="3.2",
    )
    files = [folder / f"completed_{name}.json" for name in ("assessment_base", "review")]
    report = check_files(files, "assessments", options=told)
    rows_in, accepted = balance(report)
    # The review's rows have the keys of the assessment that it reviews.
    assert (rows_in, accepted, report.total("superseded")) == (78, 39, 39)


def public_awards() -> list[dict]:
    """The public record's awards, as text."""
    with (ROOT / "data" / "public" / "reported_awards.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("form", ["csv", "json"])
def test_public_awards_as_360giving_load_again(tmp_path, form):
    rows = public_awards()
    path = tmp_path / f"grants.{form}"
    assert write_giving(rows, path, form) == len(rows)
    rows_in, accepted = balance(check_files([path], "reported_awards"))
    # One went to a combined authority, as in the record itself.
    assert (rows_in, accepted) == (len(rows), len(rows) - 1)


def test_a_workbook_and_a_csv_of_the_same_rows_have_the_same_verdict(tmp_path):
    rows = [incident(incident_ref=f"INC-{n:04}") for n in range(20)]
    rows[3]["action"] = "no such"
    rows[5]["gss_code"] = "LB Hackney"
    rows[7]["detected_at"] = "31/02/2025 10:00"
    plain = write(tmp_path / "incidents.csv", rows)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append([cell or None for cell in row.values()])
    filled = tmp_path / "incidents.xlsx"
    book.save(filled)
    verdicts = [check_files([path], "incidents") for path in (plain, filled)]
    said = [
        [(f["source_row"], f["rule_id"], f["value"]) for f in one.quarantine + one.notes]
        for one in verdicts
    ]
    assert said[0] == said[1]
    assert [balance(one) for one in verdicts] == [(20, 18), (20, 18)]
