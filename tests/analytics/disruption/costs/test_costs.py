"""What incidents cost: twins, sums by eye, disclosure, the scenario and the view."""

import csv
import json
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics.disruption.costs import reads as costs
from analytics.disruption.costs.assumptions import Assumed, scenario
from analytics.reading import prices as reading_prices
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.reading.viewer import LOCAL_ANALYST, NotAllowedError, Viewer
from analytics.record import reads as public_record
from analytics.record.chart import MOST_ROWS, accounts
from analytics.ui import store
from settings import ROOT, settings
from tests.support import twins
from tests.support.demo import MEMBERSHIPS, PROGRAMME
from tests.support.frames import table
from tests.support.pages import KINDS, NOTHING, cells, failures, figures, opened, said
from tests.support.reference import COUNCILS
from tests.support.rows import incident, returned
from tests.support.warehouse import Installation


SCOPE = Scope("department", date(2022, 4, 1), date(2025, 3, 1))
COUNTY, CAMBRIDGE, FENLAND = "E10000003", "E07000008", "E07000010"
HARTLEPOOL, OLD_BARNSLEY = "E06000001", "E08000016"
CODES = (COUNTY, CAMBRIDGE, FENLAND, HARTLEPOOL, OLD_BARNSLEY)
MONEY = ("cost_response_gbp", "cost_recovery_gbp", "cost_lost_income_gbp")
# London is an hour ahead: this is the first of April there, and another year.
BORDER = datetime(2023, 3, 31, 23, 30, tzinfo=UTC)

# Twins --------------------------------------------------------------------------------


def one_incident(random: Random, number: int) -> dict:
    start = datetime(2022, 4, 1, tzinfo=UTC) + timedelta(hours=random.randrange(26000))
    if number % 20 == 0:
        start = BORDER
    amounts = {
        name: f"{random.choice([0, 90.5, 1200, 54321.99]) * random.randint(1, 9):.2f}"
        for name in MONEY
        if random.random() < 0.4
    }
    status = random.choice(["estimate", "outturn"]) if amounts else ""
    basis = random.choice(["", "2021/22", "2023/24", "2024/25"]) if amounts else ""
    return incident(
        incident_ref=f"INC-{number:04}",
        gss_code=random.choice(CODES),
        detected_at=start.isoformat().replace("+00:00", "Z"),
        detected_precision="year" if number % 31 == 7 else "",
        incident_status="Near miss" if number % 11 == 5 else "Confirmed",
        cost_status=status,
        price_basis=basis,
        submitted_at="2026-01-01T00:00:00Z",
        **amounts,
    )


def every_month() -> list[date]:
    return [date(2022 + n // 12, n % 12 + 1, 1) for n in range(3, 39)]


@pytest.fixture(scope="module")
def paid(tmp_path_factory):
    """300 seeded incidents of five councils, most with a cost told in part."""
    random = Random(11)
    warehouse = Installation(tmp_path_factory.mktemp("costs"))
    rows = [one_incident(random, number) for number in range(300)]
    returns = [
        returned(
            gss_code=code, dataset="incidents", period_starts_on=month, received_on="2026-01-01"
        )
        for code in CODES
        for month in every_month()
        if random.random() < 0.8
    ]
    warehouse.put("incidents", rows)
    warehouse.put("returns", returns)
    assert warehouse.build().quarantine == []
    return warehouse, rows, returns


def year_of(month: date) -> date:
    return date(month.year - (month.month < 4), 4, 1)


def label(year: date) -> str:
    return f"{year.year}/{(year.year + 1) % 100:02d}"


def counted(rows: list[dict], returns: list[dict]) -> list[dict]:
    """Confirmed incidents of months reported on, with council and year of today."""
    months = twins.reported(returns, "incidents")
    found = []
    for row in rows:
        month = twins.month_of(twins.moment(row["detected_at"]))
        code = twins.today(row["gss_code"])
        is_in = row["incident_status"] == "Confirmed" and (code, month) in months
        if not is_in or row["detected_precision"] == "year":
            continue
        amounts = [float(row[name]) for name in MONEY if row[name]]
        basis = row["price_basis"] or label(year_of(month))
        found.append(
            row
            | {
                "code": code,
                "year": year_of(month),
                "cost": sum(amounts),
                "is_told": bool(amounts),
                "basis": basis if amounts else "",
                "status": row["cost_status"] or "none",
            }
        )
    return found


def test_costs_by_council_year_status_and_prices_agree_with_their_twin(paid):
    warehouse, rows, returns = paid
    expected = defaultdict(lambda: [0, 0, 0, 0.0, 0, 0.0, 0, 0.0, 0])
    for code, month in twins.reported(returns, "incidents"):
        _ = expected[code, year_of(month), "none", ""]
    for row in counted(rows, returns):
        sums = expected[row["code"], row["year"], row["status"], row["basis"]]
        sums[0] += 1
        sums[1] += row["is_told"]
        sums[2] += row["is_told"] and not row["price_basis"]
        for place, name in enumerate(MONEY):
            sums[3 + 2 * place] += float(row[name] or 0)
            sums[4 + 2 * place] += bool(row[name])
    found = {
        tuple(row[:4]): [0 if cell is None else cell for cell in row[4:]]
        for row in warehouse.read(
            "select gss_code, period, status, price_year, incidents, told, unbased, "
            "response_gbp, response_told, recovery_gbp, recovery_told, "
            "lost_income_gbp, lost_income_told from marts.incident_costs"
        )
    }
    assert found.keys() == expected.keys()
    assert len(found) > 40
    for key, sums in found.items():
        assert sums == pytest.approx(expected[key]), key


def test_a_cost_that_nobody_told_is_unknown_and_nought_is_a_cost(paid):
    warehouse, rows, returns = paid
    [(silent, told)] = warehouse.read(
        "select sum(incidents), sum(told) from marts.incident_costs where "
        "coalesce(response_gbp, recovery_gbp, lost_income_gbp) is null"
    )
    mine = counted(rows, returns)
    assert silent == sum(not row["is_told"] for row in mine) > 0
    assert told == 0
    assert sum(row["is_told"] and row["cost"] == 0 for row in mine) > 0


def test_months_are_those_that_the_council_reported_on(paid):
    warehouse, _, returns = paid
    expected = defaultdict(int)
    for code, month in twins.reported(returns, "incidents"):
        expected[code, year_of(month)] += 1
    found = warehouse.read(
        "select gss_code, period, sum(months) from marts.incident_costs group by all"
    )
    assert {(code, year): n for code, year, n in found} == expected


def test_costs_of_all_are_those_of_the_indicator(demo):
    [mart] = demo.rows("""
        select sum(coalesce(response_gbp, 0) + coalesce(recovery_gbp, 0)
            + coalesce(lost_income_gbp, 0)) as gbp
        from marts.incident_costs where collection = 'demonstration'
    """)["gbp"]
    [steps] = demo.rows("select sum(cost_gbp) as gbp from marts.cost_steps")["gbp"]
    [indicator] = demo.rows("""
        select sum(numerator) as gbp from marts.indicator_values
        where collection = 'demonstration' and indicator = 'cost_of_incidents'
    """)["gbp"]
    assert mart == pytest.approx(indicator) and steps == pytest.approx(indicator)


def test_a_step_is_a_tenth_of_the_cost(demo):
    found = demo.rows("""
        select step, min(cost_gbp / incidents) as least,
            max(cost_gbp / incidents) as most
        from marts.cost_steps group by step order by step
    """)
    above = found[found["step"] > 0]
    assert (above["most"] <= 1.1 * above["least"] * (1 + 1e-9)).all()
    assert above["least"].is_monotonic_increasing
    assert len(above) > 50


# The reads through the pipeline -------------------------------------------------------


def plain_years(rows: list[dict], returns: list[dict]) -> dict:
    """England's cash cost by year, incidents with a cost, and incidents."""
    sums = defaultdict(lambda: [0.0, 0, 0])
    for row in counted(rows, returns):
        year = sums[row["year"]]
        year[0] += row["cost"]
        year[1] += row["is_told"]
        year[2] += 1
    return sums


def test_years_of_england_agree_with_plain_sums(paid):
    warehouse, rows, returns = paid
    path = str(warehouse.published)
    found = costs.years(Reader(path, LOCAL_ANALYST, SCOPE), by="england")
    whole = found[found["part"] == "all"].set_index("period_label")
    for year, (cost, known, incidents) in plain_years(rows, returns).items():
        row = whole.loc[label(year)]
        assert row["cost"] == row["cash"] == pytest.approx(cost)
        assert (row["known"], row["incidents"]) == (known, incidents)
    parts = found.pivot(index="period_label", columns="part", values="cost")
    kinds = parts[list(costs.KINDS)].sum(axis=1)
    statuses = parts[list(costs.STATUSES)].sum(axis=1)
    assert kinds.to_list() == pytest.approx(parts["all"].to_list())
    assert statuses.to_list() == pytest.approx(parts["all"].to_list())


def test_residents_of_a_county_and_of_its_districts_count_once(paid):
    warehouse, rows, returns = paid
    months = defaultdict(int)
    for code, month in twins.reported(returns, "incidents"):
        months[code, year_of(month)] += 1
    mine = counted(rows, returns)
    found = costs.years(Reader(str(warehouse.published), LOCAL_ANALYST, SCOPE), by="england")
    whole = found[found["part"] == "lost_income"].set_index("period")
    for year in sorted({row["year"] for row in mine}):
        told = {row["code"] for row in mine if row["year"] == year and row["cost_lost_income_gbp"]}
        if COUNTY in told:
            told -= {CAMBRIDGE, FENLAND}
        expected = sum(int(COUNCILS[code]["population"]) * months[code, year] / 12 for code in told)
        row = whole.loc[pd.Timestamp(year)]
        assert row["residents"] == pytest.approx(expected)
        assert row["value"] == pytest.approx(row["cost"] / expected)
    own = costs.years(Reader(str(warehouse.published), LOCAL_ANALYST, SCOPE), by="type")
    districts = own[(own["group_code"] == "district") & (own["part"] == "all")]
    assert (districts["residents"] > 0).all()


def deflator(year: str) -> float:
    """By hand from the committed table."""
    with (settings.reference / "gdp_deflator.csv").open() as file:
        listed = {row["calendar_year"]: float(row["deflator"]) for row in csv.DictReader(file)}
    return 0.75 * listed[year[:4]] + 0.25 * listed[str(int(year[:4]) + 1)]


def test_real_terms_are_by_the_deflator_of_the_year_of_each_price(paid):
    warehouse, rows, returns = paid
    path = str(warehouse.published)
    priced = {"2021/22", "2022/23", "2023/24"}
    for base in ("2021/22", "2023/24"):
        found = costs.years(Reader(path, LOCAL_ANALYST, SCOPE), by="council", base_year=base)
        whole = found[found["part"] == "all"].set_index(["group_code", "period_label"])
        checked = unknown = 0
        for (code, year), row in whole.iterrows():
            mine = [
                each
                for each in counted(rows, returns)
                if (each["code"], label(each["year"])) == (code, year) and each["is_told"]
            ]
            gone = sum(each["basis"] not in priced for each in mine)
            assert row["unpriced"] == gone
            if gone or not mine:
                assert pd.isna(row["cost"]) and row["note"] == "[x]"
                unknown += 1
                continue
            real = sum(each["cost"] * deflator(base) / deflator(each["basis"]) for each in mine)
            assert row["cost"] == pytest.approx(real)
            checked += 1
        assert unknown
    assert "2024/25" not in reading_prices.deflators(path, LOCAL_ANALYST).index


def test_a_base_year_without_a_deflator_is_refused(paid):
    path = str(paid[0].published)
    with pytest.raises(ValueError, match="no deflator for 2025/26"):
        costs.years(Reader(path, LOCAL_ANALYST, SCOPE), by="england", base_year="2025/26")


def test_quartiles_are_within_a_tenth_of_the_exact_ones(paid):
    warehouse, rows, returns = paid
    found = costs.spread(Reader(str(warehouse.published), LOCAL_ANALYST, SCOPE)).iloc[0]
    amounts = sorted(row["cost"] for row in counted(rows, returns) if row["is_told"])
    assert found["known"] == found["counted"] == len(amounts)
    for name, share in costs.QUARTILES.items():
        at = -(-int(share * 4) * len(amounts) // 4)
        assert found[name] == pytest.approx(amounts[at - 1], rel=0.1), name


def test_costs_untold_are_of_years_in_which_the_council_told_none(paid):
    warehouse, rows, returns = paid
    years = defaultdict(lambda: [0, 0])
    for row in counted(rows, returns):
        years[row["code"], row["year"]][0] += 1
        years[row["code"], row["year"]][1] += row["is_told"]
    found = costs.untold(Reader(str(warehouse.published), LOCAL_ANALYST, SCOPE))
    rows_of = found.set_index("class")
    told = [each for each in years.values() if each[1]]
    assert rows_of.loc["told", "incidents"] == sum(each[0] for each in told)
    assert rows_of.loc["told", "known"] == sum(each[1] for each in told)
    assert rows_of.loc["told", "council_years"] == len(told)
    assert ("untold" in rows_of.index) == (len(told) < len(years))


# The reads by eye ---------------------------------------------------------------------

YEARS = Scope("demonstration", date(2022, 4, 1), date(2024, 3, 1))
OWN = "A1"
COUNCIL = Viewer("council", OWN)
EMPTY = {
    "councils": "gss_code | region | council_group | tier | population | is_current",
    "incident_costs": "gss_code | period | status | price_year | incidents | told "
    "| cost | lost | share_rank",
    "cost_steps": "gss_code | period | status | price_year | step | incidents "
    "| cost_gbp | share_rank",
}
TABLES = """
create schema marts; create schema reference;
create table marts.councils as select *, gss_code as short_name,
    gss_code as council_name, 'Unitary' as council_group_label, region as council_type,
    ascii(region) as region_order, null::varchar as county_code,
    gss_code as council_code from councils;
create table marts.incident_costs as
select 'demonstration' as collection, gss_code, period::date as period, status,
    coalesce(price_year::varchar, '') as price_year,
    case when status = 'none' then 12 else 0 end as months, incidents, told,
    0 as unbased, cost as response_gbp,
    case when cost is null then 0 else told end as response_told,
    null::double as recovery_gbp, 0 as recovery_told, lost as lost_income_gbp,
    case when lost is null then 0 else told end as lost_income_told, share_rank
from incident_costs;
create table marts.cost_steps as
select 'demonstration' as collection, * replace (period::date as period)
from cost_steps;
create table reference.gdp_deflator as
select * from (values (2022, 50.0), (2023, 100.0), (2024, 100.0)) d(calendar_year,
    deflator);
create table reference.council_neighbours as
select 'A1' as gss_code, 'B1' as neighbour_gss_code, 1 as neighbour_rank;
create table reference.regions as select 'A' as region, 1 as sort_order;
"""


@pytest.fixture
def hand(tmp_path):
    """A maker of warehouses of eighteen councils and a few rows."""

    def make(incident_costs: list[str], cost_steps: list[str] = ()) -> str:
        path = tmp_path / "made.duckdb"
        places = [
            f"{region}{n} | {region} | unitary | single | 1000 | true"
            for region in "AB"
            for n in range(1, 10)
        ]
        given = {"councils": places, "incident_costs": incident_costs, "cost_steps": cost_steps}
        with duckdb.connect(str(path)) as connection:
            for name, header in EMPTY.items():
                frame = table("\n".join([header, *given[name]]))
                for amount in frame.columns.intersection(["cost", "lost"]):
                    frame[amount] = pd.to_numeric(frame[amount]).astype(float)
                connection.register(name, frame)
            connection.execute(TABLES)
            connection.execute(f"create table marts.memberships as {MEMBERSHIPS}")
        return str(path)

    return make


def spent(
    region: str,
    councils: int,
    cost: float = 100,
    *,
    year: int = 2022,
    status: str = "outturn",
    rank: int = 3,
    prices: str = "2022/23",
    lost: float = 0,
    silent: int = 1,
) -> list[str]:
    """The same cost at so many councils of a region, each with `silent` more
    incidents of which no cost is told."""
    lines = []
    for n in range(1, councils + 1):
        day = f"{region}{n} | {year}-04-01"
        if silent:
            lines.append(f"{day} | none | | {silent} | 0 | | | {rank}")
        lines.append(f"{day} | {status} | {prices} | 1 | 1 | {cost} | {lost or ''} | {rank}")
    return lines


def part(frame: pd.DataFrame, name: str = "all") -> pd.DataFrame:
    return frame[frame["part"] == name]


def test_sums_by_eye_in_cash_and_in_the_prices_of_a_year(hand):
    path = hand([*spent("A", 6, 100), *spent("A", 6, 200, year=2023, prices="2023/24")])
    cash = part(costs.years(Reader(path, LOCAL_ANALYST, YEARS), by="england"))
    assert cash["cost"].tolist() == [600, 1200]
    assert cash["value"].tolist() == [0.1, 0.2]
    # 2022/23 is three quarters of 50 and one of 100: 62.5; 2023/24 is 100.
    real = part(costs.years(Reader(path, LOCAL_ANALYST, YEARS), by="england", base_year="2023/24"))
    assert real["cost"].tolist() == [960, 1200]
    over = costs.over_range(real).iloc[0]
    assert (over["cost"], over["span"], over["counted"]) == (2160, "2022/23 to 2023/24", 2)
    assert over["value"] == pytest.approx(2160 / 12_000)


def test_a_year_without_a_deflator_is_unknown_in_real_terms_and_never_carried_on(hand):
    path = hand([*spent("A", 6, 100), *spent("A", 6, 200, year=2023, prices="2024/25")])
    found = costs.years(Reader(path, LOCAL_ANALYST, YEARS), by="england", base_year="2023/24")
    last = part(found).iloc[1]
    assert pd.isna(last["cost"]) and pd.isna(last["value"])
    assert (last["note"], last["unpriced"], last["cash"]) == ("[x]", 6, 1200)
    over = costs.over_range(part(found)).iloc[0]
    assert (over["cost"], over["span"], over["unpriced"]) == (960, "2022/23", 6)
    # What the share of incidents is said of is the years that are added up.
    assert (over["known"], over["incidents"]) == (6, 12)


def test_a_year_in_which_nothing_was_told_is_unknown_and_counts_its_incidents(hand):
    path = hand(["A1 | 2022-04-01 | none | | 4 | 0 | | | 3"])
    found = part(costs.years(Reader(path, LOCAL_ANALYST, YEARS), by="england")).iloc[0]
    assert pd.isna(found["cost"]) and found["note"] == "[x]"
    assert (found["incidents"], found["known"], found["councils"]) == (4, 0, 0)
    assert found["reporting"] == 1


def test_a_part_that_nobody_told_is_unknown_beside_one_that_somebody_did(hand):
    found = costs.years(Reader(hand(spent("A", 6)), LOCAL_ANALYST, YEARS), by="england")
    assert pd.isna(part(found, "lost_income")["cost"].iloc[0])
    assert part(found, "response")["cost"].iloc[0] == 600
    assert pd.isna(part(found, "estimate")["cost"].iloc[0])


def test_councils_that_told_are_counted_once_over_several_years(hand):
    path = hand(
        [
            *spent("A", 6),
            *spent("A", 4, year=2023),
            *spent("B", 2),
            "B5 | 2022-04-01 | none | | 4 | 0 | | | 3",
        ]
    )
    whole = costs.councils(Reader(path, LOCAL_ANALYST, YEARS), by="england").iloc[0]
    assert (whole["told"], whole["reporting"]) == (8, 9)
    assert (whole["known"], whole["incidents"]) == (12, 28)
    years = costs.councils(Reader(path, LOCAL_ANALYST, YEARS), by="england", way="year")
    assert years["told"].tolist() == [8, 4]


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        ([], ""),
        (["2022/23"], "2022/23"),
        (["2021/22", "2022/23", "2023/24"], "2021/22 to 2023/24"),
        (["2020/21", "2022/23"], "2020/21, 2022/23"),
    ],
)
def test_years_in_words_say_which_are_missing(labels, words):
    assert reading_prices.span(labels) == words


# Disclosure ---------------------------------------------------------------------------

SMALL = [costs.years, costs.councils]


def hidden(frame: pd.DataFrame) -> set:
    gone = frame[frame["note"] == "[c]"]
    assert gone.select_dtypes("number").isna().all(axis=None)
    return set(gone["group_code"])


def test_a_group_of_few_or_mostly_one_councils_costs_is_withheld(hand):
    few = hand([*spent("A", 9), *spent("B", 4)])
    assert hidden(part(costs.years(Reader(few, COUNCIL, YEARS), by="region"))) == {"A", "B"}
    assert hidden(part(costs.years(Reader(few, PROGRAMME, YEARS), by="region"))) == {"B"}
    assert hidden(costs.years(Reader(few, LOCAL_ANALYST, YEARS), by="region")) == set()


def test_one_council_with_most_of_the_money_withholds_its_group(hand):
    rows = spent("A", 9)
    rows[3] = rows[3].replace("| 100 |", "| 90000 |")
    path = hand(rows)
    for viewer in (COUNCIL, PROGRAMME):
        assert hidden(part(costs.years(Reader(path, viewer, YEARS), by="england"))) == {"England"}
    assert hidden(costs.years(Reader(path, LOCAL_ANALYST, YEARS), by="england")) == set()


def test_real_terms_show_nothing_that_cash_withholds(hand):
    rows = [*spent("A", 9, 100), *spent("B", 1, 850)]
    path = hand(rows)
    cash = costs.years(Reader(path, PROGRAMME, YEARS), by="region")
    real = costs.years(Reader(path, PROGRAMME, YEARS), by="region", base_year="2022/23")
    assert (cash["note"] == "[c]").tolist() == (real["note"] == "[c]").tolist()
    assert (real["note"] == "[c]").any()


def test_a_range_tells_no_more_than_its_years(hand):
    path = hand([*spent("A", 9), *spent("A", 3, year=2023)])
    years = costs.years(Reader(path, COUNCIL, YEARS), by="england")
    over = part(costs.over_range(years)).iloc[0]
    assert over["note"] == "[c]" and pd.isna(over["cost"]) and pd.isna(over["known"])
    first = replace(YEARS, until=date(2023, 3, 1))
    one = part(costs.years(Reader(path, COUNCIL, first), by="england")).iloc[0]
    assert one["cost"] == 900


@pytest.mark.parametrize("viewer", [COUNCIL, PROGRAMME])
def test_no_part_of_a_split_is_found_by_taking_the_others_from_the_whole(hand, viewer):
    rows = [*spent("A", 9), *spent("B", 9), *spent("A", 3, status="estimate", silent=0)]
    path = hand(rows)
    for by in ("england", "region"):
        found = costs.years(Reader(path, viewer, YEARS), by=by)
        assert (part(found)["note"] == "").all()
        for name in costs.STATUSES:
            assert (part(found, name)["note"] == "[c]").all(), (by, name)
    whole = costs.years(Reader(path, LOCAL_ANALYST, YEARS), by="england")
    assert part(whole, "estimate")["cost"].iloc[0] == 300


def test_a_council_is_shown_no_split_of_a_region_but_its_own(hand):
    path = hand([*spent("A", 9), *spent("B", 9)])
    london = replace(YEARS, regions=("A",))
    found = costs.years(Reader(path, COUNCIL, london), by="england")
    assert (part(found, "outturn")["note"] == "[c]").all()
    assert part(found)["cost"].tolist() == [900]
    own = costs.years(Reader(path, COUNCIL, replace(YEARS, councils=(OWN,))), by="england")
    assert part(own, "outturn")["cost"].tolist() == [100]


@pytest.mark.parametrize("rank", [1, 2, 3, 4])
def test_one_councils_costs_are_named_to_an_analyst_and_to_itself_only(hand, rank):
    path = hand(spent("A", 9, rank=rank))
    found = costs.years(Reader(path, COUNCIL, YEARS), by="council")
    assert set(found["group_code"]) == {OWN}
    assert part(found)["cost"].tolist() == [100]
    for scope in (YEARS, replace(YEARS, councils=("A2",))):
        others = costs.years(Reader(path, PROGRAMME, scope), by="council")
        assert hidden(others) == set(others["group_code"])
        assert costs.spread(Reader(path, PROGRAMME, scope), by="council")["median"].isna().all()
    named = part(costs.years(Reader(path, LOCAL_ANALYST, YEARS), by="council"))
    assert named["cost"].tolist() == [100] * 9


def test_nobody_but_an_analyst_chooses_councils_to_add_up(hand):
    path = hand(spent("A", 9))
    chosen = replace(YEARS, councils=tuple(f"A{n}" for n in range(1, 7)))
    reads = [
        lambda viewer: costs.years(Reader(path, viewer, chosen), by="england"),
        lambda viewer: costs.councils(Reader(path, viewer, chosen), by="england"),
        lambda viewer: costs.spread(Reader(path, viewer, chosen)),
        lambda viewer: costs.untold(Reader(path, viewer, chosen)),
    ]
    for read in reads:
        for viewer in (COUNCIL, PROGRAMME):
            with pytest.raises(NotAllowedError):
                read(viewer)
        assert len(read(LOCAL_ANALYST))


def test_what_only_its_council_may_see_counts_for_no_other_council(hand):
    path = hand([*spent("A", 6), *spent("B", 9, rank=1)])
    found = part(costs.years(Reader(path, COUNCIL, YEARS), by="england")).iloc[0]
    assert (found["cost"], found["councils"]) == (600, 6)


def stepped(councils: int, amounts: list[float], region: str = "A") -> list[str]:
    """Each amount once at every council."""
    return [
        f"{region}{n} | 2022-04-01 | outturn | 2022/23 | {place} | 1 | {amount} | 3"
        for n in range(1, councils + 1)
        for place, amount in enumerate(amounts)
    ]


def test_quartiles_are_the_costs_that_so_many_did_not_exceed(hand):
    steps = stepped(6, [10, 20, 30, 40])
    path = hand(spent("A", 6), steps)
    one = costs.spread(Reader(path, LOCAL_ANALYST, YEARS)).iloc[0]
    assert one[["q1", "median", "q3", "counted"]].tolist() == [10, 20, 30, 24]
    real = costs.spread(Reader(path, LOCAL_ANALYST, YEARS), base_year="2023/24").iloc[0]
    assert real[["q1", "median", "q3"]].tolist() == [16, 32, 48]
    by_year = costs.spread(Reader(path, LOCAL_ANALYST, YEARS), way="year")
    assert by_year["code"].tolist() == ["2022-04-01"]
    statuses = costs.spread(Reader(path, LOCAL_ANALYST, YEARS), way="status")
    known = statuses.set_index("code")["median"]
    assert known["outturn"] == 20 and pd.isna(known["estimate"])


def test_quartiles_over_few_councils_are_withheld_and_of_few_incidents_not_made(hand):
    path = hand(spent("A", 4), stepped(4, [10, 20, 30]))
    for viewer in (COUNCIL, PROGRAMME):
        one = costs.spread(Reader(path, viewer, YEARS)).iloc[0]
        assert one["note"] == "[c]"
        assert one[["q1", "median", "q3", "counted", "known"]].isna().all()
    one = replace(YEARS, councils=("A1",))
    few = costs.spread(Reader(path, LOCAL_ANALYST, one)).iloc[0]
    assert few["counted"] == 3 and pd.isna(few["median"])


def test_an_unknown_way_is_refused(hand):
    with pytest.raises(ValueError, match="'month' is not one of"):
        costs.spread(Reader(hand([]), LOCAL_ANALYST, YEARS), way="month")


def test_the_few_that_told_nothing_are_withheld_with_the_rest(hand):
    silent = [f"B{n} | 2022-04-01 | none | | 4 | 0 | | | 3" for n in (1, 2)]
    path = hand([*spent("A", 9), *silent])
    analyst = costs.untold(Reader(path, LOCAL_ANALYST, YEARS)).set_index("class")
    assert analyst.loc["untold", ["incidents", "councils"]].tolist() == [8, 2]
    assert analyst.loc["told", ["incidents", "known"]].tolist() == [18, 9]
    council = costs.untold(Reader(path, COUNCIL, YEARS))
    assert (council["note"] == "[c]").all() and council["incidents"].isna().all()
    narrowed = costs.untold(Reader(path, COUNCIL, replace(YEARS, regions=("A",))))
    assert (narrowed["note"] == "[c]").all()


# The scenario -------------------------------------------------------------------------


def test_a_scenario_is_incidents_times_share_times_cost():
    assert scenario(Assumed(200, 50, 10, 20, 90)) == (1000, 2000, 9000)
    assert scenario(Assumed(0, 100, 1, 1, 1)) == (0, 0, 0)


@pytest.mark.parametrize(
    ("assumed", "why"),
    [
        (Assumed(1, 101, 1, 2, 3), "between 0 and 100"),
        (Assumed(1, -1, 1, 2, 3), "between 0 and 100"),
        (Assumed(1, 50, 2, 1, 3), "not in order"),
        (Assumed(1, 50, 1, 4, 3), "not in order"),
        (Assumed(1, 50, -1, 1, 3), "not in order"),
    ],
)
def test_a_scenario_that_cannot_be_is_refused(assumed, why):
    with pytest.raises(ValueError, match=why):
        scenario(assumed)


# Numbers in the address ---------------------------------------------------------------


def number_page() -> None:
    """A page with one number."""
    from analytics.ui import address, filters, layout

    address.opened("Numbers")
    layout.heading("Numbers", "How much?")
    found = filters.number("Cost", "cost", default=40, least=10, most=90)
    layout.facts = found
    layout.footer()


def numbered(**asked: str) -> AppTest:
    app = AppTest.from_function(number_page)
    for key, value in asked.items():
        app.query_params[key] = value
    return app.run()


def test_a_number_stands_in_the_address_until_it_is_the_default_again():
    app = numbered()
    assert app.number_input("cost").value == 40 and not app.query_params
    app.number_input("cost").set_value(55).run()
    assert app.query_params["cost"] in ("55", ["55"])
    app.number_input("cost").set_value(40).run()
    assert "cost" not in app.query_params


@pytest.mark.parametrize(
    ("asked", "shown"), [("12", 12), ("9", 40), ("91", 40), ("12.5", 40), ("much", 40)]
)
def test_a_link_gives_a_number_within_its_limits_or_the_default(asked, shown):
    app = numbered(cost=asked)
    assert failures(app) == []
    assert app.number_input("cost").value == shown


# The public record --------------------------------------------------------------------


def told(incident_id: str, low, high, *, measure="cost", unit="GBP", counts=True) -> dict:
    return {
        "reported_incident_id": incident_id,
        "is_counted": counts,
        "council_name": f"Town & <b> {incident_id}",
        "detected_on": date(2020, 10, 1),
        "date_precision": "month",
        "measure": measure,
        "value_reported": "so much",
        "value_low": low,
        "value_high": high,
        "unit": unit,
        "publisher": "A paper",
        "note": None,
    }


REPORTED = pd.DataFrame(
    [
        told("R1", 5.0, 5.0),
        told("R1", 2.0, None),
        told("R1", 4.0, 9.0),
        told("R2", 20.0, None),
        told("R2", 10.0, 10.0),
        told("R3", None, 7.0),
        told("R4", None, None),
        told("R5", 8.0, 8.0, unit="USD"),
        told("R6", 3.0, 3.0, measure="government grant"),
        told("R7", 1.0, 1.0, counts=False),
        told("R8", 1.0, 1.0, measure="cost component: rebuild"),
    ]
)


def test_conflicting_figures_stay_apart_with_their_lowest_and_highest():
    found = public_record.amounts(REPORTED, ("cost",))
    assert found["reported_incident_id"].tolist() == ["R2", "R2", "R1", "R1", "R1", "R3"]
    rows = found.drop_duplicates("reported_incident_id")
    ends = rows.set_index("reported_incident_id")[["least", "most", "is_open"]]
    assert ends.loc["R1"].tolist() == [2, 9, False]
    assert ends.loc["R2"].tolist() == [10, 20, True]
    assert ends.loc["R3"].tolist() == [7, 7, False]
    grants = public_record.amounts(REPORTED, ("government grant",))
    assert grants["reported_incident_id"].tolist() == ["R6"]


def drawn(frame: pd.DataFrame) -> pd.DataFrame:
    names = {"reported_incident_id": "row_key", "value_reported": "said", "publisher": "source"}
    return frame.rename(columns=names)


def test_every_sources_figure_is_drawn_on_its_incidents_row():
    chart = accounts(drawn(public_record.amounts(REPORTED, ("cost",))))
    whole, ranges, marks = chart.data
    assert list(zip(marks.x, marks.y, strict=True)) == [
        (10, 0),
        (10, 0),
        (20, 0),
        (2, 1),
        (4, 1),
        (9, 1),
        (5, 1),
        (5, 1),
        (7, 2),
    ]
    symbols = dict(zip(marks.x, marks.marker.symbol, strict=True))
    assert symbols[20] == symbols[2] == "triangle-right"
    assert symbols[7] == "triangle-left" and symbols[9] == "circle"
    assert list(ranges.x) == [4, 9, None] and list(ranges.y) == [1, 1, None]
    assert list(whole.x) == [10, 20, None, 2, 9, None, 7, 7, None]
    words = [note.text for note in chart.layout.annotations]
    assert "or more" in words[0].replace("<br>", " ")
    assert "or more" not in words[1].replace("<br>", " ")
    assert "A paper" in marks.customdata[0]


def test_names_cannot_write_into_the_chart_and_too_many_rows_are_refused():
    chart = accounts(drawn(public_record.amounts(REPORTED, ("cost",))))
    assert all("<b> R" not in name for name in chart.layout.yaxis.ticktext)
    many = pd.DataFrame([told(f"R{n}", 1.0, 1.0) for n in range(MOST_ROWS + 1)])
    with pytest.raises(ValueError, match="room for 40 rows"):
        accounts(drawn(public_record.amounts(many, ("cost",))))
    with pytest.raises(ValueError, match="no rows"):
        accounts(drawn(public_record.amounts(REPORTED, ("nothing",))))


def test_no_reported_figure_of_the_record_is_added_to_another(public_record_page):
    found = {figure.key: figure for figure in figures(public_record_page)}
    costs_figure, grants = found["reported-costs"], found["reported-grants"]
    record = pd.read_csv(ROOT / "data" / "public" / "reported_figures.csv")
    whole = record[(record["measure"] == "cost") & (record["unit"] == "GBP")]
    ends = {*whole["value_low"].dropna(), *whole["value_high"].dropna()}
    marks = json.loads(costs_figure.chart.spec)["data"][2]
    assert set(marks["x"]) <= ends
    assert set(costs_figure.tables[0]["Measure"]) == {"cost"}
    assert "grant" not in " ".join(costs_figure.tables[0]["Measure"])
    assert all("grant" in name for name in grants.tables[0]["Measure"])
    assert "none is added up" in costs_figure.sentence
    assert "money received and no cost" in grants.sentence


@pytest.fixture
def public_record_page(shown):
    """The public record's page of disruption."""
    app = opened("service_disruption", data="public_record")
    assert failures(app) == []
    assert NOTHING & {*cells(app), *said(app).split()} == set()
    return app


# The view -----------------------------------------------------------------------------


@pytest.fixture
def page(shown):
    """The view as a link opens it."""

    def open_(**asked: str) -> AppTest:
        app = opened("service_disruption", view="What it costs", **asked)
        assert failures(app) == []
        assert NOTHING & {*cells(app), *said(app).split()} == set()
        return app

    return open_


ALL = ["costs-known", "costs-years", "costs-by-region", "costs-one"]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"prices": "Real terms"},
        {"region": "North East", "costsplit": "Kind of cost"},
        {"costrows": "Estimate or outturn"},
        {"costrows": "Region"},
        {"type": "County councils", "from": "2023/24", "to": "2023/24"},
    ],
)
def test_the_view_shows_its_figures_whole(page, asked):
    found = figures(page(**asked))
    assert [figure.key for figure in found] == ALL
    for figure in found:
        assert figure.chart.alt.split(":")[0] in KINDS
        assert "told a cost" in figure.caption
        assert figure.tables and len(figure.tables[0])


def test_a_council_picked_out_has_its_own_years_and_quartiles(page):
    found = {figure.key: figure for figure in figures(page(council="Hackney"))}
    assert "Hackney" in found["costs-own-years"].title
    assert "Hackney alone, " in found["costs-own-years"].caption
    assert "councils told a cost" not in found["costs-own-years"].caption
    assert "Hackney" in set(found["costs-one"].tables[0]["Incidents of"])


def test_real_terms_say_whose_deflator_it_is_and_what_is_not_published(page):
    app = page(prices="Real terms")
    found = {figure.key: figure for figure in figures(app)}
    years = found["costs-years"]
    assert "HM Treasury, calendar years 1990 to 2024" in years.caption
    assert "No deflator is published yet" in years.sentence
    cash = {figure.key: figure for figure in figures(page())}["costs-years"]
    assert "deflator" not in cash.caption + cash.sentence
    rows = years.tables[0].set_index("Financial year")
    last = rows.loc["2025/26"]
    assert last.filter(like="All, £ in 20").tolist() == [r"\[x\]"]
    assert float(last["All, £ in cash"].replace(",", "")) > 0


def test_the_base_year_is_a_choice_that_scales_every_amount(page):
    def total(app) -> float:
        table_of = {f.key: f for f in figures(app)}["costs-years"].tables[0]
        column = next(name for name in table_of if name.startswith("All, £ in 20"))
        return float(table_of[column].iloc[0].replace(",", ""))

    late, early = page(prices="Real terms"), page(prices="Real terms", base="2015/16")
    assert late.selectbox("base").value == "2023/24"
    ratio = deflator("2015/16") / deflator("2023/24")
    assert total(early) / total(late) == pytest.approx(ratio, rel=1e-6)


def test_no_mean_of_costs_stands_alone_on_the_page(page):
    words = said(page()).lower()
    assert "average" not in words and "mean " not in words
    assert "half of the" in words and "the middle half" in words


def answer(app: AppTest) -> str:
    [found] = [each.value for each in app.markdown if "If this held" in each.value]
    return found.replace("\\", "")


def test_the_scenario_is_labelled_and_begins_with_what_was_reported(page, demo):
    app = page()
    assert "Scenario, not a result" in said(app)
    whole = costs.spread(Reader(demo.path, LOCAL_ANALYST, demo.scope())).iloc[0]
    for name, key in (("q1", "low"), ("median", "central"), ("q3", "high")):
        assert app.number_input(f"cost{key}").value == round(whole[name])
    classes = costs.untold(Reader(demo.path, LOCAL_ANALYST, demo.scope())).set_index("class")
    assert f"{classes.loc['untold', 'incidents']:.0f} incidents" in answer(app)
    assert "Formula: incidents without a cost × share" in said(app)


def test_assumptions_are_kept_in_the_address_and_change_the_answer(page):
    app = page(costlow="100", costcentral="200", costhigh="1000", costshare="50")
    assert "£100 to £1,000 each, centrally £200" in answer(app)
    assert "50% are assumed" in answer(app)
    assert "At least one assumption is yours" in said(app)
    before = answer(app)
    app.segmented_control("applied").set_value("Every incident without a cost").run()
    assert answer(app) != before
    app.number_input("costhigh").set_value(150).run()
    assert not [each for each in app.markdown if "If this held" in each.value]
    assert "in order" in app.warning[0].value


def test_no_figure_of_the_page_hangs_on_the_scenario(page):
    first, other = page(), page(costlow="1", costcentral="2", costhigh="90000000")
    assert [f.chart.spec for f in figures(first)] == [f.chart.spec for f in figures(other)]
    assert [f.sentence for f in figures(first)] == [f.sentence for f in figures(other)]


def test_the_scenarios_own_file_holds_its_assumptions(page, demo, monkeypatch):
    from analytics.ui import layout

    kept = {}
    monkeypatch.setattr(
        layout,
        "download_button",
        lambda label, data, facts, **more: kept.setdefault(more["key"], (data, facts)),
    )
    page(costlow="100", costcentral="200", costhigh="1000", costshare="50")
    data, facts = kept["cost-scenario"]
    lines = data.set_index("Line")["Is"]
    assert "Scenario, not a result" in facts.title
    assert lines["Assumed: share that cost anything (%)"] == 50
    assert lines["Assumed: high cost of one incident (£)"] == 1000
    incidents = lines["Assumed: incidents without a cost"]
    assert lines["Scenario, high (£)"] == incidents * 500


def as_council(demo, monkeypatch, name: str) -> str:
    code = demo.rows(f"select gss_code from marts.councils where short_name = '{name}'")
    viewer = Viewer("council", code["gss_code"][0])
    monkeypatch.setattr(store, "viewer", lambda: viewer)
    return viewer.gss_code


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"council": "Hackney"},
        {"region": "London"},
        {"costrows": "Region"},
        {"prices": "Real terms", "compare": "Type of council"},
    ],
)
def test_a_council_meets_no_other_by_name(page, demo, monkeypatch, asked):
    as_council(demo, monkeypatch, "Hackney")
    names = set(demo.rows("select short_name from marts.councils")["short_name"])
    app = page(**asked)
    assert {*cells(app)} & (names - {"Hackney"}) == set()


def test_a_programme_that_picks_a_council_out_is_shown_none_of_its_costs(page, demo, monkeypatch):
    monkeypatch.setattr(store, "viewer", lambda: PROGRAMME)
    found = {figure.key: figure for figure in figures(page(council="Hackney"))}
    assert "costs-own-years" not in found
    one = found["costs-one"].tables[0].set_index("Incidents of")
    assert set(one.loc["Hackney"]) == {r"\[c\]"}
