"""VERIS incidents: facts are read as far as they are known, and no free text is."""

import json
from pathlib import Path

import pytest

from pipelines.datasets import dataset
from pipelines.errors import FileRefusedError
from pipelines.formats import json_text
from pipelines.formats.json_file import read_json
from pipelines.formats.parts import codes
from pipelines.formats.reading import Options, Reading
from settings import ROOT
from tests.support.rows import incident, returned
from tests.support.warehouse import Installation


FORMATS = ROOT / "tests" / "data" / "formats"
REAL = ROOT.parent / "shared/data/public/incidents-vcdb-uk/json"


def read(path: Path, name: str = "incidents", **said: str) -> tuple[list[dict], Reading]:
    """Rows by column, with their `line`, and the reading that gave them."""
    reading = read_json(path, dataset(name), Options(**said))
    rows = [
        {"line": line, **dict(zip(reading.columns, cells, strict=True))}
        for line, cells in reading.records
    ]
    return rows, reading


def of(folder: Path, **changes: object) -> dict:
    """The row of one small incident with these parts changed."""
    path = folder / "one.json"
    value = {"incident_id": "INC-0001", "schema_version": "1.3.4", **changes}
    path.write_text(json.dumps(value), encoding="utf-8")
    (row,), _ = read(path)
    return row


@pytest.fixture
def array() -> tuple[list[dict], Reading]:
    return read(FORMATS / "veris_array.json")


def test_an_incident_of_schema_1_3_is_a_row(array):
    assert array[0][0] == {
        "line": 2,
        "incident_ref": "AAAAAAAA-0000-4000-8000-000000000001",
        "gss_code": "Hartlepool Borough Council",
        "incident_status": "Confirmed",
        "category": "Cyber",
        "occurred_at": "2024-06-30T23:50:00+01:00",
        "detected_at": "2024-07-01T01:50:00+01:00",
        "detected_precision": "exact",
        "contained_at": "2024-07-04T01:50:00+01:00",
        "action": "hacking",
        "action_variety": "Exploit vuln",
        "actor": "external",
        "is_confidentiality_lost": "",
        "is_integrity_lost": "false",
        "is_availability_lost": "true",
        "availability_effect": "Obscuration",
        "is_supplier_involved": "false",
        "data_subjects_affected": "120",
        "cost_response_gbp": "6000.50",
        "cost_lost_income_gbp": "9000",
        "cost_status": "estimate",
        "submitted_at": "2024-08-01T12:00:00.250Z",
    }


def test_the_older_shape_with_a_list_of_victims_is_a_row(array):
    row = array[0][1]
    assert (row["line"], row["gss_code"], row["category"], row["actor"]) == (
        45,
        "Stoke City Council",
        "Non-cyber",
        "internal",
    )
    assert (row["detected_at"], row["detected_precision"]) == ("2011-01-01T00:00:00+00:00", "year")
    assert (row["is_supplier_involved"], row["is_confidentiality_lost"]) == ("true", "true")
    assert row["submitted_at"] == ""
    assert row["data_subjects_affected"] == ""


def test_one_incident_with_a_plain_country_is_a_row():
    (row,), reading = read(FORMATS / "veris_12.json")
    assert (row["line"], row["gss_code"]) == (1, "Leeds City Council")
    assert row["occurred_at"] == "2012-12-01T00:00:00+00:00"
    # Two weeks after some day of December is December or January.
    assert row["detected_precision"] == "year"
    assert (row["actor"], row["is_supplier_involved"]) == ("unknown", "")
    assert reading.rejects == []


def test_what_cannot_be_a_row_is_set_aside_under_its_id_and_line(array):
    assert [(r.line, r.text) for r in array[1].rejects] == [
        (57, "TWO-VICTIMS"),
        (62, "NO-SUCH-DAY"),
        (67, "ELSEWHERE"),
        (72, ""),
    ]
    assert [r.reason.split(".")[0] for r in array[1].rejects] == [
        "The incident names several victims, and a row is about one council",
        "The date of the incident is not one that exists",
        "The victim is not in the United Kingdom by its country code",
        "The item is no VERIS incident",
    ]


def test_remarks_say_what_was_loaded_in_part(array):
    said = " ".join(array[1].remarks)
    for words in (
        "Several actions;",
        "Several actors;",
        "not in the list",
        "how long after the incident",
        "no cost of response in pounds",
        "as the number of people",
    ):
        assert words in said


@pytest.mark.parametrize("name", ["veris_array.json", "veris_12.json"])
def test_no_free_text_reaches_rows_or_messages(name):
    assert "SECRET" in (FORMATS / name).read_text(encoding="utf-8")
    rows, reading = read(FORMATS / name)
    assert rows
    assert "secret" not in repr([rows, reading.rejects, reading.remarks]).lower()


def test_the_council_given_stands_where_the_file_names_none(tmp_path):
    path = tmp_path / "one.json"
    value = {"incident_id": "INC-0001", "victim": {"victim_id": "Unknown"}}
    path.write_text(json.dumps(value), encoding="utf-8")
    (row,), _ = read(path, council="E06000001")
    assert row["gss_code"] == "E06000001"


def when(incident: dict, **spans: dict) -> dict:
    return {"timeline": {"incident": incident, **spans}}


DAYS_LATER = {"discovery": {"unit": "Days", "value": 13}}


@pytest.mark.parametrize(
    ("timeline", "detected", "precision"),
    [
        (when({"year": 2011}), "2011-01-01T00:00:00+00:00", "year"),
        (when({"year": 2011}, **DAYS_LATER), "2011-01-01T00:00:00+00:00", "year"),
        (when({"year": 2011, "month": 7}), "2011-07-01T00:00:00+01:00", "month"),
        (when({"year": 2011, "month": 7}, **DAYS_LATER), "2011-07-01T00:00:00+01:00", "year"),
        (
            when({"year": 2013, "month": 10, "day": 20}, **DAYS_LATER),
            "2013-11-02T00:00:00+00:00",
            "day",
        ),
        (
            when({"year": 2013, "month": 10, "day": 20, "time": "09:30"}),
            "2013-10-20T09:30:00+01:00",
            "day",
        ),
        (
            when({"year": 2013, "month": 10, "day": 20}, discovery={"unit": "Days"}),
            "2013-10-20T00:00:00+01:00",
            "day",
        ),
        ({}, "", ""),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(timeline, detected, precision, tmp_path):
    row = of(tmp_path, **timeline)
    assert (row["detected_at"], row["detected_precision"]) == (detected, precision)


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ({"malware": {}}, "Cyber"),
        ({"error": {}, "hacking": {}}, "Cyber"),
        ({"social": {"variety": ["Phishing"]}}, "Cyber"),
        ({"social": {"variety": ["Bribery"]}}, "Non-cyber"),
        ({"physical": {}}, "Non-cyber"),
        ({"unknown": {}}, ""),
    ],
)
def test_cyber_is_what_the_commissioner_calls_so(action, expected, tmp_path):
    assert of(tmp_path, action=action)["category"] == expected


@pytest.mark.parametrize(
    ("impact", "cost"),
    [
        (
            {
                "iso_currency_code": "EUR",
                "loss": [{"variety": "Response and recovery", "amount": 5}],
            },
            "",
        ),
        ({"loss": [{"variety": "Response and recovery", "amount": 5}]}, ""),
        (
            {
                "iso_currency_code": "GBP",
                "loss": [{"variety": "Legal and regulatory", "amount": 5}],
            },
            "",
        ),
        (
            {
                "iso_currency_code": "GBP",
                "loss": [{"variety": "Response and recovery", "amount": 5}],
            },
            "5",
        ),
    ],
)
def test_a_cost_is_a_cost_of_response_in_pounds(impact, cost, tmp_path):
    assert of(tmp_path, impact=impact)["cost_response_gbp"] == cost


def test_the_first_action_is_the_first_of_the_list():
    assert codes("action")[:3] == ("hacking", "malware", "social")


# Files that are no JSON of ours -------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b'{"incident_id": "A",\n "victim": }', "line 2, column 12"),
        (b'{"incident_id": "A", "incident_id": "B"}', "'incident_id' twice"),
        (b'{"incident_id": NaN}', "NaN, which is no number"),
        (b'{"a": 1e999}', "too long or too large"),
        (b'{"a": 1' + b"0" * 5000 + b"}", "too long or too large"),
        (b"[" * 100_000, "nested more than 40 deep"),
        (b'["' + b"[" * 100 + b'"]', "of no format known here"),
        (b'[{"incident_id": "A"}, "\xa3"]', "line 1 of this JSON file are not UTF-8"),
        (b'{"grants": 5}', "of no format known here"),
        (b"[]", "of no format known here"),
        (b'{"A1.a": {"confirmation": {}}}', "belongs to assessments, not to incidents"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_a_sentence(content, says, tmp_path):
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    with pytest.raises(FileRefusedError, match=".") as error:
        read(path)
    assert says in str(error.value)


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(json_text, "MAX_BYTES", 1000)
    with pytest.raises(FileRefusedError, match="Send it in parts"):
        read(FORMATS / "veris_array.json")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_harm(encoding, tmp_path):
    path = tmp_path / "one.json"
    path.write_text((FORMATS / "veris_12.json").read_text(), encoding=encoding)
    (row,), _ = read(path)
    assert row["gss_code"] == "Leeds City Council"


@pytest.mark.parametrize(
    "part", [None, 5, "x", [], [[]], {}, {"x": [{}]}, True, [None, 5], "\ud800\u0000"]
)
def test_parts_of_another_shape_are_blank_and_no_crash(part, tmp_path):
    names = (
        "victim",
        "actor",
        "action",
        "attribute",
        "timeline",
        "impact",
        "plus",
        "security_incident",
    )
    row = of(tmp_path, **dict.fromkeys(names, part))
    assert row["detected_at"] == ""
    "".join(map(str, row.values())).encode("utf-8")


# In the warehouse ---------------------------------------------------------------------


def test_an_incident_known_by_its_year_counts_in_no_month(tmp_path):
    made = Installation(tmp_path)
    day = {"detected_at": "2025-01-01T00:00:00Z"}
    made.put(
        "incidents",
        [
            incident(
                incident_ref=f"INC-{precision or 'BLANK'}".upper(),
                **day,
                detected_precision=precision,
                recovered_at="2025-01-02T00:00:00Z",
            )
            for precision in ("", "exact", "day", "month", "year")
        ],
    )
    months = [f"2025-{month:02}-01" for month in range(1, 13)]
    made.put(
        "returns",
        [
            returned(period_starts_on=month, dataset="incidents", received_on="2026-01-05")
            for month in months
        ],
    )
    made.build()
    found = made.read(
        "select coalesce(detected_precision, ''), detected_month is not null, "
        "hours_to_recover from core.incidents order by 1"
    )
    assert found == [
        ("", True, 24),
        ("day", True, None),
        ("exact", True, 24),
        ("month", True, None),
        ("year", False, None),
    ]
    assert made.read(
        "select period::varchar, numerator from marts.indicator_values "
        "where indicator = 'incidents_reported' and numerator > 0"
    ) == [("2025-01-01", 4)]
    notes = made.read("select value, reason from quality.notes where rule_id = 'is_month_known'")
    reason = "Only the year is known: the incident counts in no figure by month."
    assert notes == [("2025-01-01 00:00:00", reason)]


# The real files -----------------------------------------------------------------------


@pytest.mark.skipif(not REAL.exists(), reason=f"NOT CHECKED: {REAL} is not here")
def test_every_real_incident_is_a_row_without_its_words():
    paths = sorted(REAL.glob("*.json"))
    assert len(paths) == 67
    years = 0
    for path in paths:
        rows, reading = read(path)
        assert (len(rows), reading.rejects) == (1, []), path.name
        value = json.loads(path.read_text(encoding="utf-8"))
        (row,) = rows
        assert row["incident_ref"] == value["incident_id"].upper()
        victim = value["victim"]["victim_id"].strip()
        assert row["gss_code"] == victim.replace("Unknown", "")
        assert row["detected_at"][:4] == str(value["timeline"]["incident"]["year"])
        years += row["detected_precision"] == "year"
        for name in ("summary", "notes", "reference"):
            words = value.get(name, "")
            # Some notes are no more than the name of a variety.
            if words and words not in codes("action_variety"):
                assert words not in repr([row, reading.remarks]), path.name
        assert value["plus"]["analyst"] not in row.values()
    assert years == 33
