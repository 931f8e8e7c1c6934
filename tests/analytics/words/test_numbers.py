"""Numbers for people: one way to write each unit, and no unit guessed."""

import pytest

from analytics.words import numbers


NAN = float("nan")


@pytest.mark.parametrize(
    ("unit", "number", "said"),
    [
        ("percent", 61.42, "61.4%"),
        ("percent", 0, "0.0%"),
        ("percent", 100, "100.0%"),
        ("percent", NAN, "not known"),
        ("percent", None, "not known"),
        ("gbp", 12_400_000, "£12.4m"),
        ("gbp", 1240, "£1,240"),
        ("gbp", 999_999.6, "£1.0m"),
        ("gbp", 999_999, "£999,999"),
        ("gbp", 2_500_000_000, "£2.5bn"),
        ("gbp", -1240, "-£1,240"),
        ("gbp", 0, "£0.00"),
        ("gbp_per_resident", 4.1, "£4.10"),
        ("gbp_per_council_year", 12_400, "£12,400"),
        ("hours", 3.2, "3.2 hours"),
        ("hours", 1.04, "1 hour"),
        ("hours", 1234.5, "1,234 hours"),
        ("hours_per_council_month", 3.2, "3.2 hours"),
        ("per_council_year", 4.12, "4.1"),
        ("per_council_year", -0.01, "0.0"),
        ("count", 1234, "1,234"),
    ],
)
def test_value_is_written_in_its_unit(unit, number, said):
    assert numbers.value(unit, number) == said


@pytest.mark.parametrize(
    ("unit", "before", "after", "said"),
    [
        ("percent", 51.1, 54.2, "up 3.1 percentage points"),
        ("percent", 54.2, 51.1, "down 3.1 percentage points"),
        ("percent", 54.21, 54.22, "no change"),
        ("percent", NAN, 54.2, "not known"),
        ("hours", 5.0, 4.0, "down 1 hour"),
        ("gbp", 1000, 2240, "up £1,240"),
        ("per_council_year", 4.0, 4.4, "up 0.4"),
    ],
)
def test_change_says_which_way_and_how_far(unit, before, after, said):
    assert numbers.change(unit, before, after) == said


def test_words_follow_a_rate():
    assert numbers.unit_words("per_council_year") == "per council a year"
    assert numbers.in_words("per_council_year", 4.1) == "4.1 per council a year"
    assert numbers.in_words("percent", 4.1) == "4.1%"
    assert numbers.in_words("per_council_year", NAN) == "not known"


def test_axis_gives_plotly_its_marks():
    assert numbers.axis("percent")["ticksuffix"] == "%"
    assert numbers.axis("gbp")["tickprefix"] == "£"


@pytest.mark.parametrize(
    ("unit", "number", "said"),
    [("gbp", 2e6, "£2m"), ("gbp", 250e3, "£250k"), ("percent", 2.5, "2.5%")],
)
def test_ticks_are_short(unit, number, said):
    assert numbers.tick(unit, number) == said


def test_unknown_unit_is_refused():
    for write in (numbers.unit_words, numbers.axis):
        with pytest.raises(ValueError, match="furlongs"):
            write("furlongs")
    with pytest.raises(ValueError, match="furlongs"):
        numbers.value("furlongs", 3)


def test_counts_have_commas():
    assert numbers.count(12345) == "12,345"
    assert numbers.count(NAN) == "not known"
