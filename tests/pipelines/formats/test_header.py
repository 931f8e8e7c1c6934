"""Headers: what counts as a column's name, what is said of it, what is refused."""

import csv

import pytest

from pipelines.datasets import ALL, dataset
from pipelines.errors import FileRefusedError
from pipelines.formats.header import NEAR_NAMES, accept_header, fold, match_header


PAYMENTS = dataset("award_payments")
INCIDENTS = dataset("incidents")
NAMES = ["payment_id", "award_id", "gss_code", "paid_on", "amount_paid_gbp"]


def refusal(cells, of=PAYMENTS) -> str:
    with pytest.raises(FileRefusedError) as raised:
        accept_header(match_header(cells, of), of)
    return str(raised.value)


def remarks(cells, of=PAYMENTS) -> list[str]:
    header = match_header(cells, of)
    accept_header(header, of)
    return header.remarks


def near_rows() -> list[dict[str, str]]:
    with NEAR_NAMES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_contracts_own_names_need_no_remark():
    assert remarks(NAMES) == []
    assert remarks([f" {name.upper()} " for name in NAMES]) == []


@pytest.mark.parametrize(
    "name",
    [
        "GSS Code",
        "Gss-Code",
        "gsscode",
        "LA code",
        "ONS code",
        "council",
        "Local authority code",
        "Council name",
        "Local authority",
        "Authority",
    ],
)
def test_other_names_of_a_council_are_read_and_said(name):
    cells = [name if column == "gss_code" else column for column in NAMES]
    assert match_header(cells, PAYMENTS).places["gss_code"] == 2
    assert remarks(cells) == [f"Column '{name}' was read as gss_code."]


def test_a_pound_sign_in_brackets_says_gbp():
    cells = [*NAMES[:4], "Amount paid (£)"]
    assert remarks(cells) == ["Column 'Amount paid (£)' was read as amount_paid_gbp."]


def test_a_near_name_may_belong_to_one_dataset():
    assert match_header(["Ref"], PAYMENTS).places == {"payment_id": 0}
    assert match_header(["Ref"], INCIDENTS).places == {"incident_ref": 0}
    assert match_header(["Date detected"], INCIDENTS).places == {"detected_at": 0}
    reported = dataset("reported_incidents")
    assert match_header(["Date detected"], reported).places == {"detected_on": 0}


def test_the_contracts_name_comes_before_a_near_one():
    header = match_header(["Council name", *NAMES], PAYMENTS)
    accept_header(header, PAYMENTS)
    assert header.places["gss_code"] == 3
    assert header.remarks == ["Columns left out: 'Council name'."]


def test_of_a_councils_code_and_name_the_code_is_read():
    cells = ["Council name", "LA code", *[n for n in NAMES if n != "gss_code"]]
    assert match_header(cells, PAYMENTS).places["gss_code"] == 1
    assert remarks(cells) == [
        "Column 'LA code' was read as gss_code.",
        "Columns left out: 'Council name'.",
    ]


@pytest.mark.parametrize(
    "cells",
    [
        [*NAMES, "paid_on"],
        [*NAMES, "PAID_ON"],
        [n for n in NAMES if n != "paid_on"] + ["Paid-on", "Paid on"],
        [n for n in NAMES if n != "paid_on"] + ["Date paid", "Payment date"],
    ],
    ids=["same", "capitals", "folded", "near"],
)
def test_two_names_of_one_column_are_refused(cells):
    assert refusal(cells) == "Columns named twice: paid_on. Keep one of each."


def test_columns_without_a_place_in_the_contract_are_left_out_with_a_remark():
    assert remarks([*NAMES, "Comments", "", "Comments"]) == [
        "Columns left out: 'Comments', 'Comments'."
    ]
    many = remarks([*NAMES, *[f"extra {number}" for number in range(200)]])
    assert many[0].endswith("'extra 11' and 188 more.")


def test_missing_columns_are_named_with_the_nearest_header_found():
    cells = [c.column for c in INCIDENTS.columns if c.column != "detected_at"]
    assert refusal([*cells, "Detectd at"], INCIDENTS) == (
        "The columns are not those of Incidents: columns missing: detected_at. "
        "'Detectd at' looks like detected_at. Get the template with: "
        "python -m pipelines template incidents"
    )


def test_a_misspelt_near_name_is_suggested_too_and_never_matched():
    said = refusal(["payment_id", "award_id", "LA cod", "paid_on", "amount_paid_gbp"])
    assert "columns missing: gss_code. 'LA cod' looks like gss_code. " in said


def test_nothing_is_suggested_that_is_not_alike():
    said = refusal(["alpha", *NAMES[1:]])
    assert "columns missing: payment_id. Get the template" in said


def test_every_cell_of_a_header_has_a_name_of_its_own():
    header = match_header(["x", "GSS Code", "", "x", "paid_on"], PAYMENTS)
    assert header.names == ("not_read_1", "gss_code", "not_read_3", "not_read_4", "paid_on")


@pytest.mark.parametrize("row", near_rows(), ids=lambda r: "-".join(r.values()))
def test_every_near_name_leads_to_its_column_in_every_dataset_it_is_for(row):
    kinds = [
        kind
        for kind in ALL
        if row["dataset"] in ("", kind.name)
        and row["column"] in {column.column for column in kind.columns}
    ]
    assert kinds, "no contract has that column"
    own = {
        other["dataset"]
        for other in near_rows()
        if fold(other["near_name"]) == fold(row["near_name"]) and other != row
    }
    for kind in kinds:
        if row["dataset"] or kind.name not in own:
            found = match_header([row["near_name"]], kind)
            assert found.places == {row["column"]: 0}, kind.name
            assert found.remarks, "a near name is never matched in silence"
