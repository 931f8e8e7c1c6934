"""Which services: twins, sums by eye, disclosure, the Gantt chart and the view."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime

import duckdb
import pandas as pd
import pytest

from analytics.disruption.services import reads as services
from analytics.disruption.services.chart import MOST_ROWS, gantt
from analytics.reading import shared_events
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.reading.viewer import LOCAL_ANALYST, NotAllowedError, Viewer
from analytics.ui import store
from settings import settings
from tests.support import twins
from tests.support.demo import MEMBERSHIPS, PROGRAMME
from tests.support.frames import table
from tests.support.pages import KINDS, NOTHING, cells, failures, figures, opened, said
from tests.support.rows import disruption, incident, returned
from tests.support.warehouse import Installation


YEAR = Scope("demonstration", date(2024, 4, 1), date(2025, 3, 1))
OWN = "A1"
COUNCIL = Viewer("council", OWN)

# Twins --------------------------------------------------------------------------------


def year_of(month: date) -> date:
    return date(month.year - (month.month < 4), 4, 1)


def united(disruptions: list[dict], months: set, cause: str) -> dict:
    """Hours by council of today, financial year and service; a quarter hour once."""
    last = twins.next_month(max(month for _, month in months))
    until = datetime(last.year, last.month, 1, tzinfo=twins.LONDON).astimezone(UTC)
    quarters = defaultdict(set)
    for row in twins.unplanned(disruptions):
        if cause not in ("any", row["cause_class"]):
            continue
        service = f"lgsl-{row['lgsl_id']}" if row["lgsl_id"] else "payroll"
        start = twins.moment(row["started_at"])
        end = twins.moment(row["restored_at"]) if row["restored_at"] else until
        quarters[twins.today(row["gss_code"]), service].update(
            range(int(start.timestamp()) // 900, int(end.timestamp()) // 900)
        )
    hours = defaultdict(float)
    for (code, service), spent in quarters.items():
        for quarter in spent:
            month = twins.month_of(datetime.fromtimestamp(quarter * 900, UTC))
            if (code, month) in months:
                hours[code, year_of(month), service] += 0.25
    return dict(hours)


@pytest.mark.parametrize("cause", ["any", "cyber", "supplier"])
def test_united_hours_by_service_and_cause_agree_with_their_twin(made, cause):
    months = twins.reported(made.returns, "disruptions")
    expected = united(made.disruptions, months, cause)
    found = {
        (code, year, service): hours
        for code, year, service, hours in made.warehouse.read(
            "select gss_code, period, service_code, hours from marts.service_hours "
            f"where cause = '{cause}' and hours > 0"
        )
    }
    assert found == pytest.approx(expected)
    assert sum(expected.values()) > 500


def test_disruptions_and_residents_are_counted_where_the_month_was_reported(made):
    months = twins.reported(made.returns, "disruptions")
    expected = sum(
        (twins.today(row["gss_code"]), twins.month_of(twins.moment(row["started_at"]))) in months
        for row in twins.unplanned(made.disruptions)
    )
    [(found, told, residents)] = made.warehouse.read(
        "select sum(disruptions), sum(told), sum(residents) from marts.service_hours "
        "where cause = 'any'"
    )
    assert (found, told, residents) == (expected, 0, None)


def test_hours_of_all_services_are_those_of_the_indicator(demo):
    [hours] = demo.rows("""
        select sum(hours) as hours from marts.service_hours
        where collection = 'demonstration' and cause = 'any'
    """)["hours"]
    [indicator] = demo.rows("""
        select sum(numerator) as hours from marts.indicator_values
        where collection = 'demonstration' and indicator = 'hours_disrupted'
    """)["hours"]
    assert hours == pytest.approx(indicator)


def test_statutory_services_are_those_that_the_list_names(demo):
    found = demo.rows(
        "select distinct service_code, is_statutory, is_public from marts.service_hours"
    )
    listed = demo.rows(
        "select 'lgsl-' || lgsl_id as code from reference.services where is_statutory"
    )
    marked = set(found.loc[found["is_statutory"], "service_code"])
    assert marked and marked <= set(listed["code"])
    assert found.loc[found["is_statutory"], "is_public"].all()


# Cascades through the pipeline --------------------------------------------------------

ALONE, FIRST, SECOND = "E06000001", "E06000002", "E06000003"


def hit(place: int, code: str, hours: tuple[int, int], **changes: str) -> dict:
    """A disruption of one day in June 2024, from one hour to another."""
    return disruption(
        disruption_id=f"DIS-{place:04}",
        gss_code=code,
        is_planned="false",
        cause_class="supplier",
        submitted_at="2025-01-01T00:00:00Z",
        started_at=f"2024-06-03T{hours[0]:02}:00:00Z",
        restored_at=f"2024-06-03T{hours[1]:02}:00:00Z" if hours[1] else "",
        **{"lgsl_id": "58"} | changes,
    )


def known(code: str, ref: str, **changes: str) -> dict:
    return incident(incident_ref=ref, gss_code=code, detected_at="2024-06-03T01:00:00Z", **changes)


@pytest.fixture(scope="module")
def cascading(tmp_path_factory) -> Installation:
    """A shared event at two councils, and at a third without a service; an incident
    that took two services, one that took one, and planned work."""
    warehouse = Installation(tmp_path_factory.mktemp("cascades"))
    event = {"shared_event_id": "EV-2024-09", "supplier_name": "Big"}
    tax, benefit = {"lgsl_id": "58"}, {"lgsl_id": "69"}
    warehouse.put(
        "incidents",
        [
            known(FIRST, "INC-1001", **event),
            known(SECOND, "INC-1002", **event),
            known(ALONE, "INC-1003", **event),
            known(ALONE, "INC-1004"),
            known(FIRST, "INC-1005"),
        ],
    )
    warehouse.put(
        "disruptions",
        [
            hit(1, FIRST, (2, 4), incident_ref="INC-1001", **tax),
            hit(2, FIRST, (3, 6), incident_ref="INC-1001", **tax),
            hit(3, FIRST, (8, 9), incident_ref="INC-1001", **tax),
            hit(4, SECOND, (2, 3), shared_event_id="EV-2024-09", **benefit),
            hit(5, ALONE, (2, 5), incident_ref="INC-1004", **tax),
            hit(6, ALONE, (2, 0), incident_ref="INC-1004", **benefit),
            hit(7, FIRST, (2, 5), incident_ref="INC-1005", **tax),
            hit(8, ALONE, (2, 9), incident_ref="INC-1004", lgsl_id="70") | {"is_planned": "true"},
        ],
    )
    warehouse.put(
        "returns",
        [
            returned(
                gss_code=code,
                dataset="disruptions",
                period_starts_on="2024-06-01",
                received_on="2025-12-01",
            )
            for code in (ALONE, FIRST, SECOND)
        ],
    )
    assert warehouse.build().quarantine == []
    return warehouse


REAL = replace(YEAR, collection="department")


def test_a_shared_event_is_drawn_once_and_counts_each_council(cascading):
    path = str(cascading.published)
    found = shared_events.events(Reader(path, LOCAL_ANALYST, REAL), kind="shared")
    assert found["group_code"].tolist() == ["EV-2024-09"]
    one = found.iloc[0]
    assert (one["councils"], one["stopped"], one["numerator"]) == (3, 2, 3)
    # Two to six and eight to nine at one council, two to three at the other.
    assert (one["denominator"], one["value"]) == (2, 6)


def test_an_incident_is_a_cascade_where_it_took_two_services_unplanned(cascading):
    found = shared_events.events(
        Reader(str(cascading.published), LOCAL_ANALYST, REAL), kind="incident"
    )
    assert found["group_code"].tolist() == [f"{ALONE} INC-1004"]
    assert (found["denominator"][0], found["is_open"][0]) == (2, True)


def test_the_timeline_of_an_event_unites_what_overlaps(cascading):
    found = services.timeline(
        Reader(str(cascading.published), LOCAL_ANALYST, REAL),
        kind="shared",
        event_code="EV-2024-09",
    )
    spells = [(row.gss_code, row.started_at.hour, row.ended_at.hour) for row in found.itertuples()]
    assert sorted(spells) == [(FIRST, 2, 6), (FIRST, 8, 9), (SECOND, 2, 3)]


def test_what_is_not_restored_goes_on_to_the_end_of_the_last_month(cascading):
    found = services.timeline(
        Reader(str(cascading.published), LOCAL_ANALYST, REAL),
        kind="incident",
        event_code=f"{ALONE} INC-1004",
    )
    still = found[found["is_open"]].iloc[0]
    # Midnight in London, in summer.
    assert still["ended_at"] == pd.Timestamp("2024-06-30 23:00")


def test_shared_events_of_the_demonstration_agree_with_a_count_by_hand(demo):
    scope = demo.scope()
    found = shared_events.events(Reader(demo.path, LOCAL_ANALYST, scope), kind="shared")
    rows = demo.rows("""
        select shared_event_id as event, gss_code from core.incidents
        where shared_event_id is not null and incident_status = 'Confirmed'
        union
        select shared_event_id, gss_code from core.disruptions
        where shared_event_id is not null and not is_planned
    """)
    expected = rows.groupby("event")["gss_code"].nunique().to_dict()
    assert dict(zip(found["group_code"], found["councils"], strict=True)) == expected


# By hand ------------------------------------------------------------------------------

EMPTY = {
    "councils": "gss_code | region | council_group | tier | population | is_current",
    "service_hours": "gss_code | service_code | is_statutory | cause | hours | share_rank",
    "supplier_hours": "gss_code | supplier_name | hours | share_rank",
    "cascades": "gss_code | kind | event_code | services | hours | share_rank",
}
TABLES = """
create schema marts; create schema reference;
create table marts.councils as
select gss_code, 'Council ' || gss_code as short_name, region, 1 as region_order,
    council_group, council_group as council_group_label, tier,
    population::bigint as population, is_current from councils;
create table marts.service_hours as
select 'demonstration' as collection, gss_code, date '2024-04-01' as period,
    service_code, service_code as service, is_statutory, true as is_public, cause,
    cause as cause_label, ascii(cause) as cause_order, hours::double as hours,
    1 as disruptions, 10 as residents, 1 as told, share_rank::int as share_rank
from service_hours;
create table marts.supplier_hours as
select 'demonstration' as collection, supplier_name, gss_code,
    date '2024-04-01' as period, hours::double as hours, 1 as disruptions, 0 as shared,
    share_rank::int as share_rank from supplier_hours;
create table marts.cascades as
select 'demonstration' as collection, kind, event_code, gss_code,
    date '2024-06-01' as period, 1::bigint as incidents, services::bigint as services,
    hours::double as hours, 1717400000::bigint as started_at_second,
    1717500000::bigint as ended_at_second, false as is_open, 'Big' as supplier_name,
    share_rank::int as share_rank from cascades;
create table marts.cascade_spells as
select collection, kind, event_code, gss_code, 'tax' as service, false as is_statutory,
    started_at_second, ended_at_second, is_open, share_rank
from marts.cascades where services > 0;
create table reference.council_neighbours as
select a.gss_code, b.gss_code as neighbour_gss_code,
    row_number() over (partition by a.gss_code order by b.gss_code) as neighbour_rank
from councils a join councils b on a.gss_code <> b.gss_code;
"""


@pytest.fixture
def hand(tmp_path):
    """A maker of warehouses of nineteen councils and a few rows."""

    def make(**given: list[str]) -> str:
        path = tmp_path / "made.duckdb"
        places = [
            f"{region}{n} | {region} | unitary | single | 1000 | true"
            for region in "AB"
            for n in range(1, 10)
        ]
        given = {"councils": places} | given
        with duckdb.connect(str(path)) as connection:
            for name, header in EMPTY.items():
                lines = [header, *given.get(name, [])]
                connection.register(name, table("\n".join(lines)))
            connection.execute(TABLES)
            connection.execute(f"create table marts.memberships as {MEMBERSHIPS}")
        return str(path)

    return make


def lost(
    service: str, councils: int, cause: str = "any", hours: float = 2, rank: int = 3
) -> list[str]:
    """The same hours of a service at so many councils, the viewer's own first."""
    codes = [f"{region}{n}" for region in "AB" for n in range(1, 10)]
    return [f"{code} | {service} | false | {cause} | {hours} | {rank}" for code in codes[:councils]]


def test_services_come_with_the_most_hours_first(hand):
    path = hand(service_hours=[*lost("tax", 9), *lost("rent", 6, hours=9)])
    found = services.services(Reader(path, LOCAL_ANALYST, YEAR))
    assert found["group_code"].tolist() == ["rent", "tax"]
    assert found["value"].tolist() == [54, 18]
    assert found["denominator"].tolist() == [6, 9]
    assert found["residents"].tolist() == [60, 90]


def test_a_year_out_of_range_is_left_out(hand):
    path = hand(service_hours=lost("tax", 9))
    later = replace(YEAR, since=date(2025, 4, 1), until=date(2026, 3, 1))
    assert services.services(Reader(path, LOCAL_ANALYST, later)).empty


def test_a_service_at_few_councils_is_withheld_and_the_next_smallest_with_it(hand):
    path = hand(service_hours=[*lost("tax", 9), *lost("rent", 4), *lost("bins", 6)])
    found = services.services(Reader(path, COUNCIL, YEAR)).set_index("group_code")
    assert found["note"].to_dict() == {"tax": "", "bins": "[c]", "rent": "[c]"}
    hidden = found.loc[["bins", "rent"], ["value", "numerator", "denominator", "residents", "told"]]
    assert hidden.isna().all(axis=None)
    assert services.services(Reader(path, LOCAL_ANALYST, YEAR))["value"].notna().all()


def test_own_only_rows_of_others_do_not_count_for_a_council(hand):
    rows = [*lost("tax", 9), *lost("bins", 9), *lost("rent", 9, rank=1)]
    path = hand(service_hours=rows)
    found = services.services(Reader(path, COUNCIL, YEAR)).set_index("group_code")
    # Of rent only its own row is left, which it may see.
    assert found["councils"].to_dict() == {"tax": 9, "bins": 9, "rent": 1}
    assert found["value"].to_dict() == {"tax": 18, "bins": 18, "rent": 2}


@pytest.mark.parametrize("narrowed", [{"regions": ("A",)}, {"groups": ("unitary",)}])
def test_a_council_may_not_ask_for_a_part_of_england(hand, narrowed):
    path = hand(service_hours=lost("tax", 18))
    part = replace(YEAR, **narrowed)
    reads = [services.services, services.matrix, services.suppliers, services.reporting]
    for read in reads:
        with pytest.raises(NotAllowedError, match="all of England"):
            read(Reader(path, COUNCIL, part))
    for kind in shared_events.KINDS:
        with pytest.raises(NotAllowedError):
            shared_events.events(Reader(path, COUNCIL, part), kind=kind)
        with pytest.raises(NotAllowedError):
            services.timeline(Reader(path, COUNCIL, part), kind=kind, event_code="EV-1")


def test_no_cell_of_the_matrix_is_alone_in_its_row_or_column(hand):
    sizes = {
        ("tax", "cyber"): 3,
        ("tax", "other"): 9,
        ("tax", "change"): 12,
        ("rent", "cyber"): 8,
        ("rent", "other"): 9,
        ("rent", "change"): 7,
        ("bins", "cyber"): 9,
        ("bins", "other"): 7,
        ("bins", "change"): 8,
    }
    rows = [line for (service, cause), n in sizes.items() for line in lost(service, n, cause)]
    path = hand(service_hours=rows)
    found = services.matrix(Reader(path, COUNCIL, YEAR))
    hidden = found[found["note"] == "[c]"]
    assert ("tax", "cyber") in set(zip(hidden["group_code"], hidden["cause"], strict=True))
    for way in ("group_code", "cause"):
        assert (hidden[way].value_counts() > 1).all()
    assert hidden[["value", "denominator", "residents"]].isna().all(axis=None)
    assert found["value"].notna().any()
    whole = services.matrix(Reader(path, LOCAL_ANALYST, YEAR))
    assert whole["value"].sum() == 2 * sum(sizes.values())


def supplied(name: str, councils: int) -> list[str]:
    return [line.replace("| false | any ", "") for line in lost(name, councils)]


def test_suppliers_at_few_councils_are_taken_together_and_named_to_nobody(hand):
    rows = [*supplied("Big", 9), *supplied("Small", 4), *supplied("Tiny", 2)]
    path = hand(supplier_hours=rows)
    found = services.suppliers(Reader(path, LOCAL_ANALYST, YEAR))
    assert found["group_label"].tolist() == ["Big", services.OTHER_SUPPLIERS]
    assert found["value"].tolist() == [18, 12]
    for viewer in (COUNCIL, PROGRAMME):
        names = set(services.suppliers(Reader(path, viewer, YEAR))["group_label"])
        assert not names & {"Small", "Tiny"}


def struck(
    event: str,
    councils: int,
    *,
    kind: str = "shared",
    stopped: int = 99,
    rank: int = 3,
    first: int = 0,
) -> list[str]:
    codes = [f"{region}{n}" for region in "AB" for n in range(1, 10)]
    return [
        f"{code} | {kind} | {event} | {int(place < stopped)} | 4 | {rank}"
        for place, code in enumerate(codes[first : first + councils])
    ]


def test_a_council_sees_shared_events_that_five_were_hit_by(hand):
    path = hand(cascades=[*struck("EV-1", 6), *struck("EV-2", 4, first=4)])
    found = shared_events.events(Reader(path, COUNCIL, YEAR), kind="shared")
    assert found["group_code"].tolist() == ["EV-1"]
    assert found["supplier_name"].tolist() == ["Big"]


def test_hours_of_an_event_that_stopped_services_at_few_councils_are_withheld(hand):
    path = hand(cascades=struck("EV-1", 9, stopped=3))
    one = shared_events.events(Reader(path, COUNCIL, YEAR), kind="shared").iloc[0]
    assert (one["note"], one["councils"]) == ("[c]", 9)
    assert one[["value", "denominator", "stopped", "ended_at"]].isna().all()


def test_a_supplier_of_an_event_at_few_councils_is_named_to_nobody(hand):
    path = hand(cascades=struck("EV-1", 4))
    one = shared_events.events(Reader(path, LOCAL_ANALYST, YEAR), kind="shared").iloc[0]
    assert pd.isna(one["supplier_name"]) and one["value"] == 16


def test_a_council_sees_its_own_incidents_and_no_other_not_even_public_ones(hand):
    rows = [
        *struck("A1 INC-1", 1, kind="incident"),
        *struck("A2 INC-1", 1, kind="incident", first=1, rank=4),
        *struck("EV-1", 6, rank=4),
    ]
    path = hand(cascades=rows)
    found = shared_events.events(Reader(path, COUNCIL, YEAR), kind="incident")
    assert found["group_code"].tolist() == ["A1 INC-1"]
    other = services.timeline(Reader(path, COUNCIL, YEAR), kind="incident", event_code="A2 INC-1")
    assert other.empty
    drawn = services.timeline(Reader(path, COUNCIL, YEAR), kind="shared", event_code="EV-1")
    assert drawn["gss_code"].tolist() == [OWN]


def test_a_programme_sees_only_what_was_shared_with_it(hand):
    rows = [
        *struck("A1 INC-1", 1, kind="incident", rank=2),
        *struck("A2 INC-1", 1, kind="incident", first=1),
    ]
    path = hand(cascades=rows)
    found = shared_events.events(Reader(path, PROGRAMME, YEAR), kind="incident")
    assert found["group_code"].tolist() == ["A2 INC-1"]


def test_an_unknown_kind_of_event_is_refused(hand):
    with pytest.raises(ValueError, match="'storm' is not one of"):
        shared_events.events(Reader(hand(), LOCAL_ANALYST, YEAR), kind="storm")


# The chart ----------------------------------------------------------------------------


def spell(label: str, start: str, end: str, **cells) -> dict:
    return {
        "row_label": label,
        "beside": "",
        "is_open": False,
        "started_at": pd.Timestamp(start),
        "ended_at": pd.Timestamp(end),
    } | cells


SPELLS = pd.DataFrame(
    [
        spell("§ Tax", "2024-06-03 02:00", "2024-06-03 04:00"),
        spell("Rent & <b>", "2024-06-03 03:00", "2024-06-04 03:00", is_open=True),
        spell("§ Tax", "2024-06-03 08:00", "2024-06-03 09:00"),
        spell("§ Tax", "2024-06-03 08:00", "2024-06-03 09:00", beside="Hull"),
    ]
)


def test_each_service_has_a_row_and_each_spell_a_bar_as_long_as_it_lasted():
    chart = gantt(SPELLS, mark="§")
    [bars] = chart.data
    assert list(bars.y) == [0, 1, 0, 2]
    assert [length / 3_600_000 for length in bars.x] == [2, 24, 1, 1]
    assert chart.layout.yaxis.ticktext[0] == "§ Tax"
    assert "Hull" in chart.layout.yaxis.ticktext[2]


def test_moments_stand_as_londons_clocks_showed_them():
    chart = gantt(SPELLS)
    assert pd.Timestamp(chart.data[0].base[0]) == pd.Timestamp("2024-06-03 03:00")
    winter = gantt(pd.DataFrame([spell("Tax", "2024-12-03 02:00", "2024-12-03 04:00")]))
    assert pd.Timestamp(winter.data[0].base[0]) == pd.Timestamp("2024-12-03 02:00")


def test_a_bar_over_the_change_of_clocks_says_the_hours_that_passed():
    night = gantt(pd.DataFrame([spell("Tax", "2024-10-26 22:00", "2024-10-27 06:00")]))
    assert "8.0 hours" in night.data[0].customdata[0]


def test_what_goes_on_has_an_arrow_and_statutory_services_are_darker():
    chart = gantt(SPELLS, mark="§")
    assert [note.text for note in chart.layout.annotations] == ["→"]
    colours = chart.data[0].marker.color
    assert colours[0] == colours[2] != colours[1]
    assert "not yet restored" in chart.data[0].customdata[1]


def test_names_cannot_write_into_the_chart():
    chart = gantt(SPELLS)
    assert chart.layout.yaxis.ticktext[1] == "Rent &amp; &lt;b&gt;"


def test_nothing_and_too_much_are_refused():
    with pytest.raises(ValueError, match="no rows"):
        gantt(SPELLS.iloc[:0])
    many = [
        spell(f"Service {n}", "2024-06-03 02:00", "2024-06-03 04:00") for n in range(MOST_ROWS + 1)
    ]
    with pytest.raises(ValueError, match="60 rows"):
        gantt(pd.DataFrame(many))


# The view -----------------------------------------------------------------------------


@pytest.fixture
def page(demo, monkeypatch):
    """The view as a link opens it."""
    monkeypatch.setattr(settings, "warehouse", demo.folder)

    def open_(**asked: str):
        app = opened("service_disruption", view="Which services", **asked)
        assert failures(app) == []
        assert NOTHING & {*cells(app), *said(app).split()} == set()
        return app

    return open_


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"council": "Hackney", "events": "At one council"},
        {"region": "North East"},
        {"from": "2024/25", "to": "2024/25"},
    ],
)
def test_the_view_shows_its_figures_whole(page, asked):
    found = figures(page(**asked))
    assert [figure.key for figure in found] == [
        f"services-{key}" for key in ("statutory", "others", "matrix", "suppliers", "timeline")
    ]
    for figure in found:
        assert figure.chart.alt.split(":")[0] in KINDS
        assert "nan" not in figure.title
        assert figure.tables and len(figure.tables[0])


def test_statutory_services_come_first_and_carry_their_mark(page):
    first = figures(page())[0]
    names = first.tables[0]["Service"]
    assert names.str.startswith("§").all()
    second = figures(page())[1]
    assert not second.tables[0]["Service"].str.startswith("§").any()


def test_the_view_says_how_shared_events_are_counted(page):
    words = said(page())
    assert "counted once per event; counted once per council" in words
    assert "planned work is apart" in words


def test_a_council_is_told_that_services_are_of_england(page, demo, monkeypatch):
    code = demo.rows("select gss_code from marts.councils where short_name = 'Hackney'")
    monkeypatch.setattr(store, "viewer", lambda: Viewer("council", code["gss_code"][0]))
    assert "clear the region and the type" in said(page(region="London"))
    names = set(demo.rows("select short_name from marts.councils")["short_name"])
    app = page(events="At one council")
    assert {*cells(app)} & (names - {"Hackney"}) == set()
