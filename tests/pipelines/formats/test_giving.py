"""360Giving: grants are read as awards, and awards are written so that all survives."""

import csv
import json
from datetime import date
from decimal import Decimal

import jsonschema
import pytest

from pipelines.errors import BuildError, FileRefusedError
from pipelines.formats.giving import is_giving_header, write_giving
from settings import ROOT
from tests.support.giving import GRANT, public, read
from tests.support.rows import award


FORMATS = ROOT / "tests" / "data" / "formats"
FORMS = pytest.mark.parametrize("form", ["json", "csv"])


def without_line(rows: list[dict]) -> list[dict]:
    return [{k: v for k, v in row.items() if k != "line"} for row in rows]


# Reading ------------------------------------------------------------------------------


def filled(row: dict) -> dict:
    return {name: value for name, value in row.items() if value}


def test_a_grant_of_json_is_an_award():
    rows, _ = read(FORMATS / "giving.json")
    assert filled(rows[0]) == {
        "line": 4,
        "award_id": "360G-INVENTED-0001",
        "gss_code": "LDS",
        "title": "Safer desktops",
        "currency": "GBP",
        "amount_awarded_gbp": "65000.50",
        "awarded_on": "2024-02-01",
        "role": "lead",
        "programme": "cyber_support",
        "funding_org_name": "An invented funder",
        "starts_on": "2024-03-01",
        "ends_on": "2025-02-28",
    }


def test_a_council_without_a_code_is_named_and_an_unknown_programme_stays():
    rows, _ = read(FORMATS / "giving.json")
    assert (rows[1]["gss_code"], rows[1]["programme"]) == ("Stoke City Council", "Maps for all")


def test_a_grant_to_a_person_or_to_several_is_set_aside():
    _, reading = read(FORMATS / "giving.json")
    assert [(r.line, r.text, r.reason[:31]) for r in reading.rejects] == [
        (16, "360G-invented-0002", "The grant is to a person. Send "),
        (24, "360G-invented-0003", "The grant names several recipie"),
    ]


def test_a_grant_of_csv_is_an_award_with_the_line_where_it_starts():
    rows, reading = read(FORMATS / "giving.csv")
    assert [(r["line"], r["award_id"], r["gss_code"], r["programme"]) for r in rows] == [
        (3, "360G-INVENTED-0001", "LDS", "cyber_support"),
        (6, "360G-INVENTED-0004", "Stoke City Council", "Maps for all"),
    ]
    assert rows[1]["title"] == "Paper maps £"
    ((line, _, reason),) = reading.rejects
    assert (line, reason) == (5, "The row has 3 cells; the header has 10.")


@pytest.mark.parametrize("name", ["giving.json", "giving.csv"])
def test_no_description_and_no_person_reaches_rows_or_messages(name):
    assert "SECRET" in (FORMATS / name).read_text(encoding="utf-8")
    rows, reading = read(FORMATS / name)
    found = repr([rows, reading.rejects, reading.remarks])
    assert rows
    assert "SECRET" not in found
    assert "Jane" not in found


def test_an_array_of_grants_is_taken(tmp_path):
    path = tmp_path / "array.json"
    grants = json.loads((FORMATS / "giving.json").read_text())["grants"]
    path.write_text(json.dumps([*grants, 5], indent=1), encoding="utf-8")
    rows, reading = read(path)
    assert (len(rows), len(reading.rejects)) == (2, 3)


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["Identifier", "Award Date", "Amount Awarded", "Recipient Org:Name"], True),
        (["identifier ", "award date", "AMOUNT  AWARDED", "Recipient Org:0:Identifier"], True),
        (["Identifier", "Award Date", "Amount Awarded"], False),
        (["award_id", "awarded_on", "amount_awarded_gbp", "gss_code"], False),
        ([], False),
    ],
)
def test_titles_are_known_whatever_their_case_and_list_numbers(titles, expected):
    assert is_giving_header(titles) is expected


def test_grants_are_refused_where_they_do_not_belong():
    for path in (FORMATS / "giving.json", FORMATS / "giving.csv"):
        with pytest.raises(FileRefusedError, match="not to incidents"):
            read(path, "incidents")


def test_a_grant_of_somebody_else_is_no_row_of_the_public_record():
    rows, reading = read(FORMATS / "giving.csv", "reported_awards")
    assert rows == []
    assert [reject.line for reject in reading.rejects] == [3, 5, 6]


# Writing ------------------------------------------------------------------------------


@FORMS
def test_every_fact_of_the_public_awards_survives(form, tmp_path):
    path = tmp_path / f"grants.{form}"
    assert write_giving(public(), path, form) == len(public()) == 41
    rows, reading = read(path, "reported_awards")
    key = "reported_award_id"
    assert sorted(without_line(rows), key=lambda r: r[key]) == sorted(
        public(), key=lambda r: r[key]
    )
    assert reading.rejects == []


@FORMS
def test_the_public_awards_are_awards_too(form, tmp_path):
    path = tmp_path / f"grants.{form}"
    write_giving(public(), path, form)
    rows = {row["award_id"]: row for row in read(path)[0]}
    assert len(rows) == 41
    for given in public():
        row = rows[given["reported_award_id"]]
        assert row["amount_awarded_gbp"] == given["amount_gbp"]
        assert row["awarded_on"] == given["awarded_on"]
        assert row["gss_code"] == given["gss_code"] or not given["gss_code"]


AWARDS = [
    award(
        partnership_id="PSH-0003",
        amount_awarded_gbp="125000.75",
        starts_on="2024-02-01",
        first_support_on="2024-04-01",
        share_level="open",
        record_version="2",
    ),
    award(gss_code="E08000035", role="partner", partnership_id="PSH-0003"),
    award(award_id="AWD-2", title="=1+1", amount_awarded_gbp="0"),
    award(award_id="AWD-3", title='Grant, "quoted"\nand £'),
]


@FORMS
def test_every_fact_of_our_own_awards_survives(form, tmp_path):
    path = tmp_path / f"grants.{form}"
    write_giving(AWARDS, path, form)
    rows, reading = read(path)
    assert reading.rejects == []
    for given in AWARDS:
        expected = {**given, "title": given["title"].replace("\n", " ")}
        found = {**next(r for r in rows if same(r, given))}
        found["title"] = found["title"].replace("\n", " ")
        assert {name: found[name] for name in given} == expected


def same(found: dict, given: dict) -> bool:
    names = ("award_id", "gss_code")
    return all(found[name] == given[name] for name in names)


def test_typed_values_of_the_warehouse_are_written_as_text(tmp_path):
    path = tmp_path / "grants.json"
    typed = {
        **award(),
        "amount_awarded_gbp": Decimal("125000.00"),
        "objective": 1,
        "awarded_on": date(2024, 1, 15),
        "ends_on": None,
        "is_withdrawn": False,
    }
    write_giving([typed], path, "json")
    ((row,), _) = read(path)
    assert (row["amount_awarded_gbp"], row["awarded_on"]) == ("125000", "2024-01-15")
    assert (row["objective"], row["ends_on"], row["is_withdrawn"]) == ("1", "", "false")


@pytest.mark.parametrize("rows", [public(), AWARDS])
def test_whole_grants_are_valid_and_the_others_stand_apart(rows, tmp_path):
    path = tmp_path / "grants.json"
    write_giving(rows, path, "json")
    package = json.loads(path.read_text(encoding="utf-8"))
    for grant in package["grants"]:
        jsonschema.validate(grant, GRANT)
    names = [grant["id"] for grant in package["grants"]]
    assert len(set(names)) == len(names)
    column = "amount_awarded_gbp" if rows is AWARDS else "amount_gbp"
    partial = [
        row
        for row in rows
        if not row["awarded_on"] or (not row[column] and row["role"] != "partner")
    ]
    apart = package["incompleteGrants"]
    assert len(apart) == len(partial) > 0
    assert len(names) == len(rows) - len(partial)
    assert all("amountAwarded" not in g or "awardDate" not in g for g in apart)


def test_a_sheet_runs_no_title_as_a_formula(tmp_path):
    path = tmp_path / "grants.csv"
    write_giving(AWARDS, path, "csv")
    with path.open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell.startswith("=")]


def test_councils_and_others_have_identifiers(tmp_path):
    path = tmp_path / "grants.json"
    write_giving(public(), path, "json")
    package = json.loads(path.read_text(encoding="utf-8"))
    found = {
        grant["recipientOrganization"][0]["name"]: grant["recipientOrganization"][0]["id"]
        for grant in [*package["grants"], *package["incompleteGrants"]]
    }
    assert found["Leeds City Council"] == "GB-LAE-LDS"
    assert [v for v in found.values() if v.startswith("x-council-cyber-org-")]


def test_what_cannot_be_written_says_so(tmp_path):
    with pytest.raises(BuildError, match="csv or json"):
        write_giving([], tmp_path / "x", "xlsx")
    with pytest.raises(BuildError, match="Only rows of awards"):
        write_giving([{"incident_ref": "INC-1"}], tmp_path / "x", "json")
    with pytest.raises(BuildError, match="'lots' of an award is no number"):
        write_giving([award(amount_awarded_gbp="lots")], tmp_path / "x", "json")
