"""Sentences: right for one group, one period, ties, unknown values, new bases."""

import pandas as pd
import pytest

from analytics.words import sentences
from tests.support.frames import COUNCILS, GROUPS, INCIDENTS, OUTCOMES, RECOVERY, series, table


NAN = float("nan")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [("England", 2021, 51.1), ("England", 2025, 54.2)],
            "CAF outcomes achieved, England: 54.2% in 2025/26, up 3.1 percentage "
            "points on 2021/22; 268 of 317 councils reported.",
        ),
        (
            [("England", 2025, 54.2)],
            "CAF outcomes achieved, England: 54.2% in 2025/26; 268 of 317 councils reported.",
        ),
        (
            [("England", 2024, 54.2), ("England", 2025, 54.2)],
            "CAF outcomes achieved, England: 54.2% in 2025/26, no change from "
            "2024/25; 268 of 317 councils reported.",
        ),
        (
            [("England", 2024, 54.2), ("England", 2025, None)],
            "CAF outcomes achieved, England: 54.2% in 2024/25; 268 of 317 councils reported.",
        ),
        ([("England", 2025, None)], "CAF outcomes achieved is not known for England."),
        (
            [("England", 2024, 60.0, "CAF 3.2"), ("England", 2025, 40.0, "CAF 4.0")],
            "CAF outcomes achieved, England: 40.0% in 2025/26, not comparable with "
            "earlier years: the framework changed; 268 of 317 councils reported.",
        ),
        (
            [
                ("England", 2023, 60.0, "CAF 3.2"),
                ("England", 2024, 40.0, "CAF 4.0"),
                ("England", 2025, 42.0, "CAF 4.0"),
            ],
            "CAF outcomes achieved, England: 42.0% in 2025/26, up 2.0 percentage "
            "points on 2024/25 and not comparable with earlier years: the framework "
            "changed; 268 of 317 councils reported.",
        ),
    ],
)
def test_trend_sentence(rows, said):
    assert sentences.trend_sentence(series(*rows), OUTCOMES) == said


def test_trend_sentence_of_one_council_has_no_coverage():
    frame = series(("Ashby", 2025, 54.2)).assign(councils=1, expected=1)
    said = sentences.trend_sentence(frame, OUTCOMES, "ashby")
    assert said == "CAF outcomes achieved, Ashby: 54.2% in 2025/26."


def test_ranking_sentence():
    assert sentences.ranking_sentence(GROUPS, OUTCOMES, ("England", 52.0)) == (
        "CAF outcomes achieved: South is highest (60.5%) and North lowest (40.0%); "
        "England 52.0%. Not known: East."
    )


def test_ranking_sentence_says_higher_and_lower_never_better():
    said = sentences.ranking_sentence(GROUPS, INCIDENTS)
    assert said == (
        "Incidents reported, per council a year: South is highest (60.5) and "
        "North lowest (40.0). Not known: East."
    )


def test_ranking_sentence_names_ties():
    tied = GROUPS.assign(value=[40.0, 60.0, 60.0, 40.0])
    assert sentences.ranking_sentence(tied, OUTCOMES) == (
        "CAF outcomes achieved: South and East are highest (60.0%) and "
        "North and West lowest (40.0%)."
    )
    same = GROUPS.assign(value=40.0)
    said = sentences.ranking_sentence(same, OUTCOMES)
    assert said == "CAF outcomes achieved: the same everywhere, 40.0%."


def test_ranking_sentence_of_one_group_and_of_none():
    one = sentences.ranking_sentence(GROUPS.iloc[:1], OUTCOMES)
    assert one == "CAF outcomes achieved: North 40.0%."
    none = sentences.ranking_sentence(GROUPS.assign(value=NAN), OUTCOMES)
    assert none == "CAF outcomes achieved is not known for any group."


def test_map_sentence():
    assert sentences.map_sentence(COUNCILS, RECOVERY) == (
        "Hours to recover: from 10.0 hours to 50.0 hours, the middle half of councils "
        "between 20.0 hours and 40.0 hours, median 30.0 hours (5 of 6 councils)."
    )


def test_map_sentence_of_one_and_of_no_council():
    one = sentences.map_sentence(COUNCILS.iloc[:1], OUTCOMES)
    assert one == (
        "CAF outcomes achieved: 10.0% at the one council with a figure (1 of 1 council)."
    )
    none = sentences.map_sentence(COUNCILS.assign(value=NAN), OUTCOMES)
    assert none == "CAF outcomes achieved is not known for any council."


def test_spread_sentence_names_the_selected_council():
    said = sentences.spread_sentence(COUNCILS, OUTCOMES, "E4")
    assert said.endswith("(5 of 6 councils). Derwent: 40.0%.")
    unknown = sentences.spread_sentence(COUNCILS, OUTCOMES, "E5")
    assert unknown.endswith("Eastham: not known.")


def test_nobody_is_selected_by_an_empty_code():
    assert sentences.spread_sentence(COUNCILS, OUTCOMES, "").endswith("councils).")


def test_matrix_sentence_describes_the_last_column():
    frame = table("""
        principle  | financial_year | share
        A1         | 2023/24        | 90.0
        A2         | 2023/24        | 10.0
        A1         | 2024/25        | 30.0
        A2         | 2024/25        | 70.0
    """)
    options = {"value": "share", "rows": "principle", "columns": "financial_year"}
    assert sentences.matrix_sentence(frame, indicator=OUTCOMES, **options) == (
        "In 2024/25, A2 is highest (70.0%) and A1 lowest (30.0%)."
    )
    unknown = frame.assign(share=NAN)
    assert sentences.matrix_sentence(unknown, indicator=OUTCOMES, **options) == (
        "CAF outcomes achieved is not known for 2024/25."
    )


def test_timeline_sentence():
    frame = table("""
        happened_on | label | kind
        2017-05-12  | a     | Ransomware
        2020-10-11  | b     | Data breach
        2023-02-01  | c     | Ransomware
    """)
    assert sentences.timeline_sentence(frame) == (
        "3 incidents between 2017 and 2023: ransomware 2 and data breach 1."
    )
    one = sentences.timeline_sentence(frame.iloc[:1])
    assert one == "1 incident in 2017: ransomware 1."


def test_direction_follows_polarity():
    assert sentences.direction(OUTCOMES, 1.0, 2.0) == "better"
    assert sentences.direction(RECOVERY, 1.0, 2.0) == "worse"
    assert sentences.direction(INCIDENTS, 1.0, 2.0) == "higher"
    assert sentences.direction(INCIDENTS, 2.0, 1.0) == "lower"
    assert sentences.direction(OUTCOMES, 1.0, 1.0) == "same"
    assert sentences.direction(OUTCOMES, NAN, 1.0) == "unknown"


def test_coverage_and_alt():
    assert sentences.coverage(268, 317) == "268 of 317 councils"
    assert sentences.coverage(1, 1) == "1 of 1 council"
    said = sentences.alt("Line chart", "Outcomes rose.", "Up 3.1 percentage points.")
    assert said == "Line chart: Outcomes rose. Up 3.1 percentage points."


def test_sentences_leave_their_frames_alone():
    before = COUNCILS.copy()
    sentences.map_sentence(COUNCILS, OUTCOMES)
    pd.testing.assert_frame_equal(COUNCILS, before)


def test_a_quarter_is_compared_with_the_same_quarter_a_year_before():
    rows = table("""
        period     | period_label | value
        2023-04-01 | Q1 2023/24   | 9.0
        2024-01-01 | Q4 2023/24   | 5.0
        2024-04-01 | Q1 2024/25   | 6.0
        """).assign(group_code="E", group_label="England", councils=300, expected=317)
    assert sentences.trend_sentence(rows.assign(basis=""), RECOVERY) == (
        "Hours to recover, England: 6.0 hours in Q1 2024/25, down 3.0 hours on "
        "Q1 2023/24; 300 of 317 councils reported."
    )
