"""Hours by cause over a range: the twin, what is withheld, and the two views."""

from datetime import date

import pandas as pd
import pytest

from analytics.disruption.explore.measures import together
from analytics.disruption.trend import reads
from analytics.reading import control
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.reading.viewer import LOCAL_ANALYST
from tests.support import twins
from tests.support.demo import PROGRAMME, council_of
from tests.support.pages import failures, figures, opened, said


COLLECTION = "department"


def test_hours_of_a_range_are_those_of_the_twin(made):
    scope = Scope(COLLECTION, date(2023, 4, 1), date(2025, 3, 1))
    found = reads.hours(Reader(str(made.warehouse.published), LOCAL_ANALYST, scope))
    assert len(found) > 2
    for row in found.itertuples():
        some = [r for r in made.disruptions if r["cause_class"] == row.group_code]
        months = twins.hours_disrupted(some, made.returns)
        expected = sum(hours for (_, month), hours in months.items() if month >= scope.since)
        assert row.value == pytest.approx(expected)
    assert found["value"].is_monotonic_decreasing


def test_a_sum_is_shown_only_where_each_of_its_years_is(demo):
    viewer, scope = council_of(demo, "disruptions", 2), demo.scope()
    found = reads.hours(Reader(demo.path, viewer, scope)).set_index("group_code")
    years = control.series(Reader(demo.path, viewer, scope), "hours", bucket="year", part="all")
    withheld = set(years.loc[years["note"] == "[c]", "part"]) - {"any"}
    assert withheld
    assert set(found.index[found["note"] == "[c]"]) == withheld
    assert found.loc[sorted(withheld), "value"].isna().all()


def test_the_department_and_the_programme_see_sums(demo):
    for viewer in (LOCAL_ANALYST, PROGRAMME):
        found = reads.hours(Reader(demo.path, viewer, demo.scope()))
        assert found["value"].notna().any()
    everything = reads.hours(Reader(demo.path, LOCAL_ANALYST, demo.scope()))
    assert everything["value"].notna().all()
    assert (everything["disruptions"] > 0).all()


def test_at_a_glance_says_the_cyber_share_of_the_hours_drawn(demo, shown):
    app = opened("service_disruption", collection="demonstration")
    assert failures(app) == []
    figure = next(one for one in figures(app) if one.key == "causes")
    hours = reads.hours(Reader(demo.path, LOCAL_ANALYST, demo.scope()))
    share = 100 * hours.set_index("group_code")["value"]["cyber"] / hours["value"].sum()
    assert f"Cyber incidents caused {share:.0f}% of the hours" in figure.sentence
    table = pd.DataFrame(figure.tables[0])
    assert len(table) == len(hours)


def test_any_measure_can_be_looked_at(shown):
    app = opened(
        "service_disruption",
        collection="demonstration",
        view="Incidents and any measure",
        measure="Data breaches",
    )
    assert failures(app) == []
    keys = [one.key for one in figures(app)]
    assert keys == ["line-data_breaches", "bar-data_breaches", "spread-data_breaches", "reporting"]
    assert "neither good nor bad" in said(app)


def test_what_a_rank_correlation_may_mean_follows_its_sign():
    assert "report more" in together(0.3)
    assert "report fewer" in together(-0.3)
    assert together(-0.05) == together(0.05) == "hardly any link."
