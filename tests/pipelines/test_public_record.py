"""The public record, as committed: what came in, what was set aside, and the sums."""

import pytest

from tests.support.warehouse import Installation


FUTURE = "from core.reported_awards where programme = 'future_councils'"
ROUND_4 = "from core.reported_awards where fund = 'Local Digital Fund' and round = 'Round 4'"


@pytest.fixture
def record(public_record) -> Installation:
    return public_record


def test_44_reported_incidents_are_39_accepted_and_5_set_aside(record):
    assert record.read(
        "select rows_in, accepted, quarantined, superseded, status "
        "from quality.files where dataset = 'reported_incidents'"
    ) == [(44, 39, 5, 0, "loaded in part")]


def test_they_are_about_36_councils_of_their_day(record):
    assert record.read(
        "select count(*), count(distinct gss_code_of_day) from core.reported_incidents"
    ) == [(39, 36)]


def test_three_are_set_aside_as_outside_england_and_two_as_no_principal_council(record):
    assert record.read(
        "select value, reason, count(*) from quality.quarantine "
        "where dataset = 'reported_incidents' group by all order by 1"
    ) == [
        ("Hemel Hempstead", "The name is that of a principal council.", 1),
        ("Salisbury", "The name is that of a principal council.", 1),
        ("Scotland", "The incident was in England; this dashboard covers English councils.", 1),
        ("Wales", "The incident was in England; this dashboard covers English councils.", 2),
    ]


def test_copeland_is_of_its_day_and_shown_under_cumberland(record):
    assert record.read(
        "select i.gss_code_of_day, i.gss_code, c.short_name, i.council_named "
        "from core.reported_incidents i "
        "join marts.councils c on c.gss_code = i.gss_code and c.is_current "
        "where i.gss_code_of_day = 'E07000029'"
    ) == [("E07000029", "E06000063", "Cumberland", "Copeland Borough Council")]


def test_only_confirmed_and_suspected_incidents_count(record):
    assert record.read(
        "select incident_status, is_counted, count(*) "
        "from core.reported_incidents group by all order by 1"
    ) == [
        ("Confirmed", True, 34),
        ("False positive", False, 1),
        ("Not cyber", False, 1),
        ("Suspected", True, 3),
    ]


def test_round_4_of_the_local_digital_fund_is_six_awards_of_1_2m(record):
    assert record.read(f"select count(*), sum(amount_gbp) {ROUND_4} and is_counted") == [
        (6, 1_200_000)
    ]
    assert record.read(
        "select recipient_count, amount_gbp from core.programme_totals "
        "where fund = 'Local Digital Fund' and round = 'Round 4'"
    ) == [(6, 1_200_000)]


def test_buckinghamshire_county_of_its_day_is_among_them(record):
    assert record.read(
        f"select gss_code_of_day, gss_code, amount_gbp {ROUND_4} "
        "and recipient_named = 'Buckinghamshire'"
    ) == [("E10000002", "E06000060", 250_000)]


def test_future_councils_is_6m_for_eight_sites_of_nine_councils(record):
    assert record.read(
        "select sum(amount_gbp) filter (where is_counted), "
        "count(*) filter (where is_counted), "
        f"count(distinct gss_code) {FUTURE}"
    ) == [(6_000_000, 8, 9)]


def test_a_joint_award_is_counted_once(record):
    assert record.read(
        f"select gss_code, amount_gbp, is_counted {FUTURE} "
        "and partnership_id is not null order by 1"
    ) == [("E07000144", 750_000, True), ("E07000149", 750_000, False)]


def test_the_only_award_set_aside_went_to_no_principal_council(record):
    assert record.read(
        "select value, reason from quality.quarantine where dataset = 'reported_awards'"
    ) == [("Greater Manchester Combined Authority", "The recipient is a principal council.")]


def test_there_are_317_councils_today_with_56_5_million_residents(record):
    assert record.read(
        "select count(*), sum(case when tier <> 'upper' then population end) "
        "from marts.councils where is_current"
    ) == [(317, 56_550_138)]


def test_figures_keep_their_source(record):
    assert record.read(
        "select count(*) from core.reported_figures f anti join core.record_sources s "
        "on s.source_id = f.source_id"
    ) == [(0,)]
    assert record.read("select count(*) from core.reported_figures") == [(82,)]


def test_the_public_record_gives_no_council_indicator(record):
    assert record.read("select count(*) from marts.indicator_values") == [(0,)]
    assert record.read("select collection from marts.collections") == [("public_record",)]
