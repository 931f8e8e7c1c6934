"""CSV on the Web metadata: shapes and words of the vocabulary, contract by contract."""

import csv
import json
import re

import pytest

from pipelines.datasets import ALL, dataset
from pipelines.outgoing.closed_lists import read_lists
from pipelines.outgoing.csvw import csvw_metadata
from pipelines.outgoing.csvw_links import LINKS
from settings import settings


LISTS = read_lists(settings.reference)
KINDS = pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)

# Properties that the vocabulary gives each kind of description, ours or not.
INHERITED = {
    "aboutUrl",
    "datatype",
    "default",
    "lang",
    "null",
    "ordered",
    "propertyUrl",
    "required",
    "separator",
    "textDirection",
    "valueUrl",
}
GROUP = {
    "@context",
    "tables",
    "dialect",
    "notes",
    "tableDirection",
    "tableSchema",
    "transformations",
    "@id",
    "@type",
}
TABLE = INHERITED | {
    "@context",
    "url",
    "dialect",
    "notes",
    "suppressOutput",
    "tableDirection",
    "tableSchema",
    "transformations",
    "@id",
    "@type",
}
SCHEMA = INHERITED | {"columns", "foreignKeys", "primaryKey", "rowTitles", "@id", "@type"}
COLUMN = INHERITED | {"name", "suppressOutput", "titles", "virtual", "@id", "@type"}
DIALECT = {
    "commentPrefix",
    "delimiter",
    "doubleQuote",
    "encoding",
    "header",
    "headerRowCount",
    "lineTerminators",
    "quoteChar",
    "skipBlankRows",
    "skipColumns",
    "skipInitialSpace",
    "skipRows",
    "trim",
    "@id",
    "@type",
}
DATATYPE = {
    "base",
    "format",
    "length",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "minInclusive",
    "maxInclusive",
    "minExclusive",
    "maxExclusive",
    "@id",
    "@type",
}
NUMBER_FORMAT = {"decimalChar", "groupChar", "pattern"}
NUMBERS, DAYS = {"integer", "decimal"}, {"date", "datetime"}
BASES = {
    "text": "string",
    "council": "string",
    "list": "string",
    "integer": "integer",
    "decimal": "decimal",
    "money": "decimal",
    "hours": "decimal",
    "percent": "decimal",
    "date": "date",
    "timestamp": "datetime",
    "boolean": "boolean",
}
# Common properties carry a prefix that the vocabulary's context knows.
COMMON = re.compile(r"(dc|dcterms|dcat|schema|skos):[a-zA-Z]+")


def written(name: str) -> dict:
    """The metadata as it comes back from its file."""
    made = csvw_metadata(dataset(name), LISTS, f"https://example.org/data/{name}.csv")
    return json.loads(json.dumps(made))


def tables(metadata: dict) -> list[dict]:
    """Table descriptions, alone or in a group."""
    return metadata.get("tables") or [metadata]


def columns(name: str) -> dict[str, dict]:
    """Columns of the dataset's own table, by name."""
    schema = tables(written(name))[0]["tableSchema"]
    return {column["name"]: column for column in schema["columns"]}


def foreign(description: dict, known: set[str]) -> set[str]:
    """Properties that the vocabulary does not have for this kind of description."""
    return {name for name in description if name not in known and not COMMON.match(name)}


@KINDS
def test_every_property_is_one_of_the_vocabulary_in_its_place(kind):
    metadata = written(kind.name)
    assert metadata["@context"] == "http://www.w3.org/ns/csvw"
    if "tables" in metadata:
        assert not foreign(metadata, GROUP)
    for table in tables(metadata):
        schema = table["tableSchema"]
        assert not foreign(table, TABLE)
        assert not foreign(schema, SCHEMA)
        assert not foreign(table["dialect"], DIALECT)
        for column in schema["columns"]:
            assert not foreign(column, COLUMN), column["name"]
            assert not foreign(column["datatype"], DATATYPE), column["name"]
            if isinstance(column["datatype"].get("format"), dict):
                assert set(column["datatype"]["format"]) <= NUMBER_FORMAT


def test_a_word_of_another_vocabulary_would_be_found():
    assert foreign({"name": "a", "enum": [1], "dc:title": "b"}, COLUMN) == {"enum"}


@KINDS
def test_columns_are_those_of_the_contract_in_its_order(kind):
    (own, *_) = tables(written(kind.name))
    found = own["tableSchema"]["columns"]
    assert [c["name"] for c in found] == [c.column for c in kind.columns]
    for column, said in zip(kind.columns, found, strict=True):
        assert said["titles"][0] == column.column
        assert said["required"] is column.is_required
        assert said["dc:description"] == column.definition
        assert said["datatype"]["base"] == BASES[column.type]
        assert ("separator" in said) is (column.type == "list")
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_]*", said["name"])


@KINDS
def test_facets_suit_their_base(kind):
    for name, column in columns(kind.name).items():
        about = column["datatype"]
        if about["base"] not in NUMBERS | DAYS:
            assert not {"minimum", "maximum"} & set(about), name
        if about["base"] != "string":
            assert "maxLength" not in about, name
        for limit in ("minimum", "maximum"):
            is_day = isinstance(about.get(limit, 0), str)
            assert is_day is (limit in about and about["base"] in DAYS), name


@KINDS
def test_the_example_of_the_template_fits_its_own_metadata(kind):
    said = columns(kind.name)
    for column in kind.columns:
        about = said[column.column]["datatype"]
        for cell in filter(None, column.example.split(said[column.column].get("separator", "\0"))):
            assert fits(cell, about), (column.column, cell)


def fits(cell: str, about: dict) -> bool:
    """Whether a cell has the datatype, by plain reading of the vocabulary."""
    if about["base"] == "string":
        shape = re.search(about.get("format", ""), cell)
        return bool(shape) and len(cell) <= about.get("maxLength", 10**6)
    if about["base"] in NUMBERS:
        value = float(cell.replace(about["format"]["groupChar"], ""))
        is_whole = about["base"] == "decimal" or value == int(value)
        low, high = about.get("minimum", value), about.get("maximum", value)
        return is_whole and low <= value <= high
    if about["base"] == "boolean":
        return cell in about["format"].split("|")
    time = r"T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)" if about["base"] == "datetime" else ""
    return re.fullmatch(rf"\d{{4}}-\d\d-\d\d{time}", cell) is not None


@pytest.mark.parametrize(
    ("name", "column", "cell"),
    [
        ("incidents", "incident_ref", "inc 1"),
        ("incidents", "gss_code", "Hackney"),
        ("incidents", "action", "Malware"),
        ("incidents", "ncsc_category", "7"),
        ("incidents", "is_integrity_lost", "yes"),
        ("incidents", "detected_at", "01/03/2025 08:30"),
        ("awards", "amount_awarded_gbp", "-1"),
        ("awards", "awarded_on", "15/01/2024"),
        ("problems", "pain_point", "x" * 281),
    ],
)
def test_a_cell_that_is_wrong_does_not_fit(name, column, cell):
    assert not fits(cell, columns(name)[column]["datatype"])


def test_a_closed_list_is_a_pattern_of_its_codes_and_of_no_others():
    shape = columns("incidents")["ico_incident_type"]["datatype"]["format"]
    for value in LISTS["ico_incident_type"]:
        assert re.search(shape, value.code)
    assert not re.search(shape, "Hardware")
    assert not re.search(shape, "Hardware/software misconfigurations")


@KINDS
def test_the_key_is_made_of_columns_and_of_versions_where_rows_have_them(kind):
    key = tables(written(kind.name))[0]["tableSchema"]["primaryKey"]
    assert tuple(key[: len(kind.key)]) == kind.key
    assert (key[-1] == "record_version") is not kind.is_public
    assert set(key) <= columns(kind.name).keys()


def test_a_foreign_key_names_a_table_of_the_group_by_its_whole_key():
    found = {}
    for kind in ALL:
        metadata = written(kind.name)
        keys = tables(metadata)[0]["tableSchema"].get("foreignKeys", [])
        by_url = {table["url"]: table for table in tables(metadata)}
        for key in keys:
            assert set(key) == {"columnReference", "reference"}
            assert set(key["reference"]) == {"resource", "columnReference"}
            parent = by_url[key["reference"]["resource"]]["tableSchema"]
            assert key["reference"]["columnReference"] == parent["primaryKey"]
            assert set(key["columnReference"]) <= columns(kind.name).keys()
            resource = key["reference"]["resource"].rpartition("/")[2]
            found.setdefault(kind.name, []).append(resource)
    assert found == {
        "reported_figures": ["reported_incidents.csv", "record_sources.csv"],
        "reported_awards": ["record_sources.csv"],
        "programme_totals": ["record_sources.csv"],
    }


def test_a_reference_to_rows_with_versions_stands_in_a_note():
    said = [note["dc:description"] for note in written("disruptions")["notes"]]
    assert (
        "gss_code and incident_ref, where filled in, names a row of incidents by its "
        "gss_code and incident_ref; that dataset may hold several rows for it."
    ) in said


def test_every_link_that_a_suite_checks_is_told():
    from expectations.relationships import BETWEEN

    for name, rules in BETWEEN.items():
        assert len(LINKS[name]) == len(rules), name
        told = {link.columns[-1] for link in LINKS[name]}
        shown = {rule.meta["column"].removesuffix("_given") for rule in rules}
        assert told == shown


@pytest.mark.parametrize("name", [kind.name for kind in ALL if kind.is_public])
def test_the_public_record_is_what_its_metadata_says(name):
    path = settings.public / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    said = columns(name)
    assert list(rows[0]) == list(said)
    for line, row in enumerate(rows, 2):
        for column, cell in row.items():
            assert cell or not said[column]["required"], (line, column)
            for part in filter(None, cell.split(said[column].get("separator", "\0"))):
                assert fits(part, said[column]["datatype"]), (line, column, part)


def test_marking_and_rights_differ_between_public_and_council_data():
    own, public = written("incidents"), written("record_sources")
    assert own["dc:accessRights"] == "OFFICIAL-SENSITIVE"
    assert "Not licensed" in own["dc:rights"]
    assert public["dc:accessRights"] == "OFFICIAL"
    assert own["dialect"]["encoding"] == "utf-8"
    assert own["null"] == ""
