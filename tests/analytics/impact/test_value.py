"""Value: discounting, cost per unit, two options, prices, optimism and tornado."""

import csv

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.impact import (
    cost_effectiveness,
    cost_per_unit,
    discount_factor,
    discount_rates,
    net_present_value,
    optimism_allowances,
    optimism_bias,
    real_terms,
    tornado,
)
from settings import ROOT


CHECKS = ROOT.parent / "shared" / "domain" / "checks"
near = pytest.approx
UNKNOWN = float("nan")
money = st.floats(1, 1e9)


# Discounting --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "factor"), [(0, 1), (1, 0.9662), (5, 0.8420), (10, 0.7089), (30, 0.3563), (31, 0.3459)]
)
def test_factors_are_the_published_ones(year, factor):
    assert discount_factor(year) == near(factor, abs=5e-5)


def test_every_factor_of_the_check_file():
    path = CHECKS / "discount_factors.csv"
    if not path.exists():
        pytest.skip(f"NOT CHECKED against published numbers: {path} is not there")
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 15
    for row in rows:
        year = int(row["year"])
        assert discount_factor(year) == near(float(row["discount_factor"]), abs=1e-9)


def test_a_rate_holds_from_its_first_year_to_its_last():
    found = discount_factor(np.arange(126))
    yearly = found[:-1] / found[1:] - 1
    assert yearly[:30] == near(np.full(30, 0.035))
    assert yearly[30:75] == near(np.full(45, 0.030))
    assert yearly[75:] == near(np.full(50, 0.025))


def test_points_move_every_rate_alike():
    low, high = (discount_factor(np.arange(126), points=p) for p in (-2, 2))
    assert low[1] == near(1 / 1.015) and high[1] == near(1 / 1.055)
    assert low[30] / low[31] == near(1.01) and high[75] / high[76] == near(1.045)
    assert discount_factor(1) == near(1 / 1.035), "the schedule stays as it is"
    assert net_present_value([-100, 203, 0], points=-2) == near(100)
    with pytest.raises(ValueError, match=r"rate -0.5 is below 0 percent"):
        discount_factor(1, points=-3)


def test_factors_have_the_shape_of_the_question():
    years = pd.Series([0, 1], index=["now", "next"])
    assert discount_factor(years).to_dict() == near({"now": 1, "next": 1 / 1.035})
    assert isinstance(discount_factor(3), float)
    assert discount_factor([[0, 1]]).shape == (1, 2)


@pytest.mark.parametrize(
    ("year", "words"),
    [
        (-1, "year -1 is before year 0"),
        (0.5, "year 0.5 is not a whole number"),
        (126, "year 126 is past 125, where the rates end"),
        (UNKNOWN, "is not known"),
    ],
)
def test_a_year_without_a_rate_is_refused(year, words):
    with pytest.raises(ValueError, match=words):
        discount_factor(year)


def test_the_rates_say_where_they_come_from():
    rates = discount_rates()
    assert rates["first_year"].tolist() == [1, 31, 76]
    assert (rates["first_year"][1:].to_numpy() == rates["last_year"][:-1] + 1).all()
    assert rates["source"].str.contains("Green Book").all()
    assert pd.to_datetime(rates["published_on"]).notna().all()
    rates["rate_percent"] = 0.0
    assert discount_factor(1) == near(1 / 1.035), "a caller's change stays its own"


def test_net_present_value():
    assert net_present_value([-100, 30, 30, 30, 30, 30]) == near(35.4516, abs=5e-5)
    flows = pd.Series([-100, 30], index=[2024, 2025])
    assert net_present_value(flows) == near(-100 + 30 / 1.035)
    assert net_present_value(np.array([5])) == 5
    assert net_present_value([]) == 0
    assert np.isnan(net_present_value([-100, UNKNOWN]))
    with pytest.raises(ValueError, match="2 dimensions"):
        net_present_value([[1, 2]])
    with pytest.raises(ValueError, match="past 125"):
        net_present_value(np.ones(127))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), max_size=40), st.floats(-10, 10))
def test_present_value_is_linear_and_later_is_worth_less(flows, times):
    doubled = net_present_value([flow * times for flow in flows])
    assert doubled == near(times * net_present_value(flows), abs=1e-3)
    gains = [abs(flow) for flow in flows]
    assert net_present_value([0, *gains]) <= net_present_value(gains) + 1e-9


# Cost and effect ----------------------------------------------------------------------


def test_cost_per_unit():
    assert cost_per_unit(1e6, 250) == 4000
    found = cost_per_unit(1e6, pd.Series([100, 0, UNKNOWN], index=list("abc")))
    assert found.to_dict() == near({"a": 1e4, "b": UNKNOWN, "c": UNKNOWN}, nan_ok=True)
    with pytest.raises(ValueError, match="effect -1 is negative"):
        cost_per_unit(1, -1)


def test_one_more_unit_of_effect():
    found = cost_effectiveness(1e6, 200, 1.5e6, 300)
    assert found.ratio == 5000
    assert found.dominance == "dearer and better"
    assert found.words == "B is dearer and better: £5,000 for each unit more."
    assert (found.a_cost_per_unit, found.b_cost_per_unit) == (5000, 5000)


@pytest.mark.parametrize(
    ("b_cost", "b_effect", "word", "ratio", "winner"),
    [
        (80, 12, "dominates", None, "B dominates"),
        (120, 8, "dominated", None, "A dominates"),
        (120, 12, "dearer and better", 10, "£10 for each unit more"),
        (80, 8, "cheaper and worse", 10, "£10 saved for each unit less"),
        (100, 12, "dominates at the same cost", None, "B dominates"),
        (100, 8, "dominated at the same cost", None, "A dominates"),
        (80, 10, "dominates with the same effect", None, "B dominates"),
        (120, 10, "dominated with the same effect", None, "A dominates"),
        (100, 10, "no difference", None, "cost the same and do the same"),
    ],
)
def test_every_quadrant_and_tie_has_its_word(b_cost, b_effect, word, ratio, winner):
    found = cost_effectiveness(100, 10, b_cost, b_effect)
    assert found.dominance == word
    assert winner in found.words
    assert np.isnan(found.ratio) if ratio is None else found.ratio == ratio


@settings(max_examples=50, deadline=None)
@given(money, money, money, money)
def test_what_dominates_one_way_is_dominated_the_other(a_cost, a_effect, b_cost, b_effect):
    there = cost_effectiveness(a_cost, a_effect, b_cost, b_effect)
    back = cost_effectiveness(b_cost, b_effect, a_cost, a_effect)
    assert (there.dominance == "dominates") == (back.dominance == "dominated")
    assert there.ratio == near(back.ratio, nan_ok=True)


def test_an_unknown_cost_is_refused():
    with pytest.raises(ValueError, match="is not known"):
        cost_effectiveness(1, UNKNOWN, 2, 2)


# Prices -------------------------------------------------------------------------------


def test_real_terms_by_our_own_deflators():
    assert real_terms(85.2137, 2020, 2024) == near(100)
    assert real_terms(100, 2024, 2020) == near(85.2137)
    amounts = pd.Series([85.2137, 100], index=["a", "b"])
    assert real_terms(amounts, [2020, 2024], 2024).tolist() == near([100, 100])
    assert real_terms(amounts, 2020, 2024).tolist() == near([100, 100 / 0.852137])
    years = pd.Series([2020, 2024], index=["a", "b"])
    assert real_terms(amounts, years, 2024).tolist() == near([100, 100])
    assert isinstance(real_terms(np.array([1.0]), np.array([2020]), 2024), np.ndarray)


def test_financial_years_are_three_quarters_of_the_first():
    table = pd.read_csv(ROOT / "data" / "reference" / "gdp_deflator.csv")
    by_year = table.set_index("calendar_year")["deflator"]
    own = 0.75 * by_year[2020] + 0.25 * by_year[2021]
    base = 0.75 * by_year[2022] + 0.25 * by_year[2023]
    assert real_terms(10, "2020/21", "2022/23") == near(10 * base / own)


def test_years_past_the_table_are_unknown_and_a_base_must_be_in_it():
    assert np.isnan(real_terms(100, 2031, 2024))
    assert np.isnan(real_terms(UNKNOWN, 2020, 2024))
    for base in (2031, "2024/25", "2030/31"):
        with pytest.raises(ValueError, match=f"no deflator for {base}"):
            real_terms(100, 2020, base)
    with pytest.raises(ValueError, match="2 amounts were given, and 3 years"):
        real_terms([1, 2], [2020, 2021, 2022], 2024)
    with pytest.raises(ValueError, match="one amount was given, and several years"):
        real_terms(1, [2020, 2021], 2024)
    with pytest.raises(ValueError, match="neither 2023 nor '2023/24'"):
        real_terms(1, 2020, "2023-24")


# Optimism and assumptions -------------------------------------------------------------


@pytest.mark.parametrize(("kind", "cost"), [("outsourcing", 141), ("equipment_development", 300)])
def test_the_upper_bound_of_optimism(kind, cost):
    assert optimism_bias(100, kind) == near(cost)
    assert optimism_bias(100, kind, mitigated=1) == near(100)
    assert optimism_bias(100, kind, mitigated=0.5) == near((100 + cost) / 2)
    assert optimism_bias([100, UNKNOWN], kind)[0] == near(cost)


def test_another_kind_or_share_is_refused():
    with pytest.raises(ValueError, match="kind 'hope' is not one of standard_buildings"):
        optimism_bias(100, "hope")
    with pytest.raises(ValueError, match="mitigated 2 is not between 0 and 1"):
        optimism_bias(100, "outsourcing", mitigated=2)
    rows = optimism_allowances().set_index("kind")
    assert rows.loc["outsourcing", "duration_percent"] == 15
    assert rows.loc["equipment_development", "duration_percent"] == 54


def test_allowances_are_those_of_the_source():
    path = CHECKS.parent / "green_book_optimism_bias.csv"
    if not path.exists():
        pytest.skip(f"NOT CHECKED against its source: {path} is not there")
    theirs = pd.read_csv(path).set_index("category")
    ours = optimism_allowances().set_index("kind")
    assert ours.index.tolist() == theirs.index.tolist()
    assert ours["cost_percent"].to_numpy() == near(100 * theirs["capex_upper"].to_numpy())
    wanted = 100 * theirs["duration_upper"].to_numpy()
    assert ours["duration_percent"].to_numpy() == near(wanted)


def test_a_tornado_by_hand():
    found = tornado(
        lambda cost, hours, price: hours * price - cost,
        {"cost": 100, "hours": 10, "price": 20},
        {"cost": (90, 120), "price": (5, 30), "hours": (10, 10)},
    )
    assert found["assumption"].tolist() == ["price", "cost", "hours"]
    assert found["at_low"].tolist() == [-50, 110, 100]
    assert found["at_high"].tolist() == [200, 80, 100]
    assert found["swing"].tolist() == [250, 30, 0]
    assert (found["result"] == 100).all()


def test_a_swing_counts_a_result_that_turns_in_between():
    found = tornado(lambda x: -(x**2), {"x": 0}, {"x": (-2, 3)})
    assert found["swing"].tolist() == [9]


def test_a_range_without_its_assumption_is_refused():
    with pytest.raises(ValueError, match="price has a range and no central value"):
        tornado(lambda cost: cost, {"cost": 1}, {"price": (0, 1)})
    with pytest.raises(ValueError, match="cost 1 is not within 2 to 3"):
        tornado(lambda cost: cost, {"cost": 1}, {"cost": (2, 3)})
