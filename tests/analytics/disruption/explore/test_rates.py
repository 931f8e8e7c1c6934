"""Rates by size: sums by eye, slow twins, disclosure, charts and the view."""

import math
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import duckdb
import pandas as pd
import pytest

from analytics.disruption.explore.chart import TOP, funnel, interval, number, rated
from analytics.reading import rates
from analytics.reading.rates import MEASURES
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.reading.viewer import LOCAL_ANALYST, NotAllowedError, Viewer
from analytics.statistics import rate_interval
from analytics.ui import store
from settings import settings
from tests.support import twins
from tests.support.demo import MEMBERSHIPS, PROGRAMME
from tests.support.frames import table
from tests.support.pages import KINDS, NOTHING, cells, failures, figures, opened, said
from tests.support.reference import COUNCILS
from tests.support.rows import incident, returned
from tests.support.warehouse import Installation


YEAR = Scope("demonstration", date(2024, 4, 1), date(2025, 3, 1))
OWN = "A1"
COUNCIL = Viewer("council", OWN)
EMPTY = {
    "councils": "gss_code | region | council_group | tier | population | is_current",
    "months": "gss_code | measure | period | events | share_rank",
    "monitoring": "gss_code | period | met | assessed | share_rank",
    "detection": "gss_code | period | hours | incidents | share_rank",
}
TABLES = """
create schema marts; create schema reference;
create table marts.councils as
select gss_code, 'Council ' || gss_code as short_name, region,
    ascii(region) as region_order, council_group, council_group as council_group_label,
    tier, population::bigint as population, is_current
from councils;
create table marts.rate_months as
select 'demonstration' as collection, measure, gss_code, period::date as period,
    events::double as events, share_rank::int as share_rank from months;
create table marts.monitoring as
select 'demonstration' as collection, 'baseline' as profile, gss_code,
    period::date as period, met::bigint as met, assessed::bigint as assessed,
    share_rank::int as share_rank from monitoring;
create table marts.detection_hours as
select 'demonstration' as collection, gss_code, period::date as period,
    hours::double as hours, incidents::bigint as incidents,
    share_rank::int as share_rank from detection;
create table reference.council_neighbours as
select a.gss_code, b.gss_code as neighbour_gss_code,
    row_number() over (partition by a.gss_code order by b.gss_code) as neighbour_rank
from councils a join councils b on a.gss_code <> b.gss_code;
"""


@pytest.fixture
def made(tmp_path):
    """A maker of warehouses of a few rows, in this test's folder."""

    def make(**tables: str) -> str:
        path = tmp_path / "made.duckdb"
        with duckdb.connect(str(path)) as connection:
            for name, header in EMPTY.items():
                connection.register(name, table(tables.get(name, header)))
            connection.execute(TABLES)
            connection.execute(f"create table marts.memberships as {MEMBERSHIPS}")
        return str(path)

    return make


def lines(header: str, *rows: str) -> str:
    """A table as text."""
    return "\n".join([EMPTY[header], *rows])


# Two districts in a county, and a unitary: 300,000 residents once, 500,000 twice.
PLACES = lines(
    "councils",
    "D1 | S | district | lower | 100000 | true",
    "D2 | S | district | lower | 100000 | true",
    "C1 | S | county | upper | 200000 | true",
    "U1 | N | unitary | single | 100000 | true",
)
MONTHS = lines(
    "months",
    "D1 | confirmed | 2024-04-01 | 3 | 3",
    "D1 | confirmed | 2024-05-01 | 0 | 3",
    "D1 | confirmed | 2023-05-01 | 9 | 3",
    "C1 | confirmed | 2024-04-01 | 4 | 3",
    "U1 | confirmed | 2024-04-01 | 1 | 3",
    "U1 | availability | 2024-04-01 | 7 | 3",
)


def row(frame: pd.DataFrame, code: str, key: str = "group_code") -> pd.Series:
    return frame.set_index(key).loc[code]


# Sums by eye --------------------------------------------------------------------------


def test_a_rate_divides_by_the_residents_of_the_months_reported_on(made):
    path = made(councils=PLACES, months=MONTHS)
    found = rates.councils(Reader(path, LOCAL_ANALYST, YEAR), "confirmed", tier="lower")
    one = row(found, "D1", "gss_code")
    # Three incidents in two months of 100,000 residents: 18 a year.
    assert (one["numerator"], one["months"]) == (3, 2)
    assert one["denominator"] == pytest.approx(100_000 / 6)
    assert one["value"] == pytest.approx(18)
    low, high = rate_interval(3, 100_000 / 6, 100_000)
    assert (one["lower"], one["upper"]) == pytest.approx((low, high))


def test_a_council_without_a_return_is_unknown_and_not_zero(made):
    path = made(councils=PLACES, months=MONTHS)
    found = rates.councils(Reader(path, LOCAL_ANALYST, YEAR), "confirmed", tier="lower")
    silent = row(found, "D2", "gss_code")
    assert silent[["value", "numerator", "ratio", "months"]].isna().all()
    assert (silent["note"], silent["place"]) == ("[x]", "")


def test_a_month_reported_without_an_incident_is_zero(made):
    months = lines("months", "D2 | confirmed | 2024-04-01 | 0 | 3")
    path = made(councils=PLACES, months=months)
    found = rates.groups(Reader(path, LOCAL_ANALYST, YEAR), "confirmed", by="region")
    south = row(found, "S")
    assert (south["value"], south["lower"], south["note"]) == (0, 0, "")
    assert south["upper"] == pytest.approx(3.688879 * 12, rel=1e-5)


def test_england_counts_residents_once_and_counties_divide_by_their_own(made):
    path = made(councils=PLACES, months=MONTHS)
    whole = rates.groups(Reader(path, LOCAL_ANALYST, YEAR), "confirmed", by="england").iloc[0]
    # D1 two months and U1 one; the county's incidents count, its residents do not.
    assert (whole["numerator"], whole["councils"], whole["expected"]) == (8, 3, 4)
    assert whole["denominator"] == pytest.approx(300_000 / 12)
    types = rates.groups(Reader(path, LOCAL_ANALYST, YEAR), "confirmed", by="type")
    county = row(types, "county")
    assert (county["numerator"], county["denominator"]) == (4, pytest.approx(2e5 / 12))


def test_counties_are_expected_what_counties_have_and_districts_what_they_have(made):
    path = made(councils=PLACES, months=MONTHS)
    upper = rates.councils(Reader(path, LOCAL_ANALYST, YEAR), "confirmed", tier="upper")
    assert upper["gss_code"].tolist() == ["C1"]
    assert (upper["expected"][0], upper["ratio"][0]) == pytest.approx((4, 1))
    lower = rates.councils(Reader(path, LOCAL_ANALYST, YEAR), "confirmed", tier="lower")
    # Four incidents over 300,000 resident-months: D1 had two thirds of these.
    assert row(lower, "D1", "gss_code")["expected"] == pytest.approx(4 * 2 / 3)
    assert lower["expected"].sum() == pytest.approx(lower["numerator"].sum())


def test_a_region_is_set_beside_the_rate_of_england_and_not_its_own(made):
    path = made(councils=PLACES, months=MONTHS)
    south = replace(YEAR, regions=("S",))
    found = rates.councils(Reader(path, LOCAL_ANALYST, south), "confirmed", tier="lower")
    assert found["gss_code"].tolist() == ["D1", "D2"]
    assert row(found, "D1", "gss_code")["expected"] == pytest.approx(4 * 2 / 3)


def test_a_county_split_up_counts_in_totals_and_without_residents_in_no_county_rate(made):
    places = PLACES + "\nX1 | S | county | upper | | false"
    months = MONTHS + "\nX1 | confirmed | 2024-04-01 | 5 | 3"
    path = made(councils=places, months=months)
    whole = rates.groups(Reader(path, LOCAL_ANALYST, YEAR), "confirmed", by="england").iloc[0]
    assert (whole["numerator"], whole["councils"]) == (13, 3)
    county = row(rates.groups(Reader(path, LOCAL_ANALYST, YEAR), "confirmed", by="type"), "county")
    assert county["numerator"] == 4
    listed = rates.councils(Reader(path, LOCAL_ANALYST, YEAR), "confirmed", tier="upper")
    assert "X1" not in set(listed["gss_code"])


def test_hours_have_no_interval_and_no_place(made):
    months = lines("months", "D1 | hours | 2024-04-01 | 30.5 | 3")
    path = made(councils=PLACES, months=months)
    found = rates.councils(Reader(path, LOCAL_ANALYST, YEAR), "hours", tier="lower")
    one = row(found, "D1", "gss_code")
    assert one["value"] == pytest.approx(30.5 * 12)
    assert one[["lower", "upper"]].isna().all() and one["place"] == ""


def test_monitoring_is_that_of_the_latest_year_in_range(made):
    monitoring = lines(
        "monitoring",
        "D1 | 2023-04-01 | 5 | 5 | 3",
        "D1 | 2024-04-01 | 2 | 5 | 3",
        "D1 | 2025-04-01 | 5 | 5 | 3",
        "U1 | 2023-04-01 | 6 | 6 | 3",
    )
    path = made(councils=PLACES, months=MONTHS, monitoring=monitoring)
    years = replace(YEAR, since=date(2022, 4, 1))
    whole = rates.groups(Reader(path, LOCAL_ANALYST, years), "confirmed", by="england").iloc[0]
    assert (whole["met"], whole["assessed"]) == (8, 11)
    assert whole["monitoring"] == pytest.approx(800 / 11)


def test_classes_of_monitoring_have_their_edges(made):
    councils = lines(
        "councils", *(f"N{n} | N | unitary | single | 1000 | true" for n in range(1, 6))
    )
    months = lines("months", *(f"N{n} | confirmed | 2024-04-01 | {n} | 3" for n in range(1, 6)))
    monitoring = lines(
        "monitoring",
        "N1 | 2024-04-01 | 0 | 6 | 3",
        "N2 | 2024-04-01 | 2 | 5 | 3",
        "N3 | 2024-04-01 | 3 | 6 | 3",
        "N4 | 2024-04-01 | 6 | 6 | 3",
    )
    path = made(councils=councils, months=months, monitoring=monitoring)
    found = rates.classes(Reader(path, LOCAL_ANALYST, YEAR), "confirmed", tier="lower")
    assert dict(zip(found["group_code"], found["numerator"], strict=True)) == {
        "none": 1,
        "less": 2,
        "more": 3,
        "all": 4,
        "unknown": 5,
    }
    assert found["group_label"].tolist() == list(rates.MONITORING.values())


@pytest.mark.parametrize(
    ("hours", "middle"), [({1.5: 1, 3: 1}, 1.5), ({1.5: 2, 3: 3}, 3), ({0.1: 5, 7: 1, 20: 1}, 0.1)]
)
def test_the_median_time_to_detect_is_that_of_the_middle_incident(made, hours, middle):
    rows = [f"D1 | 2024-04-01 | {took} | {many} | 3" for took, many in hours.items()]
    path = made(councils=PLACES, months=MONTHS, detection=lines("detection", *rows))
    whole = rates.groups(Reader(path, LOCAL_ANALYST, YEAR), "confirmed", by="england").iloc[0]
    assert whole["detect_hours"] == middle


def test_an_unknown_measure_is_refused(made):
    with pytest.raises(ValueError, match="'births' is not one of"):
        rates.groups(Reader(made(), LOCAL_ANALYST, YEAR), "births", by="england")


# Twins --------------------------------------------------------------------------------

CODES = ("E06000001", "E06000002", "E07000223", "E10000011", "E07000026", "E06000063")
MERGED = date(2023, 4, 1)


def stood(code: str, day: date) -> bool:
    """Whether one of CODES was a council on that day: the last took over from the one
    before it."""
    return code not in CODES[4:] or (code == CODES[4]) == (day < MERGED)


def one_incident(random: Random, place: int) -> dict:
    """An incident of any sort; of every fifth nobody knows when it began."""
    found = datetime(2022, 4, 1, tzinfo=UTC) + timedelta(minutes=random.randrange(730 * 24 * 60))
    began = found - timedelta(minutes=random.choice([0, 3, 61, 700, 9000, 90000]))
    day = found.astimezone(twins.LONDON).date()
    return incident(
        incident_ref=f"INC-{place:04}",
        gss_code=random.choice([code for code in CODES if stood(code, day)]),
        incident_status=random.choice(["Confirmed"] * 3 + ["Suspected"]),
        category=random.choice(["Cyber"] * 3 + ["Non-cyber"]),
        occurred_at=began.isoformat() if place % 5 else "",
        detected_at=found.isoformat(),
        is_availability_lost=random.choice(["true", "false"]),
        is_confidentiality_lost=random.choice(["true", "false"]),
        is_integrity_lost="true",
        submitted_at="2025-03-10T10:00:00Z",
    )


def invented() -> tuple[list[dict], list[dict]]:
    """Incidents of every sort and returns with gaps, over two financial years."""
    random = Random(5)
    incidents = [one_incident(random, place) for place in range(300)]
    months = [date(2022 + (n + 3) // 12, (n + 3) % 12 + 1, 1) for n in range(24)]
    returns = [
        returned(gss_code=code, dataset="incidents", period_starts_on=day, received_on="2025-12-01")
        for code in CODES
        for day in months
        if stood(code, day) and random.random() < 0.8
    ]
    return incidents, returns


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory):
    """The invented rows, and the warehouse that the pipeline made of them."""
    warehouse = Installation(tmp_path_factory.mktemp("rates"))
    incidents, returns = invented()
    warehouse.put("incidents", incidents)
    warehouse.put("returns", returns)
    assert warehouse.build().quarantine == []
    return warehouse, incidents, returns


IS = {
    "confirmed": lambda r: r["category"] == "Cyber",
    "availability": lambda r: r["category"] == "Cyber" and r["is_availability_lost"] == "true",
    "breaches": lambda r: r["is_confidentiality_lost"] == "true",
}


@pytest.mark.parametrize("measure", IS)
def test_counts_by_council_agree_with_their_twin(pipeline, measure):
    warehouse, incidents, returns = pipeline
    months = twins.reported(returns, "incidents")
    expected: Counter = Counter(dict.fromkeys(months, 0))
    for one in incidents:
        place = (twins.today(one["gss_code"]), twins.month_of(twins.moment(one["detected_at"])))
        if one["incident_status"] == "Confirmed" and IS[measure](one):
            expected[place] += place in months
    found = {
        (code, month): events
        for code, month, events in warehouse.read(
            f"select gss_code, period, events from marts.rate_months where measure = '{measure}'"
        )
    }
    assert found == {place: n for place, n in expected.items() if place in months}
    assert sum(found.values()) > 30


def test_rates_by_council_and_of_england_agree_with_their_twin(pipeline):
    warehouse, incidents, returns = pipeline
    scope = Scope("department", date(2022, 4, 1), date(2024, 3, 1))
    months = twins.reported(returns, "incidents")
    count: Counter = Counter()
    for one in incidents:
        code = twins.today(one["gss_code"])
        month = twins.month_of(twins.moment(one["detected_at"]))
        is_counted = one["incident_status"] == "Confirmed" and IS["confirmed"](one)
        count[code] += is_counted and (code, month) in months
    years = {
        code: int(COUNCILS[code]["population"]) * sum(c == code for c, _ in months) / 12
        for code in {code for code, _ in months}
    }
    path = str(warehouse.published)
    for tier in rates.TIERS:
        found = rates.councils(Reader(path, LOCAL_ANALYST, scope), "confirmed", tier=tier)
        found = found.dropna(subset="value").set_index("gss_code")
        codes = [c for c in years if (COUNCILS[c]["tier"] == "upper") == (tier == "upper")]
        assert sorted(found.index) == sorted(codes)
        for code in codes:
            rate = 100_000 * count[code] / years[code]
            assert found["value"][code] == pytest.approx(rate)
    whole = rates.groups(Reader(path, LOCAL_ANALYST, scope), "confirmed", by="england").iloc[0]
    residents = sum(n for code, n in years.items() if COUNCILS[code]["tier"] != "upper")
    assert whole["value"] == pytest.approx(100_000 * sum(count.values()) / residents)


def two_figures(hours: float) -> float:
    step = 0.1 if hours < 10 else 10.0 ** (math.floor(math.log10(hours)) - 1)
    return math.floor(hours / step + 0.5) * step


def test_the_median_time_to_detect_agrees_with_its_twin(pipeline):
    warehouse, incidents, _ = pipeline
    waits = defaultdict(list)
    for one in incidents:
        if (
            one["occurred_at"]
            and one["incident_status"] == "Confirmed"
            and one["category"] == "Cyber"
        ):
            spell = twins.moment(one["detected_at"]) - twins.moment(one["occurred_at"])
            waits[twins.today(one["gss_code"])].append(two_figures(spell.total_seconds() / 3600))
    scope = Scope("department", date(2022, 4, 1), date(2025, 3, 1))
    found = rates.detection(Reader(str(warehouse.published), LOCAL_ANALYST, scope), by="council")
    found = found.set_index("group_code")
    assert set(found.index) == set(waits)
    for code, hours in waits.items():
        middle = sorted(hours)[math.ceil(len(hours) / 2) - 1]
        assert found["detect_hours"][code] == pytest.approx(middle)
        assert found["detected"][code] == len(hours)


# Disclosure ---------------------------------------------------------------------------


def alike(region: str, number: int, kind: str = "unitary", rank: int = 3) -> dict:
    """Councils of one region and kind, each with a return and an assessment."""
    tier = {"county": "upper", "district": "lower"}.get(kind, "single")
    codes = [f"{region}{n}" for n in range(1, number + 1)]
    return {
        "councils": [f"{c} | {region} | {kind} | {tier} | 1000 | true" for c in codes],
        "months": [f"{c} | confirmed | 2024-04-01 | 2 | {rank}" for c in codes],
        "monitoring": [f"{c} | 2024-04-01 | 3 | 6 | {rank}" for c in codes],
        "detection": [f"{c} | 2024-04-01 | 4 | 2 | {rank}" for c in codes],
    }


def of(*parts: dict) -> dict[str, str]:
    return {name: lines(name, *(line for part in parts for line in part[name])) for name in EMPTY}


NUMBERS = ["value", "numerator", "denominator", "lower", "upper", "detect_hours", "detected"]


def test_a_council_sees_itself_by_name_and_no_other(made):
    path = made(**of(alike("A", 9), alike("B", 9)))
    found = rates.councils(Reader(path, COUNCIL, YEAR), "confirmed", tier="lower")
    assert found["gss_code"].tolist() == [OWN]
    assert found["value"].notna().all() and found["monitoring"].notna().all()


def test_a_council_may_not_ask_for_another(made):
    path = made(**of(alike("A", 9)))
    other = replace(YEAR, councils=("A2",))
    for read in (rates.councils, rates.classes):
        with pytest.raises(NotAllowedError):
            read(Reader(path, COUNCIL, other), "confirmed", tier="lower")
    with pytest.raises(NotAllowedError):
        rates.groups(Reader(path, COUNCIL, other), "confirmed", by="england")


def test_groups_of_fewer_than_five_are_withheld_with_the_next_smallest(made):
    path = made(**of(alike("A", 9), alike("B", 4), alike("C", 7)))
    found = rates.groups(Reader(path, COUNCIL, YEAR), "confirmed", by="region")
    hidden = found[found["note"] == "[c]"]
    assert set(hidden["group_code"]) == {"B", "C"}
    assert hidden[[*NUMBERS, "monitoring", "met"]].isna().all(axis=None)
    # Nor by choosing the region alone.
    for region in ("B", "C"):
        alone = rates.groups(
            Reader(path, COUNCIL, replace(YEAR, regions=(region,))), "confirmed", by="england"
        )
        assert alone[NUMBERS].isna().all(axis=None)


def test_own_only_rows_count_in_no_group_that_a_council_sees(made):
    path = made(**of(alike("A", 9), alike("B", 9, rank=1)))
    whole = rates.groups(Reader(path, COUNCIL, YEAR), "confirmed", by="england").iloc[0]
    assert whole["numerator"] == 18
    everyone = rates.groups(Reader(path, LOCAL_ANALYST, YEAR), "confirmed", by="england")
    assert everyone["numerator"][0] == 36


def test_a_region_with_one_council_of_most_incidents_is_withheld(made):
    parts = alike("B", 6)
    parts["months"][0] = "B1 | confirmed | 2024-04-01 | 60 | 3"
    path = made(**of(alike("A", 9), parts, alike("C", 9)))
    found = rates.groups(Reader(path, COUNCIL, YEAR), "confirmed", by="region")
    assert "B" in set(found.loc[found["note"] == "[c]", "group_code"])


def test_four_counties_are_not_told_by_the_rate_of_a_tier_or_its_classes(made):
    path = made(**of(alike("A", 9), alike("B", 9, "district"), alike("C", 4, "county")))
    types = rates.groups(Reader(path, COUNCIL, YEAR), "confirmed", by="type")
    assert "county" in set(types.loc[types["note"] == "[c]", "group_code"])
    for tier in rates.TIERS:
        assert rates.baseline(Reader(path, COUNCIL, YEAR), "confirmed", tier=tier) is None
        found = rates.classes(Reader(path, COUNCIL, YEAR), "confirmed", tier=tier)
        assert found[NUMBERS].isna().all(axis=None)
        assert rates.baseline(Reader(path, LOCAL_ANALYST, YEAR), "confirmed", tier=tier)
    own = rates.councils(Reader(path, COUNCIL, YEAR), "confirmed", tier="lower").iloc[0]
    assert own["value"] > 0 and pd.isna(own["expected"]) and own["place"] == ""


def test_classes_of_a_region_are_those_of_england_for_a_council(made):
    path = made(**of(alike("A", 9), alike("B", 9)))
    whole = rates.classes(Reader(path, COUNCIL, YEAR), "confirmed", tier="lower")
    region = replace(YEAR, regions=("A",))
    pd.testing.assert_frame_equal(
        rates.classes(Reader(path, COUNCIL, region), "confirmed", tier="lower"), whole
    )


def test_a_class_of_monitoring_with_few_councils_is_withheld_and_another_with_it(made):
    parts = alike("A", 20)
    for n in range(3):
        parts["monitoring"][n] = f"A{n + 1} | 2024-04-01 | 0 | 6 | 3"
    for n in range(3, 9):
        parts["monitoring"][n] = f"A{n + 1} | 2024-04-01 | 6 | 6 | 3"
    path = made(**of(parts))
    found = rates.classes(Reader(path, COUNCIL, YEAR), "confirmed", tier="lower")
    shown = found.set_index("group_code")["note"].to_dict()
    assert shown == {"none": "[c]", "all": "[c]", "more": ""}


def test_who_keeps_an_assessment_private_is_in_no_class_but_the_unknown(made):
    parts = alike("A", 12)
    parts["monitoring"][-6:] = [line.removesuffix("3") + "1" for line in parts["monitoring"][-6:]]
    path = made(**of(parts))
    found = rates.classes(Reader(path, COUNCIL, YEAR), "confirmed", tier="lower")
    assert found.set_index("group_code")["councils"].to_dict() == {"more": 6, "unknown": 6}


def test_a_programme_sees_no_figure_of_a_council_that_did_not_share_with_it(made):
    path = made(**of(alike("A", 5), alike("B", 5, rank=2)))
    found = rates.councils(Reader(path, PROGRAMME, YEAR), "confirmed", tier="lower")
    hidden = found[found["gss_code"].str.startswith("B")]
    assert set(hidden["note"]) == {"[c]"}
    columns = [*NUMBERS, "monitoring", "met", "expected", "ratio", "months"]
    assert hidden[columns].isna().all(axis=None)
    assert found["value"].notna().sum() == 5


# Charts -------------------------------------------------------------------------------


def placed(**cells) -> dict:
    usual = {
        "gss_code": "E1",
        "council_name": "Somewhere",
        "expected": 10.0,
        "ratio": 1.0,
        "place": "within the limits",
        "numerator": 10.0,
        "value": 2.0,
        "lower": 1.0,
        "upper": 3.7,
        "beside": "C1 50%, 12 h",
    }
    return usual | cells


SOME = pd.DataFrame(
    [
        placed(),
        placed(
            gss_code="E2",
            council_name="Far & Away",
            expected=1.0,
            ratio=12.5,
            place="above the outer limit",
        ),
        placed(gss_code="E3", council_name="Low", ratio=0.3, place="below the inner limit"),
        placed(
            gss_code="E4",
            council_name="Silent",
            expected=float("nan"),
            ratio=float("nan"),
            place="",
        ),
    ]
)


def marks(chart) -> dict:
    return {trace.name: trace for trace in chart.data if trace.name}


def test_the_funnel_draws_each_known_council_once_by_its_place():
    found = marks(funnel(SOME, rates.curves(SOME["expected"]), many="incidents"))
    drawn = {name: list(found[name].x) for name in ("within", "inner", "outer")}
    assert drawn == {"within": [10], "inner": [10], "outer": [1]}


def test_a_ratio_above_the_scale_stands_at_its_edge_as_a_triangle_with_its_number():
    chart = funnel(SOME, rates.curves(SOME["expected"]), many="incidents")
    far = marks(chart)["outer"]
    assert (far.y[0], far.marker.symbol[0]) == (TOP, "triangle-up")
    written = [note.text for note in chart.layout.annotations]
    assert "Far &amp; Away 12.5" in written
    assert any("triangle lies above" in text.replace("<br>", " ") for text in written)


def test_the_limits_narrow_with_size_and_hold_one():
    lines_of = rates.curves(pd.Series([1.0, 100.0]))
    assert lines_of["outer_upper"].is_monotonic_decreasing
    assert (lines_of["outer_upper"] >= lines_of["inner_upper"]).all()
    assert (lines_of["inner_upper"] > 1).all() and (lines_of["inner_lower"] < 1).all()
    assert rates.curves(pd.Series([], dtype=float)).empty


def test_the_funnel_has_no_red_and_no_green():
    chart = funnel(SOME, rates.curves(SOME["expected"]), many="incidents")
    colours = {str(trace.marker.color) for trace in chart.data if trace.marker.color}
    assert colours <= {"#7D94AB", "#2073BC", "#12436D", "#0B0C0C"}


def test_names_in_the_funnel_never_meet():
    crowd = pd.DataFrame(
        [
            placed(
                gss_code=f"E{n}",
                council_name=f"Crowded council {n}",
                ratio=3 + n / 50,
                place="above the outer limit",
            )
            for n in range(30)
        ]
    )
    chart = funnel(crowd, many="incidents", selected="E0")
    names = [note for note in chart.layout.annotations if "Crowded" in note.text]
    assert names[0].text == "Crowded council 0"
    heights = sorted(note.y for note in names)
    gaps = [b - a for a, b in zip(heights, heights[1:], strict=False)]
    assert 1 < len(names) <= 7 and min(gaps) * 380 / 3.8 >= 17


def test_without_limits_none_are_drawn_nor_explained():
    chart = funnel(SOME.iloc[[0]], many="hours")
    assert set(marks(chart)) == {"within", "inner", "outer"}
    assert not any("Between" in note.text for note in chart.layout.annotations)


def test_a_funnel_of_nothing_known_is_refused():
    with pytest.raises(ValueError, match="no rows"):
        funnel(SOME.iloc[[3]], many="incidents")


GROUPS = pd.DataFrame(
    [
        {
            "group_code": "a",
            "group_label": "Alpha",
            "value": 2.0,
            "lower": 1.5,
            "upper": 2.6,
            "note": "",
            "beside": "C1 50%, 9 h",
        },
        {
            "group_code": "b",
            "group_label": "Beta",
            "value": float("nan"),
            "lower": float("nan"),
            "upper": float("nan"),
            "note": "[c]",
            "beside": "",
        },
        {
            "group_code": "c",
            "group_label": "Gamma",
            "value": 1.0,
            "lower": float("nan"),
            "upper": float("nan"),
            "note": "",
            "beside": "",
        },
    ]
)


def test_rates_have_their_interval_as_a_line_and_say_what_is_withheld():
    chart = rated(GROUPS, unit="per 100,000 residents a year", reference=("All", 1.7))
    found = marks(chart)
    assert list(found["rate"].x) == [2.0, 1.0]
    assert list(found["interval"].x) == [1.5, 2.6, None]
    texts = [note.text for note in chart.layout.annotations]
    assert texts[1] == "withheld" and "1.50 to 2.60" in texts[0]
    assert texts[2] == "<b>1</b>" and "All 1.70" in texts
    assert "C1 50%, 9 h" in chart.layout.yaxis.ticktext[0]
    low, high = chart.layout.xaxis.range
    assert low <= 1 and high >= 2.6


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.634, "0.63"),
        (8.25, "8.25"),
        (12.34, "12.3"),
        (110.27, "110"),
        (3.0, "3"),
        (1204.4, "1,204"),
        (float("nan"), "not known"),
    ],
)
def test_numbers_have_about_three_figures(value, text):
    assert number(value) == text


def test_an_interval_is_said_only_where_there_is_one():
    assert interval({"lower": 1.0, "upper": 2.5}, between=", ") == ", 1 to 2.50"
    assert interval({"lower": float("nan"), "upper": 2.5}, between=", ") == ""


# The view -----------------------------------------------------------------------------


@pytest.fixture
def page(demo, monkeypatch):
    """The view as a link opens it."""
    monkeypatch.setattr(settings, "warehouse", demo.folder)

    def open_(**asked: str):
        app = opened("service_disruption", view="Rates by size", **asked)
        assert failures(app) == []
        assert NOTHING & {*cells(app), *said(app).split()} == set()
        return app

    return open_


@pytest.mark.parametrize(
    ("asked", "number_of"),
    [
        ({}, 3),
        ({"council": "Hackney"}, 3),
        ({"tier": "Counties", "compare": "Type of council"}, 3),
        ({"rate": "Service hours disrupted"}, 3),
        ({"rate": "Data breaches", "region": "North East"}, 3),
        ({"type": "County councils"}, 3),
        ({"from": "2024/25", "to": "2024/25"}, 3),
        ({"region": "London", "tier": "Counties"}, 1),
    ],
)
def test_the_view_shows_its_figures_whole(page, asked, number_of):
    found = figures(page(**asked))
    assert len(found) == number_of
    for figure in found:
        assert figure.chart.alt.split(":")[0] in KINDS
        assert "Demonstration data: invented" in figure.caption
        assert figure.tables and len(figure.tables[0])


def test_the_view_says_how_to_read_a_rate(page):
    words = said(page())
    assert "monitor better see more and report more" in words
    assert "All councils are counted and none is sampled" in words
    assert "in the range" not in words
    assert "C1" in " ".join(cells(page()))


def test_measures_are_those_of_the_mart(demo):
    found = demo.rows("select distinct measure from marts.rate_months")["measure"]
    assert set(found) == set(MEASURES)


def test_a_council_on_the_page_sees_only_its_own_dot(page, demo, monkeypatch):
    code = demo.rows("select gss_code from marts.councils where short_name = 'Hackney'")
    viewer = Viewer("council", code["gss_code"][0])
    monkeypatch.setattr(store, "viewer", lambda: viewer)
    names = set(demo.rows("select short_name from marts.councils")["short_name"])
    app = page()
    table_of = figures(app)[0].tables[0]
    assert table_of["Council"].tolist() == ["Hackney"]
    assert "Only councils that you may see by name are drawn" in said(app)
    told = {name for name in names - {"Hackney"} if f" {name} " in figures(app)[0].sentence}
    assert told == set()
    assert {*cells(app)} & (names - {"Hackney"}) == set()
