"""The SQL agrees with slow twins in plain Python, on several hundred awkward rows."""

import duckdb
import pytest

from pipelines.load import SQL
from tests.support import invented, twins
from tests.support.reference import ALIASES, COUNCILS


CASES = {
    "hours_disrupted": list,
    "hours_disrupted_by_cyber": twins.by_cyber,
    "online_hours_disrupted": twins.online,
}


def ratios(made, indicator: str) -> dict:
    """An indicator's two parts, by council of today and period; of Baseline if it
    hangs on a profile."""
    return {
        (code, period): (numerator, denominator)
        for code, period, numerator, denominator in made.warehouse.read(
            "select gss_code, period, numerator, denominator "
            f"from marts.indicator_values where indicator = '{indicator}' "
            "and profile in ('', 'baseline')"
        )
    }


def by_year(found: dict) -> dict:
    return {(code, period.year): parts for (code, period), parts in found.items()}


def test_every_row_of_the_fixture_is_valid(made):
    assert made.report.quarantine == []
    assert made.report.total("rows_in") == made.report.total("accepted") > 1000


@pytest.mark.parametrize("indicator", CASES)
def test_hours_disrupted_agree(made, indicator):
    expected = twins.hours_disrupted(CASES[indicator](made.disruptions), made.returns)
    found = ratios(made, indicator)
    hours = {place: numerator for place, (numerator, _) in found.items()}
    assert hours == pytest.approx(expected)
    assert {denominator for _, denominator in found.values()} == {1}
    assert sum(expected.values()) > 1000


def test_the_fixture_reaches_the_hard_cases(made):
    months = {month for _, month, _ in twins.hours_to_restore(made.disruptions)}
    assert {m.isoformat() for m in months} >= {"2024-03-01", "2024-10-01", "2024-07-01"}
    assert any(not row["restored_at"] for row in twins.unplanned(made.disruptions))
    meets = [
        twins.meets_profile(levels, version)
        for (_, _, version), levels in twins.council_levels(made.assessments).items()
    ]
    assert set(meets) == {True, False, None}
    drafts = [row for row in made.assessments if row["status"] == "draft"]
    assert drafts


def test_disruptions_that_are_equal_or_touch_make_one_spell():
    """Equal ones tie in every order, so none may fall into the spell before."""
    spans = [(0, 10), (20, 30), (30, 40), (35, 38)] + [(50, 50)] * 30 + [(60, 70)] * 30
    rows = ", ".join(f"({start}, {end})" for start, end in spans)
    select = (SQL / "core" / "spells.sql").read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        connection.execute("create schema core")
        connection.execute(
            "create table core.disruptions as select 'department' as collection, "
            "'E06000001' as gss_code, 'payroll' as service_code, false as is_planned, "
            "'other' as cause_class, 'phone' as channel, null as lgsl_id, "
            "null as supplier_name, null as incident_ref, null as restored_at, "
            f"s as started_at_second, e as ended_at_second from (values {rows}) t(s, e)"
        )
        found = connection.execute(
            f"select started_at_second, ended_at_second from ({select}) "
            "where kind = 'any' order by all"
        ).fetchall()
    assert found == [(0, 10), (20, 40), (50, 50), (60, 70)]


def test_hours_to_restore_agree_event_by_event(made):
    expected = twins.hours_to_restore(made.disruptions)
    found = made.warehouse.read(
        "select gss_code, period, value from marts.indicator_events "
        "where indicator = 'median_hours_to_restore' order by all"
    )
    assert [row[:2] for row in found] == [row[:2] for row in expected]
    assert [row[2] for row in found] == pytest.approx([row[2] for row in expected])


@pytest.mark.parametrize(
    ("indicator", "share"), [("median_hours_to_restore", 0.5), ("p90_hours_to_restore", 0.9)]
)
def test_median_and_90th_centile_agree(made, indicator, share):
    hours = [row[2] for row in twins.hours_to_restore(made.disruptions)]
    assert made.warehouse.read(
        f"select percentile from marts.indicators where key = '{indicator}'"
    ) == [(share,)]
    ((found,),) = made.warehouse.read(
        f"select percentile_cont({share}) within group (order by value) "
        f"from marts.indicator_events where indicator = '{indicator}'"
    )
    assert found == pytest.approx(twins.percentile(hours, share))


def test_profile_outcomes_met_agree(made):
    expected = twins.profile_outcomes_met(made.assessments)
    assert by_year(ratios(made, "profile_outcomes_met")) == expected


def test_councils_meeting_the_profile_agree(made):
    expected = twins.councils_meeting_profile(made.assessments)
    assert by_year(ratios(made, "councils_meeting_profile")) == expected


def test_a_council_at_baseline_drops_to_27_of_41_in_caf_4(made):
    found = by_year(ratios(made, "profile_outcomes_met"))
    assert found[invented.CORNWALL, 2022] == (39, 39)
    assert found[invented.CORNWALL, 2023] == (27, 41)
    assert made.warehouse.read(
        "select basis from marts.indicator_values "
        "where indicator = 'profile_outcomes_met' and profile = 'baseline' "
        f"and gss_code = '{invented.CORNWALL}' order by period"
    ) == [("CAF 3.2",), ("CAF 4.0",)]


def test_a_council_at_baseline_meets_the_profile_of_its_version_only(made):
    found = by_year(ratios(made, "councils_meeting_profile"))
    assert found[invented.CORNWALL, 2022] == (1, 1)
    assert found[invented.CORNWALL, 2023] == (0, 1)


def test_a_council_with_one_gap_and_nothing_below_is_not_counted(made):
    met = by_year(ratios(made, "profile_outcomes_met"))
    meets = by_year(ratios(made, "councils_meeting_profile"))
    for code in (invented.REDCAR, invented.STOCKTON):
        assert met[code, 2022] == (38, 38)
        assert (code, 2022) not in meets


def test_every_council_that_ever_was_has_the_same_council_of_today(made):
    found = dict(
        made.warehouse.read("select gss_code, current_gss_code from reference.council_today")
    )
    assert found == {code: twins.successor(code) for code in COUNCILS}
    assert found["E07000029"] == "E06000063"
    assert found["E07000190"] == "E06000066"
    assert [code for code, now in found.items() if now is None] == ["E10000006", "E10000021"]


def test_older_codes_lead_to_the_same_council(made):
    assert twins.today("E08000016") == "E08000038"
    assert twins.today("E08000019") == "E08000039"
    assert set(ALIASES.values()) <= COUNCILS.keys()
    codes = made.warehouse.read(
        "select distinct gss_code_of_day, gss_code from core.disruptions order by 1"
    )
    assert codes == sorted(
        {
            (twins.of_the_day(row["gss_code"]), twins.today(row["gss_code"]))
            for row in made.disruptions
        }
    )


def test_a_council_that_was_split_counts_in_totals_and_is_not_listed(made):
    assert made.warehouse.read(
        f"select is_current, region from marts.councils where gss_code = '{invented.CUMBRIA}'"
    ) == [(False, "North West")]
    hours = ratios(made, "hours_disrupted")
    assert sum(parts[0] for place, parts in hours.items() if place[0] == invented.CUMBRIA) > 0
    assert made.warehouse.read("select count(*) from marts.councils where is_current") == [(317,)]
