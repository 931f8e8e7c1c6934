"""The DuckDB plug-in: it agrees with Great Expectations itself, or the build stops."""

import duckdb
import great_expectations as gx
import pandas as pd
import pytest
from great_expectations.expectations import ExpectColumnValuesToNotMatchRegex

from expectations import phrases
from expectations.engine import Validator
from expectations.locate import locate
from expectations.suites import suite
from pipelines import check
from pipelines.datasets import ALL, dataset
from pipelines.errors import BuildError
from tests.support.rows import row, write
from tests.support.warehouse import Extracted, closed_lists


# Clean, blank, unreadable and wrong cells of each kind, quotation marks included.
DIRTY = pd.DataFrame(
    {
        "word": ["Cyber", None, "cyber", "O'Neill", "", "no such", "Cyber\n", "Cybér"],
        "code": ["A1.a", "A1.g", None, "", "xA1.a", "A1.a ", "B6.b", "a1.a"],
        "size": [0.0, 1.0, 6.0, 7.0, None, -1.0, 1.5, 6.01],
        "day": [1, None, None, 4, None, 6, 7, 8],
        "day__unread": [None, "abc", None, None, "31/02/2024", None, None, ""],
        "note": ["short", "exactly te", "eleven char", None, "", "£" * 11, "é", "x"],
        "is_so": [True, False, None, True, False, False, True, None],
    }
).assign(weight=lambda rows: rows["size"], height=lambda rows: rows["size"])
RULES = [
    phrases.required("word", typed=False),
    phrases.required("day", typed=True),
    phrases.readable("day", "date"),
    phrases.one_of("word", ["Cyber", "O'Neill"]),
    phrases.matches("code", r"^[A-D][1-6]\.[a-f]$", "A1.a"),
    phrases.between("size", 1, 6),
    phrases.no_longer_than("note", 10),
    phrases.true("is_so", "It is so.", "word"),
    phrases.between("weight", None, 6),
    phrases.between("height", 1, None),
]
BY_EYE = {
    "word.required": 1,
    "day.required": 1,
    "day.readable": 3,
    "word.allowed": 5,
    "code.pattern": 5,
    "size.between": 4,
    "note.length": 2,
    "is_so": 3,
    "weight.between": 2,
    "height.between": 2,
}


@pytest.fixture(scope="module")
def table():
    """The dirty rows as a staging table."""
    with duckdb.connect() as connection:
        connection.execute("create schema staging")
        connection.register("dirty", DIRTY)
        connection.execute(
            "create table staging.things as select * exclude (day, is_so), "
            "cast(day as bigint) as day, cast(is_so as boolean) as is_so, "
            "'department' as collection, 1 as arrival, "
            "row_number() over () + 1 as source_row from dirty"
        )
        yield connection


def counted_by_pandas() -> dict[str, int]:
    """What Great Expectations counts with its own engine."""
    context = gx.get_context(mode="ephemeral")
    asset = context.data_sources.add_pandas("own").add_dataframe_asset("things")
    definition = asset.add_batch_definition_whole_dataframe("all")
    batch = definition.get_batch(batch_parameters={"dataframe": DIRTY})
    answer = batch.validate(phrases.named("things", RULES), result_format="BASIC")
    return {
        result.expectation_config.meta["rule_id"]: result.result["unexpected_count"]
        for result in answer.results
    }


@pytest.fixture
def staged(tmp_path):
    """One staged incident with an action that is in no list."""
    path = write(tmp_path / "1.csv", [row("incidents", action="no such")])
    return Extracted("incidents", path).stage().connection


def run_check(connection: duckdb.DuckDBPyConnection) -> None:
    check.check(connection, closed_lists(), (dataset("incidents"),))


def test_every_kind_of_rule_counts_as_great_expectations_does(table):
    validator = Validator(table)
    verdicts = validator.validate("staging", "things", phrases.named("things", RULES))
    validator.close()
    assert {verdict.rule: verdict.unexpected for verdict in verdicts} == BY_EYE
    assert counted_by_pandas() == BY_EYE


def test_the_rows_found_are_as_many_and_the_right_ones(table):
    found = table.execute(locate("staging", "things", RULES)).fetchall()
    lines = {rule: [] for rule in BY_EYE}
    for _, _, line, rule, _ in found:
        lines[rule].append(line)
    assert {rule: len(place) for rule, place in lines.items()} == BY_EYE
    assert sorted(lines["day.required"]) == [4]
    assert sorted(lines["size.between"]) == [2, 5, 7, 9]
    assert sorted(lines["is_so"]) == [3, 6, 7]


def test_the_fixture_has_every_type_of_rule_that_the_suites_use():
    used = {type(rule) for kind in ALL for rule in suite(kind, closed_lists()).expectations}
    assert used == {type(rule) for rule in RULES}


def test_a_verdict_carries_what_people_see(table):
    validator = Validator(table)
    rules = phrases.named("things", [phrases.between("size", 1, 6)])
    (verdict,) = validator.validate("staging", "things", rules)
    validator.close()
    assert verdict.description == "Size is at least 1 and at most 6."
    assert (verdict.column, verdict.severity, verdict.status) == ("size", "warning", "FAIL")
    assert verdict.evaluated == 8


def test_a_type_that_cannot_be_located_raises():
    rule = ExpectColumnValuesToNotMatchRegex(
        column="word", regex="x", meta={"rule_id": "word.never", "column": "word"}
    )
    with pytest.raises(BuildError, match="ExpectColumnValuesToNotMatchRegex cannot be"):
        locate("staging", "things", [rule])


def test_a_condition_that_cannot_be_located_raises():
    rule = phrases.required("day", typed=True)
    rule.row_condition = phrases.Where("day__unread").is_not_null()
    with pytest.raises(BuildError, match=r"day.required has a condition not known"):
        locate("staging", "things", [rule])


def test_a_suite_that_loses_a_rule_raises(monkeypatch):
    class Forgetful:
        def __init__(self, name, expectations):
            self.expectations = expectations[1:]

    monkeypatch.setattr(phrases, "ExpectationSuite", Forgetful)
    with pytest.raises(ValueError, match="lost or repeated a rule"):
        suite(dataset("incidents"), closed_lists())


def test_a_suite_that_names_two_rules_alike_raises():
    twice = [phrases.true("is_so", "Is.", "a"), phrases.true("is_so", "Is.", "b")]
    with pytest.raises(ValueError, match="lost or repeated a rule"):
        phrases.named("twice", twice)


def test_a_suite_passes_on_every_rule_of_the_contract_and_its_module(staged):
    run_check(staged)
    count = len(suite(dataset("incidents"), closed_lists()).expectations)
    assert staged.execute("select count(*) from quality.verdicts").fetchone() == (count,)
    assert staged.execute("select rule_id, value from quality.faults").fetchall() == [
        ("action.allowed", "no such")
    ]


def test_a_rule_on_a_column_that_is_missing_stops_the_build(staged, monkeypatch):
    rule = phrases.true("is_missing", "It is there.", "action")
    monkeypatch.setattr(check, "suite", lambda *a: phrases.named("one", [rule]))
    with pytest.raises(BuildError, match=r"could not run.*incidents: is_missing"):
        run_check(staged)


def test_counts_that_disagree_stop_the_build(staged, monkeypatch):
    real = check.locate
    monkeypatch.setattr(check, "locate", lambda *a: f"from ({real(*a)}) limit 0")
    with pytest.raises(BuildError, match=r"action.allowed.*counted 1 rows and 0 were"):
        run_check(staged)


def test_a_rollback_by_the_plug_in_does_not_undo_our_rows(table):
    table.execute("create or replace table staging.kept as select 1 as n")
    validator = Validator(table)
    validator.validate("staging", "things", phrases.named("things", RULES))
    validator.close()
    assert table.execute("from staging.kept").fetchall() == [(1,)]
