"""How it happens: twins, sums by eye, disclosure, and the view."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from random import Random

import pandas as pd
import pytest

from analytics.disruption.causes import reads
from analytics.disruption.causes.who import edges
from analytics.reading import patterns
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.reading.viewer import LOCAL_ANALYST, NotAllowedError, Viewer
from analytics.record import reads as patterns_shared
from analytics.ui import store
from settings import settings
from tests.support import twins
from tests.support.demo import PROGRAMME, council_of
from tests.support.invented import ABOLISHED, CUMBERLAND, STANDING, standing
from tests.support.pages import KINDS, NOTHING, cells, failures, figures, opened, said
from tests.support.rows import Row, incident, returned
from tests.support.warehouse import Installation


FIRST, LAST = date(2022, 10, 1), date(2024, 9, 1)
YEARS = Scope("department", date(2022, 4, 1), date(2025, 3, 1))
VARIETY = {
    "malware": ["Ransomware", "Trojan", ""],
    "hacking": ["DoS", "Brute force"],
    "error": ["Misdelivery", ""],
    "social": ["Phishing"],
    "unknown": [""],
}
STATUS = ["Confirmed", "Confirmed", "Confirmed", "Suspected", "Near miss", "False positive"]
LOST = ["is_confidentiality_lost", "is_integrity_lost", "is_availability_lost"]
EVENTS = ["EV-2023-01", "EV-2023-02", "EV-2024-01"]


def months() -> list[date]:
    found = [FIRST]
    while found[-1] < LAST:
        found.append(twins.next_month(found[-1]))
    return found


def one(random: Random, number: int) -> Row:
    """An incident of a council of its day; one in eight is of a shared event."""
    month = random.choice(months())
    # The last hour of a month of summer is the next one's in London.
    day = "30T23:30:00Z" if month.month in (4, 6, 9) else "15T12:00:00Z"
    codes = [c for c in (*ABOLISHED, CUMBERLAND, *STANDING) if standing(c, month)]
    action = random.choice(list(VARIETY))
    lost = {name: random.choice(["true", "false", "false", ""]) for name in LOST}
    status = random.choice(STATUS)
    if status == "Confirmed" and "true" not in lost.values():
        lost["is_availability_lost"] = "true"
    return incident(
        incident_ref=f"INC-{number:04}",
        gss_code=random.choice(codes),
        detected_at=f"{month:%Y-%m}-{day}",
        incident_status=status,
        action=action,
        action_variety=random.choice(VARIETY[action]),
        actor=random.choice(["external", "internal", "unknown"]),
        **lost,
        is_supplier_involved=random.choice(["true", "false", ""]),
        shared_event_id=random.choice(EVENTS) if number % 8 == 0 else "",
        submitted_at="2025-12-01T00:00:00Z",
        is_reported_to_ico="false",
        share_level="peers_anonymised",
    )


@pytest.fixture(scope="module")
def seeded(tmp_path_factory):
    """Some hundred incidents and returns of most months, built by the pipeline."""
    random = Random(11)
    warehouse = Installation(tmp_path_factory.mktemp("patterns"))
    incidents = [one(random, number) for number in range(320)]
    sent = [
        returned(
            gss_code=code,
            dataset="incidents",
            period_starts_on=month,
            received_on="2025-12-01",
            share_level="peers_anonymised",
        )
        for code in (*ABOLISHED, CUMBERLAND, *STANDING)
        for month in months()
        if standing(code, month) and random.random() < 0.85
    ]
    warehouse.put("incidents", incidents)
    warehouse.put("returns", sent)
    refused = {row[0] for row in warehouse.build().quarantine}
    assert refused == set()
    return warehouse, incidents, sent


def path_of(seeded) -> str:
    return str(seeded[0].published)


# Twins --------------------------------------------------------------------------------


def told(seeded, status: tuple[str, ...] = ("Confirmed",)) -> list[Row]:
    """Incidents of a status in months that their council of today reported on, each
    with its council of today, `month` and `year`."""
    _, incidents, sent = seeded
    reported = twins.reported(sent, "incidents")
    rows = []
    for row in incidents:
        code = twins.today(row["gss_code"])
        month = twins.month_of(twins.moment(row["detected_at"]))
        if row["incident_status"] in status and (code, month) in reported:
            rows.append(row | {"code": code, "month": month, "year": year_of(month)})
    return rows


def year_of(month: date) -> date:
    return date(month.year - (month.month < 4), 4, 1)


def quarter_of(month: date) -> date:
    return date(month.year, (month.month - 1) // 3 * 3 + 1, 1)


def read(frame: pd.DataFrame, *keys: str) -> dict:
    """Values above nought by keys."""
    rows = frame[frame["value"] > 0]
    found = {}
    for row in rows.to_dict("records"):
        key = tuple(row[k].date() if isinstance(row[k], pd.Timestamp) else row[k] for k in keys)
        found[key] = row["value"]
    return found


@pytest.mark.parametrize(("bucket", "of"), [("year", year_of), ("quarter", quarter_of)])
@pytest.mark.parametrize("status", ["confirmed", "both"])
def test_actions_by_period_agree_with_their_twin(seeded, bucket, of, status):
    wanted = ("Confirmed", "Suspected") if status == "both" else ("Confirmed",)
    expected = Counter((of(row["month"]), row["action"]) for row in told(seeded, wanted))
    found = patterns.over_time(
        Reader(path_of(seeded), LOCAL_ANALYST, YEARS), "action", bucket=bucket, status=status
    )
    assert read(found, "period", "action") == expected
    assert sum(expected.values()) > 100


def test_councils_that_had_one_are_counted_once(seeded):
    expected = defaultdict(set)
    for row in told(seeded):
        if row["action_variety"] == "Ransomware":
            expected[row["year"]].add(row["code"])
    found = patterns.over_time(Reader(path_of(seeded), LOCAL_ANALYST, YEARS), "ransomware")
    hits = found.set_index(found["period"].dt.date)["hits"]
    assert {year: hits[year] for year in expected} == {
        year: len(codes) for year, codes in expected.items()
    }
    whole = patterns.over_all(Reader(path_of(seeded), LOCAL_ANALYST, YEARS), "ransomware")
    assert whole["hits"][0] == len(set().union(*expected.values()))
    assert whole["hits"][0] < hits.sum()


def test_who_by_what_agrees_with_its_twin(seeded):
    expected = Counter((row["action"], row["actor"]) for row in told(seeded))
    found = patterns.over_all(Reader(path_of(seeded), LOCAL_ANALYST, YEARS), "actor")
    assert read(found, "action", "part") == expected


@pytest.mark.parametrize("actor", ["any", "internal"])
def test_an_incident_counts_under_every_attribute_that_it_lost(seeded, actor):
    expected = Counter()
    rows = told(seeded, ("Confirmed", "Suspected"))
    for row in rows:
        if actor not in ("any", row["actor"]):
            continue
        lost = [name.split("_")[1] for name in LOST if row[name] == "true"]
        if not lost:
            lost = ["untold" if "" in [row[n] for n in LOST] else "none"]
        expected.update((row["action"], name) for name in lost)
    found = patterns.over_all(
        Reader(path_of(seeded), LOCAL_ANALYST, YEARS), "attribute", status="both", actor=actor
    )
    assert read(found, "action", "part") == expected
    kinds = {part for _, part in expected}
    assert actor != "any" or kinds == set(patterns.ATTRIBUTES)
    assert actor != "any" or sum(expected.values()) > len(rows)


def test_varieties_of_an_action_agree_with_their_twin_and_none_is_untold(seeded):
    rows = [row for row in told(seeded) if row["action"] == "malware"]
    expected = Counter((row["action_variety"] or "untold",) for row in rows)
    found = patterns.over_all(
        Reader(path_of(seeded), LOCAL_ANALYST, YEARS), "variety", action="malware"
    )
    assert read(found, "part") == expected
    assert len(expected) == 3
    assert found["value"].is_monotonic_decreasing


def test_near_misses_and_false_positives_are_apart(seeded):
    path = path_of(seeded)
    for status, name in (("near_miss", "Near miss"), ("false_positive", "False positive")):
        found = patterns.over_all(Reader(path, LOCAL_ANALYST, YEARS), "any", status=status)
        assert found["value"][0] == len(told(seeded, (name,))) > 0


@pytest.mark.parametrize("status", ["confirmed", "both"])
@pytest.mark.parametrize(("bucket", "of"), [("year", year_of), ("quarter", quarter_of)])
def test_shared_events_count_once_per_council_and_once_per_event(seeded, status, bucket, of):
    every = told(seeded, ("Confirmed", "Suspected"))
    began = {}
    for row in sorted(every, key=lambda row: row["month"]):
        began.setdefault(row["shared_event_id"], of(row["month"]))
    rows = every if status == "both" else told(seeded)
    councils, events, alone = defaultdict(set), defaultdict(set), Counter()
    for row in rows:
        event = row["shared_event_id"]
        if event:
            councils[began[event]].add((event, row["code"]))
            events[began[event]].add(event)
        else:
            alone[of(row["month"])] += 1
    found = reads.shared(
        Reader(path_of(seeded), LOCAL_ANALYST, YEARS), bucket=bucket, status=status
    )
    known = found[found["note"] == ""]
    for row in known.to_dict("records"):
        period = row["period"].date()
        hits, once = len(councils[period]), len(events[period])
        assert (row["hits"], row["events"], row["alone"]) == (hits, once, alone[period])
        assert row["once_per_council"] == alone[period] + hits
        assert row["once_per_event"] == alone[period] + once
    assert known["events"].sum() == len(EVENTS)
    reports = sum(1 for row in rows if row["shared_event_id"])
    assert len(EVENTS) < known["hits"].sum() < reports


def test_the_supplier_share_leaves_out_those_that_do_not_tell(seeded):
    yes, tell = Counter(), Counter()
    for row in told(seeded):
        yes[row["year"]] += row["is_supplier_involved"] == "true"
        tell[row["year"]] += row["is_supplier_involved"] != ""
    found = reads.supplier_share(Reader(path_of(seeded), LOCAL_ANALYST, YEARS))
    rows = found[found["group_code"] == "incidents"]
    shares = {row.period.date(): row.value for row in rows.itertuples()}
    assert shares == pytest.approx({year: 100 * yes[year] / tell[year] for year in tell})
    # No disruption was reported on, so hours are not known.
    assert found.loc[found["group_code"] == "hours", "value"].isna().all()


def test_the_share_of_hours_is_that_of_the_marts(demo):
    found = reads.supplier_share(Reader(demo.path, LOCAL_ANALYST, demo.scope()))
    rows = found[found["group_code"] == "hours"].set_index("period")
    hours = demo.rows("""
        select m.financial_year as year, v.part, sum(v.amount) as hours
        from marts.disruption_months v join reference.months m on m.month = v.period
        where v.collection = 'demonstration' and v.measure = 'hours'
            and v.part in ('any', 'supplier') group by all
    """).pivot(index="year", columns="part", values="hours")
    expected = 100 * hours["supplier"] / hours["any"]
    assert rows["value"].to_list() == pytest.approx(expected.to_list())


# Unknown is not nought ----------------------------------------------------------------


def test_a_period_that_nobody_reported_on_is_unknown_and_one_without_any_is_nought(tmp_path):
    warehouse = Installation(tmp_path)
    warehouse.put(
        "incidents",
        [
            incident(
                incident_ref="INC-0001",
                detected_at="2024-05-05T00:00:00Z",
                action="malware",
                action_variety="Ransomware",
            ),
            # In a month without a return: it counts in no figure.
            incident(
                incident_ref="INC-0002",
                detected_at="2024-11-05T00:00:00Z",
                action="malware",
                action_variety="Ransomware",
            ),
        ],
    )
    warehouse.put(
        "returns",
        [
            returned(
                gss_code="E06000001",
                dataset="incidents",
                period_starts_on=month,
                received_on="2025-12-01",
            )
            for month in ("2024-05-01", "2024-07-01")
        ],
    )
    warehouse.build()
    scope = replace(YEARS, since=date(2024, 4, 1))
    for way in ("ransomware", "action"):
        found = patterns.over_time(
            Reader(str(warehouse.published), LOCAL_ANALYST, scope), way, bucket="quarter"
        )
        if way == "action":
            found = found[found["action"] == "malware"]
        assert found["value"].fillna(-1).to_list() == [1, 0, -1, -1]
        assert found["note"].to_list() == ["", "", "[x]", "[x]"]
        assert found["councils"].to_list() == [1, 1, 0, 0]


# The public record --------------------------------------------------------------------


def record_scope(demo) -> Scope:
    return replace(
        demo.scope(), collection="public_record", since=date(2010, 4, 1), until=date(2026, 3, 1)
    )


def test_events_of_the_public_record_count_both_ways(demo):
    rows = demo.rows("""
        select reported_incident_id as id, shared_event_id as event, gss_code,
            incident_status as status
        from core.reported_incidents i
        join marts.councils c using (gss_code)
        where incident_status in ('Confirmed', 'Suspected')
    """)
    named = rows["event"].where(rows["event"].notna(), rows["id"])
    by_event = defaultdict(set)
    for event, code in zip(named, rows["gss_code"], strict=True):
        by_event[event].add(code)
    found = patterns_shared.record(Reader(demo.path, LOCAL_ANALYST, record_scope(demo)))
    counted = dict(zip(found["group_code"], found["councils"], strict=True))
    assert counted == {event: len(codes) for event, codes in by_event.items()}
    assert found["confirmed"].sum() + found["suspected"].sum() == len(rows) > len(found)
    assert set(found.loc[found["is_shared"], "group_code"]) == set(rows["event"].dropna())


# Disclosure ---------------------------------------------------------------------------


def behind(demo, viewer: Viewer, where: str) -> int:
    """Councils that a figure of England's incidents would tell of, the viewer too."""
    found = demo.rows(f"""
        select count(distinct i.gss_code) as councils
        from core.incidents i
        join core.share_levels s on s.gss_code = i.gss_code
            and s.collection = i.collection and s.dataset = 'incidents'
        join core.reporting_months r on r.collection = i.collection
            and r.gss_code = i.gss_code and r.month = i.detected_month
            and r.dataset = 'incidents'
        join reference.months m on m.month = i.detected_month
        where i.collection = 'demonstration' and i.incident_status = 'Confirmed'
            and (s.share_rank > 1 or i.gss_code = '{viewer.gss_code}') and {where}
    """)
    return int(found["councils"].iloc[0])


def test_no_cell_shown_to_a_council_has_one_to_four_councils_behind_it(demo):
    viewer, scope = council_of(demo, "incidents"), demo.scope()
    looked = hidden = 0
    for row in patterns.over_time(
        Reader(demo.path, viewer, scope), "action", bucket="quarter"
    ).to_dict("records"):
        quarter, action = row["period"].date(), row["action"]
        at = behind(
            demo,
            viewer,
            f"i.action = '{action}' and date_trunc('quarter', i.detected_month) = date '{quarter}'",
        )
        if row["note"] == "":
            assert at == 0 or at >= 5, (quarter, action, at)
            looked += at > 0
        hidden += row["note"] == "[c]"
    assert looked and hidden


@pytest.mark.parametrize("way", ["actor", "attribute", "action", "supplier", "rsit"])
@pytest.mark.parametrize("status", ["confirmed", "both"])
def test_ranges_of_years_cannot_be_taken_from_one_another(demo, way, status):
    """A sum over years less a shorter one is a year: shown only where that year is."""
    viewer, whole = council_of(demo, "incidents"), demo.scope()
    years = range(whole.since_year.year, whole.until_year.year + 1)
    keys = ["action", "part"]
    alone = [
        patterns.over_all(
            Reader(demo.path, viewer, whole.within(date(y, 4, 1), date(y + 1, 3, 1))),
            way,
            status=status,
        )
        .set_index(keys)["value"]
        .dropna()
        for y in years
    ]
    both = patterns.over_all(Reader(demo.path, viewer, whole), way, status=status)
    shown = both.dropna(subset="value").set_index(keys)["value"]
    assert len(shown)
    for key, value in shown.items():
        told = [year.get(key) for year in alone]
        if way not in patterns.OPEN:
            assert None not in told, (key, told)
        assert value == sum(number or 0 for number in told)


def test_a_cell_withheld_is_not_what_is_left_of_its_row_or_column(demo):
    viewer = council_of(demo, "incidents")
    found = patterns.over_time(Reader(demo.path, viewer, demo.scope()), "action", bucket="quarter")
    hidden = found[found["note"] == "[c]"]
    assert len(hidden)
    assert hidden[["value", "numerator", "denominator", "hits"]].isna().all(axis=None)
    # The period's total is shown, so one cell alone would be what is left of it.
    assert (hidden["period"].value_counts() > 1).all()
    year = hidden["period"].map(lambda day: year_of(day.date()))
    assert (hidden.groupby([year, "action"]).size() > 1).all()


def test_suspected_incidents_cannot_be_had_by_subtraction(demo):
    viewer, scope = council_of(demo, "incidents"), demo.scope()
    both, sure = (
        patterns.over_time(
            Reader(demo.path, viewer, scope), "action", bucket="quarter", status=status
        ).set_index(["period", "action"])
        for status in ("both", "confirmed")
    )
    rest = (both["value"] - sure["value"]).dropna()
    assert len(rest)
    for (period, action), number in rest.items():
        at = demo.rows(f"""
            select count(distinct gss_code) as n from core.incidents
            where incident_status = 'Suspected' and action = '{action}'
                and date_trunc('quarter', detected_month) = date '{period.date()}'
        """)["n"][0]
        assert number == 0 or at >= 5, (period, action)


def test_a_variety_that_few_had_is_not_even_listed_for_a_council(demo):
    viewer = council_of(demo, "incidents")
    frames = {
        who.role: patterns.over_all(
            Reader(demo.path, who, demo.scope()), "variety", action="malware", status="suspected"
        )
        for who in (viewer, LOCAL_ANALYST)
    }
    listed = frames["council"]
    assert (listed["note"] == "").all()
    for row in listed.to_dict("records"):
        assert row["hits"] >= 5
    assert len(listed) < len(frames["analyst"])


def test_ransomware_withheld_among_varieties_has_no_line_either(seeded):
    path, viewer = path_of(seeded), Viewer("council", "E06000001")
    line = patterns.over_time(Reader(path, viewer, YEARS), "ransomware")
    checked = 0
    for row in line[line["note"] != "[x]"].to_dict("records"):
        start = row["period"].date()
        year = YEARS.within(start, date(start.year + 1, 3, 1))
        kinds = patterns.over_all(Reader(path, viewer, year), "variety", action="malware")
        if "Ransomware" not in set(kinds["part"]) and row["hits"] != 0:
            assert row["note"] == "[c]" and pd.isna(row["value"])
            checked += 1
    assert checked


@pytest.mark.parametrize("narrowed", [{"regions": ("London",)}, {"groups": ("london",)}])
def test_a_council_may_not_ask_for_a_part_of_england(demo, narrowed):
    viewer, part = council_of(demo, "incidents"), demo.scope(**narrowed)
    asked = [
        lambda: patterns.over_time(Reader(demo.path, viewer, part), "action"),
        lambda: patterns.over_all(Reader(demo.path, viewer, part), "actor"),
        lambda: patterns.over_all(Reader(demo.path, viewer, demo.scope()), "any", by="region"),
        lambda: reads.shared(Reader(demo.path, viewer, part)),
        lambda: reads.supplier_share(Reader(demo.path, viewer, part)),
        lambda: patterns.over_all(
            Reader(demo.path, viewer, demo.scope()), "attribute", actor="internal"
        ),
    ]
    for one_of_them in asked:
        with pytest.raises(NotAllowedError):
            one_of_them()


def test_a_council_sees_itself_and_no_other_by_name(demo):
    viewer = council_of(demo, "incidents")
    found = patterns.over_all(Reader(demo.path, viewer, demo.scope()), "action", by="council")
    assert set(found["group_code"]) == {viewer.gss_code}
    assert found["value"].notna().all()
    other = demo.scope(councils=("E06000052",))
    with pytest.raises(NotAllowedError):
        patterns.over_all(Reader(demo.path, viewer, other), "action", by="council")


def test_shared_events_at_few_councils_are_no_count_for_a_council(seeded):
    # Eight councils at most are in the fixture, few of them in one event and quarter.
    warehouse, *_ = seeded
    viewer = Viewer("council", "E06000001")
    found = reads.shared(Reader(str(warehouse.published), viewer, YEARS), bucket="quarter")
    hidden = found[found["note"] == "[c]"]
    columns = ["hits", "events", "once_per_council", "once_per_event"]
    assert len(hidden) and hidden[columns].isna().all(axis=None)


def test_a_programme_sees_no_group_of_a_private_council(demo):
    private = demo.rows(
        "select gss_code from core.share_levels where share_rank = 1 and dataset = 'incidents'"
    )["gss_code"][0]
    found = patterns.over_all(
        Reader(demo.path, PROGRAMME, demo.scope(councils=(private,))), "action", by="council"
    )
    assert (found["note"] == "[c]").all() and found["value"].isna().all()


def test_what_is_not_followed_or_known_is_refused(demo):
    with pytest.raises(ValueError, match="not followed"):
        patterns.over_time(Reader(demo.path, LOCAL_ANALYST, demo.scope()), "variety")
    with pytest.raises(ValueError, match="'sure' is not one of"):
        patterns.over_all(Reader(demo.path, LOCAL_ANALYST, demo.scope()), "any", status="sure")


# The view -----------------------------------------------------------------------------

PARTS = {
    "What happened": ["action", "by-region", "ransomware", "apart"],
    "Who, and what was lost": ["actor", "variety", "rsit"],
    "Suppliers and shared events": ["suppliers", "both", "events"],
}


@pytest.fixture
def page(demo, monkeypatch):
    """The view as a link opens it."""
    monkeypatch.setattr(settings, "warehouse", demo.folder)

    def open_(**asked: str):
        app = opened("service_disruption", view="How it happens", **asked)
        assert failures(app) == []
        assert NOTHING & {*cells(app), *said(app).split()} == set()
        return app

    return open_


@pytest.mark.parametrize("look", PARTS)
@pytest.mark.parametrize(
    "asked",
    [{}, {"periods": "Quarter", "status": "Confirmed and suspected"}, {"region": "North East"}],
)
def test_each_part_shows_its_figures_whole(page, look, asked):
    found = figures(page(look=look, **asked))
    assert [figure.key for figure in found] == [f"patterns-{k}" for k in PARTS[look]]
    for figure in found:
        assert figure.chart.alt.split(":")[0] in KINDS
        assert figure.tables and len(figure.tables[0])


def test_the_table_of_actions_adds_up(page):
    [first, *_] = figures(page(look="What happened"))
    table = first.tables[0].replace(",", "", regex=True).astype({"All": int})
    actions = table.columns.difference(["Period", "All", "Councils that reported"])
    assert len(actions) == 8
    assert table[actions].astype(int).sum(axis=1).equals(table["All"])


def test_the_view_says_how_attributes_and_events_are_counted(page):
    words = said(page(look="Who, and what was lost", beside="What was lost"))
    assert "do not add up to 100%" in words
    words = said(page(look="Suppliers and shared events"))
    assert "counted once per event" in words and "counted once per council" in words


def test_a_council_picked_out_is_shown_by_itself(page, demo):
    for look in PARTS:
        app = page(look=look, council="Hackney", whose="This council")
        assert "1 of 1 council" in said(app)


def test_a_council_viewer_meets_no_other_council_on_the_view(page, demo, monkeypatch):
    viewer = council_of(demo, "incidents")
    monkeypatch.setattr(store, "viewer", lambda: viewer)
    names = demo.rows("select short_name, gss_code from marts.councils")
    others = set(names.loc[names["gss_code"] != viewer.gss_code, "short_name"])
    for look in PARTS:
        app = page(look=look)
        assert {*cells(app)} & others == set()
    assert "clear the region" in said(page(region="London")).lower()


def test_the_public_record_has_both_counts(page):
    words = said(page(data="public_record"))
    assert "counted once per council" in words and "counted once per event" in words


@pytest.mark.parametrize(("most", "last"), [(0, 4), (3, 4), (1700, 2000), (40, 40)])
def test_shades_of_the_matrix_have_nought_by_itself(most, last):
    found = edges(pd.Series([0.0, float(most)]))
    assert found[:2] == [0, 1] and found == sorted(set(found))
    assert most <= found[-1] == last and len(found) <= 6
