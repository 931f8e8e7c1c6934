"""The statistical methods: published numbers, sums done by hand, and what never holds.

Published numbers are those of METHODS.md. The check files beside the repository are
read where they are at hand, and are not copied here.
"""

import csv
import math
import subprocess
import sys
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import statistics
from analytics.statistics import (
    BANDS,
    PLACES,
    RULES,
    Interval,
    c_limits,
    competition_rank,
    financial_year_deflators,
    funnel_limits_proportion,
    funnel_limits_rate,
    funnel_place,
    quartile_band,
    rate_interval,
    real_terms,
    recent_trend,
    survival_at,
    survival_curve,
    survival_quantile,
    u_limits,
    united_hours,
    united_spells,
    wilson_interval,
    xmr_limits,
)
from settings import ROOT


CHECKS = ROOT.parent / "shared" / "domain" / "checks"
HIGH, LOW, NEITHER = "higher_is_better", "lower_is_better", "none"
UNKNOWN = float("nan")
BEYOND, ONE_SIDE, MOVING, NEAR = RULES
few = settings(max_examples=60, deadline=None)
LONDON = ZoneInfo("Europe/London")


def near(values, within: float = 1e-6):
    """Equal to within so much, unknown to unknown."""
    return pytest.approx(values, abs=within, rel=0, nan_ok=True)


# Importing ----------------------------------------------------------------------------


@pytest.mark.parametrize("library", ["statsmodels", "scipy", "streamlit", "plotly", "duckdb"])
def test_importing_the_methods_does_not_wait_for(library):
    code = f"import sys, analytics.statistics; print({library!r} in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def test_every_name_that_the_package_promises_is_there():
    assert [name for name in statistics.__all__ if not hasattr(statistics, name)] == []


# Wilson -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numerator", "confidence", "lower", "upper"),
    [
        (65, 0.95, 0.5525444, 0.7363575),
        (65, 0.998, 0.4954947, 0.7783541),
        (1, 0.95, 0.0017674, 0.0544862),
    ],
)
def test_wilson_gives_the_published_limits_of_shares_of_a_hundred(
    numerator, confidence, lower, upper
):
    found = wilson_interval(numerator, 100, confidence)
    assert tuple(found) == near((lower, upper), 1e-7)
    assert isinstance(found.lower, float)


def test_wilson_takes_series_and_gives_them_back_with_their_index():
    met = pd.Series([65, 1, UNKNOWN, 0], index=list("abcd"))
    asked = pd.Series([100, 100, 100, 0], index=list("abcd"))
    lower, upper = wilson_interval(met, asked)
    assert lower.index.tolist() == upper.index.tolist() == list("abcd")
    assert lower.tolist() == near([0.5525444, 0.0017674, UNKNOWN, UNKNOWN])
    assert upper.tolist() == near([0.7363575, 0.0544862, UNKNOWN, UNKNOWN])


def test_wilson_reads_whole_numbers_that_may_be_missing():
    for kind in ("Int64", "object"):
        met = pd.Series([65, pd.NA], dtype=kind)
        lower, _ = wilson_interval(met, 100)
        assert lower.tolist() == near([0.5525444, UNKNOWN])


def test_wilson_of_none_and_of_all_is_symmetric_and_touches_the_end():
    none, every = wilson_interval(0, 10), wilson_interval(10, 10)
    assert (none.lower, every.upper) == (0, 1)
    # By hand: upper = z^2 / (n + z^2), with z^2 = 3.8414588.
    assert none.upper == near(3.8414588 / 13.8414588)
    assert every.lower == near(1 - none.upper)


@pytest.mark.parametrize(
    ("numerator", "denominator", "named"),
    [
        ([3, 7], [5, 6], "numerator 7 is above its denominator"),
        (1, 0, "numerator 1 is above its denominator"),
        (-1, 5, "numerator -1 is negative"),
        (0, -5, "denominator -5 is negative"),
        (1, math.inf, "denominator inf is not a number"),
    ],
)
def test_wilson_refuses_counts_that_cannot_be_and_names_them(numerator, denominator, named):
    with pytest.raises(ValueError, match=named):
        wilson_interval(numerator, denominator)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_a_confidence_is_between_0_and_1(confidence):
    for asked in (
        lambda: wilson_interval(1, 2, confidence),
        lambda: rate_interval(1, 2, confidence=confidence),
        lambda: funnel_limits_proportion(10, 0.5, confidence),
        lambda: funnel_limits_rate(10, confidence),
        lambda: survival_curve([1], [True], confidence=confidence),
    ):
        with pytest.raises(ValueError, match=f"confidence {confidence}"):
            asked()


def test_series_that_are_labelled_differently_are_not_matched_by_place():
    with pytest.raises(ValueError, match="different indexes"):
        wilson_interval(pd.Series([1, 2]), pd.Series([3, 4], index=[1, 0]))


@few
@given(st.integers(1, 10_000), st.data())
def test_wilson_holds_its_share_and_widens_with_confidence(size, data):
    met = data.draw(st.integers(0, size))
    inner, outer = wilson_interval(met, size), wilson_interval(met, size, 0.998)
    mirrored = wilson_interval(size - met, size)
    assert outer.lower <= inner.lower <= met / size <= inner.upper <= outer.upper
    assert (1 - mirrored.upper, 1 - mirrored.lower) == near(tuple(inner))


@few
@given(st.integers(1, 10_000), st.data())
def test_wilson_is_the_formula_of_the_methods_page(size, data):
    met, z = data.draw(st.integers(0, size)), 1.959963984540054
    p = met / size
    half = z * math.sqrt(z * z + 4 * size * p * (1 - p))
    middle, whole = 2 * met + z * z, 2 * (size + z * z)
    by_hand = (middle - half) / whole, (middle + half) / whole
    assert tuple(wilson_interval(met, size)) == near(by_hand, 1e-12)


# Rates --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "per", "multiplier", "lower", "upper"),
    [
        (65, 1, 1, 50.1631877, 82.8491385),
        (20, 100, 100, 12.21143, 30.88988),
        (5, 1, 1, 1.6234864, 11.6683321),
        (1, 1, 1, 0.0253178, 5.5716434),
    ],
)
def test_rates_have_the_published_limits(count, per, multiplier, lower, upper):
    found = rate_interval(count, per, multiplier)
    assert tuple(found) == near((lower, upper), 5e-6)


def test_no_event_has_a_lower_limit_of_0_and_an_upper_one():
    # No event is seen with a chance of exp(-mean); 2.5% at a mean of 3.688879.
    assert tuple(rate_interval(0, 100_000, 100_000)) == near((0, -math.log(0.025)))


def test_limits_are_exact_below_ten_events_and_byars_from_ten():
    lower, upper = rate_interval([9, 10], 1)
    z = 1.959963984540054
    assert lower[1] == near(10 * (1 - 1 / 90 - z / (3 * math.sqrt(10))) ** 3)
    assert upper[1] == near(11 * (1 - 1 / 99 + z / (3 * math.sqrt(11))) ** 3)
    # Nine events: the chance of nine or more at the lower limit is 2.5%.
    below = sum(math.exp(-lower[0]) * lower[0] ** k / math.factorial(k) for k in range(9))
    assert 1 - below == near(0.025)


def test_a_rate_of_nobody_or_of_an_unknown_count_is_unknown():
    lower, upper = rate_interval([3, UNKNOWN, 3, 20], [0, 10, UNKNOWN, UNKNOWN])
    assert np.isnan([lower, upper]).all()


@pytest.mark.parametrize(
    ("count", "per", "named"), [(-2, 5, "count -2"), (2, -5, "denominator -5")]
)
def test_a_negative_rate_is_refused(count, per, named):
    with pytest.raises(ValueError, match=named):
        rate_interval(count, per)


def test_limits_of_a_rate_hold_it_and_rise_with_the_count():
    counts = np.arange(0, 200)
    lower, upper = rate_interval(counts, 50, 1000)
    assert (lower <= counts * 20).all() and (counts * 20 <= upper).all()
    assert (np.diff(lower) > 0).all() and (np.diff(upper) > 0).all()


# Funnels ------------------------------------------------------------------------------


def test_the_funnel_of_a_share_has_the_published_lower_limits():
    share = 0.80642448
    found = [funnel_limits_proportion(4, share, c).lower for c in (0.95, 0.998)]
    assert found == near([0.41923356, 0.19594903], 5e-9)


def test_the_funnel_of_a_share_is_cut_off_and_unknown_for_nobody():
    lower, upper = funnel_limits_proportion([1, 100, 0, UNKNOWN], 0.5, 0.95)
    reach = 1.959963984540054 * 0.05
    assert lower == near([0, 0.5 - reach, UNKNOWN, UNKNOWN])
    assert upper == near([1, 0.5 + reach, UNKNOWN, UNKNOWN])


@pytest.mark.parametrize("share", [0, 1])
def test_a_baseline_of_none_or_all_has_no_funnel_but_a_line(share):
    assert tuple(funnel_limits_proportion(7, share, 0.95)) == (share, share)


@pytest.mark.parametrize("baseline", [-0.1, 1.1, UNKNOWN])
def test_a_baseline_that_is_no_share_is_refused(baseline):
    with pytest.raises(ValueError, match="baseline"):
        funnel_limits_proportion(10, baseline, 0.95)


def test_the_funnel_of_a_rate_turns_the_published_table_round():
    # One event lies on a limit where 5.571645 or 0.025318 are expected.
    assert funnel_limits_rate(5.571645, 0.95).lower == near(1 / 5.571645)
    assert funnel_limits_rate(0.025318, 0.95).upper == near(1 / 0.025318, 1e-3)


def test_where_few_are_expected_none_at_all_is_not_unusual():
    # exp(-3.68) is above 2.5%, exp(-3.70) below it.
    assert funnel_limits_rate(3.68, 0.95).lower == 0
    assert funnel_limits_rate(3.70, 0.95).lower > 0


def test_a_funnel_closes_round_one_as_more_are_expected():
    expected = pd.Series([1, 10, 100, 1000, 1e6], index=list("vwxyz"))
    inner, outer = (funnel_limits_rate(expected, c) for c in (0.95, 0.998))
    assert inner.lower.index.tolist() == list("vwxyz")
    assert (np.diff(inner.lower) > 0).all() and (np.diff(inner.upper) < 0).all()
    assert (outer.lower <= inner.lower).all() and (inner.upper < outer.upper).all()
    assert (inner.lower["z"], inner.upper["z"]) == near((1, 1), 0.002)


def test_nothing_expected_has_no_funnel_and_less_is_refused():
    lower, upper = funnel_limits_rate([0, UNKNOWN], 0.95)
    assert np.isnan([lower, upper]).all()
    with pytest.raises(ValueError, match="expected -1"):
        funnel_limits_rate(-1, 0.95)


@few
@given(st.integers(0, 9), st.floats(0.05, 40))
def test_a_rate_is_outside_its_funnel_where_its_interval_excludes_the_whole(count, expected):
    limits, own = funnel_limits_rate(expected, 0.95), rate_interval(count, 1)
    if min(abs(expected - own.lower), abs(expected - own.upper)) > 1e-6:
        is_outside = not limits.lower <= count / expected <= limits.upper
        assert is_outside == (not own.lower <= expected <= own.upper)


def test_places_in_a_funnel_are_said_in_words():
    inner, outer = Interval(0.4, 0.6), Interval(0.2, 0.8)
    values = [0.9, 0.7, 0.6, 0.5, 0.4, 0.3, 0.1]
    words = funnel_place(values, inner, outer).tolist()
    assert words == [*PLACES[:2], *[PLACES[2]] * 3, *PLACES[3:]]
    assert funnel_place([0.8, 0.2], inner, outer).tolist() == [PLACES[1], PLACES[3]]
    assert funnel_place(0.9, inner, outer) == "above the outer limit"
    assert funnel_place(UNKNOWN, inner, outer) == ""


def test_a_value_without_limits_has_no_place():
    found = funnel_place(
        pd.Series([0.9, 0.9], index=["a", "b"]),
        funnel_limits_proportion([0, 100], 0.5, 0.95),
        funnel_limits_proportion([0, 100], 0.5, 0.998),
    )
    assert found.to_dict() == {"a": "", "b": "above the outer limit"}


# Control charts -----------------------------------------------------------------------


def fired(rule: str, chart: statistics.ControlLimits) -> list[int]:
    """Places of the points that a rule fired on."""
    return [at for at, rules in enumerate(chart.fired) if rule in rules]


def test_xmr_limits_lie_266_mean_moves_from_the_mean():
    # Moves 2, 1, 2: 5/3 on average. Mean 2.5.
    chart = xmr_limits([1, 3, 2, 4])
    reach = 2.66 * 5 / 3
    found = (chart.centre, chart.lower, chart.upper)
    assert found == near((2.5, 2.5 - reach, 2.5 + reach))
    assert chart.fired == ((), (), (), ())


def test_a_move_far_out_is_left_out_of_the_limits_once():
    # Moves: seven of 1, two of 29; mean 65/9, and 29 is above 3.267 times that.
    values = [0, 1, 0, 1, 0, 1, 0, 1, 30, 1]
    screened, whole = xmr_limits(values), xmr_limits(values, screen_outliers=False)
    assert (screened.centre, screened.lower, screened.upper) == near((3.5, 0.84, 6.16))
    assert whole.upper == near(3.5 + 2.66 * 65 / 9)
    assert fired(BEYOND, screened) == [0, 2, 4, 6, 8]
    assert fired(BEYOND, whole) == [8]


def test_a_move_over_a_gap_is_not_counted():
    # Moves 2 and 4; the way from 3 over the gap to 10 is none.
    chart = xmr_limits([1, 3, UNKNOWN, 10, 14])
    assert (chart.centre, chart.upper) == near((7, 7 + 2.66 * 3))
    assert chart.fired[2] == ()


@pytest.mark.parametrize(("values", "centre"), [([], UNKNOWN), ([UNKNOWN], UNKNOWN), ([5], 5)])
def test_too_little_for_limits_gives_none_and_no_rule(values, centre):
    chart = xmr_limits(values)
    found = (chart.centre, chart.lower, chart.upper)
    assert found == near((centre, UNKNOWN, UNKNOWN))
    assert chart.fired == ((),) * len(values)


@few
@given(st.floats(-1e9, 1e9), st.integers(2, 40))
def test_a_level_series_fires_nothing(value, length):
    chart = xmr_limits([value] * length)
    assert chart.fired == ((),) * length
    assert (chart.lower, chart.upper) == pytest.approx((value, value))


# Seven below ten and, mirrored, seven above, so that the mean is ten.
BELOW = [9, 8, 9, 8, 9, 8, 9]
ABOVE = [11, 12, 11, 12, 11, 12, 11]


def test_seven_on_one_side_are_told_and_six_are_not():
    assert fired(ONE_SIDE, xmr_limits(BELOW[:6] + ABOVE[:6])) == []
    assert fired(ONE_SIDE, xmr_limits(BELOW[:6] + ABOVE)) == list(range(6, 13))
    assert fired(ONE_SIDE, xmr_limits(BELOW + ABOVE)) == list(range(14))


@pytest.mark.parametrize("between", [10, UNKNOWN])
def test_a_point_on_the_centre_or_a_gap_breaks_a_run_on_one_side(between):
    values = [*BELOW[:3], between, *BELOW[3:], *ABOVE[:3], between, *ABOVE[3:]]
    chart = xmr_limits(values)
    assert chart.centre == 10
    assert fired(ONE_SIDE, chart) == []


def test_seven_rising_or_falling_are_told_with_both_ends():
    flat = [5, 4, 5, 4]
    rising = xmr_limits([*flat, 3, 4, 5, 6, 7, 8, 9, *flat])
    assert fired(MOVING, rising) == [4, 5, 6, 7, 8, 9, 10]
    falling = xmr_limits([9, 8, 7, 6, 5, 4, 3, 8])
    assert fired(MOVING, falling) == [0, 1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([1, 2, 3, 4, 5, 6, 1], id="six"),
        pytest.param([1, 2, 3, 4, 4, 5, 6, 7], id="one that stands still"),
        pytest.param([1, 2, 3, UNKNOWN, 4, 5, 6, 7], id="a gap"),
    ],
)
def test_fewer_than_seven_steps_on_are_no_trend(values):
    assert fired(MOVING, xmr_limits(values)) == []


# c chart of mean 9: limits 0 and 18, two thirds of the way at 3 and 15.
@pytest.mark.parametrize(
    ("counts", "marked"),
    [
        pytest.param([16, 9, 16, 4, 4, 5, 9, 9, 9], [0, 2], id="two of three"),
        pytest.param([16, 16, 9, 4, 4, 5, 9, 9, 9], [0, 1], id="neighbours"),
        pytest.param([16, 9, 9, 16, 4, 4, 5, 9, 9], [], id="two of four"),
        pytest.param([16, 2, 9, 9, 9, 9, 9], [], id="on two sides"),
        pytest.param([15, 15, 3, 3, 9, 9, 9], [], id="on the line itself"),
        pytest.param([16, UNKNOWN, 16, 4, 4, 5, 9], [], id="a gap between"),
        pytest.param([2, 9, 2, 14, 14, 13], [0, 2], id="low ones"),
    ],
)
def test_two_of_three_beyond_two_thirds_of_the_way(counts, marked):
    chart = c_limits(counts)
    assert chart.centre == 9
    assert fired(NEAR, chart) == marked


def test_two_thirds_are_not_three_quarters():
    # Mean 36: limits 18 and 54, two thirds of the way at 48.
    chart = c_limits([49, 36, 49, 30, 30, 22])
    assert chart.centre == 36
    assert fired(NEAR, chart) == [0, 2]


def test_a_point_beyond_the_limit_is_beyond_two_thirds_as_well():
    chart = c_limits([20, 9, 16, 9, 0, 0, 9, 9, 9])
    assert chart.centre == 9
    assert fired(BEYOND, chart) == [0]
    assert fired(NEAR, chart) == [0, 2] + [4, 5]


def test_c_limits_are_three_square_roots_of_the_mean_away():
    chart = c_limits([20, 4, 12, 4, UNKNOWN])
    assert chart.centre == 10
    assert chart.lower == near([10 - 3 * math.sqrt(10)] * 5)
    assert chart.upper == near([10 + 3 * math.sqrt(10)] * 5)
    assert chart.fired == ((BEYOND,), (), (), (), ())


def test_no_count_is_below_a_limit_that_was_cut_off_at_0():
    # Mean 2: the limit of -2.24 is drawn at 0, and two thirds of the way is -0.8.
    chart = c_limits([0, 0, 0, 4, 2, 4, 2, 4, 2])
    assert chart.centre == 2
    assert chart.lower == near([0] * 9)
    assert chart.fired == ((),) * 9


def test_counts_of_nought_alone_have_limits_of_nought_and_no_signal():
    chart = c_limits([0] * 10)
    assert (chart.centre, *chart.lower, *chart.upper) == (0,) * 21
    assert chart.fired == ((),) * 10


def test_u_limits_are_wider_for_fewer_units():
    # 12 events over 12 units: 1 each. Limits 1 +- 3 / sqrt(units).
    chart = u_limits([1, 4, 7], [1, 2, 9])
    assert chart.centre == 1
    assert chart.values == near([1, 2, 7 / 9])
    assert chart.lower == near([0, 0, 0])
    assert chart.upper == near([4, 1 + 3 / math.sqrt(2), 2])


def test_u_limits_of_equal_units_are_those_of_the_c_chart():
    counts = [20, 4, 12, 4, 9, 30]
    c, u = c_limits(counts), u_limits(counts, [5] * 6)
    assert np.divide(c.upper, 5) == near(u.upper)
    assert np.divide(c.lower, 5) == near(u.lower)
    assert c.fired == u.fired
    assert fired(BEYOND, u) == [5]


def test_a_month_without_units_or_count_is_unknown_and_counts_for_nothing():
    chart = u_limits([3, 5, UNKNOWN, 3], [1, 0, 7, 1])
    assert chart.centre == 3
    assert chart.values == near([3, UNKNOWN, UNKNOWN, 3])
    assert np.isnan(chart.upper).tolist() == [False, True, True, False]


@pytest.mark.parametrize("made", [lambda: c_limits([]), lambda: u_limits([], [])])
def test_charts_of_nothing_are_empty(made):
    chart = made()
    assert (len(chart.values), chart.fired) == (0, ())
    assert math.isnan(chart.centre)
    assert chart.frame().empty


@pytest.mark.parametrize(
    ("made", "named"),
    [
        (lambda: c_limits([3, -1]), "count -1 is negative"),
        (lambda: u_limits([3], [-1]), "denominator -1 is negative"),
        (lambda: xmr_limits([1, math.inf]), "value inf"),
        (lambda: xmr_limits([[1, 2], [3, 4]]), "value has 2 dimensions"),
    ],
)
def test_a_chart_refuses_what_it_cannot_draw(made, named):
    with pytest.raises(ValueError, match=named):
        made()


def test_a_chart_as_a_frame_says_its_rules_in_words():
    frame = c_limits([20, 4, 12, 4]).frame()
    assert frame.columns.tolist() == ["value", "centre", "lower", "upper", "rules"]
    assert frame["rules"].tolist() == ["beyond a limit", "", "", ""]
    assert frame["centre"].tolist() == [10] * 4
    several = xmr_limits(range(1, 9)).frame()["rules"].iloc[0]
    assert several == "beyond a limit; 7 rising or falling; 2 of 3 beyond two thirds"


@few
@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40))
def test_a_chart_turned_upside_down_says_the_same(values):
    chart, turned = xmr_limits(values), xmr_limits([-value for value in values])
    assert chart.lower <= chart.centre <= chart.upper
    assert chart.fired == turned.fired
    assert (-turned.upper, -turned.lower) == pytest.approx((chart.lower, chart.upper))


# Recent trend -------------------------------------------------------------------------


def trend(values: list[float], polarity: str = NEITHER, half: float = 1.96) -> str:
    """The trend of values with intervals so wide: 1.96 makes every standard error 1."""
    mid = np.array(values, dtype=float)
    return recent_trend(mid, mid - half, mid + half, polarity)


def test_a_slope_is_a_trend_above_the_threshold_of_chi_squared():
    # Standard errors of 1: chi squared is 10 x slope^2, the threshold 9.5495.
    assert trend([0, 1, 2, 3, 4]) == "up"
    assert trend([0, 0.977, 1.954, 2.931, 3.908]) == "none"
    assert trend([0, 0.978, 1.956, 2.934, 3.912]) == "up"
    # Standard errors of 1/2: chi squared is 40 x slope^2.
    assert trend([0, 0.489, 0.978, 1.467, 1.956], half=0.98) == "up"
    assert trend([0, 0.488, 0.976, 1.464, 1.952], half=0.98) == "none"


@pytest.mark.parametrize(
    ("polarity", "rising", "falling"),
    [(HIGH, "better", "worse"), (LOW, "worse", "better"), (NEITHER, "up", "down")],
)
def test_polarity_decides_the_word_of_a_trend(polarity, rising, falling):
    assert trend([1, 2, 3, 4, 5], polarity) == rising
    assert trend([5, 4, 3, 2, 1], polarity) == falling


def test_one_year_alone_makes_no_trend():
    # Chi squared is 40, but without the last year the slope is 0.
    assert trend([0, 0, 0, 0, 10]) == "none"


@pytest.mark.parametrize("value", [0, 0.1, 7])
def test_a_level_series_has_no_trend(value):
    assert trend([value] * 5, HIGH) == "none"


def test_surer_years_count_for_more():
    values = np.array([1, 2, 3, 4, 9.0])
    assert recent_trend(values, values - 0.5, values + 0.5, HIGH) == "better"
    wide = np.array([0.5, 0.5, 0.5, 0.5, 50])
    level = np.array([1, 1.01, 1, 1.01, 9.0])
    assert recent_trend(level, level - wide, level + wide, HIGH) == "none"


def test_only_the_last_five_years_count():
    assert trend([900, 500, 1, 2, 3, 4, 5]) == "up"
    assert trend([UNKNOWN, 1, 2, 3, 4, 5]) == "up"


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([], id="nothing"),
        pytest.param([1, 2, 3, 4], id="four years"),
        pytest.param([1, 2, UNKNOWN, 4, 5], id="a year unknown"),
        pytest.param([1, 2, 3, 4, UNKNOWN], id="the last year unknown"),
    ],
)
def test_a_trend_that_cannot_be_told_has_no_word(values):
    assert trend(values, HIGH) == ""


def test_a_value_without_any_interval_cannot_be_weighted():
    assert trend([1, 2, 3, 4, 5], half=0) == ""


def test_a_trend_refuses_limits_upside_down_and_unequal_lengths():
    with pytest.raises(ValueError, match="lower limit 3 is above"):
        recent_trend([2], [3], [1], HIGH)
    with pytest.raises(ValueError, match="different lengths"):
        recent_trend([1, 2], [0], [3, 3], HIGH)


# Rank and quarters --------------------------------------------------------------------


def test_ties_share_the_lower_number():
    ranks = competition_rank([10, 20, 20, 30, 40], HIGH)
    assert ranks.tolist() == [5, 3, 3, 2, 1]


def test_ranks_of_a_series_keep_its_index_and_unknown_has_none():
    ranks = competition_rank(pd.Series([3, UNKNOWN, 1], index=list("abc")), LOW)
    assert ranks.to_dict() == near({"a": 2, "b": UNKNOWN, "c": 1})


def test_nothing_ranks_as_nothing():
    assert competition_rank([], HIGH).tolist() == []


@few
@given(st.lists(st.integers(0, 9), min_size=1, max_size=30))
def test_a_rank_is_one_more_than_the_number_of_those_better(values):
    ranks = competition_rank(values, HIGH)
    assert ranks.tolist() == [1 + sum(o > v for o in values) for v in values]


@pytest.mark.parametrize(
    ("value", "low_is_good", "high_is_good"),
    [(25, "A", "D"), (26, "B", "C"), (50, "B", "C"), (51, "C", "B"), (76, "D", "A")],
)
def test_quarters_are_closed_on_the_right(value, low_is_good, high_is_good):
    assert quartile_band(value, [25, 50, 75], LOW) == low_is_good
    assert quartile_band(value, [25, 50, 75], HIGH) == high_is_good


@pytest.mark.parametrize(
    ("value", "cuts", "polarity"),
    [
        (UNKNOWN, [25, 50, 75], LOW),
        (None, [25, 50, 75], LOW),
        (30, [25, UNKNOWN, 75], LOW),
        (30, [25, 50, 75], NEITHER),
    ],
)
def test_there_is_no_quarter_of_the_unknown_or_without_a_better_direction(value, cuts, polarity):
    assert quartile_band(value, cuts, polarity) == ""


@pytest.mark.parametrize(("cuts", "named"), [([1, 2], "2 cuts"), ([25, 50, 40], "cut 40 is below")])
def test_quarters_need_three_cuts_that_rise(cuts, named):
    with pytest.raises(ValueError, match=named):
        quartile_band(30, cuts, LOW)


@few
@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=40), st.data())
def test_quartiles_of_any_values_are_cuts(values, data):
    cuts = pd.Series(values).quantile([0.25, 0.5, 0.75])
    value = data.draw(st.sampled_from(values))
    low, high = (quartile_band(value, cuts, each) for each in (LOW, HIGH))
    assert BANDS.index(low) + BANDS.index(high) == 3


def test_a_word_that_is_no_polarity_is_refused():
    for asked in (
        lambda: competition_rank([1], "up"),
        lambda: quartile_band(1, [1, 2, 3], "up"),
        lambda: trend([1, 2, 3, 4, 5], "up"),
    ):
        with pytest.raises(ValueError, match="polarity 'up'"):
            asked()


# Survival -----------------------------------------------------------------------------

# Weeks in remission on 6-MP, of 21 (Freireich and others, 1963): the standard example.
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
ENDED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]


def kaplan_meier(hours: list[float], is_ended: list[int], at: float) -> float:
    """Survival at a time, in fractions: slow and plain."""
    left = Fraction(1)
    for time in sorted(set(hours)):
        going = sum(each >= time for each in hours)
        ended = sum(h == time and e for h, e in zip(hours, is_ended, strict=True))
        left *= 1 - Fraction(ended, going) if time <= at else 1
    return float(left)


def test_the_curve_of_the_standard_example_is_the_published_one():
    curve = survival_curve(WEEKS, ENDED)
    inner = curve[curve["ended"] > 0]
    assert inner["time"].tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert inner["at_risk"].tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert inner["ended"].tolist() == [3, 1, 1, 1, 1, 1, 1]
    published = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert inner["survival"].tolist() == near(published, 6e-4)


def test_log_log_limits_come_from_the_published_standard_errors():
    curve = survival_curve(WEEKS, ENDED)
    inner = curve[curve["ended"] > 0]
    published = np.array([0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346])
    survival = inner["survival"].to_numpy()
    power = 1.959964 * published / survival / np.log(survival)
    assert inner["lower"].tolist() == near(survival ** np.exp(-power), 1e-3)
    assert inner["upper"].tolist() == near(survival ** np.exp(power), 1e-3)


def test_the_median_of_the_standard_example_has_no_upper_limit():
    assert tuple(survival_quantile(WEEKS, ENDED, 0.5)) == near((23, 13, UNKNOWN))
    assert np.isnan(survival_quantile(WEEKS, ENDED, 0.9)).all()


def test_a_curve_by_hand_starts_at_0_and_stops_at_the_last_time_seen():
    # Of 4 one ends at 2, of 2 left one at 5; one is last seen at 3, one at 9.
    curve = survival_curve([2, 3, 5, 9], [True, False, True, False])
    assert curve["time"].tolist() == [0, 2, 5, 9]
    assert curve["survival"].tolist() == near([1, 3 / 4, 3 / 8, 3 / 8])
    assert curve["at_risk"].tolist() == [4, 4, 2, 1]
    assert curve["ended"].tolist() == [0, 1, 1, 0]
    assert curve[["lower", "upper"]].iloc[0].tolist() == [1, 1]


def test_one_seen_last_when_another_ends_was_at_risk_then():
    assert survival_curve([4, 4], [True, False])["survival"].tolist() == near([1, 0.5])


def test_where_all_ended_the_curve_is_the_share_left():
    curve = survival_curve([1, 2, 3, 4], [True] * 4)
    assert curve["survival"].tolist() == near([1, 0.75, 0.5, 0.25, 0])
    assert np.isnan(curve[["lower", "upper"]].iloc[-1]).all()
    assert survival_quantile([1, 2, 3, 4], [True] * 4, 0.5).value == 2


def test_where_none_ended_the_curve_stays_up_and_has_no_median():
    curve = survival_curve([3, 5], [False, False])
    assert curve["time"].tolist() == [0, 5]
    assert curve["survival"].tolist() == [1, 1]
    assert np.isnan(survival_quantile([3, 5], [False, False], 0.5)).all()


def test_a_median_that_all_but_one_reached_at_once_has_no_width():
    assert survival_quantile([4] * 6, [0, 1, 1, 1, 1, 1], 0.47) == (4, 4, 4)


def test_what_ended_at_once_is_off_the_curve_at_0():
    curve = survival_curve([0, 0, 2], [True, False, True])
    assert curve["time"].tolist() == [0, 2]
    assert curve["survival"].tolist() == near([2 / 3, 0])
    assert survival_at(curve, 0).tolist() == near([2 / 3])


@pytest.mark.parametrize("hours", [[], [UNKNOWN]])
def test_nothing_known_gives_an_empty_curve(hours):
    curve = survival_curve(hours, [True] * len(hours))
    assert curve.empty
    assert curve.columns.tolist() == ["time", "survival", "at_risk", "ended", "lower", "upper"]
    assert np.isnan(survival_at(curve, [0, 1])).all()
    assert np.isnan(survival_quantile(hours, [True] * len(hours), 0.5)).all()


def test_rows_of_unknown_duration_are_left_out():
    hours = pd.Series([2, UNKNOWN, 4])
    found = survival_curve(hours, pd.Series([True, True, False]))
    assert found["at_risk"].tolist() == [2, 2, 1]


def test_survival_is_read_off_to_the_left_and_unknown_past_the_end():
    curve = survival_curve([2, 3, 5, 9], [True, False, True, False])
    found = survival_at(curve, [0, 1.9, 2, 4.9, 5, 9, 9.1, UNKNOWN])
    expected = [1, 1, 3 / 4, 3 / 4, 3 / 8, 3 / 8, UNKNOWN, UNKNOWN]
    assert found.tolist() == near(expected)
    assert survival_at(survival_curve([1], [True]), 100).tolist() == [0]


def test_weights_stand_for_as_many_rows():
    grouped = survival_curve([2, 3, 5], [1, 0, 1], weights=[3, 2, 4])
    apart = survival_curve([2] * 3 + [3] * 2 + [5] * 4, [1] * 3 + [0] * 2 + [1] * 4)
    pd.testing.assert_frame_equal(grouped, apart)
    median = survival_quantile([2, 3, 5], [1, 0, 1], 0.5, weights=[3, 2, 4])
    assert median.value == 5


def test_a_row_that_stands_for_nothing_is_not_there():
    found = survival_curve([2, 3, 5, 7], [1, 0, 1, 0], weights=[3, 2, 4, 0])
    alone = survival_curve([2, 3, 5], [1, 0, 1], weights=[3, 2, 4])
    pd.testing.assert_frame_equal(found, alone)


def test_those_last_seen_together_are_all_at_risk_at_the_end():
    curve = survival_curve([2, 9, 9, 9], [True, False, False, False])
    assert curve["at_risk"].tolist() == [4, 4, 3]


def test_a_weight_must_be_known_and_not_negative():
    for weight, named in ((UNKNOWN, "weight nan"), (-1, "weight -1")):
        with pytest.raises(ValueError, match=named):
            survival_curve([2], [1], weights=[weight])


@pytest.mark.parametrize(
    ("hours", "is_ended", "named"),
    [
        ([-1], [1], "hours -1 is negative"),
        ([1], [2], "is_ended 2 is neither"),
        ([1], [UNKNOWN], "is_ended nan is neither"),
        ([1, 2], [1], "different lengths"),
    ],
)
def test_a_curve_refuses_what_cannot_be(hours, is_ended, named):
    with pytest.raises(ValueError, match=named):
        survival_curve(hours, is_ended)


@pytest.mark.parametrize("share", [0, 1, 50])
def test_a_share_ended_is_between_0_and_1(share):
    with pytest.raises(ValueError, match=f"share {share}"):
        survival_quantile([1], [True], share)


cases = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 1)), min_size=1, max_size=25)


@few
@given(cases)
def test_the_curve_is_its_slow_twin_falls_and_lies_within_its_limits(rows):
    hours, is_ended = zip(*rows, strict=True)
    curve = survival_curve(hours, is_ended)
    twin = [kaplan_meier(hours, is_ended, time) for time in curve["time"]]
    assert curve["survival"].tolist() == near(twin, 1e-12)
    assert (curve["survival"].diff().dropna() <= 0).all()
    known = curve.dropna()
    assert (known["lower"] <= known["survival"]).all()
    assert (known["survival"] <= known["upper"]).all()


@few
@given(cases)
def test_limits_of_a_quantile_are_those_of_statsmodels(rows):
    from statsmodels.duration.survfunc import SurvfuncRight

    hours, is_ended = (np.array(part, dtype=float) for part in zip(*rows, strict=True))
    theirs = SurvfuncRight(hours, is_ended)
    # Where all ended statsmodels ends the interval at the last time; ours is unknown.
    # At 0.47 no curve of so few is level, where the two would choose differently.
    if not is_ended.any() or theirs.surv_prob[-1] == 0:
        return
    value, lower, upper = survival_quantile(hours, is_ended, 0.47)
    low, high = theirs.quantile_ci(0.47)
    assert value == near(theirs.quantile(0.47))
    if math.isnan(low) and not math.isnan(value):
        # One fall past all doubt: statsmodels gives nothing, ours that time alone.
        assert lower == upper == value
    else:
        found = high if math.isfinite(high) else UNKNOWN
        assert (lower, upper) == near((low, found))


# United hours -------------------------------------------------------------------------

HOUR = 3600


@pytest.mark.parametrize(
    ("spells", "hours"),
    [
        pytest.param([], 0, id="none"),
        pytest.param([(0, 5)], 5, id="one"),
        pytest.param([(0, 0)], 0, id="one without length"),
        pytest.param([(0, 5), (7, 9)], 7, id="apart"),
        pytest.param([(0, 5), (3, 9)], 9, id="overlapping"),
        pytest.param([(0, 9), (3, 5)], 9, id="one inside the other"),
        pytest.param([(0, 9), (3, 5), (6, 10), (12, 13)], 11, id="a chain"),
        pytest.param([(7, 9), (0, 5), (4, 7)], 9, id="out of order, touching"),
        pytest.param([(0, 5), (0, 5)], 5, id="twice the same"),
    ],
)
def test_hours_in_which_two_went_on_count_once(spells, hours):
    starts, ends = ([spell[at] * HOUR for spell in spells] for at in (0, 1))
    assert united_hours(starts, ends) == hours


def test_united_spells_are_those_that_stand_apart():
    found = united_spells([7, 0, 4, 20], [9, 5, 7, 30])
    assert found.to_dict("list") == {"start": [0, 20], "end": [9, 30]}
    assert united_spells([], []).empty


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        pytest.param((2025, 3, 30), 2, id="clocks go forward"),
        pytest.param((2025, 10, 26), 4, id="clocks go back"),
        pytest.param((2025, 7, 1), 3, id="neither"),
    ],
)
def test_hours_are_right_in_the_night_when_clocks_change(day, hours):
    start = datetime(*day, 0, 30, tzinfo=LONDON)
    end = datetime(*day, 3, 30, tzinfo=LONDON)
    # Python's own subtraction within one zone goes by wall clocks.
    assert end - start == timedelta(hours=3)
    assert united_hours([start], [end]) == hours
    assert united_hours(pd.Series([start]), pd.Series([end])) == hours


def test_the_hour_that_comes_twice_is_told_apart_by_its_offset():
    starts = ["2025-10-26T01:30:00+01:00", "2025-10-26T01:30:00+00:00"]
    ends = ["2025-10-26T02:00:00+01:00", "2025-10-26T02:00:00+00:00"]
    assert united_hours(starts, ends) == 1


def test_times_without_a_zone_are_read_as_utc():
    naive = pd.Series(pd.to_datetime(["2025-03-30T00:30", "2025-03-30T02:00"]))
    ends = naive + pd.Timedelta(hours=2)
    assert united_hours(naive, ends) == 3.5
    aware = naive.dt.tz_localize("UTC").dt.tz_convert("Europe/London")
    assert united_hours(aware, ends) == 3.5
    assert united_hours(naive.iloc[:0], ends.iloc[:0]) == 0


def test_a_spell_that_is_open_must_be_closed_first():
    for open_end in ([None], [UNKNOWN], [pd.NaT]):
        with pytest.raises(ValueError, match="as-at date"):
            united_hours([0], open_end)


def test_a_spell_that_ends_before_it_starts_is_named():
    with pytest.raises(ValueError, match="1970-01-01 01:00.* starts at .*02:00"):
        united_hours([0, 2 * HOUR], [HOUR, HOUR])
    with pytest.raises(ValueError, match="2 starts were given and 1 ends"):
        united_hours([0, 1], [2])


@few
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 10)), max_size=15))
def test_united_hours_are_the_hours_touched_by_any_spell(rows):
    starts = [start * HOUR for start, _ in rows]
    ends = [(start + length) * HOUR for start, length in rows]
    touched = {start + hour for start, length in rows for hour in range(length)}
    assert united_hours(starts, ends) == len(touched)


# Real terms ---------------------------------------------------------------------------

DEFLATORS = pd.Series({2019: 80.0, 2020: 85.2137, 2024: 100.0, 2025: 104.0})


def test_an_amount_in_the_prices_of_another_year():
    assert real_terms(85.2137, 2020, DEFLATORS, 2024) == near(100)
    assert real_terms(100, 2024, DEFLATORS, 2020) == near(85.2137)


def test_a_year_past_the_table_is_unknown_and_the_base_year_must_be_in_it():
    amounts = pd.Series([10, UNKNOWN, 10], index=list("abc"))
    found = real_terms(amounts, [2019, 2019, 2031], DEFLATORS, 2024)
    assert found.to_dict() == near({"a": 12.5, "b": UNKNOWN, "c": UNKNOWN})
    with pytest.raises(ValueError, match="no deflator for 2031"):
        real_terms(amounts, [2019] * 3, DEFLATORS, 2031)
    with pytest.raises(ValueError, match="deflator 0 is not above 0"):
        real_terms(1, 2020, pd.Series({2020: 0.0}), 2020)


def test_a_financial_year_is_three_quarters_of_its_first_calendar_year():
    found = financial_year_deflators(DEFLATORS)
    assert found.to_dict() == near({"2019/20": 0.75 * 80 + 0.25 * 85.2137, "2024/25": 101})
    assert financial_year_deflators(pd.Series({1999: 1.0, 2000: 2.0})).index[0] == ("1999/00")


# The check files, where they are at hand ----------------------------------------------


def check(name: str) -> list[dict[str, str]]:
    """Rows of a check file; says loudly when the folder is absent."""
    if not CHECKS.is_dir():
        pytest.skip(
            f"NOT CHECKED: the published check files are absent ({CHECKS}), so {name} "
            "was not compared; only the numbers written in this test were."
        )
    path = Path(CHECKS / name)
    assert path.exists(), f"{name} is gone from the check files"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows, f"{name} is empty"
    return rows


def column(rows: list[dict[str, str]], name: str) -> np.ndarray:
    """One column as numbers."""
    return np.array([float(row[name]) for row in rows])


def test_every_interval_of_ohid_is_ours():
    rows = check("ohid_ci.csv")
    assert {row["method"] for row in rows} == {"wilson", "rate_exact", "rate_byars"}
    for row in rows:
        parts = [float(row[name]) for name in ("numerator", "denominator")]
        for confidence, limit in ((0.95, "95"), (0.998, "99_8")):
            published = float(row[f"lower{limit}"]), float(row[f"upper{limit}"])
            if row["method"] == "wilson":
                found = wilson_interval(*parts, confidence)
            else:
                found = rate_interval(*parts, float(row["multiplier"]), confidence)
            assert tuple(found) == pytest.approx(published, rel=1e-9), row


@pytest.mark.parametrize(("confidence", "limit"), [(0.95, "2s"), (0.998, "3s")])
def test_every_funnel_of_a_share_of_ohid_is_ours(confidence, limit):
    rows = check("ohid_funnel_proportion_limits.csv")
    baseline = float(rows[0]["baseline"]) / 100
    sizes = column(rows, "population")
    lower, upper = funnel_limits_proportion(sizes, baseline, confidence)
    # Percentages to six decimal places, from a baseline that is rounded as well.
    assert lower * 100 == near(column(rows, f"lower_{limit}"), 1e-6)
    assert upper * 100 == near(column(rows, f"upper_{limit}"), 1e-6)


def test_every_area_of_ohid_lies_where_it_is_published_to_lie():
    words = {
        "High (0.001)": PLACES[0],
        "High (0.025)": PLACES[1],
        "Not significant": PLACES[2],
        "Low (0.025)": PLACES[3],
        "Low (0.001)": PLACES[4],
    }
    rows = check("ohid_funnel_proportion_inputs.csv")
    met, sizes = column(rows, "numerator"), column(rows, "denominator")
    baseline = met.sum() / sizes.sum()
    limits = [funnel_limits_proportion(sizes, baseline, c) for c in (0.95, 0.998)]
    found = funnel_place(met / sizes, *limits)
    assert len(rows) == 303
    assert found.tolist() == [words[row["significance"]] for row in rows]


@pytest.mark.parametrize(("confidence", "limit"), [(0.95, "2s"), (0.998, "3s")])
def test_every_funnel_of_a_ratio_of_ohid_is_ours(confidence, limit):
    rows = check("ohid_funnel_ratio_limits.csv")
    for side, at in (("lower", 0), ("upper", 1)):
        expected = column(rows, f"{side}_{limit}_exp_events")
        published = column(rows, f"{side}_{limit}_isr") / 100
        found = funnel_limits_rate(expected, confidence)[at]
        # The R code's own search stops within 2e-4 of the expected number.
        assert found == pytest.approx(published, rel=2e-5)


@pytest.mark.parametrize("case", ["a", "b"])
def test_xmr_limits_of_the_nhs_tool_are_ours(case):
    rows = [row for row in check("xmr_spc.csv") if row["case"] == case]
    chart = xmr_limits(column(rows, "y"), rows[0]["screen_outliers"] == "true")
    published = [float(rows[0][name]) for name in ("mean", "lpl", "upl")]
    assert [chart.centre, chart.lower, chart.upper] == near(published, 1e-6)
    assert fired(BEYOND, chart) == ([14] if case == "b" else [])


def test_every_trend_of_fingertips_is_ours():
    rows = check("fingertips_trend.csv")
    words = {("Increasing", ""): "up", ("Increasing", "Low is good"): "worse"}
    polarities = {"": NEITHER, "Low is good": LOW}
    for name in sorted({row["series"] for row in rows}):
        series = [row for row in rows if row["series"] == name]
        parts = [column(series, each) for each in ("value", "lower95", "upper95")]
        expected, direction = series[0]["expected_trend"], series[0]["polarity"]
        found = recent_trend(*parts, polarities[direction])
        assert found == words[expected, direction], name


def test_every_quarter_of_dfe_is_ours():
    for row in check("quartile_band.csv"):
        cuts = [float(row[name]) for name in ("q25", "q50", "q75")]
        polarity = {"Low": LOW, "High": HIGH}[row["polarity"]]
        found = quartile_band(float(row["value"]), cuts, polarity)
        assert found == row["expected_band"], row
