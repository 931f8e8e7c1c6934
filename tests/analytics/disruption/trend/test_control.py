"""Is it falling? The mart beside its slow twin, the reads, the chart and the view."""

import re
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics.disruption.trend.chart import control as chart
from analytics.disruption.trend.chart import control_sentence, signal_words, span
from analytics.reading import control
from analytics.reading.control_signals import season, signals, years_apart
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.reading.viewer import LOCAL_ANALYST, NotAllowedError, Viewer
from analytics.statistics import c_limits, u_limits, xmr_limits
from analytics.statistics.rules import BEYOND, MOVING, NEAR, ONE_SIDE
from analytics.ui import store
from settings import settings
from tests.support.demo import by_hand, places
from tests.support.pages import (
    KINDS,
    NOTHING,
    RAW,
    cells,
    failures,
    figures,
    infos,
    opened,
    plain,
    said,
)
from tests.support.rows import Row, disruption, incident, returned
from tests.support.twins import (
    LONDON,
    QUARTER,
    hours_disrupted,
    moment,
    month_of,
    next_month,
    reported,
    today,
    unplanned,
)
from tests.support.warehouse import Installation


HARTLEPOOL, REDCAR, HACKNEY = "E06000001", "E06000003", "E09000012"
ALLERDALE, CUMBERLAND = "E07000026", "E06000063"
COUNCIL = Viewer("council", "A1")
YEAR = Scope("demonstration", date(2024, 4, 1), date(2025, 3, 1))
Found = dict[tuple[str, date, str], Any]


# The slow twin ------------------------------------------------------------------------


def twin_hours(rows: list[Row], returns: list[Row]) -> Found:
    """Hours by council, month and cause: a quarter hour of a service counts once."""
    found: Found = {}
    for part in ["any", *{row["cause_class"] for row in rows}]:
        some = [row for row in rows if part in ("any", row["cause_class"])]
        for (code, month), hours in hours_disrupted(some, returns).items():
            if hours or part == "any":
                found[code, month, part] = hours
    return found


def twin_residents(rows: list[Row], returns: list[Row]) -> Found:
    """Resident-hours, quarter hour by quarter hour: the most residents that are told.

    Unknown where services for the public were disrupted and nobody tells.
    """
    months = reported(returns, "disruptions")
    last = next_month(max(month for _, month in months))
    until = datetime(last.year, last.month, 1, tzinfo=LONDON).astimezone(UTC)
    at: dict[tuple[str, str, str, int], list[int | None]] = defaultdict(list)
    for row in unplanned(rows):
        if not row["lgsl_id"] and not row["residents_affected"]:
            continue
        end = moment(row["restored_at"]) if row["restored_at"] else until
        told = int(row["residents_affected"]) if row["residents_affected"] else None
        start = int(moment(row["started_at"]).timestamp()) // QUARTER
        for quarter in range(start, int(end.timestamp()) // QUARTER):
            for part in ("any", row["cause_class"]):
                service = row["lgsl_id"] or row["corporate_service"]
                at[today(row["gss_code"]), service, part, quarter].append(told)
    found: Found = {(code, month, "any"): 0.0 for code, month in months}
    known: Found = {}
    for (code, _, part, quarter), residents in at.items():
        month = month_of(datetime.fromtimestamp(quarter * QUARTER, UTC))
        most = [number for number in residents if number is not None]
        key = code, month, part
        if (code, month) in months:
            known[key] = known.get(key, False) or bool(most)
            found[key] = found.get(key, 0.0) + 0.25 * max(most, default=0)
    return {key: n if known.get(key, True) else None for key, n in found.items()}


def twin_counts(events: Iterable[tuple[str, date, str]], months: set) -> Found:
    """Events by council, month and part, 0 where a month was reported without one."""
    found: Found = {(code, month, "any"): 0 for code, month in months}
    for code, month, part in events:
        if (code, month) in months:
            for name in ("any", part):
                found[code, month, name] = found.get((code, month, name), 0) + 1
    return found


def started(rows: list[Row]) -> list[tuple[str, date, str]]:
    """Council of today, month and cause of every unplanned disruption."""
    return [
        (today(row["gss_code"]), month_of(moment(row["started_at"])), row["cause_class"])
        for row in unplanned(rows)
    ]


def united_services(rows: list[Row], until: datetime, months: set) -> Found:
    """Hours by council, month and service, a quarter of an hour once; 0 where none."""
    spent = set()
    for row in unplanned(rows):
        code = f"lgsl-{row['lgsl_id']}" if row["lgsl_id"] else row["corporate_service"]
        start = int(moment(row["started_at"]).timestamp()) // 900
        end = moment(row["restored_at"]) if row["restored_at"] else until
        numbers = range(start, int(end.timestamp()) // 900)
        spent |= {(today(row["gss_code"]), code, number) for number in numbers}
    found: Found = {(code, month, "any"): 0.0 for code, month in months}
    for council, service, number in spent:
        month = month_of(datetime.fromtimestamp(number * 900, UTC))
        if (council, month) in months:
            for part in ("any", service):
                key = council, month, part
                found[key] = found.get(key, 0.0) + 0.25
    return found


def mart(installation: Installation, measure: str) -> Found:
    """What the mart holds of a measure."""
    rows = installation.read(
        "select gss_code, period, part, amount from marts.disruption_months "
        f"where measure = '{measure}'"
    )
    return {(code, month, part): amount for code, month, part, amount in rows}


def same(found: Found, expected: Found) -> None:
    """Both hold the same keys and, nearly, the same amounts."""
    assert found.keys() == expected.keys()
    for key, amount in expected.items():
        assert found[key] == pytest.approx(amount), key


def one(random: Random, number: int) -> Row:
    """A disruption among few services, councils and causes, so that many overlap."""
    start = datetime(2024, 2, 20, tzinfo=UTC)
    start += timedelta(minutes=15 * random.randrange(4 * 24 * 60))
    if number % 5 == 0:
        start = datetime(2024, 3, 31, 0, 15 * (number % 3), tzinfo=UTC)
    end = start + timedelta(minutes=15 * random.choice([0, 1, 9, 60, 200]))
    is_public = random.random() < 0.7
    return disruption(
        disruption_id=f"DIS-{number:04}",
        gss_code=random.choice([HARTLEPOOL, REDCAR, CUMBERLAND]),
        lgsl_id=random.choice([58, 69]) if is_public else "",
        corporate_service="" if is_public else "payroll",
        started_at=start.isoformat().replace("+00:00", "Z"),
        restored_at="" if number == 7 else end.isoformat().replace("+00:00", "Z"),
        is_planned=str(number % 9 == 1).lower(),
        cause_class=random.choice(["cyber", "supplier", "other"]),
        residents_affected=random.choice(["", "", 10, 300, 5000]),
        submitted_at="2026-01-01T00:00:00Z",
    )


def alike(number: int) -> Row:
    """One of several disruptions that begin and end together, none telling residents
    but the last."""
    return disruption(
        disruption_id=f"DIS-9{number:03}",
        gss_code=HACKNEY,
        lgsl_id=58,
        started_at="2024-03-05T00:00:00Z",
        restored_at="2024-03-05T02:00:00Z",
        is_planned="false",
        cause_class="cyber",
        residents_affected=40 if number == 2 else "",
        submitted_at="2026-01-01T00:00:00Z",
    )


STATES = ["Confirmed", "Confirmed", "Suspected", "Near miss"]


@pytest.fixture(scope="module")
def few(tmp_path_factory) -> tuple[Installation, dict[str, list[Row]]]:
    """120 disruptions with residents and 60 incidents of three months, built."""
    random = Random(3)
    months = [date(2024, 2, 1), date(2024, 3, 1), date(2024, 4, 1)]
    incidents = [
        incident(
            incident_ref=f"INC-{number:04}",
            gss_code=random.choice([HARTLEPOOL, REDCAR]),
            incident_status=random.choice(STATES),
            category=random.choice(["Cyber", "Non-cyber"]),
            action=random.choice(["error", "hacking"]),
            detected_at=f"2024-0{random.randint(2, 4)}-10T10:00:00Z",
            detected_precision="year" if number % 20 == 0 else "",
        )
        for number in range(60)
    ]
    returns = [
        returned(gss_code=code, dataset=name, period_starts_on=month, received_on="2025-12-01")
        for code in (HARTLEPOOL, REDCAR, CUMBERLAND, HACKNEY)
        for name in ("disruptions", "incidents")
        for month in months
        if (code, month) != (REDCAR, months[1])
    ]
    rows = {
        "disruptions": [*(one(random, n) for n in range(120)), *map(alike, range(3))],
        "incidents": incidents,
        "returns": returns,
    }
    made = Installation(tmp_path_factory.mktemp("few"))
    for name, some in rows.items():
        made.put(name, some)
    made.build()
    return made, rows


def test_hours_by_cause_are_those_of_the_twin(made):
    same(mart(made.warehouse, "hours"), twin_hours(made.disruptions, made.returns))


def test_disruptions_by_cause_are_those_of_the_twin(made):
    months = reported(made.returns, "disruptions")
    expected = twin_counts(started(made.disruptions), months)
    same(mart(made.warehouse, "disruptions"), expected)


def test_services_are_split_by_month_as_their_twin_says(made):
    months = reported(made.returns, "disruptions")
    last = next_month(max(month for _, month in months))
    until = datetime(last.year, last.month, 1, tzinfo=LONDON)
    expected = united_services(made.disruptions, until, months)
    same(nonzero(mart(made.warehouse, "service_hours")), nonzero(expected))
    same(
        mart(made.warehouse, "service_disruptions"),
        twin_counts(
            [
                (code, month, service)
                for (code, month, _), service in zip(
                    started(made.disruptions), services_of(made.disruptions), strict=True
                )
            ],
            months,
        ),
    )


def nonzero(found: Found) -> Found:
    """Rows of any, and parts above 0: a spell of no length leaves a row of nought."""
    return {key: n for key, n in found.items() if n or key[2] == "any"}


def services_of(rows: list[Row]) -> list[str]:
    """The service of every unplanned disruption, as the core calls it."""
    return [
        f"lgsl-{row['lgsl_id']}" if row["lgsl_id"] else str(row["corporate_service"])
        for row in unplanned(rows)
    ]


def test_hours_of_every_cause_are_those_that_the_indicator_counts(made):
    rows = made.warehouse.read("""
        select count(*), max(abs(v.numerator - m.amount))
        from marts.indicator_values v
        join marts.disruption_months m using (collection, gss_code, period)
        where v.indicator = 'hours_disrupted' and m.measure = 'hours' and m.part = 'any'
    """)
    assert rows[0][0] > 100
    assert rows[0][1] == pytest.approx(0, abs=1e-6)


def test_resident_hours_are_those_of_the_twin(few):
    made, rows = few
    found = mart(made, "resident_hours")
    expected = twin_residents(rows["disruptions"], rows["returns"])
    # A part whose disruptions lasted no time has a row of 0 besides.
    extra = found.keys() - expected.keys()
    assert all(found[key] == 0 for key in extra)
    same({key: found[key] for key in expected}, expected)
    assert {None, 0} < set(expected.values())


def test_hours_and_disruptions_of_few_rows_are_those_of_the_twin_too(few):
    made, rows = few
    same(mart(made, "hours"), twin_hours(rows["disruptions"], rows["returns"]))
    months = reported(rows["returns"], "disruptions")
    same(mart(made, "disruptions"), twin_counts(started(rows["disruptions"]), months))


def test_equal_disruptions_count_once_with_the_residents_that_one_of_them_tells(few):
    found = mart(few[0], "resident_hours")
    assert found[HACKNEY, date(2024, 3, 1), "any"] == 80
    assert mart(few[0], "hours")[HACKNEY, date(2024, 3, 1), "cyber"] == 2


def test_incidents_are_those_confirmed_by_month_and_action(few):
    made, rows = few
    events = [
        (row["gss_code"], month_of(moment(row["detected_at"])), row["action"])
        for row in rows["incidents"]
        if row["incident_status"] == "Confirmed" and row["detected_precision"] != "year"
    ]
    months = reported(rows["returns"], "incidents")
    same(mart(made, "incidents"), twin_counts(events, months))


def test_disruptions_that_do_not_tell_residents_are_counted(few):
    made, rows = few
    months = reported(rows["returns"], "disruptions")
    public = [
        row
        for row in unplanned(rows["disruptions"])
        if (row["lgsl_id"] or row["residents_affected"])
        and (row["gss_code"], month_of(moment(row["started_at"]))) in months
    ]
    silent = [row for row in public if not row["residents_affected"]]
    found = made.read("""
        select sum(lacking), sum(counted) from marts.disruption_months
        where measure = 'resident_hours' and part = 'any'
    """)
    assert found == [(len(silent), len(public))]


def test_the_mart_has_one_row_a_key_and_a_row_of_any_wherever_it_has_a_part(few):
    made, _ = few
    assert made.read("""
        select count(*) - count(distinct (measure, collection, gss_code, period, part))
        from marts.disruption_months
    """) == [(0,)]
    assert made.read("""
        select count(*) from marts.disruption_months p
        where not exists (select 1 from marts.disruption_months a
            where a.part = 'any' and a.measure = p.measure and a.period = p.period
                and a.collection = p.collection and a.gss_code = p.gss_code)
    """) == [(0,)]


# The reads ----------------------------------------------------------------------------


def warehouse_of(path, councils: str, rows: Iterable[dict[str, Any]]) -> str:
    """A warehouse whose mart holds these rows: code, month, part, amount, level."""
    empty, _ = by_hand(path, councils=councils)
    # The reads keep open what they have read, so the mart goes into a copy.
    found = shutil.copy(empty, path.with_name("with-mart.duckdb"))
    with duckdb.connect(str(found)) as connection:
        connection.execute("""
            create table marts.disruption_months (measure varchar, collection varchar,
                gss_code varchar, period date, part varchar, amount double,
                lacking bigint, counted bigint, share_rank integer);
            create table reference.lists (list varchar, code varchar, label varchar,
                sort_order integer);
            create table reference.services (lgsl_id integer, service varchar);
            insert into reference.lists values ('cause_class', 'cyber', 'Cyber', 1),
                ('cause_class', 'other', 'Other', 2), ('action', 'error', 'Error', 1)
        """)
        for row in rows:
            full = {
                "measure": "hours",
                "collection": "demonstration",
                "part": "any",
                "lacking": 0,
                "counted": 0,
                "share_rank": 3,
            } | row
            names = ", ".join(full)
            marks = ", ".join(f"${name}" for name in full)
            connection.execute(
                f"insert into marts.disruption_months ({names}) values ({marks})", full
            )
    return str(found)


@pytest.fixture
def hand(tmp_path):
    """A maker of such warehouses in this test's folder."""
    return lambda rows, **regions: warehouse_of(
        tmp_path / "hand.duckdb", places(**(regions or {"A": 3})), rows
    )


def row(code: str, month: str, amount: float | None, **cells: Any) -> dict[str, Any]:
    """A row of the mart."""
    return {"gss_code": code, "period": f"{month}-01", "amount": amount} | cells


def values(frame: pd.DataFrame) -> list[float | None]:
    """Values in order of time, none where unknown."""
    return [
        None if pd.isna(value) else round(value, 6)
        for value in frame.sort_values("period")["value"]
    ]


def test_a_value_is_per_council_that_reported(hand):
    path = hand([row("A1", "2024-04", 6), row("A2", "2024-04", 0), row("A1", "2024-05", 6)])
    frame = control.series(Reader(path, LOCAL_ANALYST, YEAR), "hours")
    assert values(frame) == [3, 6]
    assert frame["councils"].tolist() == [2, 1]
    assert frame["expected"].tolist() == [3, 3]
    assert frame["period_label"].tolist() == ["Apr 2024", "May 2024"]


def test_counts_are_a_year_s_and_a_quarter_weighs_the_months_reported(hand):
    path = hand(
        [
            row("A1", "2024-04", 1, measure="incidents"),
            row("A1", "2024-05", 2, measure="incidents"),
            row("A2", "2024-04", 0, measure="incidents"),
        ]
    )
    frame = control.series(Reader(path, LOCAL_ANALYST, YEAR), "incidents", bucket="quarter")
    assert values(frame) == [12 * 3 / 3]
    assert frame["period_label"].tolist() == ["Q1 2024/25"]
    assert frame["councils"].tolist() == [2]


def test_a_month_without_a_return_is_unknown_and_one_without_events_is_zero(hand):
    path = hand([row("A1", "2024-04", 0), row("A2", "2024-05", 4), row("A1", "2024-06", 2)])
    frame = control.series(Reader(path, LOCAL_ANALYST, YEAR), "hours", by="council")
    assert values(frame[frame["group_code"] == "A1"]) == [0, None, 2]
    assert values(frame[frame["group_code"] == "A2"]) == [None, 4, None]
    assert values(frame[frame["group_code"] == "A3"]) == [None, None, None]
    assert set(frame.loc[frame["value"].isna(), "note"]) == {"[x]"}


def test_a_cause_that_did_not_happen_is_zero_where_the_month_was_reported(hand):
    path = hand(
        [
            row("A1", "2024-04", 6),
            row("A1", "2024-04", 6, part="cyber"),
            row("A2", "2024-04", 2),
            row("A2", "2024-04", 2, part="other"),
            row("A1", "2024-05", 0),
        ]
    )
    frame = control.series(Reader(path, LOCAL_ANALYST, YEAR), "hours", part="cyber")
    assert values(frame) == [3, 0]
    every = control.series(Reader(path, LOCAL_ANALYST, YEAR), "hours", part="all")
    assert sorted(set(every["part"])) == ["any", "cyber", "other"]
    never = control.series(Reader(path, LOCAL_ANALYST, YEAR), "hours", part="error")
    assert values(never) == [0, 0]
    assert control.parts(path, LOCAL_ANALYST, "demonstration", "hours") == {
        "cyber": "Cyber",
        "other": "Other",
    }


def test_an_amount_that_nobody_tells_leaves_its_council_out_of_the_month(hand):
    path = hand(
        [
            row("A1", "2024-04", None, measure="resident_hours", lacking=2, counted=2),
            row("A2", "2024-04", 10, measure="resident_hours", lacking=1, counted=2),
            row("A1", "2024-05", None, measure="resident_hours", lacking=1, counted=1),
        ]
    )
    frame = control.series(Reader(path, LOCAL_ANALYST, YEAR), "resident_hours")
    assert values(frame) == [10, None]
    assert frame["councils"].tolist() == [1, 0]
    assert frame["lacking"].tolist() == [3, 1]


def test_regions_and_types_are_lines_of_their_own(hand):
    path = hand([row("A1", "2024-04", 6), row("B1", "2024-04", 2)], A=2, B=1)
    frame = control.series(Reader(path, LOCAL_ANALYST, YEAR), "hours", by="region")
    assert dict(zip(frame["group_code"], frame["value"], strict=True)) == {"A": 6, "B": 2}
    assert frame["expected"].tolist() == [2, 1]
    only = Scope("demonstration", YEAR.since, YEAR.until, regions=("B",))
    assert values(control.series(Reader(path, LOCAL_ANALYST, only), "hours")) == [2]


def test_limits_are_those_of_the_chart_that_suits_the_measure(hand):
    months = [f"2024-{n:02}" for n in range(4, 13)]
    amounts = [90, 100, 110, 95, 105, 100, 92, 108, 200]
    path = hand(
        [
            row("A1", m, n, measure=k)
            for m, n in zip(months, amounts, strict=True)
            for k in ("hours", "incidents")
        ]
        + [row("A2", "2024-04", 90, measure="incidents")]
    )
    hours = control.line(Reader(path, LOCAL_ANALYST, YEAR), "hours")
    assert hours["centre"][0] == pytest.approx(xmr_limits(amounts).centre)
    assert hours["upper"][0] == pytest.approx(xmr_limits(amounts).upper)
    counts = control.line(Reader(path, LOCAL_ANALYST, YEAR), "incidents")
    expected = u_limits([180, *amounts[1:]], [2 / 12, *[1 / 12] * 8])
    assert counts["upper"].tolist() == pytest.approx(expected.upper.tolist())
    own = control.line(Reader(path, LOCAL_ANALYST, YEAR), "incidents", by="council", group="A1")
    assert own["value"].tolist() == amounts
    assert own["upper"][0] == pytest.approx(c_limits(amounts).upper[0])
    assert own["rules"].iloc[-1] == BEYOND


def test_a_quarter_of_one_council_counts_only_when_whole(hand):
    path = hand([row("A1", f"2024-0{n}", 2, measure="incidents") for n in (4, 5, 6, 7)])
    own = control.line(
        Reader(path, LOCAL_ANALYST, YEAR), "incidents", by="council", bucket="quarter"
    )
    assert values(own) == [6, None]


def judged(
    amounts: list[float | None], measure: str = "hours", *, months: float = 100
) -> pd.DataFrame:
    """A judged line of months from April 2022 with these values of 100 councils."""
    periods = pd.date_range("2022-04-01", periods=len(amounts), freq="MS")
    numbers = pd.Series(amounts, dtype=float)
    frame = pd.DataFrame(
        {
            "group_code": "England",
            "group_label": "England",
            "period": periods,
            "period_label": [f"{day:%b %Y}" for day in periods],
            "part": "any",
            "value": numbers,
            "numerator": numbers * months,
            "denominator": months,
            "councils": 100,
            "expected": 317,
            "basis": "",
            "lacking": 0.0,
            "counted": 0.0,
            "note": numbers.isna().map({True: "[x]", False: ""}),
        }
    )
    return control.judged(frame, measure, is_one_council=False)


def told(frame: pd.DataFrame) -> list[str]:
    """Signals of a judged line in words."""
    return [signal_words(each) for each in signals(frame).to_dict("records")]


STEADY = [10, 12, 9, 11, 10, 12, 9, 11, 10, 12, 9, 11]


def test_a_point_beyond_a_limit_is_said_with_its_month():
    assert told(judged([*STEADY, *STEADY, 40.0])) == ["April 2024: beyond the upper limit"]
    assert told(judged(STEADY)) == []


def test_a_run_below_the_average_is_one_signal_with_its_length():
    found = told(judged([20, 22, 21, 23, 20, 22, 21, 23, 12, 13, 12, 13, 12, 13, 12]))
    assert "December 2022 to June 2023: 7 in a row below the average" in found
    assert "April to November 2022: 8 in a row above the average" in found


def test_points_that_fall_are_said_as_one_move():
    found = signals(judged([50, 60, 52, 58, 57, 56, 55, 54, 53, 51, 49, 55, 54, 56]))
    moves = found[found["rule"] == MOVING]
    assert moves["side"].tolist() == ["falling"]
    assert moves["points"].tolist() == [8]
    assert signal_words(moves.iloc[0].to_dict()).endswith("8 in a row falling")


def test_two_of_three_near_a_limit_are_said_unless_they_are_beyond_it():
    quiet = [10, 12, 8, 11, 9, 12, 8, 11, 9, 12, 8, 11]
    near = judged([*quiet, 17.5, 10, 17.5, *quiet])
    assert set(signals(near)["rule"]) == {NEAR}
    assert told(near) == ["April to June 2023: 2 of 3 close to the upper limit"]
    beyond = judged([*quiet, *quiet, 60, 62, 10, *quiet])
    assert NEAR not in set(signals(beyond)["rule"])


def test_a_gap_breaks_a_run():
    whole = [20.0] * 6 + [10.0] * 6
    assert ONE_SIDE not in set(signals(judged(whole))["rule"])
    longer = [20, 21, 20, 21, 20, 21, 20, 21, 10, 11, 10, 11, 10, 11, 10, 11]
    assert (signals(judged(longer))["rule"] == ONE_SIDE).sum() == 2
    broken = [20, 21, 20, 21, None, 20, 21, 20, 21, 10, 11, 10, 11, None, 10, 11, 10, 11]
    assert ONE_SIDE not in set(signals(judged(broken))["rule"])


def test_of_what_is_rare_only_points_beyond_a_limit_are_signals():
    rare = [0.0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    assert set(signals(judged(rare))["rule"]) == {BEYOND}
    counts = judged([0.0] * 10 + [12, 12, 0, 0, 0], "incidents", months=1)
    assert set(signals(counts)["rule"]) <= {BEYOND}


def test_a_judged_line_without_a_value_has_no_limits_and_no_signals():
    frame = judged([None, None, None])
    assert frame["centre"].isna().all()
    assert signals(frame).empty
    answer = years_apart(frame)
    assert answer["rule"] == "" and answer["until"] == "" and np.isnan(answer["now"])


def test_a_year_stands_beside_the_one_before():
    answer = years_apart(judged([10.0] * 12 + [4.0] * 12))
    assert (answer["now"], answer["before"]) == (4, 10)
    assert answer["until"] == "Mar 2024"
    assert answer["side"] == "below"
    assert np.isnan(years_apart(judged([10.0] * 20))["before"])


def test_standing_gives_every_group_its_year(hand):
    path = hand(
        [
            row(c, f"2024-{n:02}", amount)
            for n in range(4, 13)
            for c, amount in (("A1", 6), ("B1", 2))
        ],
        A=1,
        B=1,
    )
    frame = control.standing(Reader(path, LOCAL_ANALYST, YEAR), "hours", by="region")
    assert frame["group_code"].tolist() == ["A", "B"]
    assert frame["now"].tolist() == [6, 2]
    assert frame["rule"].tolist() == ["", ""]


@pytest.mark.parametrize("measure", control.MEASURES)
@pytest.mark.parametrize("by", ["england", "region", "council"])
def test_where_nothing_was_reported_nothing_is_known(hand, measure, by):
    path = hand([])
    assert control.series(Reader(path, LOCAL_ANALYST, YEAR), measure, by=by).empty
    line = control.line(Reader(path, LOCAL_ANALYST, YEAR), measure, by=by)
    assert line.empty and signals(line).empty
    assert control.standing(Reader(path, LOCAL_ANALYST, YEAR), measure, by=by).empty
    assert control.parts(path, LOCAL_ANALYST, "demonstration", measure) == {}


def test_the_season_has_a_cell_for_every_month_of_every_year():
    grid = season(judged([1, 2, None, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]))
    assert len(grid) == 24
    assert grid["month"].unique().tolist()[:3] == ["April", "May", "June"]
    april = grid[grid["month"] == "April"]
    assert april["value"].tolist() == [1, 13]
    assert april["year"].tolist() == ["2022/23", "2023/24"]
    assert set(grid.loc[grid["value"].isna(), "note"]) == {"[x]"}


def test_where_there_was_no_disruption_every_cause_is_an_empty_frame(hand):
    path = hand([])
    for viewer in (LOCAL_ANALYST, COUNCIL):
        found = control.series(Reader(path, viewer, YEAR), "hours", part="all")
        assert found.empty
        assert {"group_code", "part", "period", "value", "note"} <= set(found)
        assert found["period"].dtype.kind == "M"


# Disclosure ---------------------------------------------------------------------------


def everywhere(months: Iterable[str], amounts: dict[str, float], **cells: Any) -> list:
    """The same amounts of councils in every month."""
    return [row(c, m, n, **cells) for m in months for c, n in amounts.items()]


LEVEL = {f"A{n}": 10.0 for n in range(1, 8)}
MONTHS = [f"2024-{n:02}" for n in range(4, 10)]


def test_a_council_sees_groups_of_five_and_itself_by_name(hand):
    few = {f"{region}{n}": 3.0 for region in "BC" for n in (1, 2, 3)}
    path = hand(everywhere(MONTHS, LEVEL | few), A=7, B=3, C=3)
    regions = control.series(Reader(path, COUNCIL, YEAR), "hours", by="region")
    assert set(regions.loc[regions["group_code"] == "A", "note"]) == {""}
    hidden = regions[regions["group_code"].isin(["B", "C"])]
    counted = ["value", "numerator", "denominator", "lacking", "counted"]
    assert set(hidden["note"]) == {"[c]"}
    assert hidden[counted].isna().all(axis=None)
    own = control.series(Reader(path, COUNCIL, YEAR), "hours", by="council")
    assert set(own["group_code"]) == {"A1"}
    assert set(own["value"]) == {10.0}


def test_a_council_that_makes_up_over_half_is_withheld(hand):
    path = hand(everywhere(MONTHS, LEVEL | {"A2": 500.0}), A=7)
    frame = control.series(Reader(path, COUNCIL, YEAR), "hours")
    assert set(frame["note"]) == {"[c]"}
    assert frame["value"].isna().all()
    line = control.line(Reader(path, COUNCIL, YEAR), "hours")
    assert line[["value", "centre", "upper", "lower"]].isna().all(axis=None)


def test_a_month_withheld_cannot_be_had_from_its_quarter(hand):
    amounts = everywhere(MONTHS, LEVEL)
    for each in amounts:
        if (each["gss_code"], each["period"][:7]) == ("A2", "2024-05"):
            each["amount"] = 70.0
    path = hand(amounts, A=7)
    months = control.series(Reader(path, COUNCIL, YEAR), "hours")
    # Another month of the quarter goes with it, and so the quarter is shown.
    assert months["note"].tolist() == ["[c]", "[c]", "", "", "", ""]
    quarters = control.series(Reader(path, COUNCIL, YEAR), "hours", bucket="quarter")
    assert quarters["note"].tolist() == ["", ""]
    whole = control.series(Reader(path, LOCAL_ANALYST, YEAR), "hours", bucket="quarter")
    assert whole["note"].tolist() == ["", ""]


def test_a_cause_withheld_takes_the_next_smallest_with_it(hand):
    months = MONTHS[:1]
    path = hand(
        everywhere(months, {f"A{n}": 21.0 for n in range(1, 8)} | {"A2": 41.0})
        + everywhere(months, {f"A{n}": 16.0 for n in range(1, 8)}, part="cyber")
        + everywhere(months, {f"A{n}": 5.0 for n in range(1, 8)}, part="supplier")
        + everywhere(months, {"A2": 20.0}, part="other"),
        A=7,
    )
    frame = control.series(Reader(path, COUNCIL, YEAR), "hours", part="all")
    notes = dict(zip(frame["part"], frame["note"], strict=True))
    assert notes == {"any": "", "cyber": "", "other": "[c]", "supplier": "[c]"}
    alone = control.series(Reader(path, COUNCIL, YEAR), "hours", part="supplier")
    assert alone["note"].tolist() == ["[c]"], "a cause asked for alone is withheld too"
    assert alone[["value", "numerator"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("narrowed", "by"),
    [
        ({}, "region"),
        ({}, "type"),
        ({"regions": ("A",)}, "england"),
        ({"groups": ("unitary",)}, "england"),
    ],
)
def test_a_council_has_no_causes_of_a_region_or_type(hand, narrowed, by):
    path = hand(everywhere(MONTHS, LEVEL), A=7)
    scope = Scope("demonstration", YEAR.since, YEAR.until, **narrowed)
    for part in ("cyber", "all"):
        with pytest.raises(NotAllowedError):
            control.series(Reader(path, COUNCIL, scope), "hours", by=by, part=part)
    with pytest.raises(NotAllowedError):
        control.standing(Reader(path, COUNCIL, scope), "hours", by=by, part="all")


def test_a_council_may_look_at_its_own_causes_within_its_region(hand):
    path = hand(
        everywhere(MONTHS, LEVEL, part="any") + everywhere(MONTHS, {"A1": 4.0}, part="cyber"), A=7
    )
    scope = Scope("demonstration", YEAR.since, YEAR.until, regions=("A",))
    frame = control.series(Reader(path, COUNCIL, scope), "hours", by="council", part="cyber")
    assert set(frame["value"]) == {4.0}


def test_a_council_cannot_ask_for_another_or_for_a_choice(hand):
    path = hand(everywhere(MONTHS, LEVEL), A=7)
    other = Scope("demonstration", YEAR.since, YEAR.until, councils=("A2",))
    for read in (control.series, control.line):
        with pytest.raises(NotAllowedError):
            read(Reader(path, COUNCIL, other), "hours", by="council")
    both = Scope("demonstration", YEAR.since, YEAR.until, regions=("A",), groups=("unitary",))
    with pytest.raises(NotAllowedError):
        control.series(Reader(path, COUNCIL, both), "hours")


def test_what_is_for_its_council_alone_counts_for_no_other_council(hand):
    amounts = dict.fromkeys(LEVEL, 50.0) | {"A1": 10.0}
    path = hand(everywhere(MONTHS, amounts, share_rank=1), A=7)
    frame = control.series(Reader(path, COUNCIL, YEAR), "hours")
    assert set(frame["value"]) == {10}, "its own, and nobody's besides"
    assert set(frame["councils"]) == {1}
    named = control.series(Reader(path, Viewer("programme"), YEAR), "hours", by="council")
    assert named["value"].isna().all()


# The chart ----------------------------------------------------------------------------


HOURS = control.MEASURES["hours"]
EVENTS = pd.DataFrame(
    {"happened_on": pd.to_datetime(["2022-09-10"]), "title": ["CAF <b>published"]}
)


def traces(figure: Any) -> dict[str, Any]:
    """Traces of a figure by name."""
    return {trace.name: trace for trace in figure.data}


def test_signals_have_a_shape_and_a_colour_of_their_own_and_are_named():
    figure = chart(judged([*STEADY, *STEADY, 40.0]), indicator=HOURS)
    found = traces(figure)["Beyond a limit"]
    assert list(found.y) == [40.0]
    assert found.marker.symbol == "diamond"
    assert found.marker.color != traces(figure)["Value"].marker.color
    words = " ".join(note.text for note in figure.layout.annotations)
    assert "Beyond a limit" in words and "7 or more" not in words
    assert "Apr 2024" in found.customdata[0] and "Beyond a limit" in found.customdata[0]


def test_average_and_limits_are_drawn_and_named_and_zero_is_the_lowest():
    figure = chart(judged([*STEADY, 30.0]), indicator=HOURS)
    drawn = traces(figure)
    assert drawn["centre"].line.dash == "solid" and drawn["upper"].line.dash == "dash"
    said = [note.text.replace("<br>", " ") for note in figure.layout.annotations]
    assert any(text.startswith("Average") for text in said)
    assert any(text.startswith("Upper limit") for text in said)
    below = chart(judged([0, 30, 0, 30, 0, 30, 1, 29]), indicator=HOURS)
    assert "lower" not in traces(below)
    assert "not drawn" in " ".join(note.text for note in below.layout.annotations)


def test_unknown_months_are_gaps_with_a_cross_and_never_zero():
    figure = chart(judged([10, None, 12, 11]), indicator=HOURS)
    line, crosses = traces(figure)["Value"], traces(figure)["Not known"]
    assert np.isnan(line.y[1]) and line.connectgaps is False
    assert crosses.marker.symbol == "x-thin"
    assert "not known" in crosses.customdata[0]


def test_events_stand_above_where_they_are_asked_for_and_are_escaped():
    plain_chart = chart(judged(STEADY), indicator=HOURS)
    marked = chart(judged(STEADY), indicator=HOURS, annotations=EVENTS)
    assert len(plain_chart.layout.shapes) == 0 and len(marked.layout.shapes) == 1
    said = " ".join(note.text for note in marked.layout.annotations)
    assert "CAF &lt;b&gt;published" in said


def test_labels_of_the_time_axis_fit_a_phone():
    figure = chart(judged([10.0, 11.0] * 40), indicator=HOURS)
    assert len(figure.layout.xaxis.ticktext) <= 5
    assert figure.layout.xaxis.ticktext[-1] == "Nov<br>2028"


def test_a_line_without_any_value_is_drawn_without_limits():
    figure = chart(judged([None, None]), indicator=HOURS)
    assert len(traces(figure)["Not known"].x) == 2
    with pytest.raises(ValueError, match="no rows"):
        chart(judged([1.0]).iloc[:0], indicator=HOURS)


def test_the_sentence_says_value_average_limits_and_rules():
    frame = judged([*STEADY, *STEADY, 40.0])
    words = control_sentence(frame, signals(frame), HOURS, "England")
    assert "40.0 hours per council a month in April 2024" in words
    assert "April 2024: beyond the upper limit" in words
    quiet = judged(STEADY)
    assert "No rule fired" in control_sentence(quiet, signals(quiet), HOURS, "England")
    unknown = judged([None])
    assert "not known" in control_sentence(unknown, signals(unknown), HOURS, "England")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("Apr 2024", "Apr 2024", "April 2024"),
        ("Apr 2024", "Jun 2024", "April to June 2024"),
        ("Nov 2023", "Jan 2024", "November 2023 to January 2024"),
        ("Q1 2024/25", "Q2 2024/25", "Q1 2024/25 to Q2 2024/25"),
        ("May 2024", "May 2025", "May 2024 to May 2025"),
    ],
)
def test_spells_are_named_by_their_ends(first, last, words):
    assert span(first, last) == words


# The view -----------------------------------------------------------------------------


@pytest.fixture
def page(demo, monkeypatch) -> Iterator[Any]:
    """A maker of the view as a link opens it."""
    monkeypatch.setattr(settings, "warehouse", demo.folder)
    yield lambda **asked: opened(
        "service_disruption", data="demonstration", view="Is it falling?", **asked
    )


CHOICES = {
    "no choice": {},
    "incidents by quarter": {"amount": "Incidents confirmed", "every": "Quarter"},
    "a cause": {"split": "Cause", "part": "Supplier"},
    "an action": {"amount": "Incidents confirmed", "split": "Cause", "part": "Malware"},
    "a region": {"split": "Region", "part": "London", "amount": "Resident-hours lost"},
    "a type": {"split": "Type of council", "amount": "Disruptions of services"},
    "one region": {"region": "London", "split": "Cause"},
    "a council": {
        "council": "Hackney",
        "whose": "This council",
        "split": "Cause",
        "amount": "Incidents confirmed",
    },
    "one year": {"from": "2024/25", "to": "2024/25"},
}


@pytest.mark.parametrize("choice", CHOICES)
def test_the_view_opens_whole_with_every_choice(page, choice):
    app: AppTest = page(**CHOICES[choice])
    assert failures(app) == []
    drawn = figures(app)
    assert {"control", "season"} <= {each.key for each in drawn}
    for each in drawn:
        assert each.chart.alt.partition(":")[0] in KINDS
        assert re.search(r"\d+ of \d+ council", each.caption)
        assert "Demonstration data: invented" in each.caption
    words = f"{said(app)} {infos(app)} {' '.join(cells(app))}"
    assert not NOTHING & set(words.split())
    assert not RAW.findall(plain(words))


def test_the_view_says_the_rule_and_the_month(page):
    app = page(amount="Incidents confirmed")
    control_figure = next(each for each in figures(app) if each.key == "control")
    assert "per council a year" in control_figure.sentence
    assert re.search(r"[Ss]ignal|No rule fired", control_figure.sentence)
    assert "c chart" not in said(app).split("Beware")[0]


def test_events_are_switched_off_by_the_address(page):
    def spec(app: AppTest) -> str:
        return next(e for e in figures(app) if e.key == "control").chart.spec

    assert "CAF 4.0 published" in spec(page())
    assert "CAF 4.0 published" not in spec(page(events="none"))


def test_the_council_s_own_chart_counts_whole_incidents(page):
    app = page(**CHOICES["a council"])
    found = next(each for each in figures(app) if each.key == "control")
    assert "Hackney" in found.title
    assert "1 of 1 council" in found.caption


def test_a_council_viewer_sees_the_view_without_another_s_name(page, monkeypatch):
    monkeypatch.setattr(store, "viewer", lambda: Viewer("council", "E09000012"))
    app = page(split="Region", part="London")
    assert failures(app) == []
    assert "Newham" not in said(app) + " ".join(cells(app))
