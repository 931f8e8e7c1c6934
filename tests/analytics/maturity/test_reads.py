"""The reads of risk maturity: sums that can be done by eye, on a few rows.

Levels are 3 Achieved, 2 Partially achieved, 1 Not achieved; empty is not assessed.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from analytics.maturity.actions import reads as actions_reads
from analytics.maturity.movement import reads as movement_reads
from analytics.maturity.outcomes import reads
from analytics.maturity.standing import reads as improvement
from analytics.maturity.systems import reads as systems_reads
from analytics.maturity.trust import reads as maturity
from analytics.reading import caf
from analytics.reading.reader import Reader
from analytics.reading.viewer import LOCAL_ANALYST
from tests.support.maturity_marts import (
    COLUMNS,
    NOUGHT,
    TYPE_OF,
    YEAR,
    YEARS,
    a_row_each,
    councils_of,
    many,
    numbered,
    warehouse_of,
)


THREE = councils_of("N1 | N | unitary", "N2 | N | district", "S1 | S | unitary")
LEVELS = list(reads.LEVELS)


@pytest.fixture
def made(tmp_path):
    """A maker of warehouses in this test's folder, of three councils if not told."""
    return lambda councils=THREE, **tables: warehouse_of(
        tmp_path / "made.duckdb", councils=councils, **tables
    )


def read(function, path: str, scope=YEAR, **options) -> pd.DataFrame:
    return function(Reader(path, LOCAL_ANALYST, scope), **options)


def by(frame: pd.DataFrame, *keys: str) -> pd.DataFrame:
    """A frame by the columns that tell its rows apart, none of which is there twice."""
    found = frame.set_index(list(keys))
    assert found.index.is_unique
    return found


def told(frame: pd.DataFrame, *columns: str) -> list[list]:
    """Cells as numbers and words, in the order of the rows; None where unknown."""
    chosen = frame[list(columns)].astype(object)
    return chosen.where(chosen.notna(), None).to_numpy().tolist()


def test_tables_by_hand_have_the_columns_of_the_pipeline(demo):
    for name, columns in COLUMNS.items():
        found = demo.rows(f"describe marts.{name}").set_index("column_name")
        kinds = found["column_type"].str.lower().to_dict()
        by_hand = {one: TYPE_OF.get(one, "varchar") for one in columns.split()}
        assert kinds == by_hand, name


# Outcomes -----------------------------------------------------------------------------

# B1.a is listed and not asked for: the profile wants no more than Not achieved.
OUTCOMES = """
    gss_code | outcome_code | required | level
    N1       | A1.a         | 3        | 3
    N1       | A1.b         | 3        | 2
    N1       | A2.a         | 2        | 2
    N1       | B1.a         | 1        | 3
    N2       | A1.a         | 3        | 3
    N2       | A1.b         | 3        |
    N2       | A2.a         | 2        | 1
    N2       | B1.a         | 1        | 1
    S1       | A1.a         | 3        | 1
    S1       | A1.b         | 3        | 3
    S1       | A2.a         | 2        | 3
    S1       | B1.a         | 1        | 2
"""
RATIO = ("numerator", "denominator")


def test_outcomes_met_are_counted_over_those_known_and_asked_for(made):
    found = by(read(reads.outcomes, made(profile_outcomes=OUTCOMES)), "code")
    assert told(found.loc[["A1.a", "A1.b", "A2.a"]], *RATIO) == [[2, 3], [1, 2], [2, 3]]
    assert found["value"]["A1.b"] == 50
    assert found["note"]["A1.b"] == ""


def test_an_outcome_that_is_not_asked_for_has_levels_and_no_share(made):
    found = by(read(reads.outcomes, made(profile_outcomes=OUTCOMES)), "code")
    assert told(found.loc[["B1.a"]], *RATIO, *LEVELS) == [[0, 0, 1, 1, 1, 0]]
    assert pd.isna(found["value"]["B1.a"])
    assert found["note"]["B1.a"] == "[x]"
    # The row before has a share, which must not be carried into this one.
    assert found.index.tolist() == ["A1.a", "A1.b", "A2.a", "B1.a"]


def test_councils_are_counted_by_the_level_that_they_reach(made):
    found = by(read(reads.outcomes, made(profile_outcomes=OUTCOMES)), "code")
    assert LEVELS == ["achieved", "partly", "not_achieved", "unknown"]
    assert told(found, *LEVELS) == [[2, 0, 1, 0], [1, 1, 0, 1], [1, 1, 1, 0], [1, 1, 1, 0]]
    assert found["councils"].tolist() == [3, 3, 3, 3]


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("principle", {"A1": [3, 5], "A2": [2, 3], "B1": [0, 0]}),
        ("objective", {"A": [5, 8], "B": [0, 0]}),
    ],
)
def test_principles_and_objectives_add_up_their_outcomes(made, unit, expected):
    path = made(profile_outcomes=OUTCOMES)
    found = by(read(reads.outcomes, path, unit=unit), "code")
    assert {code: told(found.loc[[code]], *RATIO)[0] for code in found.index} == (expected)


def test_the_ratio_of_a_principle_leaves_out_what_is_not_asked_for(made):
    path = made(
        profile_outcomes="""
        gss_code | outcome_code | required | level
        N1       | A1.a         | 3        | 1
        N1       | A1.b         | 1        | 3
    """
    )
    found = read(reads.outcomes, path, unit="principle").iloc[0]
    assert (found["numerator"], found["denominator"], found["value"]) == (0, 1, 0)
    assert (found["achieved"], found["not_achieved"]) == (1, 1)


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("england", {"England": [3, 5]}),
        ("region", {"N": [2, 3], "S": [1, 2]}),
        ("type", {"unitary": [2, 4], "district": [1, 1]}),
        ("council", {"N1": [1, 2], "N2": [1, 1], "S1": [1, 2]}),
    ],
)
def test_councils_add_up_by_any_way_of_grouping_them(made, way, expected):
    path = made(profile_outcomes=OUTCOMES)
    found = read(reads.outcomes, path, by=way, unit="principle")
    found = by(found[found["code"] == "A1"], "group_code")
    assert {code: told(found.loc[[code]], *RATIO)[0] for code in found.index} == (expected)


def test_groups_are_named_and_regions_come_in_their_order(made):
    path = made(profile_outcomes=OUTCOMES)
    found = read(reads.outcomes, path, by="council", unit="objective")
    assert found["group_label"].unique().tolist() == ["Council N1", "Council N2", "Council S1"]
    types = read(reads.outcomes, path, by="type", unit="objective")
    assert types["group_label"].unique().tolist() == ["DISTRICT", "UNITARY"]
    regions = read(reads.outcomes, path, by="region", unit="objective")
    assert regions["group_label"].unique().tolist() == ["N", "S"]


def test_a_scope_takes_regions_types_or_councils(made):
    path = made(profile_outcomes=OUTCOMES)
    sums = {
        "N": replace(YEAR, regions=("N",)),
        "unitary": replace(YEAR, groups=("unitary",)),
        "both": replace(YEAR, regions=("N",), groups=("unitary",)),
        "S1": replace(YEAR, councils=("S1",)),
    }
    found = {
        name: told(read(reads.outcomes, path, scope, unit="objective"), *RATIO)[0]
        for name, scope in sums.items()
    }
    assert found == {"N": [3, 5], "unitary": [4, 6], "both": [2, 3], "S1": [2, 3]}


def test_a_region_with_no_row_is_left_out_and_not_zero(made):
    path = made(
        profile_outcomes="""
        gss_code | level
        N1       | 3
    """
    )
    found = read(reads.outcomes, path, by="region")
    assert found["group_code"].tolist() == ["N"]


def test_nothing_known_is_unknown_and_not_zero(made):
    path = made(
        profile_outcomes="""
        gss_code | level
        N1       |
        S1       | 1
    """
    )
    found = by(read(reads.outcomes, path, by="region"), "group_code")
    assert told(found, "value", "note") == [[None, "[x]"], [0.0, ""]]
    assert told(found, "denominator", "unknown") == [[0, 1], [1, 0]]


def test_a_code_is_named_in_its_own_version_of_the_framework(made):
    path = made(
        profile_outcomes="""
        gss_code | caf_version | outcome_code | level
        N1       | 3.2         | A2.b         | 3
        S1       | 4.0         | A2.b         | 1
    """
    )
    found = by(read(reads.outcomes, path), "caf_version").sort_index()
    assert told(found, "code", "name", "value") == [
        ["A2.b", "Assurance", 100.0],
        ["A2.b", "Understanding Threat", 0.0],
    ]
    assert found["principle"].tolist() == ["Risk Management"] * 2


def test_councils_of_the_past_count_in_sums_and_not_among_councils(made):
    split = THREE + "\nN9 | N | county | upper | false"
    path = made(split, profile_outcomes=many(["N1", "N9"], level=3))
    found = read(reads.outcomes, path).iloc[0]
    assert (found["numerator"], found["councils"]) == (2, 1)
    assert read(reads.outcomes, path, by="region")["numerator"].tolist() == [2]


def test_two_councils_of_the_day_are_one_council_of_today(made):
    path = made(
        profile_outcomes="""
        gss_code | gss_code_of_day | level
        N1       | OLD1            | 3
        N1       | OLD2            | 1
    """
    )
    found = read(reads.outcomes, path).iloc[0]
    assert (found["numerator"], found["denominator"], found["councils"]) == (1, 2, 1)


def test_every_year_of_a_range_has_its_row(made):
    path = made(
        profile_outcomes="""
        gss_code | period     | level
        N1       | 2021-04-01 | 1
        N1       | 2022-04-01 | 1
        N1       | 2023-04-01 | 3
        N1       | 2024-04-01 | 3
        N1       | 2025-04-01 | 1
    """
    )
    found = read(reads.outcomes, path, YEARS)
    assert found["period"].dt.year.tolist() == [2022, 2023, 2024]
    assert found["value"].tolist() == [0, 100, 100]


# Scopes and profiles ------------------------------------------------------------------


def test_years_with_assessments_and_the_scope_of_one(made):
    path = made(
        profile_results="""
        gss_code | period     | caf_version
        N1       | 2022-04-01 | 3.2
        N1       | 2023-04-01 | 3.2
        N2       | 2023-04-01 | 4.0
    """
    )
    found = read(caf.assessed_years, path, YEARS)
    versions = [["2022/23", "3.2"], ["2023/24", "4.0"]]
    assert told(found, "period_label", "caf_version") == versions
    last = caf.latest(replace(YEARS, regions=("N",)), found)
    assert (last.since, last.until) == (date(2023, 4, 1), date(2024, 3, 1))
    assert last.regions == ("N",)
    peers = replace(last, groups=("county",), councils=("S1",), peers_of="N1")
    alone = caf.alone(peers, "N2")
    assert alone == replace(last, regions=(), councils=("N2",))


@pytest.mark.parametrize(
    ("until", "year", "last_day"),
    [
        (date(2025, 3, 1), date(2024, 4, 1), date(2025, 3, 31)),
        (date(2024, 4, 1), date(2024, 4, 1), date(2024, 4, 30)),
        (date(2024, 12, 1), date(2024, 4, 1), date(2024, 12, 31)),
        (date(2024, 2, 1), date(2023, 4, 1), date(2024, 2, 29)),
    ],
)
def test_the_last_year_and_day_of_a_scope(until, year, last_day):
    scope = YEAR.within(date(2023, 1, 1), until)
    found = Reader("", LOCAL_ANALYST, scope).parameters()
    assert (found["until_year"], found["last_day"]) == (year, last_day)


def test_profiles_come_with_those_of_the_dashboard_first(made):
    path = made(
        profiles="""
        profile  | profile_label | sort_order | outcome_code | required | thread
        aardvark | Our own       |            | A1.a         | 2        | A1.a
        enhanced | Enhanced      | 2          | A1.a         | 3        | A1.a
        baseline | Baseline      | 1          | A1.a         | 3        | A1.a
        baseline | Baseline      | 1          | A1.b         | 1        |
    """
    )
    found = caf.profiles(path, LOCAL_ANALYST, "demonstration")
    assert list(found.items()) == [
        ("baseline", "Baseline"),
        ("enhanced", "Enhanced"),
        ("aardvark", "Our own"),
    ]
    assert caf.profiles(path, LOCAL_ANALYST, "department") == {}
    listed = caf.profile(path, LOCAL_ANALYST, "demonstration", "baseline")
    assert told(listed, "outcome_code", "required", "thread") == [
        ["A1.a", 3, "A1.a"],
        ["A1.b", 1, None],
    ]


# States -------------------------------------------------------------------------------

STATES = """
    gss_code | state         | is_complete | not_assessed | not_sent | judged_in_part | systems_assessed | missing_systems
    N1       | assured       | true        | 0            | 0        | 0              | 3                | 0
    N2       | self_assessed | false       | 2            | 0        | 1              | 2                | 1
    N3       | peer_reviewed | false       | 0            | 4        | 0              | 4                | 0
    S1       | draft         | false       |              |          |                | 0                | 0
    S2       | cancelled     | false       |              |          |                | 0                | 0
"""  # noqa: E501
RESULTS = """
    gss_code | met | below | unknown | is_profile_met
    N1       | 39  | 2     | 0       | false
    N2       | 20  | 0     | 21      |
    N3       | 41  | 0     | 0       | true
"""
OF_FIVE = ["N1", "N2", "N3", "S1", "S2"]
FIVE = councils_of(*(f"{code} | {code[0]} | unitary" for code in OF_FIVE))


def test_assessments_are_counted_by_their_state(made):
    path = made(FIVE, completeness=STATES, profile_results=RESULTS)
    found = read(caf.states, path).iloc[0]
    assert found[list(caf.STATES)].tolist() == [1, 1, 1, 1, 1]
    # Drafts and cancelled ones are there, and are not counted.
    assert found[["numerator", "denominator", "value"]].tolist() == [3, 5, 60]
    assert found[["councils", "expected"]].tolist() == [3, 5]
    assert (found["period_label"], found["caf_version"]) == ("2024/25", "4.0")


def test_what_is_missing_is_counted_over_counted_assessments(made):
    path = made(FIVE, completeness=STATES, profile_results=RESULTS)
    found = read(caf.states, path).iloc[0]
    ways = [
        "complete",
        "with_not_assessed",
        "with_not_sent",
        "with_parts",
        "with_missing_systems",
        "with_few_systems",
    ]
    assert found[ways].tolist() == [1, 1, 1, 1, 1, 1]


def test_evidence_is_told_over_counted_assessments(made):
    path = made(
        FIVE,
        completeness="""
        gss_code | state         | without_evidence | evidence_told
        N1       | assured       | 2                | 41
        N2       | self_assessed | 9                | 10
        S1       | draft         | 5                | 5
    """,
    )
    found = read(caf.states, path).iloc[0]
    assert found[["without_evidence", "evidence_told"]].tolist() == [11, 51]


def test_a_profile_is_met_or_not_or_that_is_unknown(made):
    path = made(FIVE, completeness=STATES, profile_results=RESULTS)
    found = read(caf.states, path).iloc[0]
    counts = ["meeting", "not_meeting", "meeting_unknown"]
    assert found[counts].tolist() == [1, 1, 1]


def test_outcomes_met_are_told_over_all_and_over_the_best_known(made):
    path = made(FIVE, completeness=STATES, profile_results=RESULTS)
    found = read(caf.states, path).iloc[0]
    assert found[["met", "assessed", "unjudged"]].tolist() == [100, 102, 21]
    assert found[["met_complete", "assessed_complete"]].tolist() == [39, 41]
    assert found[["met_assured", "assessed_assured"]].tolist() == [39, 41]


def test_where_all_are_drafts_nothing_is_known_of_what_is_met(made):
    path = made(FIVE, completeness=STATES, profile_results=RESULTS)
    found = by(read(caf.states, path, by="region"), "group_code").loc["S"]
    assert found[["numerator", "councils", "expected"]].tolist() == [0, 0, 2]
    names = [
        "met",
        "assessed",
        "met_complete",
        "assessed_complete",
        "met_assured",
        "assessed_assured",
    ]
    assert found[names].isna().all()


def test_states_are_judged_by_the_profile_of_the_scope(made):
    other = RESULTS.replace("41 ", "10 ").replace("true", "false")
    rows = [
        {"gss_code": "N1", "met": 1, "below": 0, "profile": "baseline"},
        {"gss_code": "N1", "met": 0, "below": 1, "profile": "other"},
    ]
    assert other != RESULTS
    path = made(FIVE, completeness=STATES, profile_results=rows)
    assert read(caf.states, path)["met"].tolist() == [1]
    judged = replace(YEAR, profile="other")
    assert read(caf.states, path, judged)["met"].tolist() == [0]
    # Those without a result by this profile are still there as assessments.
    assert read(caf.states, path, judged)["numerator"].tolist() == [3]


# Reviews ------------------------------------------------------------------------------

REVIEWS = """
    gss_code | outcome_code | required | self_level | review_level
    N1       | A1.a         | 3        | 3          | 1
    N1       | A1.b         | 1        | 3          | 3
    N2       | A1.a         | 3        | 3          | 2
    N2       | A1.b         | 1        | 2          |
    S1       | A1.a         | 3        | 2          | 3
    S1       | A2.a         | 2        | 2          | 2
    S1       | A1.b         | 1        |            | 1
"""
SIZES = ("above_two", "above_one", "same", "below")


def test_differences_are_counted_by_direction_and_size(made):
    found = by(read(maturity.reviews, made(profile_outcomes=REVIEWS)), "code")
    assert told(found, *SIZES) == [[1, 1, 0, 1], [0, 0, 1, 0], [0, 0, 1, 0]]
    assert found["numerator"].tolist() == [2, 0, 0]
    # Outcomes that one side alone judged are on neither side.
    assert found["denominator"].tolist() == [3, 1, 1]
    assert found["councils"].tolist() == [3, 1, 1]
    assert found["value"].round(6).tolist() == [66.666667, 0, 0]


def test_met_by_self_and_by_review_are_over_outcomes_asked_for(made):
    found = by(read(maturity.reviews, made(profile_outcomes=REVIEWS)), "code")
    names = ("asked", "met_by_self", "met_by_review")
    assert told(found, *names) == [[3, 2, 1], [0, 0, 0], [1, 1, 1]]


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("all", {"all": [1, 1, 2, 1]}), ("principle", {"A1": [1, 1, 1, 1], "A2": [0, 0, 1, 0]})],
)
def test_reviews_add_up_by_principle_and_in_all(made, unit, expected):
    path = made(profile_outcomes=REVIEWS)
    found = by(read(maturity.reviews, path, unit=unit), "code")
    assert {code: told(found.loc[[code]], *SIZES)[0] for code in found.index} == (expected)


def test_a_council_that_nobody_reviewed_has_no_row(made):
    path = made(
        profile_outcomes="""
        gss_code | self_level | review_level
        N1       | 3          |
        S1       | 3          | 3
    """
    )
    found = read(maturity.reviews, path, by="council", unit="all")
    assert found["group_code"].tolist() == ["S1"]


# Moves --------------------------------------------------------------------------------

ASKED = """
    caf_version | outcome_code | required
    4.0         | A1.a         | 3
    4.0         | A1.b         | 2
    4.0         | B1.a         | 1
"""
MOVES = """
    gss_code | outcome_code | level_before | level
    N1       | A1.a         | 2            | 3
    N1       | A1.b         | 2            | 1
    N1       | B1.a         | 1            | 3
    N2       | A1.a         | 3            | 1
    N2       | A1.b         |              | 3
    N2       | B1.a         | 1            | 1
    S1       | A1.a         | 3            | 3
    S1       | A1.b         | 1            |
    S1       | C1.a         | 1            | 1
"""
WAYS = ("improved", "slipped", "same", "unknown")


def test_moves_are_up_down_none_or_unknown(made):
    found = read(movement_reads.moves, made(moves=MOVES, profiles=ASKED)).iloc[0]
    assert found[list(WAYS)].tolist() == [2, 2, 3, 2]
    assert found["denominator"] == 9
    names = ["councils_improving", "councils_slipping", "councils_level"]
    assert found[names].tolist() == [1, 1, 1]
    assert (found["councils"], found["code"]) == (3, "all")


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("objective", {"A": [1, 2, 1, 2], "B": [1, 0, 1, 0], "C": [0, 0, 1, 0]}),
        ("principle", {"A1": [1, 2, 1, 2], "B1": [1, 0, 1, 0], "C1": [0, 0, 1, 0]}),
        (
            "outcome",
            {
                "A1.a": [1, 1, 1, 0],
                "A1.b": [0, 1, 0, 2],
                "B1.a": [1, 0, 1, 0],
                "C1.a": [0, 0, 1, 0],
            },
        ),
    ],
)
def test_moves_add_up_by_outcome_principle_and_objective(made, unit, expected):
    path = made(moves=MOVES, profiles=ASKED)
    found = by(read(movement_reads.moves, path, unit=unit), "code")
    assert {code: told(found.loc[[code]], *WAYS)[0] for code in found.index} == expected
    assert found["name"].notna().all()


def test_moves_by_region_type_and_council(made):
    path = made(moves=MOVES, profiles=ASKED)
    regions = by(read(movement_reads.moves, path, by="region"), "group_code")
    assert told(regions, *WAYS) == [[2, 2, 1, 1], [0, 0, 2, 1]]
    types = by(read(movement_reads.moves, path, by="type"), "group_code")
    assert told(types.loc[["district"]], *WAYS) == [[0, 1, 1, 1]]
    each = by(read(movement_reads.moves, path, by="council"), "group_code")
    assert told(each.loc[["N1"]], *WAYS) == [[2, 1, 0, 0]]


def test_moves_across_versions_say_both(made):
    path = made(
        moves="""
        gss_code | caf_version | version_before | outcome_code | level_before | level
        N1       | 4.0         | 3.2            | A2.c         | 1            | 3
    """
    )
    found = read(movement_reads.moves, path, unit="outcome").iloc[0]
    assert (found["version_before"], found["caf_version"]) == ("3.2", "4.0")
    assert (found["code"], found["name"]) == ("A2.c", "Assurance")


def test_moves_by_outcome_keep_the_versions_apart(made):
    # A2.b is Assurance in 3.2 and Understanding Threat in 4.0.
    path = made(
        moves="""
        gss_code | caf_version | version_before | outcome_code | level_before | level
        N1       | 3.2         | 3.2            | A2.b         | 1            | 3
        S1       | 4.0         | 4.0            | A2.b         | 3            | 1
    """
    )
    found = read(movement_reads.moves, path, unit="outcome")
    assert told(found, "name", "improved", "slipped") == [
        ["Assurance", 1, 0],
        ["Understanding Threat", 0, 1],
    ]


# Versions -----------------------------------------------------------------------------

REBASED = """
    gss_code | met_before | listed_before | assessed_before | dropped | raised | eased | gained | lost | new | unknown | met_after | listed_after | assessed_after
    N1       | 39         | 39            | 39              | 1       | 11     | 0     | 2      | 3    | 2   | -1      | 27        | 41           | 40
    N2       | 20         | 39            | 30              | 0       | 4      | 1     | 5      | 0    | 0   | 1       | 23        | 41           | 41
    S1       | 10         | 39            | 20              | 2       | 3      | 0     | 1      | 1    | 1   | 0       | 6         | 41           | 30
"""  # noqa: E501


def test_steps_between_the_versions_add_up(made):
    found = read(maturity.rebased, made(rebased=REBASED)).iloc[0]
    assert found[list(caf.STEPS)].tolist() == [3, 18, 1, 8, 4, 3, 0]
    assert found[["met_before", "met_after"]].tolist() == [69, 56]
    assert found[["listed_before", "listed_after"]].tolist() == [117, 123]
    assert found[["assessed_before", "assessed_after"]].tolist() == [89, 111]
    up = found[["eased", "gained", "new", "unknown"]].sum()
    down = found[["dropped", "raised", "lost"]].sum()
    assert found["met_before"] + up - down == found["met_after"]


def test_steps_by_region_type_and_council(made):
    path = made(rebased=REBASED)
    names = ("group_code", "met_before", "met_after", "councils")
    assert told(read(maturity.rebased, path, by="region"), *names) == [
        ["N", 59, 50, 2],
        ["S", 10, 6, 1],
    ]
    assert told(read(maturity.rebased, path, by="type"), *names) == [
        ["district", 20, 23, 1],
        ["unitary", 49, 33, 2],
    ]
    assert told(read(maturity.rebased, path, by="council"), *names)[0] == (["N1", 39, 27, 1])


# Councils -----------------------------------------------------------------------------


def each(path: str, scope=YEAR) -> pd.DataFrame:
    return by(read(caf.councils, path, scope), "gss_code")


def test_every_council_of_today_has_a_row_and_unknown_is_not_zero(made):
    split = THREE + "\nN9 | N | county | upper | false"
    found = each(
        made(
            split,
            profile_results="""
        gss_code | met | below | is_profile_met | state   | is_complete
        N1       | 3   | 1     | false          | assured | true
        N9       | 3   | 1     | false          | assured | true
    """,
        )
    )
    assert sorted(found.index) == ["N1", "N2", "S1"]
    assert told(found.loc[["N1", "N2"]], "value", "note", "state") == [
        [75.0, "", "assured"],
        [None, "[x]", None],
    ]
    assert found["is_profile_met"]["N1"] == False  # noqa: E712
    assert pd.isna(found["is_profile_met"]["N2"])


def test_councils_are_told_of_the_last_year_of_the_scope(made):
    path = made(
        profile_results="""
        gss_code | period     | met | below
        N1       | 2023-04-01 | 1   | 3
        N1       | 2024-04-01 | 3   | 1
        N2       | 2023-04-01 | 2   | 2
    """
    )
    found = each(path, YEARS)
    assert found["value"]["N1"] == 75
    assert pd.isna(found["value"]["N2"])
    before = each(path, caf.year_of(YEARS, date(2023, 4, 1)))
    assert before["value"][["N1", "N2"]].tolist() == [25, 50]


def test_the_spread_is_between_the_strongest_system_and_the_weakest(made):
    found = each(
        made(
            profile_results=many(["N1", "N2", "S1"], met=1, below=1),
            system_results="""
        gss_code | system_id | met | assessed
        N1       | SYS-1     | 1   | 4
        N1       | SYS-2     | 3   | 4
        N1       | SYS-3     | 5   | 10
        N2       | SYS-1     | 1   | 2
    """,
        )
    )
    names = ("systems", "weakest", "strongest", "spread")
    assert told(found.loc[["N1", "N2", "S1"]], *names) == [
        [3, 25.0, 75.0, 50.0],
        [1, 50.0, 50.0, None],
        [None, None, None, None],
    ]


FOUR = councils_of(*(f"{code} | N | unitary" for code in ("N1", "N2", "N3", "N4")))


def test_worse_and_worsening_is_under_the_middle_and_slipping(made):
    found = each(
        made(
            FOUR,
            profile_results="""
        gss_code | met | below
        N1       | 2   | 8
        N2       | 5   | 5
        N3       | 8   | 2
        N4       | 1   | 9
    """,
            moves="""
        gss_code | outcome_code | level_before | level
        N1       | A1.a         | 3            | 2
        N1       | A1.b         | 3            | 2
        N1       | A2.a         | 1            | 2
        N3       | A1.a         | 3            | 2
        N4       | A1.a         | 2            | 3
        N4       | A1.b         | 3            | 2
        N4       | A2.a         |              | 2
    """,
        )
    )
    assert told(found.loc[["N1", "N2", "N3", "N4"]], "improved", "slipped") == [
        [1, 2],
        [None, None],
        [0, 1],
        [1, 1],
    ]
    # The middle of 10, 20, 50 and 80 is 35: N4 is under it and moved nowhere; N3 fell
    # and is above it; of N2 nothing is known of the year before.
    worse = found["is_worse_and_worsening"].eq(True)
    assert worse[worse].index.tolist() == ["N1"]
    assert found["followed"]["N4"] == 3


def test_a_council_is_judged_against_those_on_its_own_version(made):
    found = each(
        made(
            FOUR,
            profile_results="""
        gss_code | caf_version | met | below
        N1       | 3.2         | 6   | 4
        N2       | 3.2         | 8   | 2
        N3       | 4.0         | 3   | 7
        N4       | 4.0         | 1   | 9
    """,
            moves=many(["N1", "N3"], level_before=3, level=2),
        )
    )
    # N1 is second of two on 3.2, N3 first of two on 4.0, though N1 has more.
    worse = found["is_worse_and_worsening"].eq(True)
    assert worse[worse].index.tolist() == ["N1"]


def test_a_merged_council_adds_up_those_before_it(made):
    found = each(
        made(
            profile_results="""
        gss_code | gss_code_of_day | met | below | held_down | is_profile_met
        N1       | OLD1            | 4   | 0     | 0         | true
        N1       | OLD2            | 2   | 2     | 1         | false
    """
        )
    ).loc["N1"]
    assert found[["numerator", "denominator", "value"]].tolist() == [6, 8, 75]
    assert found["held_down"] == 1
    assert not found["is_profile_met"]


def test_a_merged_council_of_which_half_is_unknown_does_not_meet_the_profile(made):
    found = each(
        made(
            profile_results="""
        gss_code | gss_code_of_day | met | below | unknown | is_profile_met
        N1       | OLD1            | 4   | 0     | 0       | true
        N1       | OLD2            | 3   | 0     | 1       |
    """
        )
    ).loc["N1"]
    assert pd.isna(found["is_profile_met"])


# Systems ------------------------------------------------------------------------------


def test_own_systems_come_weakest_first(made):
    path = made(
        system_results="""
        gss_code | period     | system_id | met | assessed | hosting_type | is_legacy
        N1       | 2024-04-01 | SYS-3     | 2   | 4        | hybrid       | false
        N1       | 2024-04-01 | SYS-1     | 3   | 4        | cloud        | true
        N1       | 2024-04-01 | SYS-2     | 1   | 2        |              |
        N1       | 2023-04-01 | SYS-4     | 0   | 4        | cloud        | true
        N2       | 2024-04-01 | SYS-9     | 0   | 4        | cloud        | true
    """
    )
    found = systems_reads.own_systems(Reader(path, LOCAL_ANALYST, YEARS), "N1")
    assert told(found, "system_id", "value", "hosting", "is_legacy") == [
        ["SYS-2", 50.0, None, None],
        ["SYS-3", 50.0, "Hybrid", False],
        ["SYS-1", 75.0, "Cloud", True],
    ]
    assert told(found, *RATIO) == [[1, 2], [2, 4], [3, 4]]


SYSTEMS = """
    gss_code | system_id | hosting     | system_kind | system_owner | is_internet_facing | is_legacy | is_out_of_support
    N1       | SYS-1     | Cloud       | Public      | Council      | true               | true      | true
    N1       | SYS-2     | Cloud       | Public      | Third party  | false              | false     | false
    N2       | SYS-1     | On premises | Other       | Council      | false              | true      |
    S1       | SYS-1     |             |             |              | false              | false     | false
"""  # noqa: E501


@pytest.mark.parametrize(
    ("attribute", "expected"),
    [
        ("hosting", {"Cloud": 2, "Not known": 1, "On premises": 1}),
        ("kind", {"Not known": 1, "Other": 1, "Public": 2}),
        ("owner", {"Council": 2, "Not known": 1, "Third party": 1}),
        ("legacy", {"Legacy": 2, "Not legacy": 2}),
        ("exposure", {"Not reachable": 3, "Reachable from the internet": 1}),
        ("support", {"In support": 2, "Not known": 1, "Out of support": 1}),
    ],
)
def test_systems_are_counted_by_each_attribute(made, attribute, expected):
    path = made(systems=SYSTEMS)
    found = by(read(systems_reads.systems, path, attribute=attribute), "part")
    assert found["numerator"].to_dict() == expected
    assert (found["denominator"] == 4).all()
    assert found["value"].to_dict() == {part: 25 * n for part, n in expected.items()}
    assert (found["councils"] == 3).all()


def test_a_system_of_which_nothing_is_said_is_not_known(made):
    path = made(systems=[{"gss_code": "N1", "is_legacy": None, "is_internet_facing": None}])
    for attribute in ("legacy", "exposure"):
        found = read(systems_reads.systems, path, attribute=attribute)
        assert found["part"].tolist() == ["Not known"]


def test_systems_by_region_are_shares_of_the_region(made):
    path = made(systems=SYSTEMS)
    found = read(systems_reads.systems, path, attribute="legacy", by="region")
    assert told(found, "group_code", "part", *RATIO) == [
        ["N", "Legacy", 2, 3],
        ["N", "Not legacy", 1, 3],
        ["S", "Not legacy", 1, 1],
    ]


def test_systems_are_those_of_the_last_year(made):
    path = made(
        systems="""
        gss_code | period     | hosting
        N1       | 2023-04-01 | Hybrid
        N1       | 2024-04-01 | Cloud
    """
    )
    found = read(systems_reads.systems, path, YEARS, attribute="hosting")
    assert found["part"].tolist() == ["Cloud"]


@pytest.mark.parametrize(
    ("attribute", "expected"),
    [
        ("hosting", [["Cloud", 50.0, 2], ["Not known", 100.0, 1], ["Hybrid", 0.0, 1]]),
        ("legacy", [["Legacy", 25.0, 1], ["Not known", 100.0, 1], ["Not legacy", 50.0, 2]]),
    ],
)
def test_what_systems_meet_is_told_by_hosting_and_age(made, attribute, expected):
    path = made(
        system_results="""
        gss_code | system_id | met | assessed | hosting_type | is_legacy
        N1       | SYS-1     | 1   | 4        | cloud        | true
        N1       | SYS-2     | 3   | 4        | cloud        | false
        N2       | SYS-1     | 2   | 2        |              |
        S1       | SYS-1     | 0   | 2        | hybrid       | false
    """
    )
    found = read(systems_reads.system_shares, path, attribute=attribute)
    assert sorted(told(found, "group_label", "value", "systems")) == sorted(expected)


def supplied(**sizes: int) -> list[dict]:
    """One system each at that many councils, for every supplier."""
    return [
        row
        for name, size in sizes.items()
        for row in many(
            numbered("N", size), system_id=name, supplier_name=name, is_legacy=name == "Tiny"
        )
    ]


def test_suppliers_at_fewer_than_five_councils_are_taken_together(made):
    six = councils_of(*(f"{code} | N | unitary" for code in numbered("N", 6)))
    more = [{"gss_code": "N1", "system_id": "X", "supplier_name": None}]
    again = [{"gss_code": "N1", "system_id": "Y", "supplier_name": "Big"}]
    path = made(six, systems=supplied(Big=5, Small=4, Tiny=1) + more + again)
    found = read(systems_reads.suppliers, path)
    assert told(found, "group_label", *RATIO, "weak") == [
        ["Big", 6, 11, 0],
        ["Other suppliers", 5, 11, 1],
    ]
    assert found["value"].round(6).tolist() == [54.545455, 45.454545]


def test_one_supplier_at_few_councils_is_not_named_for_being_alone(made):
    six = councils_of(*(f"{code} | N | unitary" for code in numbered("N", 6)))
    path = made(six, systems=supplied(Big=6, Tiny=2))
    found = read(systems_reads.suppliers, path)
    assert told(found, "group_label", *RATIO) == [["Big", 6, 8]]


# Stages and blockers ------------------------------------------------------------------


def test_councils_stand_in_the_stage_of_the_last_day(made):
    path = made(
        FIVE,
        caf_stages="""
        gss_code | stage  | sort_order | entered_on | left_on    | blocker
        N1       | assure | 4          | 2025-03-21 |            | Budget
        N2       | assure | 4          | 2025-03-01 | 2025-04-01 |
        N3       | plan   | 5          | 2024-05-01 | 2025-03-31 | Skills
        N3       | assure | 4          | 2025-03-31 |            |
        S1       | plan   | 5          | 2025-04-01 |            | Skills
        S2       | plan   | 5          | 2023-04-01 |            |
    """,
    )
    found = read(improvement.stages, path)
    assert told(found, "group_label", "numerator", "held_up", "days") == [
        ["Assure", 3, 1, 10.0],
        ["Plan", 1, 0, 730.0],
    ]


def test_a_blocker_counts_at_the_end_of_each_quarter_that_it_lasts(made):
    path = made(
        caf_stages="""
        gss_code | entered_on | left_on    | blocker
        N1       | 2024-05-01 | 2024-08-01 | Budget
        N2       | 2024-06-30 | 2024-10-01 | Budget
        S1       | 2024-12-31 |            | Skills
    """
    )
    found = read(improvement.blockers, path)
    months = found["period"].dt.strftime("%Y-%m")
    assert list(zip(months, found["group_label"], found["numerator"], strict=True)) == [
        ("2024-04", "Budget", 2),
        ("2024-07", "Budget", 1),
        ("2024-10", "Skills", 1),
        ("2025-01", "Skills", 1),
    ]


# Actions ------------------------------------------------------------------------------

ACTIONS = """
    gss_code | outcome_code | priority | priority_order | action_status | is_open | is_overdue | due_on     | has_award | programme | estimated_cost_gbp | actual_cost_gbp
    N1       | A1.a         | High     | 1              | Not started   | true    | true       | 2025-01-31 | true      | Recovery  | 100                |
    N1       | A1.b         | High     | 1              | In progress   | true    | false      | 2025-06-30 | false     |           | 200                | 50
    N2       | A1.a         | Medium   | 2              | Done          | false   | false      | 2025-02-28 | true      | Recovery  | 400                | 500
    S1       | B1.a         | Medium   | 2              | Stopped       | false   | false      |            | false     |           |                    | 30
"""  # noqa: E501


def test_actions_add_up_how_far_they_got(made):
    found = read(actions_reads.actions, made(actions=ACTIONS)).iloc[0]
    assert (found["group_code"], found["numerator"]) == ("all", 4)
    names = [
        "done",
        "stopped",
        "open_in_time",
        "overdue",
        "in_progress",
        "not_started",
        "with_award",
    ]
    assert found[names].tolist() == [1, 1, 1, 1, 1, 1, 2]
    assert found["councils"] == 3
    assert pd.Timestamp(found["as_at"]) == pd.Timestamp("2025-03-31")


def test_what_actions_cost_is_set_beside_the_estimate_where_both_are_known(made):
    found = read(actions_reads.actions, made(actions=ACTIONS)).iloc[0]
    assert found[["estimated_gbp", "with_estimate", "open_gbp"]].tolist() == [700, 3, 300]
    assert found[["planned_gbp", "spent_gbp", "with_both"]].tolist() == [600, 550, 2]


def test_costs_that_nobody_gave_are_unknown_and_not_zero(made):
    found = read(actions_reads.actions, made(actions=many(["N1"]))).iloc[0]
    names = ["estimated_gbp", "open_gbp", "planned_gbp", "spent_gbp"]
    assert found[names].isna().all()
    assert found[["with_estimate", "with_both"]].tolist() == [0, 0]


def test_pence_are_kept(made):
    one = many(["N1", "N2"], estimated_cost_gbp=Decimal("0.10"))
    found = read(actions_reads.actions, made(actions=one)).iloc[0]
    assert found["estimated_gbp"] == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("priority", [["High", 2], ["Medium", 2]]),
        ("quarter", [["2025-01-01", 2], ["2025-04-01", 1], ["No date", 1]]),
        ("principle", [["A1", 3], ["B1", 1]]),
        ("outcome", [["4.0 A1.a", 2], ["4.0 A1.b", 1], ["4.0 B1.a", 1]]),
        ("programme", [["Not from an award", 2], ["Recovery", 2]]),
    ],
)
def test_actions_add_up_by_each_unit(made, unit, expected):
    found = read(actions_reads.actions, made(actions=ACTIONS), unit=unit)
    assert told(found, "group_label", "numerator") == expected


def test_actions_are_those_agreed_in_the_range_to_its_last_day(made):
    path = made(
        actions=[
            *many(["N1"], created_on="2024-03-31"),
            *many(["N1"], created_on="2024-04-01"),
            *many(["N2"], created_on="2025-03-31"),
            *many(["N2"], created_on="2025-04-01"),
        ]
    )
    assert read(actions_reads.actions, path)["numerator"].tolist() == [2]


def test_own_actions_come_with_those_overdue_first(made):
    path = made(
        actions="""
        gss_code | action_id | due_on     | is_open | is_overdue | created_on
        N1       | ACT-1     | 2025-02-01 | false   | false      | 2024-05-01
        N1       | ACT-2     | 2025-05-01 | true    | false      | 2024-05-01
        N1       | ACT-3     | 2025-01-01 | true    | true       | 2024-05-01
        N1       | ACT-4     | 2025-04-01 | true    | false      | 2025-03-31
        N1       | ACT-5     | 2025-04-01 | true    | false      | 2025-04-01
        N2       | ACT-6     | 2025-04-01 | true    | true       | 2024-05-01
    """
    )
    found = actions_reads.own_actions(Reader(path, LOCAL_ANALYST, YEAR), "N1")
    assert found["action_id"].tolist() == ["ACT-3", "ACT-4", "ACT-2", "ACT-1"]
    assert "share_rank" not in found


# Gaps ---------------------------------------------------------------------------------

GAPS = """
    gss_code | caf_version | outcome_code | is_answered
    N1       | 4.0         | A2.b         | 1
    N2       | 4.0         | A2.b         | 0
    N2       | 4.0         | A2.a         | 0
    S1       | 3.2         | A2.b         | 1
    S1       | 3.2         | B1.a         | 0
"""
ANSWERS = ("denominator", "numerator", "unanswered", "councils")


def test_gaps_are_answered_or_not_by_outcome_of_each_version(made):
    found = read(caf.gaps, made(gaps=GAPS))
    found = by(found, "caf_version", "group_code")
    assert told(found.sort_index(), *ANSWERS) == [
        [1, 1, 0, 1],
        [1, 0, 1, 1],
        [1, 0, 1, 1],
        [2, 1, 1, 2],
    ]
    assert found["value"]["4.0", "A2.b"] == 50


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("all", {"all": [5, 2, 3, 3]}), ("principle", {"A2": [4, 2, 2, 3], "B1": [1, 0, 1, 1]})],
)
def test_gaps_add_up_by_principle_and_in_all(made, unit, expected):
    path = made(gaps=GAPS)
    found = by(read(caf.gaps, path, unit=unit), "group_code")
    assert {code: told(found.loc[[code]], *ANSWERS)[0] for code in found.index} == (expected)


def test_gaps_are_of_councils_whose_last_year_is_in_the_range(made):
    path = made(gaps=[*many(["N1"], period="2023-04-01"), *many(["N2"])])
    assert read(caf.gaps, path)["denominator"].tolist() == [1]
    assert read(caf.gaps, path, YEARS)["denominator"].tolist() == [2]


# Beside its peers ---------------------------------------------------------------------


def test_a_council_is_set_beside_its_peers_by_principle(made):
    path = made(profile_outcomes=OUTCOMES)
    found = reads.principles_beside_peers(Reader(path, LOCAL_ANALYST, YEAR), "N1", ("S1",))
    assert told(found, "indicator", "gss_code", "value", "is_own") == [
        ["A1", "S1", 50.0, False],
        ["A1", "N1", 50.0, True],
        ["A2", "S1", 100.0, False],
        ["A2", "N1", 100.0, True],
    ]


# What every read shares ---------------------------------------------------------------

EVERY = {
    "outcomes": reads.outcomes,
    "states": caf.states,
    "reviews": maturity.reviews,
    "moves": movement_reads.moves,
    "rebased": maturity.rebased,
    "councils": caf.councils,
    "own_systems": lambda reader: systems_reads.own_systems(reader, "N1"),
    "beside_peers": lambda reader: reads.principles_beside_peers(reader, "N1", ("S1",)),
    "years": caf.assessed_years,
    "stages": improvement.stages,
    "blockers": improvement.blockers,
    "systems": lambda reader: systems_reads.systems(reader, attribute="hosting"),
    "shares": lambda reader: systems_reads.system_shares(reader, attribute="hosting"),
    "suppliers": systems_reads.suppliers,
    "actions": actions_reads.actions,
    "own_actions": lambda reader: actions_reads.own_actions(reader, "N1"),
    "gaps": caf.gaps,
}


ELSEWHERE = {
    "collection": {"collection": "department"},
    "profile": {"profile": "other"},
    "year": {"period": "2019-04-01", "created_on": "2019-05-01"},
}
# These are about no profile, or about a moment and no year.
NOT_SO = {
    ("profile", name)
    for name in ("moves", "stages", "blockers", "systems", "suppliers", "actions", "own_actions")
} | {("year", name) for name in ("stages", "blockers")}


@pytest.mark.parametrize("what", ELSEWHERE)
def test_rows_of_another_collection_profile_or_year_count_for_nothing(tmp_path, what):
    usual = a_row_each(OF_FIVE)
    other = a_row_each(OF_FIVE, **ELSEWHERE[what])
    with_other = {name: usual[name] + other[name] for name in usual}
    if what == "profile":
        keep = {name for name in COLUMNS if "profile " not in COLUMNS[name]}
        with_other |= {name: usual[name] for name in keep & usual.keys()}
    profiles = [{"outcome_code": "A1.a"}]
    one = warehouse_of(tmp_path / "1.duckdb", councils=FIVE, profiles=profiles, **usual)
    two = warehouse_of(tmp_path / "2.duckdb", councils=FIVE, profiles=profiles, **with_other)
    for name, function in EVERY.items():
        if (what, name) in NOT_SO:
            continue
        found = read(function, two)
        assert len(found), name
        pd.testing.assert_frame_equal(found, read(function, one), obj=name)


def test_a_read_of_nothing_is_empty_and_has_its_columns(tmp_path):
    full = warehouse_of(tmp_path / "1.duckdb", councils=FIVE, **a_row_each(OF_FIVE))
    none = warehouse_of(tmp_path / "2.duckdb", councils=FIVE)
    for name, function in EVERY.items():
        found, usual = read(function, none), read(function, full)
        assert list(found) == list(usual), name
        if name != "councils":
            assert found.empty, name
        else:
            assert found["value"].isna().all()


def test_counts_left_out_by_hand_are_nought():
    for name, counts in NOUGHT.items():
        assert set(counts.split()) <= set(COLUMNS[name].split())
