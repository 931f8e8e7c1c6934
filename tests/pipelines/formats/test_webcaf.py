"""WebCAF files: every outcome is a row or set aside, and no free text is loaded."""

import json
from pathlib import Path

import pytest

from pipelines.datasets import dataset
from pipelines.errors import FileRefusedError
from pipelines.formats.json_file import read_json
from pipelines.formats.reading import Options, Reading
from settings import ROOT
from tests.support.reference import outcomes
from tests.support.rows import assessment
from tests.support.warehouse import Installation


FORMATS = ROOT / "tests" / "data" / "formats"
REAL = ROOT.parent / "shared/data/public/assess-caf-export-shape"
SAID = {
    "council": "E06000001",
    "system": "SYS-E06000001-1",
    "period": "2024/25",
    "assessment": "CAF-E06000001-2024",
}
STATUSES = {"Achieved", "Partially achieved", "Not achieved", "Not assessed"}


def read(path: Path, **said: str) -> tuple[list[dict], Reading]:
    """Rows by column, with their `line`, and the reading that gave them."""
    reading = read_json(path, dataset("assessments"), Options(**said))
    rows = [
        {"line": line, **dict(zip(reading.columns, cells, strict=True))}
        for line, cells in reading.records
    ]
    return rows, reading


def refused(path: Path, **said: str) -> str:
    with pytest.raises(FileRefusedError) as error:
        read(path, **said)
    return str(error.value)


def written(folder: Path, document: object) -> Path:
    path = folder / "file.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def changed(name: str, folder: Path, old: str, new: str) -> Path:
    text = (FORMATS / name).read_text(encoding="utf-8")
    assert old in text
    path = folder / name
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


# An assessment ------------------------------------------------------------------------


@pytest.fixture
def made() -> tuple[list[dict], Reading]:
    return read(FORMATS / "webcaf_assessment.json", **SAID, caf_version="3.2")


def test_an_outcome_is_a_row_with_its_line_lens_and_status(made):
    assert [
        (row["line"], row["lens"], row["system_id"], row["outcome_code"], row["self_status"])
        for row in made[0]
    ] == [
        (2, "AD", "", "A1.a", "Achieved"),
        (16, "BC", SAID["system"], "B2.a", "Partially achieved"),
        (27, "BC", SAID["system"], "C1.a", "Not assessed"),
        (31, "BC", SAID["system"], "C1.b", "Partially achieved"),
    ]


def test_what_was_said_stands_on_every_row(made):
    names = ("assessment_id", "gss_code", "assessment_period", "caf_version", "status")
    assert {tuple(row[name] for name in names) for row in made[0]} == {
        (SAID["assessment"], SAID["council"], "2024/25", "3.2", "submitted")
    }


def test_a_status_that_is_none_is_set_aside_with_its_line(made):
    ((line, text, reason),) = made[1].rejects
    assert (line, text) == (39, "D1.a")
    assert reason.startswith("The status of outcome D1.a is none of")


def test_remarks_name_what_is_unconfirmed_changed_or_contradicted(made):
    assert [remark.rpartition(": ")[2] for remark in made[1].remarks] == [
        "1.",
        "C1.a.",
        "C1.b.",
        "B2.a.",
    ]
    assert "differs from what the answers" in made[1].remarks[3]


@pytest.mark.parametrize("name", ["webcaf_assessment.json", "webcaf_review.json"])
def test_no_text_but_codes_statuses_and_dates_reaches_rows_or_messages(name):
    text = (FORMATS / name).read_text(encoding="utf-8")
    assert "SECRET" in text
    version = {"caf_version": "3.2"}
    rows, reading = read(FORMATS / name, **SAID, **version)
    assert rows
    assert "secret" not in repr([rows, reading.rejects, reading.remarks]).lower()


@pytest.mark.parametrize("version", ["3.2", "4.0"])
def test_the_version_is_told_by_the_whole_set_of_outcomes(version, tmp_path):
    whole = {
        row["outcome_code"]: {
            "indicators": {},
            "confirmation": {"outcome_status": "Achieved", "confirm_outcome": "confirm"},
        }
        for row in outcomes(version)
    }
    rows, _ = read(written(tmp_path, whole), **SAID)
    assert {row["caf_version"] for row in rows} == {version}
    assert len(rows) == len(whole)
    whole.pop("A1.a")
    assert "--caf-version" in refused(written(tmp_path, whole), **SAID)


def test_everything_unsaid_is_named_at_once():
    says = refused(FORMATS / "webcaf_assessment.json", council="E06000001")
    assert "the period, system, assessment that it is about" in says
    assert "--period 2024/25 --system SYS-E06000001-1" in says
    assert "--council" not in says


def test_no_system_is_asked_for_where_no_outcome_has_one(tmp_path):
    one = {"A1.a": {"confirmation": {"outcome_status": "Achieved", "confirm_outcome": "confirm"}}}
    said = {**SAID, "system": "", "caf_version": "3.2"}
    rows, _ = read(written(tmp_path, one), **said)
    assert [(row["lens"], row["system_id"]) for row in rows] == [("AD", "")]


def test_records_on_one_line_are_counted_and_that_is_said(tmp_path):
    document = json.loads((FORMATS / "webcaf_assessment.json").read_text())
    rows, reading = read(written(tmp_path, document), **SAID, caf_version="3.2")
    lines = [row["line"] for row in rows] + [r.line for r in reading.rejects]
    assert lines == [1, 2, 3, 4, 5]
    assert any("not lines" in remark for remark in reading.remarks)


# A review -----------------------------------------------------------------------------


def test_a_review_gives_decisions_and_its_own_scope():
    said = {**SAID, "assessment": ""}
    rows, reading = read(FORMATS / "webcaf_review.json", **said)
    assert [(r["line"], r["outcome_code"], r["review_status"]) for r in rows] == [
        (10, "A1.a", "Not achieved"),
        (21, "B2.a", "Partially achieved"),
    ]
    assert rows[0]["assessment_id"] == "CAF01042025ABCD"
    assert {
        (r["caf_version"], r["profile"], r["review_type"], r["reviewed_on"], r["status"])
        for r in rows
    } == {("3.2", "baseline", "independent", "2025-06-30", "completed")}
    assert "self_status" not in reading.columns
    assert [(r.line, r.text) for r in reading.rejects] == [(24, "B2.b")]


def test_the_assessment_given_stands_over_the_one_in_the_file():
    rows, _ = read(FORMATS / "webcaf_review.json", **SAID)
    assert {row["assessment_id"] for row in rows} == {SAID["assessment"]}


def test_a_review_of_another_version_or_unfinished_is_refused(tmp_path):
    path = FORMATS / "webcaf_review.json"
    assert "--caf-version says 4.0" in refused(path, **SAID, caf_version="4.0")
    unfinished = changed(path.name, tmp_path, '"yes"', '"no"')
    assert "not completed" in refused(unfinished, **SAID)


def test_a_reference_that_is_none_is_not_loaded(tmp_path):
    path = changed("webcaf_review.json", tmp_path, "CAF01042025ABCD", "ask Jane Roe")
    says = refused(path, **{**SAID, "assessment": ""})
    assert "--assessment" in says
    assert "Jane" not in says


# The two together ---------------------------------------------------------------------


PLACE = {"assessment_id": "CAF-1-2024", "lens": "AD", "system_id": "", "outcome_code": "A1.a"}
OWN = {
    **PLACE,
    "self_status": "Achieved",
    "review_type": "",
    "profile": "",
    "completed_on": "2025-02-14",
    "status": "submitted",
}
REVIEW = {
    **PLACE,
    "self_status": "",
    "review_type": "peer_review",
    "review_status": "Not achieved",
    "reviewed_on": "2025-06-30",
    "profile": "enhanced",
    "status": "completed",
}
KEPT = (
    "select self_status, review_status, review_type, profile, level, "
    "completed_on::varchar, reviewed_on::varchar from core.assessments"
)
BOTH = ("Achieved", "Not achieved", "peer_review", "enhanced", 1, "2025-02-14", "2025-06-30")


def built(folder: Path, *rows: dict) -> list[tuple]:
    """What counts after these rows arrived one after the other."""
    made = Installation(folder)
    for number, row in enumerate(rows, 1):
        made.put("assessments", [assessment(**row)], f"{number}.csv")
    made.build()
    return made.read(KEPT)


@pytest.mark.parametrize("order", [(OWN, REVIEW), (REVIEW, OWN)])
def test_a_review_adds_to_the_assessment_whichever_came_first(order, tmp_path):
    assert built(tmp_path, *order) == [BOTH]


def test_what_was_taken_back_is_not_added_to(tmp_path):
    back = {**OWN, "is_withdrawn": "true"}
    ((own, review, *_),) = built(tmp_path, OWN, back, REVIEW)
    assert (own, review) == (None, "Not achieved")


def test_an_assessment_that_says_it_has_no_review_has_none(tmp_path):
    alone = {**OWN, "review_type": "self_assessment"}
    ((own, review, kind, *_),) = built(tmp_path, OWN, REVIEW, alone)
    assert (own, review, kind) == ("Achieved", None, "self_assessment")


# The real shape -----------------------------------------------------------------------


@pytest.mark.skipif(not REAL.exists(), reason=f"NOT CHECKED: {REAL} is not here")
@pytest.mark.parametrize(
    ("name", "column"),
    [("completed_assessment_base.json", "self_status"), ("completed_review.json", "review_status")],
)
def test_every_outcome_of_the_real_shape_is_read(name, column):
    rows, reading = read(REAL / name, **SAID)
    assert {row["outcome_code"] for row in rows} == {row["outcome_code"] for row in outcomes("3.2")}
    assert reading.rejects == []
    assert len(rows) == 39
    assert {row[column] for row in rows} <= STATUSES
    lines = (REAL / name).read_text(encoding="utf-8").splitlines()
    for row in rows:
        assert lines[row["line"] - 1].strip().startswith(f'"{row["outcome_code"]}"')
    safe = (
        STATUSES
        | set(SAID.values())
        | {
            "",
            "AD",
            "BC",
            "3.2",
            "submitted",
            "completed",
            "enhanced",
            "peer_review",
            "2025-12-30",
            *(row["outcome_code"] for row in rows),
        }
    )
    assert {v for r in rows for k, v in r.items() if k != "line"} <= safe
