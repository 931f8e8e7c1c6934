"""What the view of costs says: prices, sources, and how much is known."""

import pandas as pd

from analytics.reading.disclosure import WITHHELD
from analytics.reading.indicators import Indicator
from analytics.reading.marts import period_label
from analytics.words import numbers
from analytics.words.sentences import listed


SOURCE = "Incidents reported by councils: confirmed ones, in months reported on"
REAL_TERMS = (
    " Real terms put every amount in the prices of one year by the GDP deflator: that "
    "of a financial year is three quarters of its first calendar year's and a quarter "
    "of the next one's. Where it is not published yet, the amount is not known."
)
READING = (
    "What councils reported, and no more. A cost that was not reported is unknown, not "
    "nought, so totals are at least as much as they say, and a rise may only say that "
    "more councils told. Estimates may still change; the outturn is final. Confirmed "
    "incidents, by the financial year in which they were detected."
)
DEFINITION = (
    "Costs of response (staff and contractors), recovery (systems and data) and lost "
    "income of confirmed incidents. Of a cost told in part, the part that was not told "
    "adds nothing."
)
CAVEAT = (
    "Costs are known for some incidents only, and a few large ones make up most of the "
    "total. How much councils report says something of their reporting too."
)


def measure(title: str, unit: str, *, denominator: str = "", note: str = "") -> Indicator:
    """A measure of this view, with its definition for the foot of a figure."""
    return Indicator(
        key="costs",
        theme="",
        title=title,
        question="",
        kind="ratio",
        definition=f"{DEFINITION} {note}".strip(),
        caveat=CAVEAT,
        unit=unit,
        numerator="Cost as reported, in pounds",
        denominator=denominator,
        grain="year",
        polarity="none",
        source=SOURCE,
    )


def unpublished(rows: pd.DataFrame) -> str:
    """Which years have no amount in real terms since a deflator is not published."""
    gone = rows[(rows["unpriced"] > 0) & rows["cost"].isna()]
    if gone.empty:
        return ""
    names = gone["period_label"].drop_duplicates().tolist()
    return (
        f" No deflator is published yet, in the table used here, for prices in which "
        f"costs of {listed(names)} stand: real terms are not known there, and the last "
        "deflator is not carried on."
    )


def unbased(count: float) -> str:
    """How many costs do not say in which year's prices they are."""
    if not count or numbers.is_unknown(count):
        return ""
    many = "cost does" if count == 1 else "costs do"
    return (
        f" {numbers.count(count)} {many} not say in which year's prices: taken as "
        "those of the year of detection."
    )


def share(part: float, whole: float) -> str:
    """One number of another, with the percentage: 680 of 1,325 (51%)."""
    if numbers.is_unknown(part) or numbers.is_unknown(whole) or not whole:
        return numbers.UNKNOWN
    percent = 100 * part / whole
    return f"{numbers.count(part)} of {numbers.count(whole)} ({percent:.0f}%)"


def money(amount: float, note: str = "") -> str:
    """An amount as a sentence has it; withheld where its note says so."""
    return "withheld" if note == WITHHELD else numbers.value("gbp", amount)


def year_of(day: object) -> str:
    """A financial year by its first day, such as 2024/25."""
    return period_label(pd.Timestamp(str(day)).date(), "year")
