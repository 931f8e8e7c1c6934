"""Words about money: prices, the deflator, where amounts come from."""

import pandas as pd

from analytics.reading.indicators import Indicator


MODELS = {"round": "Numbered rounds", "continuous": "Continuous funding"}
SOURCE = "Programme budgets, awards ledger and payments ledger"
CAVEAT = (
    "A joint award counts once, at the council that received the money. Counties and "
    "districts share residents: each resident counts once. The envelope is set aside "
    "for England and belongs to no region, type or council."
)


def measure(title: str, unit: str, definition: str) -> Indicator:
    """A measure of this view, with its definition for the foot of a figure."""
    return Indicator(
        key="money",
        theme="",
        title=title,
        question="",
        kind="ratio",
        unit=unit,
        definition=definition,
        caveat=CAVEAT,
        numerator="Pounds",
        denominator="",
        grain="year",
        polarity="none",
        source=SOURCE,
    )


DEFLATOR = (
    "GDP deflator of HM Treasury, calendar years {first} to {last}, transcribed in the "
    "package greenbook (day of publication not recorded)"
)


def prices_words(base_year: str) -> str:
    """In which prices amounts are: in cash, or in those of a year."""
    return f"in {base_year} prices" if base_year else "in cash"


def deflator_words(published: pd.Series) -> str:
    """Where the deflator comes from and which years it covers."""
    first, last = published.index[0][:4], int(published.index[-1][:4]) + 1
    return DEFLATOR.format(first=first, last=last)
