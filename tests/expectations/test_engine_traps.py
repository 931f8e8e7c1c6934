"""Traps of Great Expectations: it passes what was never checked, and we do not.

Each test first shows the trap in the library itself, so that it says so when the
library changes, and then that ours is not caught in it.
"""

import json

import duckdb
import great_expectations as gx
import pandas as pd
import pytest
from great_expectations import ExpectationSuite

from expectations import phrases
from expectations.engine import Validator
from expectations.suites import suite
from pipelines import check
from pipelines.datasets import ALL, dataset
from pipelines.errors import BuildError
from pipelines.outgoing.closed_lists import read_lists
from settings import settings


UNKNOWN = """[
  {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "word"},
   "meta": {"rule_id": "word.required", "column": "word"}},
  {"type": "expect_column_values_to_be_plausible", "kwargs": {"column": "word"},
   "meta": {"rule_id": "word.plausible", "column": "word"}}
]"""
CODES = {
    name: [value.code for value in values]
    for name, values in read_lists(settings.reference).items()
}
NEVER = phrases.one_of("word", ["no such word"])


def validated(frame: pd.DataFrame, rules: ExpectationSuite) -> bool:
    """What the library's own pandas engine says of a table."""
    context = gx.get_context(mode="ephemeral")
    asset = context.data_sources.add_pandas("own").add_dataframe_asset("things")
    definition = asset.add_batch_definition_whole_dataframe("all")
    batch = definition.get_batch(batch_parameters={"dataframe": frame})
    return bool(batch.validate(rules).success)


@pytest.fixture
def staged():
    """A connection with `staging.incidents`, which has one column and no rows."""
    with duckdb.connect() as connection:
        connection.execute("create schema staging")
        connection.execute("create table staging.incidents (word varchar)")
        yield connection


def run_check(connection: duckdb.DuckDBPyConnection) -> None:
    check.check(connection, CODES, (dataset("incidents"),))


# An unknown rule ----------------------------------------------------------------------


def test_the_library_drops_a_rule_of_a_type_that_it_does_not_know():
    rules = json.loads(UNKNOWN)
    kept = ExpectationSuite(name="things", expectations=rules).expectations
    assert [rule.meta["rule_id"] for rule in kept] == ["word.required"]


def test_a_suite_that_the_library_shortened_raises():
    with pytest.raises(ValueError, match="things lost or repeated a rule"):
        phrases.named("things", json.loads(UNKNOWN))


def test_a_suite_from_json_whose_rules_are_all_known_is_kept_whole():
    known = json.loads(UNKNOWN)[:1]
    assert len(phrases.named("things", known).expectations) == 1


# An empty suite -----------------------------------------------------------------------


def test_the_library_passes_any_table_with_an_empty_suite():
    frame = pd.DataFrame({"word": ["anything"]})
    assert validated(frame, ExpectationSuite(name="things", expectations=[]))
    assert not validated(frame, phrases.named("things", [NEVER]))


def test_a_suite_without_rules_raises():
    with pytest.raises(ValueError, match="things has no rules and would pass any file"):
        phrases.named("things", [])


def test_no_dataset_has_a_suite_without_rules():
    counts = {kind.name: len(suite(kind, CODES).expectations) for kind in ALL}
    assert min(counts.values()) > 1, counts


# A table without rows -----------------------------------------------------------------


def test_the_library_passes_a_table_without_rows():
    frame = pd.DataFrame({"word": pd.Series([], dtype="str")})
    assert validated(frame, phrases.named("things", [NEVER]))


def test_our_engine_says_of_a_table_without_rows_that_nothing_was_evaluated(staged):
    validator = Validator(staged)
    (verdict,) = validator.validate("staging", "incidents", phrases.named("things", [NEVER]))
    validator.close()
    assert (verdict.evaluated, verdict.unexpected) == (0, 0)


def test_no_rule_is_recorded_as_passed_for_a_table_without_rows(staged):
    # There is no table for verdicts: recording one would raise.
    run_check(staged)
    staged.execute("insert into staging.incidents values ('a row')")
    with pytest.raises((BuildError, duckdb.CatalogException)):
        run_check(staged)


# A check that raises ------------------------------------------------------------------


def test_the_library_reports_a_check_that_raised_as_no_more_than_failed():
    frame = pd.DataFrame({"other": ["anything"]})
    assert not validated(frame, phrases.named("things", [NEVER]))


def test_a_rule_on_a_missing_column_is_an_error_and_not_a_failure(staged):
    staged.execute("insert into staging.incidents values ('a row')")
    missing = phrases.true("is_missing", "It is there.", "word")
    validator = Validator(staged)
    rules = phrases.named("things", [missing, NEVER])
    verdicts = validator.validate("staging", "incidents", rules)
    validator.close()
    assert [verdict.status for verdict in verdicts] == ["ERROR", "FAIL"]


def test_a_rule_on_a_missing_column_stops_the_build(staged):
    staged.execute("insert into staging.incidents values ('a row')")
    with pytest.raises(BuildError, match=r"could not run.*Nothing was published"):
        run_check(staged)
