"""python -m analytics: the figures of the pages, and refusals in plain words."""

import io
import json
import os
import re
import subprocess
import sys
from datetime import date

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from typer.testing import CliRunner

from analytics.__main__ import app
from analytics.reading import marts
from analytics.reading.reader import Reader
from analytics.reading.viewer import LOCAL_ANALYST
from settings import ROOT


KEYS = ("profile_outcomes_met", "hours_disrupted", "median_hours_to_restore")


@pytest.fixture
def run(shown):
    """Run the command in this process, on the demonstration warehouse."""
    runner = CliRunner()
    return lambda *words: runner.invoke(app, words)


def alone(folder, *words: str) -> subprocess.CompletedProcess:
    """Run the command as a person does."""
    return subprocess.run(
        [sys.executable, "-m", "analytics", *words],
        cwd=ROOT,
        env=os.environ | {"COUNCIL_WAREHOUSE": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def words_of(text: str) -> str:
    """What is said, without the frame around it and its line ends."""
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", text).split())


def frame_of(demo, key: str, by: str, **narrowed) -> pd.DataFrame:
    """The same question put to the reads."""
    about, scope = demo.indicator(key), demo.scope(**narrowed)
    if by == "council":
        return marts.councils(Reader(demo.path, LOCAL_ANALYST, scope), about)
    return marts.groups(Reader(demo.path, LOCAL_ANALYST, scope), about, by=by)


def same(given: pd.DataFrame, expected: pd.DataFrame) -> None:
    """Two frames with equal values, whatever became of empty text and types.

    What the file says of itself (unit, collection, marking) stands beside them.
    """
    given = given[expected.columns]
    as_read = expected.astype(object).where(expected.notna() & expected.ne(""), None)
    as_given = given.astype(object).where(given.notna() & given.ne(""), None)
    assert_frame_equal(as_given, as_read, check_dtype=False)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("by", ["council", "region", "type", "england"])
def test_values_as_csv_are_those_of_the_reads(run, demo, key, by):
    result = run("values", key, "--by", by)
    assert result.exit_code == 0
    given = pd.read_csv(io.StringIO(result.output))
    unit = demo.indicator(key).unit
    assert set(given["unit"]) == {unit}
    assert set(given["collection"]) == {"demonstration"}
    same(given, frame_of(demo, key, by))


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("by", ["council", "region", "type", "england"])
def test_values_as_json_are_those_of_the_reads(run, demo, key, by):
    result = run("values", key, "--by", by, "--format", "json")
    assert result.exit_code == 0
    told = json.loads(result.output)
    assert (told["indicator"], told["collection"]) == (key, "demonstration")
    same(pd.DataFrame(told["values"]), frame_of(demo, key, by))


def test_json_has_null_and_never_nan_where_a_value_is_unknown(run):
    result = run("values", KEYS[0], "--by", "council", "--format", "json")
    assert "NaN" not in result.output
    values = [row["value"] for row in json.loads(result.output)["values"]]
    assert None in values


def test_a_council_of_unknown_value_is_a_row_with_an_empty_cell(run):
    given = pd.read_csv(io.StringIO(run("values", KEYS[0], "--by", "council").output))
    assert len(given) == 317
    assert given["value"].isna().any()
    assert set(given.loc[given["value"].isna(), "note"]) == {"[x]"}


def test_regions_types_and_months_narrow_as_the_scope_does(run, demo):
    result = run(
        "values",
        "hours_disrupted",
        "--region",
        "London",
        "--region",
        "North East",
        "--type",
        "london",
        "--since",
        "2024-04",
        "--until",
        "2025-03-31",
    )
    about = demo.indicator("hours_disrupted")
    scope = demo.scope(regions=("London", "North East"), groups=("london",))
    scope = scope.within(date(2024, 4, 1), date(2025, 3, 1))
    expected = marts.groups(Reader(demo.path, LOCAL_ANALYST, scope), about, by="england")
    given = pd.read_csv(io.StringIO(result.output))
    same(given, expected)
    assert given["expected"].tolist() == [33]


def test_the_list_names_every_indicator(run, demo):
    told = json.loads(run("list", "--json").output)
    assert [each["key"] for each in told] == [each.key for each in demo.indicators]
    table = run("list").output
    assert all(each.key in table for each in demo.indicators)


@pytest.mark.parametrize(
    ("words", "said", "known"),
    [
        pytest.param(
            ["values", "hours"], "There is no indicator 'hours'.", "hours_disrupted", id="indicator"
        ),
        pytest.param(
            ["values", KEYS[0], "--region", "Wales"],
            "There is no region 'Wales'.",
            "North East, North West",
            id="region",
        ),
        pytest.param(
            ["values", KEYS[0], "--type", "parish"],
            "There is no type 'parish'.",
            "district",
            id="type",
        ),
        pytest.param(
            ["values", KEYS[0], "--since", "spring"],
            "'spring' is not a month",
            "such as 2024-04",
            id="month",
        ),
        pytest.param(
            ["values", KEYS[0], "--until", "2024-13"],
            "'2024-13' is not a month",
            "such as 2024-04",
            id="month that there is not",
        ),
        pytest.param(
            ["values", KEYS[0], "--since", "2025-04", "--until", "2024-04"],
            "--since is after --until",
            "",
            id="months the wrong way round",
        ),
        pytest.param(
            ["values", KEYS[0], "--collection", "public_record"],
            "No indicators for 'public_record'.",
            "demonstration",
            id="collection",
        ),
        pytest.param(
            ["values", KEYS[0], "--by", "borough"], "'borough' is not one of", "council", id="row"
        ),
        pytest.param(
            ["values", KEYS[0], "--format", "xml"], "'xml' is not one of", "csv", id="format"
        ),
    ],
)
def test_an_unknown_name_is_refused_with_the_known_ones(run, words, said, known):
    result = run(*words)
    assert result.exit_code == 2
    told = words_of(result.stderr)
    assert said in told
    assert known in told
    assert result.stdout == ""


def test_without_a_warehouse_one_sentence_says_what_to_run(tmp_path):
    result = alone(tmp_path, "values", KEYS[0])
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.strip() == (
        "Stopped: No warehouse has been built yet. Run: python -m pipelines build"
    )


def test_a_person_gets_csv_on_the_output_and_nothing_on_the_errors(demo):
    result = alone(demo.folder, "values", KEYS[1], "--by", "region")
    assert (result.returncode, result.stderr) == (0, "")
    assert len(result.stdout.splitlines()) == 10
