"""The public record's awards as 360Giving: read back the same, once each, no totals."""

import json
from dataclasses import replace
from datetime import date

import jsonschema
import pandas as pd
import pytest

from analytics.reading import giving
from analytics.reading import public_record as reading_public_record
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.reading.viewer import LOCAL_ANALYST, Viewer
from analytics.record import export
from analytics.record import giving as giving_record
from analytics.ui import awards_file
from settings import settings
from tests.support.giving import GRANT, public, read
from tests.support.pages import opened, said
from tests.support.rows import award
from tests.support.warehouse import Installation


WHOLE = Scope("public_record", date(2000, 1, 1), date(2030, 1, 1))
COUNCIL = Viewer("council", "E08000035")
VIEWERS = [LOCAL_ANALYST, Viewer("programme"), COUNCIL]
FORMS = {"csv": giving.sheet, "json": lambda found: giving.package(found, "OFFICIAL")}
EACH = pytest.mark.parametrize("form", FORMS)


@pytest.fixture(scope="module")
def awards(public_record) -> pd.DataFrame:
    return of(public_record)


def of(made: Installation, viewer: Viewer = LOCAL_ANALYST, scope: Scope = WHOLE) -> pd.DataFrame:
    return giving_record.awards(Reader(str(made.published), viewer, scope))


def package(frame: pd.DataFrame) -> dict:
    return json.loads(FORMS["json"](giving_record.grants(frame, "OFFICIAL")))


def wanted() -> dict[str, dict[str, str]]:
    """The committed record, but for what names no council and what repeats an award."""
    return {
        row["reported_award_id"]: row
        for row in public()
        if row["gss_code"] and "same award" not in row["note"] or row["role"] == "joint"
    }


@EACH
def test_our_own_reader_reads_back_the_public_record(awards, form, tmp_path):
    path = tmp_path / f"record.{form}"
    path.write_bytes(FORMS[form](giving_record.grants(awards, "OFFICIAL")))
    rows, reading = read(path, "reported_awards")
    assert reading.rejects == []
    back = {row.pop("reported_award_id"): row for row in rows}
    assert len(back) == len(rows) == len(wanted()) > 30
    for key, given in wanted().items():
        # Barnsley was recoded; the record keeps its code of the day.
        named = {name: cell for name, cell in given.items() if name in back[key]}
        found = {name: back[key][name] for name in named}
        codes = {found.pop("gss_code"), named.pop("gss_code")}
        assert len(codes) == 1 or codes == {"E08000016", "E08000038"}
        assert found == named


def test_adding_up_the_file_gives_what_the_page_counts(public_record, awards):
    path = str(public_record.published)
    counted = public_record_sum(path)
    grants = package(awards)["grants"]
    undated = awards[awards["awarded_on"].isna()]["amount_gbp"].sum()
    assert undated > 0
    total = sum(grant["amountAwarded"] for grant in grants)
    assert total + undated == counted


def public_record_sum(path: str) -> float:
    frame = reading_public_record.awards(Reader(path, LOCAL_ANALYST, WHOLE))
    return float(frame.loc[frame["is_counted"], "amount_gbp"].sum())


def test_a_joint_award_has_its_amount_once_and_its_report_beside(awards):
    grants = package(awards)["grants"]
    both = {
        grant["councilFunding"]["gss_code"]: grant
        for grant in grants
        if grant["councilFunding"].get("partnership_id") == "P-FC-BROADLAND-SOUTH-NORFOLK"
    }
    amounts = {code: grant["amountAwarded"] for code, grant in both.items()}
    assert amounts == {"E07000144": 750000, "E07000149": 0}
    second = both["E07000149"]
    assert second["councilFunding"]["amount_gbp"] == "750000"
    assert "stands at another council" in second["description"]


def test_grants_are_valid_and_link_to_their_source(awards):
    found = package(awards)
    for grant in found["grants"]:
        jsonschema.validate(grant, GRANT)
        assert grant["dataSource"].startswith("https://")
        assert grant["recipientOrganization"][0]["id"].startswith("GB-LAE-")
        assert grant["currency"] == "GBP"
    names = [g["id"] for g in [*found["grants"], *found["incompleteGrants"]]]
    assert len(set(names)) == len(names)
    apart = {g["councilFunding"]["reported_award_id"] for g in found["incompleteGrants"]}
    rows = wanted().values()
    assert apart == {
        row["reported_award_id"]
        for row in rows
        if not row["awarded_on"] or (not row["amount_gbp"] and row["role"] != "partner")
    }


def test_a_date_of_a_month_says_so(awards):
    [grant] = [
        g for g in package(awards)["grants"] if g["councilFunding"]["reported_award_id"] == "A010"
    ]
    assert grant["awardDate"] == "2020-03-01"
    assert grant["councilFunding"]["date_precision"] == "month"
    assert "March 2020; the day is not known" in grant["description"]


def test_no_total_is_a_grant(public_record, awards):
    totals = public_record_totals(str(public_record.published))
    recipients = set(awards["recipient_named"])
    assert len(totals) and not recipients & set(totals["recipients"])
    words = export.said_of_record(awards, totals)
    assert f"{len(totals)} published totals that name no council" in words
    assert "stay totals and are not in the files" in words
    assert "1 second report of an award already there is left out" in words


def public_record_totals(path: str) -> pd.DataFrame:
    return reading_public_record.totals(path, LOCAL_ANALYST)


# Disclosure ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def both(tmp_path_factory) -> Installation:
    """The public record, and awards of a department that are nobody else's business."""
    made = Installation(tmp_path_factory.mktemp("both"), public=True)
    made.put(
        "awards",
        [
            award(award_id="AWD-0001", title="Private", share_level="restricted"),
            award(award_id="AWD-0002", title="Own", gss_code=COUNCIL.gss_code),
        ],
    )
    assert made.build().published
    return made


def test_only_published_awards_are_in_it_whoever_looks(both, awards):
    seen = [of(both, viewer) for viewer in VIEWERS]
    for frame in seen:
        pd.testing.assert_frame_equal(frame, awards)
    text = giving.sheet(giving_record.grants(seen[0], "OFFICIAL")).decode()
    assert "AWD-" not in text and "Private" not in text


@pytest.mark.parametrize("collection", ["department", "demonstration"])
def test_another_collection_has_none(both, collection):
    assert of(both, COUNCIL, replace(WHOLE, collection=collection)).empty


def test_a_choice_of_region_and_years_narrows_the_file(public_record, awards):
    london = of(public_record, scope=replace(WHOLE, regions=("London",)))
    assert 0 < len(london) < len(awards)
    assert {code[:3] for code in london["gss_code"]} == {"E09"}
    late = of(public_record, scope=replace(WHOLE, since=date(2023, 1, 1)))
    known = late["awarded_on"].dropna()
    assert len(known) and known.min() >= pd.Timestamp(2023, 1, 1)
    assert late["awarded_on"].isna().any(), "without a date it is kept"


@pytest.mark.parametrize("region", ["", "London", "East of England"])
def test_the_page_offers_the_files_and_says_what_is_left_out(demo, monkeypatch, region):
    monkeypatch.setattr(settings, "warehouse", demo.folder)
    app = opened("funding_impact", data="public_record", region=region)
    assert [each.message for each in app.exception] == []
    words = said(app)
    assert "grants in the 360Giving standard" in words
    assert "stay totals and are not in the files" in words
    labels = [button.proto.label for button in app.get("download_button")]
    assert {label for label, _ in awards_file.LABELS.values()} <= set(labels)
