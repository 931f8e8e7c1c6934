"""The public record on screen: dates as exact as known, kinds, joint awards."""

from datetime import date

import pandas as pd
import pytest

from analytics.record import reads, view
from analytics.ui import figures
from analytics.words import periods


@pytest.mark.parametrize(
    ("precision", "said"),
    [
        ("day", "5 March 2020"),
        ("around_day", "around 5 March 2020"),
        ("month", "March 2020"),
        ("year", "2020"),
    ],
)
def test_a_date_is_written_as_exactly_as_it_is_known(precision, said):
    assert periods.day(date(2020, 3, 5), precision) == said


def test_no_date_says_nothing():
    assert periods.day(None) == ""


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Ransomware, data theft", "Ransomware"),
        ("DDoS", "Denial of service"),
        ("Supplier data exposure", "Supplier"),
        ("Accidental disclosure (FOI spreadsheet)", "Disclosure by mistake"),
        ("Unauthorised access", "Other cyber incident"),
    ],
)
def test_every_kind_of_incident_has_a_plain_name(words, kind):
    assert view.kind_of(words) == kind


def test_one_attack_on_several_councils_is_one_event():
    found = pd.DataFrame(
        {"reported_incident_id": ["R1", "R2", "R3"], "shared_event_id": ["EV-1", "EV-1", None]}
    )
    assert view.events(found) == 2


def test_a_joint_award_is_added_up_once_and_both_councils_counted():
    awards = pd.DataFrame(
        {
            "fund": ["Pilot", "Pilot", "Other"],
            "council_name": ["Broadland", "South Norfolk", "Leeds"],
            "is_counted": [True, False, True],
            "amount_gbp": [750_000.0, 750_000.0, None],
        }
    )
    by_fund = reads.by_fund(awards).set_index("fund")
    assert by_fund.loc["Pilot"].to_dict() == {"awards": 1, "councils": 2, "amount_gbp": 750_000}
    assert pd.isna(by_fund.loc["Other", "amount_gbp"])


def test_a_county_is_drawn_on_each_of_its_districts():
    hexes = pd.DataFrame(
        {
            "gss_code": ["E07000066", "E07000067", "E06000033"],
            "county_gss_code": ["E10000012", "E10000012", None],
        }
    )
    councils = pd.DataFrame(
        {
            "gss_code": ["E10000012", "E06000033", "E07000066"],
            "council_name": ["Essex", "Southend-on-Sea", "Basildon"],
            "value": [53.7, 61.0, 20.0],
        }
    )
    drawn = figures.on_map(councils, hexes, "upper").set_index("gss_code")
    assert drawn["council_name"].to_dict() == {
        "E07000066": "Essex",
        "E07000067": "Essex",
        "E06000033": "Southend-on-Sea",
    }
    below = figures.on_map(councils, hexes, "lower")
    assert set(below["council_name"]) == {"Basildon", "Southend-on-Sea"}
