"""Critical weeks: hours against a twin, disclosure, and the view."""

import csv
from collections import defaultdict
from datetime import date, datetime, timedelta

import pytest

from analytics.disruption.services import critical_reads
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.reading.viewer import LOCAL_ANALYST, NotAllowedError, Viewer
from settings import settings
from tests.support import twins
from tests.support.pages import NOTHING, cells, failures, figures, opened


VIEW = {"view": "Critical weeks"}


def table(name: str) -> list[dict[str, str]]:
    with (settings.reference / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def days(first: date, last: date) -> set[date]:
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}


def spans() -> dict[tuple[str, date], set[date]]:
    """Days of every stretch of weeks by its kind and first day."""
    return {
        (row["window_code"], date.fromisoformat(row["starts_on"])): days(
            date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"])
        )
        for row in table("critical_windows")
    }


def quarters(disruptions: list[dict], until: datetime, services: set) -> set[tuple]:
    """Council of today, service and quarter of an hour that was disrupted."""
    spent = set()
    for row in twins.unplanned(disruptions):
        if row["lgsl_id"] not in services:
            continue
        start = twins.moment(row["started_at"])
        end = twins.moment(row["restored_at"]) if row["restored_at"] else until
        numbers = range(int(start.timestamp()) // 900, int(end.timestamp()) // 900)
        spent |= {(twins.today(row["gss_code"]), row["lgsl_id"], n) for n in numbers}
    return spent


def test_hours_in_critical_weeks_agree_with_their_twin(made):
    months = twins.reported(made.returns, "disruptions")
    last = twins.next_month(max(month for _, month in months))
    until = datetime(last.year, last.month, 1, tzinfo=twins.LONDON)
    services = {(row["window_code"], row["lgsl_id"]) for row in table("critical_services")}
    reporting = {council for council, _ in months}
    expected = {}
    on = defaultdict(list)
    for key, inside in spans().items():
        for day in inside:
            on[day].append(key)
    for (kind, first), inside in spans().items():
        wanted = {day.replace(day=1) for day in inside}
        for council in reporting:
            if all((council, month) in months for month in wanted):
                expected[council, kind, first] = 0.0
    chosen = {service for _, service in services}
    for council, service, quarter in quarters(made.disruptions, until, chosen):
        day = datetime.fromtimestamp(quarter * 900, twins.LONDON).date()
        for kind, first in on.get(day, ()):
            if (kind, service) in services and (council, kind, first) in expected:
                expected[council, kind, first] += 0.25
    found = {
        (code, kind, first): hours
        for code, kind, first, hours in made.warehouse.read(
            "select gss_code, window_code, period, hours from marts.critical_hours"
        )
    }
    assert found == pytest.approx(expected)
    assert sum(hours > 0 for hours in found.values()) > 3
    assert sum(hours == 0 for hours in found.values()) > 3


def test_the_weeks_and_their_services_are_whole():
    codes = {row["window_code"] for row in table("critical_windows")}
    assert codes == {row["window_code"] for row in table("critical_services")}
    known = {row["lgsl_id"] for row in table("services")}
    assert {row["lgsl_id"] for row in table("critical_services")} <= known
    for row in table("critical_windows"):
        assert row["starts_on"] < row["ends_on"]


def test_no_two_stretches_of_a_kind_end_in_one_financial_year():
    ends = [
        (row["window_code"], date.fromisoformat(row["ends_on"]))
        for row in table("critical_windows")
    ]
    years = [(code, day.year - (day.month < 4)) for code, day in ends]
    assert len(set(years)) == len(years)


def test_councils_hit_are_among_those_that_reported(shown):
    found = critical_reads.critical(Reader(shown.path, LOCAL_ANALYST, shown.scope()))
    assert (found["numerator"] <= found["denominator"]).all()
    assert (found["value"] > 0).any()


def test_a_council_sees_england_and_itself_but_no_region(shown):
    scope = shown.scope()
    own = Viewer("council", "E09000012")
    whole = critical_reads.critical(Reader(shown.path, own, scope))
    few = whole["numerator"].notna() & (whole["denominator"] < 5)
    assert not few.any()
    part = Scope(scope.collection, scope.since, scope.until, regions=("London",))
    with pytest.raises(NotAllowedError, match="Councils see this"):
        critical_reads.critical(Reader(shown.path, own, part))
    other = Scope(scope.collection, scope.since, scope.until, councils=("E06000052",))
    with pytest.raises(NotAllowedError):
        critical_reads.critical(Reader(shown.path, own, other))


@pytest.mark.parametrize("asked", [{}, {"council": "Hackney"}, {"region": "London"}])
def test_the_view_shows_a_whole_grid(shown, asked):
    app = opened("service_disruption", **VIEW, **asked)
    assert failures(app) == []
    assert len(figures(app)) == (2 if "council" in asked else 1)
    assert not NOTHING & set(cells(app))
    assert "councils that reported" in figures(app)[0].sentence
