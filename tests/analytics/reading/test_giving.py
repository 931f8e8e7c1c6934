"""The awards as 360Giving: read back the same, valid, and marked where invented."""

import csv
import json

import jsonschema
import pandas as pd
import pytest

from analytics.reading import awards, giving
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.reading.viewer import LOCAL_ANALYST, Viewer
from analytics.ui.awards_file import file_name
from pipelines.datasets import dataset
from tests.support.giving import GRANT, read
from tests.support.rows import award
from tests.support.warehouse import Installation


FORMS = {"csv": giving.as_csv, "json": giving.as_json}
EACH = pytest.mark.parametrize("form", FORMS)
KEY = ["award_id", "gss_code"]
REQUIRED = [
    "Identifier",
    "Title",
    "Description",
    "Currency",
    "Amount Awarded",
    "Award Date",
    "Recipient Org:Identifier",
    "Recipient Org:Name",
    "Funding Org:Identifier",
    "Funding Org:Name",
    "Grant Programme:Title",
    "Beneficiary Location:Geographic Code",
]
# Barnsley's older code is the same council's.
OLD = {"E08000016": "E08000038"}
AWARDS = [
    award(
        award_id="AWD-0001",
        partnership_id="PSH-0003",
        amount_awarded_gbp="125000.75",
        starts_on="2024-02-01",
        ends_on="2025-01-31",
        first_support_on="2024-04-01",
        share_level="public",
        record_version="2",
    ),
    award(
        award_id="AWD-0001",
        gss_code="E08000035",
        role="partner",
        partnership_id="PSH-0003",
        share_level="programme",
    ),
    award(award_id="AWD-0002", title="=1+1", amount_awarded_gbp="0", gss_code="E09000012"),
    award(
        award_id="AWD-0003",
        title='A "quoted" £ ' + 10 * "very long title, ",
        funding_model="continuous",
        round_no="",
        amount_awarded_gbp="7",
        gss_code="E10000003",
    ),
    award(award_id="AWD-0004", gss_code="E08000016", objective=4, handling="OFFICIAL"),
]


def written(data: bytes, form: str, folder) -> list[dict]:
    """What our own reader makes of a file."""
    path = folder / f"grants.{form}"
    path.write_bytes(data)
    rows, reading = read(path)
    assert reading.rejects == []
    return rows


@pytest.fixture(scope="module")
def sent(tmp_path_factory) -> Installation:
    """A department's awards, one to a council under its old code."""
    warehouse = Installation(tmp_path_factory.mktemp("giving"))
    warehouse.put("awards", AWARDS)
    assert warehouse.build().quarantine == []
    return warehouse


def awards_of(warehouse: Installation, viewer: Viewer = LOCAL_ANALYST) -> pd.DataFrame:
    days = pd.to_datetime([each["awarded_on"] for each in AWARDS])
    scope = Scope("department", days.min().date(), days.max().date())
    return awards.awards(Reader(str(warehouse.published), viewer, scope))


@EACH
def test_our_own_reader_reads_back_the_same_awards(sent, form, tmp_path):
    data = FORMS[form](awards_of(sent), "department", "OFFICIAL-SENSITIVE")
    found = {(each["award_id"], each["gss_code"]): each for each in written(data, form, tmp_path)}
    assert len(found) == len(AWARDS)
    for each in AWARDS:
        code = OLD.get(each["gss_code"], each["gss_code"])
        back = found[each["award_id"], code]
        given = {**each, "gss_code": code}
        filled = {name: cell.strip() for name, cell in given.items() if cell}
        assert {name: back[name].strip() for name in filled} == filled
        assert back["amount_awarded_gbp"] == each["amount_awarded_gbp"]


@EACH
def test_the_demonstration_comes_back_whole_and_still_marked(demo, form, tmp_path):
    found = awards.awards(Reader(demo.path, LOCAL_ANALYST, demo.scope()))
    data = FORMS[form](found, "demonstration", "OFFICIAL")
    back = pd.DataFrame(written(data, form, tmp_path))
    raw = demo.rows("select * from core.awards where collection = 'demonstration'")
    raw = raw.assign(gss_code=raw["gss_code_of_day"])
    assert len(back) == len(raw) > 100
    both = raw.merge(back, on=KEY, suffixes=("", "_back"))
    assert len(both) == len(raw)
    for column in dataset("awards").columns:
        name = column.column
        if name in KEY or name not in raw:
            continue
        said = both[name].map(giving.text).tolist()
        if name in ("title", "funding_org_name"):
            said = [giving.INVENTED + each for each in said]
        assert both[f"{name}_back"].tolist() == said, name


@EACH
def test_no_line_of_an_invented_file_can_be_taken_for_a_real_award(demo, form):
    found = awards.awards(Reader(demo.path, LOCAL_ANALYST, demo.scope())).head(20)
    for fields, extension in giving.grants(found, "demonstration", "OFFICIAL"):
        assert fields["id"].startswith("x-invented-demonstration-")
        assert fields["funder_id"].startswith("x-invented-demonstration-")
        for name in ("title", "description", "funder"):
            assert fields[name].startswith(giving.INVENTED)
        assert extension["marking"].startswith(giving.INVENTED)
    data = FORMS[form](found, "demonstration", "OFFICIAL").decode()
    real = FORMS[form](found, "department", "OFFICIAL-SENSITIVE").decode()
    assert "INVENTED" in data
    assert "INVENTED" not in real


def test_whole_grants_of_the_package_are_valid(demo):
    found = awards.awards(Reader(demo.path, LOCAL_ANALYST, demo.scope()))
    package = json.loads(giving.as_json(found, "demonstration", "OFFICIAL"))
    assert package["incompleteGrants"] == []
    names = [grant["id"] for grant in package["grants"]]
    assert len(set(names)) == len(names) == len(found)
    for grant in package["grants"]:
        jsonschema.validate(grant, GRANT)
        [place] = grant["beneficiaryLocation"]
        assert place["geoCode"].startswith("E") and place["geoCodeType"]
    ours = [(grant, grant["councilFunding"]) for grant in package["grants"]]
    partners = [grant for grant, extension in ours if extension["role"] == "partner"]
    assert partners
    assert {grant["amountAwarded"] for grant in partners} == {0}


def test_an_award_of_unknown_amount_stands_apart(sent):
    rows = awards_of(sent)
    unknown = rows["award_id"] == "AWD-0004"
    package = json.loads(giving.as_json(rows, "department", "OFFICIAL-SENSITIVE"))
    assert rows.loc[unknown, "amount_awarded_gbp"].isna().all()
    assert [g["councilFunding"]["award_id"] for g in package["incompleteGrants"]] == ["AWD-0004"]
    assert len(package["grants"]) == len(rows) - 1


def test_the_sheet_has_the_titles_that_the_standard_asks_for(sent):
    data = giving.as_csv(awards_of(sent), "department", "OFFICIAL-SENSITIVE").decode()
    header, *lines = csv.reader(data.splitlines())
    assert set(REQUIRED) <= set(header)
    titles = [line[header.index("Title")] for line in lines]
    assert max(map(len, titles)) <= 140
    assert "'=1+1" in titles
    by_code = {line[header.index("Beneficiary Location:Geographic Code")]: line for line in lines}
    kind = header.index("Beneficiary Location:Geographic Code Type")
    kinds = {code: by_code[code][kind] for code in ("E09000012", "E10000003")}
    assert kinds == {"E09000012": "LONB", "E10000003": "CTY"}


def test_a_council_takes_away_its_own_and_public_awards_only(sent):
    found = awards_of(sent, Viewer("council", "E08000035"))
    assert set(found["gss_code"]) <= {"E08000035", "E06000001"}
    assert "E08000035" in set(found["gss_code"])


@pytest.mark.parametrize(
    ("collection", "expected"),
    [
        ("demonstration", "OFFICIAL-INVENTED-demonstration-awards-360giving.csv"),
        ("department", "OFFICIAL-SENSITIVE-department-awards-360giving.csv"),
    ],
)
def test_the_file_is_named_by_its_marking(collection, expected):
    assert file_name(collection, "csv") == expected
