"""One council beside its peers: ranks, quarters and the range of the peers."""

import math

import pandas as pd
import pytest

from analytics.reading import comparison
from tests.support.frames import OUTCOMES, table


HIGH, LOW = "higher_is_better", "lower_is_better"
UNKNOWN = float("nan")
# Quartiles of 0 to 100 in steps of 25 are 25, 50 and 75.
QUARTERS = pd.Series([0.0, 25, 50, 75, 100])


def beside(text: str) -> pd.Series:
    """The one row of the comparison of a council (own) with its peers."""
    frame = table(text).assign(indicator=OUTCOMES.key)
    frame["is_own"] = frame["is_own"].eq("yes")
    return comparison.beside_peers(frame, [OUTCOMES]).iloc[0]


def test_the_highest_of_four_values_ranks_first_and_ties_share_the_lower_number():
    ranks = comparison.rank(pd.Series([10, 20, 20, 30, 40]), HIGH)
    assert ranks.tolist() == [5, 3, 3, 2, 1]


def test_the_lowest_ranks_first_where_lower_is_better():
    ranks = comparison.rank(pd.Series([10, 20, 20, 30, 40]), LOW)
    assert ranks.tolist() == [1, 2, 2, 4, 5]


def test_the_highest_comes_first_where_there_is_no_better_direction():
    assert comparison.rank(pd.Series([10, 30, 20]), "none").tolist() == [3, 1, 2]


def test_an_unknown_value_has_no_rank_and_takes_none():
    ranks = comparison.rank(pd.Series([10, UNKNOWN, 30]), HIGH)
    assert ranks[[0, 2]].tolist() == [2, 1]
    assert math.isnan(ranks[1])


def test_councils_all_the_same_all_rank_first():
    assert comparison.rank(pd.Series([7, 7, 7]), LOW).tolist() == [1, 1, 1]


@pytest.mark.parametrize(
    ("value", "band"), [(0, "A"), (25, "A"), (26, "B"), (50, "B"), (51, "C"), (75, "C"), (100, "D")]
)
def test_a_quarter_is_closed_at_its_upper_cut_where_low_is_good(value, band):
    assert comparison.quartile_band(value, QUARTERS, LOW) == band


@pytest.mark.parametrize(("value", "band"), [(0, "D"), (25, "D"), (50, "C"), (75, "B"), (76, "A")])
def test_quarters_are_turned_round_where_high_is_good(value, band):
    assert comparison.quartile_band(value, QUARTERS, HIGH) == band


@pytest.mark.parametrize(
    ("value", "values", "polarity"),
    [
        pytest.param(50, QUARTERS, "none", id="no better direction"),
        pytest.param(UNKNOWN, QUARTERS, HIGH, id="the value is unknown"),
        pytest.param(7, pd.Series([7.0] * 6), HIGH, id="all are the same"),
        pytest.param(1, pd.Series([1, 2, 3, 4, UNKNOWN]), HIGH, id="fewer than five are known"),
    ],
)
def test_there_is_no_quarter_where_none_can_be_told(value, values, polarity):
    assert comparison.quartile_band(value, values, polarity) == ""


def test_a_council_is_ranked_among_itself_and_its_peers():
    row = beside("""
        is_own | value
        yes    | 60
        no     | 10
        no     | 20
        no     | 30
        no     | 40
        no     | 80
    """)
    assert (row["value"], row["rank"], row["of"], row["band"]) == (60, 2, 6, "A")


def test_the_range_is_of_the_peers_without_the_council():
    row = beside("""
        is_own | value
        yes    | 999
        no     | 10
        no     | 20
        no     | 30
        no     | 40
        no     | 50
    """)
    found = row[["low", "q1", "median", "q3", "high", "peers"]].tolist()
    assert found == [10, 20, 30, 40, 50, 5]


def test_four_peers_are_too_few_for_a_range_a_rank_or_a_quarter():
    row = beside("""
        is_own | value
        yes    | 25
        no     | 10
        no     | 20
        no     | 30
        no     | 40
    """)
    assert row[["low", "q1", "median", "q3", "high", "rank"]].isna().all()
    assert (row["value"], row["band"]) == (25, "")


def test_peers_whose_value_is_unknown_are_not_counted():
    row = beside("""
        is_own | value
        yes    | 25
        no     | 10
        no     |
        no     | 30
        no     | 40
        no     | 50
        no     | 60
    """)
    assert (row["peers"], row["of"], row["low"]) == (5, 6, 10)


def test_a_council_without_a_value_has_no_rank_but_sees_its_peers():
    row = beside("""
        is_own | value
        no     | 10
        no     | 20
        no     | 30
        no     | 40
        no     | 50
    """)
    assert math.isnan(row["value"])
    assert math.isnan(row["rank"])
    assert (row["band"], row["median"]) == ("", 30)
