"""One council's timeline: counts against a twin, disclosure, the chart and the view."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

from analytics.council import reads
from analytics.council.chart import MOST_LANES, lanes, placed
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.reading.viewer import LOCAL_ANALYST, NotAllowedError, Viewer
from tests.support import twins
from tests.support.demo import PROGRAMME
from tests.support.pages import NOTHING, cells, failures, figures, opened, said
from tests.support.rows import disruption, incident
from tests.support.warehouse import Installation


HACKNEY, CORNWALL = "E09000012", "E06000052"
YEARS = Scope("department", date(2022, 4, 1), date(2025, 3, 1))
VIEW = {"view": "One council's timeline"}

# Twins --------------------------------------------------------------------------------


def year_of(day: date) -> date:
    return date(day.year - (day.month < 4), 4, 1)


def test_disruptions_of_every_council_and_year_are_all_there(made):
    expected = Counter(
        (twins.today(row["gss_code"]), year_of(twins.month_of(twins.moment(row["started_at"]))))
        for row in twins.unplanned(made.disruptions)
    )
    found = {
        (code, year): number
        for code, year, number in made.warehouse.read(
            "select gss_code, period, count(*) from marts.timeline "
            "where lane = 'disruption' group by gss_code, period"
        )
    }
    assert found == dict(expected)
    assert sum(found.values()) > 100


def test_assessments_stand_once_for_each_profile_with_what_was_met(made):
    rows = made.warehouse.read(
        "select t.label, r.met, r.below from marts.timeline t "
        "join marts.profile_results r on r.gss_code = t.gss_code "
        "and r.period = t.period and r.profile = t.profile "
        "and starts_with(t.label, concat('CAF ', r.caf_version, ': ', "
        "cast(r.met as bigint), ' of ')) where t.lane = 'assessment'"
    )
    assert rows
    assert {label.rpartition(": ")[2] for label, _, _ in rows} >= {
        f"{int(met)} of {int(met + below)} met" for _, met, below in rows
    }


# By hand ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def crowded(tmp_path_factory) -> Installation:
    """A council with 130 disruptions of one year, and one with a single one."""
    made = Installation(tmp_path_factory.mktemp("crowded"))
    start = datetime(2024, 5, 1, 8, tzinfo=UTC)
    many = [
        disruption(
            gss_code=HACKNEY,
            disruption_id=f"DSR-{number:05d}",
            incident_ref="",
            started_at=text(start + timedelta(days=number)),
            restored_at=text(start + timedelta(days=number, hours=1 + number)),
        )
        for number in range(130)
    ]
    one = disruption(
        gss_code=CORNWALL,
        disruption_id="DSR-90000",
        incident_ref="",
        started_at=text(start),
        restored_at="",
    )
    made.put("disruptions", [*many, one])
    made.put(
        "incidents",
        [
            incident(gss_code=HACKNEY, incident_ref="INC-1", incident_status="Confirmed"),
            incident(gss_code=HACKNEY, incident_ref="INC-2", incident_status="Near miss"),
        ],
    )
    made.build()
    return made


def text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def read(
    crowded: Installation, viewer: Viewer = LOCAL_ANALYST, code: str = HACKNEY
) -> pd.DataFrame:
    return reads.happenings(Reader(str(crowded.published), viewer, YEARS), code)


def test_of_a_crowded_year_the_hundred_longest_are_here_and_all_are_counted(crowded):
    found = read(crowded)
    disrupted = found[found["lane"] == "disruption"]
    assert len(disrupted) == 100
    assert disrupted["hours"].min() == 31
    assert disrupted["hours"].max() == 130
    assert set(disrupted["of_all"]) == {130}


def test_near_misses_are_not_drawn(crowded):
    found = read(crowded)
    assert (found["lane"] == "incident").sum() == 1


def test_a_disruption_that_goes_on_has_no_end(crowded):
    found = read(crowded, code=CORNWALL)
    assert found["ended_at"].isna().tolist() == [True]


def test_what_began_out_of_range_is_left_out(crowded):
    later = YEARS.within(date(2024, 6, 1), date(2025, 3, 1))
    found = reads.happenings(Reader(str(crowded.published), LOCAL_ANALYST, later), HACKNEY)
    assert found["started_at"].min() >= pd.Timestamp(2024, 6, 1)


def test_a_council_sees_its_own_alone(crowded):
    assert len(read(crowded, Viewer("council", HACKNEY))) == 101
    with pytest.raises(NotAllowedError, match="own council"):
        read(crowded, Viewer("council", CORNWALL))


def test_a_programme_does_not_see_what_a_council_keeps_to_itself(crowded):
    assert read(crowded, PROGRAMME).empty


# The chart ----------------------------------------------------------------------------


def drawn(*rows: tuple[str, str, str, str | None, bool, bool]) -> pd.DataFrame:
    names = ["kind", "name", "started_at", "ended_at", "is_named", "is_marked"]
    return pd.DataFrame(rows, columns=names).assign(said="")


FRAME = drawn(
    ("A", "one", "2024-01-01", "2024-03-01", False, True),
    ("A", "two", "2024-02-01", None, False, False),
    ("A", "three", "2024-06-01", None, False, False),
    ("B", "four", "2024-12-31", None, True, False),
)


def test_what_overlaps_stands_in_lanes_of_its_own():
    rows, heads, count = placed(FRAME)
    assert rows.set_index("name")["lane"].to_dict() == {"one": 1, "two": 2, "three": 1, "four": 4}
    assert heads == [("A", 0), ("B", 3)]
    assert count == 5


def test_a_crowd_is_drawn_over_rather_than_without_end():
    crowd = drawn(
        *[("A", "x", "2024-01-01", None, False, False)] * 50,
        ("A", "y", "2024-12-01", None, False, False),
    )
    rows, _, count = placed(crowd)
    assert count == MOST_LANES + 1
    assert len(rows) == 51


def test_stretches_are_lines_and_every_row_has_a_dot():
    bars, pale, dark, right, left = lanes(FRAME).data
    assert len(bars.x) == 3
    assert len(pale.x) + len(dark.x) == len(FRAME)
    assert [*right.text, *left.text] == ["four   "]


def test_events_are_written_above_the_lanes():
    events = pd.DataFrame({"happened_on": ["2024-05-01"], "title": ["CAF published"]})
    chart = lanes(FRAME, annotations=events)
    assert "CAF published" in [note.text for note in chart.layout.annotations]
    assert len(chart.layout.shapes) == 1


# The view -----------------------------------------------------------------------------


def test_the_view_asks_for_a_council_first(shown):
    app = opened("service_disruption", **VIEW)
    assert failures(app) == []
    assert "choose it above" in said(app)
    assert figures(app) == []


def test_the_view_counts_what_its_table_holds(shown):
    app = opened("service_disruption", council="Hackney", **VIEW)
    assert failures(app) == []
    figure = figures(app)[0]
    kinds = figure.tables[0]["Kind"].value_counts()
    assert f"{kinds['Incidents']} incidents, {kinds['Disruptions']} disruptions" in (
        figure.sentence
    )
    assert not NOTHING & set(cells(app))
