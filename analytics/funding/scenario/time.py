"""Time in the scenario: how many years benefits last, and the rates they are discounted
at, each with a low and a high end on screen."""

from typing import NamedTuple

import pandas as pd

from analytics import impact
from analytics.ui import filters, parts
from analytics.words import sentences


YEARS, MOST_YEARS = 10, 60
POINTS, MOST_POINTS = 2, 10
YEARS_BASIS = (
    "a choice, no finding; unless changed, low is half of the central number and high "
    "half as many again"
)
HEALTH = 1.5


class Time(NamedTuple):
    """Years of benefits (low, central, high) and percentage points that the rates are
    below and above the schedule at either end."""

    low: int
    years: int
    high: int
    below: int
    above: int

    @property
    def ranges(self) -> dict[str, tuple[float, float]]:
        """Both as `value_scenario.scenario` takes them."""
        return {
            "years": (float(self.low), float(self.high)),
            "points": (-float(self.below), float(self.above)),
        }

    @property
    def years_words(self) -> str:
        return f"low {self.low}, central {self.years}, high {self.high}"

    @property
    def rates_words(self) -> str:
        """The rate of the first years at both ends, and how the later ones go along."""
        low, central, high = map(rate_words, (-self.below, 0, self.above))
        return (
            f"low {low}, central {central}, high {high} in years 1 to "
            f"{first_span()['last_year']}; later rates are {self.below} points lower "
            f"and {self.above} higher likewise"
        )


def drawn() -> Time:
    """Draw the boxes of both."""
    with parts.row():
        years = filters.number(
            "Years of benefits", "worthyears", default=YEARS, least=1, most=MOST_YEARS
        )
        low = filters.number(
            "Years of benefits: low",
            "worthyearslow",
            default=max(1, years // 2),
            least=1,
            most=MOST_YEARS,
        )
        high = filters.number(
            "Years of benefits: high",
            "worthyearshigh",
            default=min(MOST_YEARS, years + years // 2),
            least=1,
            most=MOST_YEARS,
        )
    with parts.row():
        below = filters.number(
            "Discount rate, low: points below schedule",
            "worthbelow",
            default=POINTS,
            most=most_below(),
        )
        above = filters.number(
            "Discount rate, high: points above schedule",
            "worthabove",
            default=POINTS,
            most=MOST_POINTS,
        )
    return Time(low, years, high, below, above)


def most_below() -> int:
    """Whole points that can be taken from every rate without one below 0."""
    return int(impact.discount_rates()["rate_percent"].min())


def first_span() -> pd.Series:
    """The row of the schedule that starts now."""
    return impact.discount_rates().sort_values("first_year").iloc[0]


def rate_words(points: float) -> str:
    """The rate of the first years with so many points more, such as 3.5%."""
    return f"{first_span()['rate_percent'] + points:g}%"


def rates_basis() -> str:
    """What the ends of the rates stand on."""
    return (
        "the Green Book's schedule, with ends that are a choice, no finding; "
        f"{HEALTH}% in the first years is its own rate for effects on health"
    )


def schedule_words() -> str:
    """The discount rates, their source and their date."""
    table = impact.discount_rates()
    rates = [
        f"{row['rate_percent']}% in years {row['first_year']} to {row['last_year']}"
        for row in table.to_dict("records")
    ]
    day = pd.Timestamp(table["published_on"].max())
    return (
        f"Discounted at {sentences.listed(rates)}: {table['source'].iloc[0]}, "
        f"{day:%-d %B %Y}. An independent review has recommended another rate since; "
        "rates are data and change with their file."
    )
