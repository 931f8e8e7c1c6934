"""How long things last: the marts, the curves, who sees them, the chart, the view."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random

import duckdb
import pandas as pd
import pytest

from analytics.charts import theme
from analytics.disruption.duration import reads
from analytics.disruption.duration.chart import in_time, survival
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.reading.viewer import LOCAL_ANALYST, NotAllowedError, Viewer
from analytics.statistics import survival_quantile
from analytics.ui import store
from settings import ROOT, settings
from tests.support import pages, twins
from tests.support.demo import PROGRAMME, by_hand, places
from tests.support.frames import table
from tests.support.rows import disruption, incident, returned


NAN = float("nan")
STEP = 1.1
MARTS = ROOT / "pipelines" / "sql" / "marts"
YEARS = Scope("demonstration", date(2022, 4, 1), date(2025, 3, 1))
COUNCIL = Viewer("council", "A1")
Case = tuple[float, bool]

# Twins --------------------------------------------------------------------------------


def left(cases: Iterable[Case], hours: float) -> float | None:
    """Share still going on after so many hours, by Kaplan and Meier, one by one."""
    cases = list(cases)
    share = 1.0
    for time in sorted({time for time, is_ended in cases if is_ended}):
        if time <= hours:
            at_risk = sum(1 for other, _ in cases if other >= time)
            ended = sum(1 for other, is_ended in cases if is_ended and other == time)
            share *= 1 - ended / at_risk
    is_past = hours > max(time for time, _ in cases)
    return None if is_past and share > 0 else share


def first_time(cases: Iterable[Case], share_ended: float) -> float | None:
    """The first time by which so large a share had ended."""
    cases = list(cases)
    for time in sorted({time for time, is_ended in cases if is_ended}):
        share = left(cases, time)
        if share is not None and share <= 1 - share_ended + 1e-9:
            return time
    return None


def test_the_twin_is_right_where_it_can_be_worked_out_by_eye():
    cases = [(1, True), (2, False), (3, True), (4, True)]
    found = [left(cases, at) for at in (0, 1, 2.5, 3, 4, 9)]
    assert found == [1, 0.75, 0.75, 0.375, 0, 0]
    assert left([(1, True), (2, False)], 3) is None
    assert (first_time(cases, 0.5), first_time([(1, False)], 0.5)) == (3, None)


# Warehouses of a few rows -------------------------------------------------------------

USUAL = {
    "collection": "demonstration",
    "interval_code": "contain",
    "month": "2024-06-01",
    "is_ended": True,
    "action": "Malware",
    "cause": None,
    "has_objective": False,
    "is_within_objective": None,
    "as_at": "2025-03-31",
    "share_rank": 3,
}
C1 = "collection | profile | gss_code | period | principle_code | required | level | share_rank\n"


def warehouse_of(path: Path, rows: list[dict], councils: str = "", assessed: str = "") -> str:
    """A warehouse with these intervals, taken together by the pipeline's own select."""
    by_hand(path, councils=councils or places(A=6, B=6))
    # The reads keep the file open that `by_hand` looked into.
    path = path.rename(path.with_name("durations.duckdb"))
    full = [USUAL | {"reference": f"R{place}"} | row for place, row in enumerate(rows)]
    with duckdb.connect(str(path)) as connection:
        connection.register("rows", pd.DataFrame(full))
        connection.execute("""
            create table core.spans as
            select * replace (
                month::date as month, as_at::date as as_at, hours::double as hours,
                is_within_objective::boolean as is_within_objective,
                cause::varchar as cause, share_rank::int as share_rank)
            from rows
        """)
        connection.execute("create table marts.intervals as from core.spans")
        counts = (MARTS.parent / "core" / "span_counts.sql").read_text()
        connection.execute(f"create table core.span_counts as {counts}")
        select = (MARTS / "survival_steps.sql").read_text()
        connection.execute(f"create table marts.survival_steps as {select}")
        connection.register("assessed", table(C1 + assessed))
        connection.execute("""
            create table marts.profile_outcomes as
            select collection::varchar as collection, profile::varchar as profile,
                gss_code::varchar as gss_code, period::date as period,
                principle_code::varchar as principle_code, required::int as required,
                level::int as level, share_rank::int as share_rank
            from assessed
        """)
    return str(path)


def cases_of(codes: Iterable[str], hours: Iterable[float] = (4.0,), **cells: object) -> list[dict]:
    """A case of each duration for each council."""
    hours = list(hours)
    return [{"gss_code": code, "hours": h, **cells} for code in codes for h in hours]


def numbered(region: str, last: int, first: int = 1) -> list[str]:
    return [f"{region}{number}" for number in range(first, last + 1)]


def one_a_step(random: Random, number: int) -> list[Case]:
    """Durations of which no two different ones fall into one step."""
    times = [round(0.3 * STEP ** (2 * place), 3) for place in range(30)]
    return [(random.choice(times), random.random() < 0.8) for _ in range(number)]


# The curve beside its twin ------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_shares_left_are_those_of_the_twin_at_every_time(seed, tmp_path):
    random = Random(seed)
    cases = one_a_step(random, random.choice([1, 2, 7, 60]))
    rows = [
        {"gss_code": random.choice(numbered("A", 6)), "hours": h, "is_ended": e} for h, e in cases
    ]
    path = warehouse_of(tmp_path / "made.duckdb", rows)
    found = reads.lasting(Reader(path, LOCAL_ANALYST, YEARS), intervals=("contain",)).curves
    times = [0.0, 0.29, *sorted({h for h, _ in cases}), 24.0, 168.0, 99999.0]
    shares = reads.left_at(found, times).iloc[0]
    for at, share in shares.items():
        expected = left(cases, at)
        known = None if pd.isna(share) else share
        assert known == pytest.approx(None if expected is None else 100 * expected)
    row = reads.spans(Reader(path, LOCAL_ANALYST, YEARS), intervals=("contain",)).iloc[0]
    for name, share in reads.SHARES.items():
        expected = first_time(cases, share)
        assert row[name] == pytest.approx(NAN if expected is None else expected, nan_ok=True)
    assert row["still_open"] == sum(not is_ended for _, is_ended in cases)


def test_a_median_that_the_curve_does_not_reach_is_unknown(tmp_path):
    rows = [
        *cases_of(numbered("A", 6), [2.0]),
        *cases_of(numbered("A", 6), [50.0, 60.0], is_ended=False),
    ]
    path = warehouse_of(tmp_path / "made.duckdb", rows)
    row = reads.spans(Reader(path, LOCAL_ANALYST, YEARS)).iloc[0]
    assert pd.isna(row["median"])
    assert pd.isna(row["p90"])
    assert (row["numerator"], row["denominator"], row["still_open"]) == (6, 18, 12)


def test_quantiles_are_those_of_the_statistics_package(tmp_path):
    random = Random(3)
    rows = cases_of(numbered("A", 6), [random.lognormvariate(2, 1) for _ in range(40)])
    path = warehouse_of(tmp_path / "made.duckdb", rows)
    row = reads.spans(Reader(path, LOCAL_ANALYST, YEARS)).iloc[0]
    frame = reads.told(Reader(path, LOCAL_ANALYST, YEARS), ("contain",), "all")
    steps = reads.steps_of(Reader(path, LOCAL_ANALYST, YEARS), ("contain",), "all", frame)
    known = reads.cases(steps["contain", "All"])
    for name, share in reads.SHARES.items():
        quantile = survival_quantile(share_ended=share, **known)
        assert tuple(row[[name, f"{name}_low", f"{name}_high"]]) == quantile


def test_unknown_durations_are_counted_and_in_no_curve(tmp_path):
    rows = [*cases_of(numbered("A", 6), [4.0]), *cases_of(numbered("A", 3), [NAN])]
    path = warehouse_of(tmp_path / "made.duckdb", rows)
    row = reads.spans(Reader(path, LOCAL_ANALYST, YEARS)).iloc[0]
    assert (row["denominator"], row["unknown"], row["median"]) == (6, 3, 4)


def test_where_no_duration_is_known_there_is_no_curve_and_no_nought(tmp_path):
    path = warehouse_of(tmp_path / "made.duckdb", cases_of(["A1"], [NAN]))
    row = reads.spans(Reader(path, LOCAL_ANALYST, YEARS)).iloc[0]
    assert (row["denominator"], row["unknown"]) == (0, 1)
    assert pd.isna(row["median"])
    assert reads.lasting(Reader(path, LOCAL_ANALYST, YEARS)).curves.empty


def test_years_outside_the_range_do_not_count(tmp_path):
    rows = [
        *cases_of(["A1"], [4.0], month="2022-03-01"),
        *cases_of(["A1"], [5.0], month="2022-04-01"),
        *cases_of(["A1"], [6.0], month="2025-04-01"),
    ]
    path = warehouse_of(tmp_path / "made.duckdb", rows)
    row = reads.spans(Reader(path, LOCAL_ANALYST, YEARS)).iloc[0]
    assert (row["denominator"], row["median"]) == (1, 5)


def test_steps_go_up_by_a_tenth_and_the_first_holds_the_shortest(tmp_path):
    edges = [0.0, 0.2, 0.25, 0.251, 0.25 * STEP**10 - 1e-9, 0.25 * STEP**10 + 1e-6]
    path = warehouse_of(tmp_path / "made.duckdb", cases_of(["A1"], edges))
    with duckdb.connect(path, read_only=True) as connection:
        found = connection.execute("""
            select step, ended from marts.survival_steps where way = 'all' order by step
        """).fetchall()
    assert found == [(0, 3), (1, 1), (10, 1), (11, 1)]


# Ways of telling cases apart ----------------------------------------------------------


def test_cases_by_action_and_by_objective(tmp_path):
    rows = [
        *cases_of(["A1"], [1.0, 2.0], action="Error"),
        *cases_of(["A2"], [8.0], action="Malware", has_objective=True, is_within_objective=True),
        *cases_of(["A3"], [9.0], action="Malware", has_objective=True, is_within_objective=False),
        *cases_of(["A4"], [3.0], action="Malware", has_objective=True, is_ended=False),
    ]
    path = warehouse_of(tmp_path / "made.duckdb", rows)

    def counted(way: str) -> dict[str, float]:
        found = reads.spans(Reader(path, LOCAL_ANALYST, YEARS), way=way)
        return dict(zip(found["group_label"], found["denominator"], strict=True))

    assert counted("action") == {"Malware": 3, "Error": 2}
    assert counted("cause") == {}
    assert list(counted("objective").items()) == [
        ("Objective met", 1),
        ("Objective missed", 1),
        ("Not settled yet", 1),
        ("No objective", 2),
    ]


def test_a_restored_service_without_an_incident_is_told_apart_and_stands_last(tmp_path):
    rows = [
        *cases_of(["A1"], [1.0, 2.0], action=None, interval_code="restore", cause="Supplier"),
        *cases_of(["A2"], [8.0], interval_code="restore", cause="Cyber incident"),
    ]
    path = warehouse_of(tmp_path / "made.duckdb", rows)
    found = reads.spans(Reader(path, LOCAL_ANALYST, YEARS), way="action")
    assert found["group_label"].tolist() == ["Malware", "No incident named"]
    found = reads.spans(Reader(path, LOCAL_ANALYST, YEARS), way="cause")
    assert found["group_label"].tolist() == ["Supplier", "Cyber incident"]


def test_an_unknown_way_or_interval_raises(tmp_path):
    path = warehouse_of(tmp_path / "made.duckdb", cases_of(["A1"]))
    with pytest.raises(ValueError, match="not known"):
        reads.spans(Reader(path, LOCAL_ANALYST, YEARS), way="weather")
    with pytest.raises(ValueError, match="not known"):
        reads.lasting(Reader(path, LOCAL_ANALYST, YEARS), intervals=("sleep",))


ASSESSED = """
    demonstration | baseline | A1 | 2022-04-01 | C1 | 3 | 3 | 3
    demonstration | baseline | A1 | 2023-04-01 | C1 | 3 | 1 | 3
    demonstration | baseline | A1 | 2023-04-01 | B1 | 3 | 3 | 3
    demonstration | baseline | A2 | 2023-04-01 | C1 | 2 | 2 | 3
    demonstration | baseline | A2 | 2023-04-01 | C1 | 1 | 1 | 3
    demonstration | baseline | A3 | 2023-04-01 | C1 | 2 | 3 | 3
    demonstration | baseline | A3 | 2023-04-01 | C1 | 3 | 2 | 3
    demonstration | baseline | A4 | 2023-04-01 | C1 | 3 |   | 3
    demonstration | enhanced | A5 | 2023-04-01 | C1 | 3 | 3 | 3
"""


def test_monitoring_is_that_of_the_latest_year_and_of_c1_alone(tmp_path):
    rows = [
        *cases_of(["A1"], [9.0] * 5, interval_code="detect"),
        *cases_of(["A2"], [2.0] * 5, interval_code="detect"),
        *cases_of(["A3"], [4.0] * 4, interval_code="detect"),
        *cases_of(["A4"], [7.0] * 5, interval_code="detect"),
        *cases_of(["A5"], [6.0] * 5, interval_code="detect"),
    ]
    path = warehouse_of(tmp_path / "made.duckdb", rows, assessed=ASSESSED)
    found = reads.spans(Reader(path, LOCAL_ANALYST, YEARS), intervals=("detect",), way="monitoring")
    medians = list(zip(found["group_label"], found["median"], strict=True))
    assert medians == [
        ("C1 not met at all", 9),
        ("C1 met in part", 4),
        ("C1 met in full", 2),
        ("C1 not assessed", 6),
    ]
    assert found["denominator"].tolist() == [5, 4, 5, 10]
    each = reads.monitoring(Reader(path, LOCAL_ANALYST, YEARS)).set_index("gss_code")
    assert each[["monitored", "value", "numerator"]].to_dict("index") == {
        "A1": {"monitored": 0, "value": 9, "numerator": 5},
        "A2": {"monitored": 100, "value": 2, "numerator": 5},
    }, "A3 has too few incidents, A4 no level, A5 another profile"


# Who may see it -----------------------------------------------------------------------


def hidden(frame: pd.DataFrame) -> dict[str, bool]:
    """Whether each code is withheld; then none of its numbers may be there."""
    for _, row in frame[frame["note"] == "[c]"].iterrows():
        told = {"interval_code", "group_code", "group_label", "as_at", "councils", "note"}
        assert row.drop(told).isna().all()
    return dict(zip(frame["group_code"], frame["note"] == "[c]", strict=True))


def shown(path: str, viewer: Viewer, scope: Scope = YEARS, **how: str) -> dict:
    """Whether each code is withheld, once both reads agree on that."""
    spans = reads.spans(Reader(path, viewer, scope), intervals=("contain",), **how)
    curves = reads.lasting(Reader(path, viewer, scope), intervals=("contain",), **how).curves
    found = hidden(spans)
    assert set(curves["group_code"]) == {code for code in found if not found[code]}
    return found


@pytest.mark.parametrize(("number", "is_hidden"), [(4, True), (5, False)])
def test_a_council_sees_groups_of_at_least_five(number, is_hidden, tmp_path):
    rows = cases_of(numbered("B", number))
    path = warehouse_of(tmp_path / "made.duckdb", rows)
    assert shown(path, COUNCIL) == {"All": is_hidden}
    assert shown(path, LOCAL_ANALYST) == {"All": False}


def test_no_council_makes_up_more_than_half_of_a_group(tmp_path):
    rows = [*cases_of(["B1"], [4.0] * 6), *cases_of(numbered("B", 6, 2))]
    path = warehouse_of(tmp_path / "made.duckdb", rows)
    assert shown(path, COUNCIL) == {"All": True}


def test_rows_for_the_council_alone_do_not_count_for_another(tmp_path):
    rows = [
        *cases_of(numbered("B", 5)),
        *cases_of(["B6"], [400.0], share_rank=1),
        *cases_of(["A1"], [7.0], share_rank=1),
    ]
    path = warehouse_of(tmp_path / "made.duckdb", rows)
    for viewer, number in ((COUNCIL, 6), (LOCAL_ANALYST, 7)):
        row = reads.spans(Reader(path, viewer, YEARS)).iloc[0]
        assert row["denominator"] == number, "its own case counts, B6's does not"
    seen = reads.lasting(Reader(path, COUNCIL, YEARS)).curves
    assert seen["hours"].max() < 400


def test_a_code_that_is_withheld_takes_the_next_smallest_with_it(tmp_path):
    rows = [
        *cases_of(numbered("B", 3), action="Misuse"),
        *cases_of(numbered("B", 5), action="Error"),
        *cases_of(numbered("B", 6), action="Social"),
    ]
    path = warehouse_of(tmp_path / "made.duckdb", rows)
    assert shown(path, COUNCIL, way="action") == {"Misuse": True, "Error": True, "Social": False}
    assert not any(shown(path, LOCAL_ANALYST, way="action").values())


def test_within_a_region_a_council_sees_the_whole_and_no_parts(tmp_path):
    rows = [
        *cases_of([*numbered("A", 6), *numbered("B", 6)], action="Error"),
        *cases_of([*numbered("A", 6), *numbered("B", 6)], action="Social"),
    ]
    path = warehouse_of(tmp_path / "made.duckdb", rows)
    region = replace(YEARS, regions=("A",))
    assert shown(path, COUNCIL, region) == {"All": False}
    for way in ("action", "objective", "monitoring"):
        assert all(shown(path, COUNCIL, region, way=way).values())
    assert not any(shown(path, LOCAL_ANALYST, region, way="action").values())


def test_a_region_withheld_among_all_is_withheld_when_chosen_alone(tmp_path):
    places_of = places(A=6, B=6, C=6)
    rows = [*cases_of([*numbered("A", 6), *numbered("B", 5), *numbered("C", 3)])]
    path = warehouse_of(tmp_path / "made.duckdb", rows, councils=places_of)
    found = {
        region: shown(path, COUNCIL, replace(YEARS, regions=(region,)))["All"] for region in "ABC"
    }
    assert found == {"A": False, "B": True, "C": True}, "England less A and B is C"


def test_own_cases_are_by_name_and_others_are_refused(tmp_path):
    rows = [
        *cases_of(["A1"], [4.0, 9.0], share_rank=1),
        *cases_of(["A1"], [2.0], share_rank=1, is_ended=False),
        *cases_of(["A1"], [NAN], share_rank=1),
        *cases_of(["A2"], [5.0], share_rank=2),
    ]
    path = warehouse_of(tmp_path / "made.duckdb", rows)

    def hours(viewer: Viewer, code: str) -> list[float]:
        found = reads.own(Reader(path, viewer, YEARS), code, interval="contain")
        assert "share_rank" not in found
        return found["hours"].tolist()

    assert hours(COUNCIL, "A1") == [2, 9, 4], "open first, then the longest"
    assert hours(LOCAL_ANALYST, "A2") == [5]
    assert hours(PROGRAMME, "A2") == []
    with pytest.raises(NotAllowedError):
        hours(COUNCIL, "A2")


def test_a_council_alone_is_shown_to_itself_and_to_nobody_it_does_not_share_with(tmp_path):
    rows = [*cases_of(["A1"], share_rank=2), *cases_of(["A2"], share_rank=2)]
    path = warehouse_of(tmp_path / "made.duckdb", rows)
    own, other = (replace(YEARS, councils=(code,)) for code in ("A1", "A2"))
    assert shown(path, COUNCIL, own) == {"All": False}
    assert shown(path, PROGRAMME, own) == {"All": True}
    with pytest.raises(NotAllowedError):
        reads.spans(Reader(path, COUNCIL, other))


def test_councils_beside_monitoring_are_only_those_that_may_be_named(tmp_path):
    codes = [*numbered("A", 6), *numbered("B", 6)]
    assessed = "".join(
        f"demonstration | baseline | {code} | 2023-04-01 | C1 | 3 | 3 | 2\n" for code in codes
    )
    rows = cases_of(codes, [4.0] * 5, interval_code="detect")
    path = warehouse_of(tmp_path / "made.duckdb", rows, assessed=assessed)
    found = reads.monitoring(Reader(path, COUNCIL, YEARS))
    assert found["gss_code"].tolist() == ["A1"]
    assert reads.monitoring(Reader(path, PROGRAMME, YEARS)).empty
    assert len(reads.monitoring(Reader(path, LOCAL_ANALYST, YEARS))) == 12


# The mart, from files through the whole pipeline --------------------------------------

# Months are reported on up to March 2025, which ends at 23:00 in UTC on its last day.
INCIDENTS = {
    "SPRING-1": (
        "2024-03-30T23:00:00Z",
        "2024-03-31 00:30",
        "2024-03-31 02:30",
        "2024-03-31T12:30:00+01:00",
    ),
    "AUTUMN-1": (
        "2024-10-26 12:00",
        "2024-10-27T00:30:00+01:00",
        "2024-10-27T01:30:00Z",
        "2024-10-27T13:30:00Z",
    ),
    "WHOLE-DAY-SPRING": (
        "2024-03-30 12:00",
        "2024-03-31 12:00",
        "2024-03-31 12:00",
        "2024-03-31 13:00",
    ),
    "WHOLE-DAY-AUTUMN": (
        "2024-10-26 12:00",
        "2024-10-27 12:00",
        "2024-10-27 12:00",
        "2024-10-27 13:00",
    ),
    "NO-BEGINNING": ("", "2024-06-01T00:00:00Z", "2024-06-01T03:00:00Z", "2024-06-01T07:00:00Z"),
    "OPEN-NOT-CONTAINED": ("2025-03-30T11:00:00Z", "2025-03-30T23:00:00Z", "", ""),
    "OPEN-CONTAINED": ("2025-03-30T11:00:00Z", "2025-03-30T12:00:00Z", "2025-03-31T11:00:00Z", ""),
    "OVER-WHEN-CONTAINED-UNKNOWN": (
        "2024-06-01T00:00:00Z",
        "2024-06-01T01:00:00Z",
        "",
        "2024-06-01T09:00:00Z",
    ),
    "AFTER-THE-LAST-MONTH": ("2025-04-01T11:00:00Z", "2025-04-01T12:00:00Z", "", ""),
}
HOURS = {
    # The clock went from one to two: two hours by the wall are one.
    "SPRING-1": {"detect": 1.5, "contain": 1.0, "recover": 10.0},
    # Half past midnight in summer time; the night has 25 hours.
    "AUTUMN-1": {"detect": 12.5, "contain": 2.0, "recover": 12.0},
    "WHOLE-DAY-SPRING": {"detect": 23.0, "contain": 0.0, "recover": 1.0},
    "WHOLE-DAY-AUTUMN": {"detect": 25.0, "contain": 0.0, "recover": 1.0},
    "NO-BEGINNING": {"detect": None, "contain": 3.0, "recover": 4.0},
    "OPEN-NOT-CONTAINED": {"detect": 12.0, "contain": 24.0},
    "OPEN-CONTAINED": {"detect": 1.0, "contain": 23.0, "recover": 12.0},
    "OVER-WHEN-CONTAINED-UNKNOWN": {"detect": 1.0, "contain": None, "recover": None},
    "AFTER-THE-LAST-MONTH": {"detect": 1.0, "contain": 0.0},
    "THE-DAY-ONLY": {"detect": None, "contain": None, "recover": None},
}
OPEN = {
    ("OPEN-NOT-CONTAINED", "contain"),
    ("OPEN-CONTAINED", "recover"),
    ("AFTER-THE-LAST-MONTH", "contain"),
    ("DIS-OPEN-MISSED", "restore"),
    ("DIS-OPEN-IN-TIME", "restore"),
}
# Start, end, objective, incident; then hours and whether the objective was met.
DISRUPTIONS = {
    "DIS-MET": ("2024-03-31 00:30", "2024-03-31 02:30", "1", "SPRING-1", 1.0, True),
    "DIS-MISSED": ("2024-10-27 00:30", "2024-10-27 02:30", "2.5", "AUTUMN-1", 3.0, False),
    "DIS-NO-OBJECTIVE": ("2024-06-01T00:00:00Z", "2024-06-01T02:00:00Z", "", "", 2.0, None),
    "DIS-OPEN-MISSED": ("2025-03-31T11:00:00Z", "", "4", "OPEN-CONTAINED", 12.0, False),
    "DIS-OPEN-IN-TIME": ("2025-03-31T13:00:00Z", "", "48", "OPEN-NOT-CONTAINED", 10.0, None),
    "DIS-ALSO-MET": ("2024-10-27T00:00:00Z", "2024-10-27T01:00:00Z", "5", "AUTUMN-1", 1.0, True),
}


def an_incident(name: str, moments: tuple[str, ...], **cells: str) -> dict[str, str]:
    columns = ("occurred_at", "detected_at", "contained_at", "recovered_at")
    return incident(
        incident_ref=name,
        submitted_at="2025-04-10T00:00:00Z",
        **dict(zip(columns, moments, strict=True)),
        **cells,
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The rows above in files, and the warehouse that the pipeline made of them."""
    from tests.support.warehouse import Installation

    made = Installation(tmp_path_factory.mktemp("durations"))
    usual = INCIDENTS["NO-BEGINNING"]
    made.put(
        "incidents",
        [
            *(an_incident(name, moments) for name, moments in INCIDENTS.items()),
            an_incident(
                "THE-DAY-ONLY",
                ("2024-06-01", "2024-06-02", "2024-06-03", "2024-06-04"),
                detected_precision="day",
            ),
            an_incident("NOTHING-IN-FACT", usual, incident_status="False positive"),
            an_incident("STOPPED-BEFORE", usual, incident_status="Near miss"),
        ],
    )
    made.put(
        "disruptions",
        [
            *(
                disruption(
                    disruption_id=name,
                    started_at=start,
                    restored_at=end,
                    rto_hours=objective,
                    incident_ref=reference,
                    is_planned="false",
                    cause_class="cyber",
                    submitted_at="2025-04-10T00:00:00Z",
                )
                for name, (start, end, objective, reference, *_) in DISRUPTIONS.items()
            ),
            disruption(disruption_id="DIS-PLANNED", is_planned="true"),
        ],
    )
    made.put(
        "returns",
        [
            returned(dataset=name, period_starts_on="2025-03-01")
            for name in ("incidents", "disruptions")
        ],
    )
    report = made.build()
    assert report.quarantine == []
    return made


def test_hours_are_right_across_both_changes_of_the_clocks_and_unknown_otherwise(built):
    found: dict[str, dict[str, float | None]] = {}
    for name, interval, hours in built.read(
        "select reference, interval_code, hours from core.spans where interval_code <> 'restore'"
    ):
        found.setdefault(name, {})[interval] = hours
    assert found == HOURS


def test_what_is_still_open_counts_to_the_end_of_the_last_month_reported_on(built):
    rows = built.read("select reference, interval_code from core.spans where not is_ended")
    assert set(rows) == OPEN
    days = built.read("select distinct as_at from core.spans")
    assert days == [(date(2025, 3, 31),)]


def test_services_have_their_hours_their_objective_and_the_action_behind(built):
    rows = built.read(
        "select reference, hours, is_within_objective, has_objective, action, cause "
        "from core.spans where interval_code = 'restore'"
    )
    assert {name: tuple(rest[:2]) for name, *rest in rows} == {
        name: row[4:] for name, row in DISRUPTIONS.items()
    }
    for name, _, _, has_objective, action, cause in rows:
        assert has_objective == bool(DISRUPTIONS[name][2])
        assert (action is None) == (DISRUPTIONS[name][3] == "")
        assert cause == "Cyber incident"


def test_an_incident_met_the_objective_where_every_service_that_it_took_did(built):
    rows = built.read(
        "select reference, has_objective, is_within_objective from core.spans "
        "where interval_code = 'detect' and has_objective"
    )
    assert sorted(rows) == [
        ("AUTUMN-1", True, False),
        ("OPEN-CONTAINED", True, False),
        ("OPEN-NOT-CONTAINED", True, None),
        ("SPRING-1", True, True),
    ]


def test_restored_services_are_those_of_the_twin(made):
    found = made.warehouse.read(
        "select gss_code, month, hours from core.spans where interval_code = 'restore' and is_ended"
    )
    expected = twins.hours_to_restore(made.disruptions)
    assert len(found) == len(expected) > 300
    for row, wanted in zip(sorted(found), expected, strict=True):
        assert row[:2] == wanted[:2]
        assert row[2] == pytest.approx(wanted[2])


# Steps beside the exact durations -----------------------------------------------------


@pytest.mark.parametrize("interval", reads.INTERVALS)
def test_quantiles_of_the_steps_are_within_a_step_of_the_exact_ones(interval, demo):
    rows = demo.rows(f"""
        select hours, is_ended from core.spans
        where interval_code = '{interval}' and collection = 'demonstration'
    """)
    scope = demo.scope()
    found = reads.spans(Reader(demo.path, LOCAL_ANALYST, scope), intervals=(interval,))
    for name, share in reads.SHARES.items():
        exact = survival_quantile(rows["hours"], rows["is_ended"], share)
        value = found[name].iloc[0]
        assert exact.value / STEP <= value <= exact.value * STEP


@pytest.mark.parametrize("way", ["action", "objective", "cause", "monitoring"])
def test_the_ways_add_up_to_all_cases(way, demo):
    def counted(how: str) -> pd.Series:
        found = reads.spans(Reader(demo.path, LOCAL_ANALYST, demo.scope()), way=how)
        columns = ["numerator", "denominator", "still_open", "unknown"]
        return found.groupby("interval_code")[columns].sum()

    part, whole = counted(way), counted("all")
    pd.testing.assert_frame_equal(part, whole.loc[part.index])
    assert set(part.index) == ({"restore"} if way == "cause" else set(whole.index))


def test_there_is_one_case_of_a_service_for_each_disruption_that_was_not_planned(demo):
    number = demo.rows("select count(*) as n from core.disruptions where not is_planned")
    found = reads.spans(Reader(demo.path, LOCAL_ANALYST, demo.scope())).set_index("interval_code")
    assert found["denominator"]["restore"] == number["n"].iloc[0]


# The chart ----------------------------------------------------------------------------


def curve(code: str, *points: tuple[float, float], label: str = "") -> pd.DataFrame:
    frame = pd.DataFrame([(0.0, 100.0), *points], columns=["hours", "survival"])
    return frame.assign(
        group_code=code,
        group_label=label or code,
        lower=frame["survival"] - 5,
        upper=frame["survival"] + 5,
        at_risk=1.0,
        ended=1.0,
        interval_code="contain",
    )


SLOW = curve("slow", (10.0, 80.0), (100.0, 50.0), (900.0, 0.0), label="Slow & <b>old")
QUICK = curve("quick", (1.0, 60.0), (2.0, 40.0), (30.0, 0.0))
STUCK = curve("stuck", (3.0, 90.0), (600.0, 90.0))
CURVES = pd.concat([SLOW, QUICK, STUCK], ignore_index=True)


def lines(figure) -> dict:
    return {t.name: t for t in figure.data if t.mode == "lines" and t.name}


def test_lines_are_steps_that_begin_at_the_left_edge_and_end_where_curves_do():
    figure = survival(CURVES)
    assert set(lines(figure)) == {"Slow &amp; &lt;b&gt;old", "quick", "stuck"}
    for line in lines(figure).values():
        assert line.line.shape == "hv"
        assert line.x[0] == pytest.approx(10 ** figure.layout.xaxis.range[0])
        assert line.y[0] == 100
        assert all(before < after for before, after in pairwise(line.x))
        assert max(line.x) <= 10 ** figure.layout.xaxis.range[1] * 1.001
    assert lines(figure)["quick"].y[-1] == 0


def test_hours_are_told_apart_as_people_tell_them():
    figure = survival(CURVES)
    said = [text.replace("<br>", " ") for text in figure.layout.xaxis.ticktext]
    assert figure.layout.xaxis.type == "log"
    assert {"1 hour", "1 day", "1 week", "1 month"} <= set(said)
    assert list(figure.layout.xaxis.tickvals) == sorted(figure.layout.xaxis.tickvals)


def test_medians_are_dots_on_the_line_at_half_and_none_where_it_is_not_reached():
    dots = [t for t in survival(CURVES).data if t.name == "Median"]
    assert {(t.x[0], t.y[0]) for t in dots if t.x[0] == t.x[0]} == {(100, 50), (2, 50)}
    half = [s for s in survival(CURVES).layout.shapes if s.y0 == s.y1 == 50]
    assert len(half) == 1


def test_labels_name_each_line_the_slowest_at_the_top_and_do_not_meet():
    notes = [
        a for a in survival(CURVES, ended="contained").layout.annotations if a.xanchor == "right"
    ]
    assert [note.text.partition("<br>")[0] for note in notes] == [
        "<b>stuck</b>",
        "<b>Slow &amp; &lt;b&gt;old</b>",
        "<b>quick</b>",
    ]
    assert "fewer than half contained" in notes[0].text
    assert "half in 2 hours" in notes[2].text
    for above, below in pairwise(notes):
        assert (above.y - below.y) / 101 * 340 > 2 * 17


def test_four_at_most_are_in_colour_and_only_those_are_named():
    many = pd.concat([curve(f"g{n}", (n + 1.0, 40.0), (90.0, 0.0)) for n in range(7)])
    figure = survival(many, highlight=("g5", "g2", "g1", "g0", "g3"))
    grey = [n for n, line in lines(figure).items() if line.line.color == theme.GREY]
    assert sorted(grey) == ["g3", "g4", "g6"]
    named = [a.text for a in figure.layout.annotations if a.xanchor == "right"]
    assert len(named) == 4


def test_limits_are_drawn_for_one_or_two_lines_and_not_for_more():
    for number, bands in ((1, 1), (2, 2), (3, 0)):
        codes = ["slow", "quick", "stuck"][:number]
        figure = survival(CURVES[CURVES["group_code"].isin(codes)])
        assert sum(t.fill == "toself" for t in figure.data) == bands


def test_without_rows_it_refuses():
    with pytest.raises(ValueError, match="no rows"):
        survival(CURVES.iloc[:0])


def test_a_line_whose_everything_ended_at_once_is_drawn():
    figure = survival(curve("one", (0.1, 0.0)))
    assert lines(figure)["one"].y[-1] == 0


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0.25, "15 minutes"),
        (1 / 60, "1 minute"),
        (0.995, "1 hour"),
        (1, "1 hour"),
        (7.54, "7.5 hours"),
        (47.6, "48 hours"),
        (48, "2 days"),
        (100, "4.2 days"),
        (700, "29 days"),
        (1461, "2 months"),
        (8766, "12 months"),
        (NAN, "not known"),
        (0, "0 minutes"),
    ],
)
def test_hours_are_written_as_people_say_them(hours, said):
    assert in_time(hours) == said


# The view -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def published(demo) -> Iterator[None]:
    """The page reads the demonstration warehouse."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "warehouse", demo.folder)
        yield


def opened(**asked: str):
    return pages.opened("service_disruption", view="How long it lasts", **asked)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"region": "London"},
        {"council": "Hackney"},
        {"interval": "Restore", "split": "Cause"},
        {"interval": "Restore", "split": "Restore objective", "council": "Hackney"},
        {"interval": "Contain", "split": "Restore objective"},
        {"interval": "Recover", "type": "County councils", "from": "2025/26"},
    ],
    ids=str,
)
def test_the_view_is_whole(asked, published):
    app = opened(**asked)
    assert pages.failures(app) == []
    found = {figure.key: figure for figure in pages.figures(app)}
    assert {"duration", "duration-monitoring", "monitoring-councils"} <= set(found)
    for figure in found.values():
        kind, _, rest = figure.chart.alt.partition(": ")
        assert kind in pages.KINDS
        assert rest.startswith(figure.title)
        assert figure.sentence in rest
        period, coverage = figure.caption.split(" · ")[:2]
        assert pages.PERIOD.search(period)
        assert pages.COVERAGE.search(coverage)
        assert len(figure.tables[0])
    assert not pages.NOTHING & {cell.strip() for cell in pages.cells(app)}
    for said in (pages.said(app), *pages.cells(app)):
        assert not pages.RAW.search(said), said
        assert not set(said.split()) & pages.NOTHING


def test_the_council_picked_out_stands_beside_the_rest_and_its_cases_by_name(published):
    app = opened(council="Hackney", interval="Restore")
    figure = next(f for f in pages.figures(app) if f.key == "duration")
    assert figure.tables[0]["Group"].tolist() == ["Hackney", "England"]
    assert "Hackney: half of" in figure.sentence
    listed = [t.value for t in [*app.table, *app.dataframe] if "Reference" in t.value]
    assert len(listed) == 1
    assert listed[0]["Reference"].str.startswith("DIS-").all()


@pytest.fixture
def hackney(demo, monkeypatch) -> Viewer:
    """Hackney's officer is looking, as when sign-in is built."""
    found = demo.rows("select gss_code from marts.councils where short_name = 'Hackney'")
    viewer = Viewer("council", found["gss_code"].iloc[0])
    monkeypatch.setattr(store, "viewer", lambda: viewer)
    return viewer


@pytest.mark.parametrize("asked", [{}, {"council": "Hackney"}, {"region": "London"}], ids=str)
def test_to_a_council_no_other_is_named(asked, published, hackney, demo):
    private = demo.rows(f"""
        select short_name, gss_code from marts.councils
        where is_current and gss_code <> '{hackney.gss_code}' and gss_code not in (
            select gss_code from core.share_levels where share_rank = 4)
    """)
    names = {*private["short_name"], *private["gss_code"]}
    app = opened(**asked)
    assert pages.failures(app) == []
    assert not names & set(pages.cells(app))
    drawn = " ".join(chart.spec + chart.alt for chart in pages.charts(app))
    assert [name for name in names if f"<b>{name}</b>" in drawn] == []


def test_a_council_that_narrows_to_a_region_is_told_why_there_are_no_parts(published, hackney):
    app = opened(region="London")
    keys = {figure.key for figure in pages.figures(app)}
    assert "duration" in keys
    assert "duration-action" not in keys
    assert "could tell of a single council" in pages.said(app)


def test_what_the_sentence_names_is_named_in_the_chart_and_the_rest_is_grey(published):
    app = opened(interval="Restore", split="Action (VERIS)")
    figure = next(f for f in pages.figures(app) if f.key == "duration-action")
    soonest, latest = (
        figure.sentence.split(f"{end}: ")[1].split(", half")[0] for end in ("soonest", "Latest")
    )
    for name in (soonest, latest):
        assert f"<b>{name}</b><br><span" in figure.chart.spec.encode().decode("unicode_escape")
    grey = figure.sentence.split("In grey: ")[1].split(".")[0]
    assert soonest not in grey
    assert latest not in grey
