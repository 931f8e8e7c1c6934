"""What the parts of the view of costs share: the choice of prices, and its reads."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analytics.disruption.costs import reads as costs_reads
from analytics.disruption.costs import words
from analytics.reading import prices as reads
from analytics.reading.disclosure import WITHHELD
from analytics.ui import filters, parts, store
from analytics.ui.view import View
from analytics.words import money, numbers, sentences


CASH, REAL = "cash", "real"
PRICES = {CASH: "Cash", REAL: "Real terms"}


@dataclass(frozen=True)
class Costs:
    """What one run of the view looks at: the scope, and the prices of amounts."""

    see: View
    base_year: str

    @cached_property
    def published(self) -> pd.Series:
        """The deflator by financial year."""
        return store.read(reads.deflators)

    @cached_property
    def whole(self) -> pd.DataFrame:
        """All councils in scope together, by year and part."""
        return self.years(self.see, "england")

    @cached_property
    def over_years(self) -> dict[str, pd.Series]:
        """All councils in scope together over the years, by part."""
        return by_part(costs_reads.over_range(self.whole))

    @cached_property
    def told(self) -> pd.Series:
        """How many councils in scope told a cost, and of how many incidents."""
        frame = self.see.read(costs_reads.councils, by="england")
        return frame.iloc[0] if len(frame) else pd.Series(dtype=object)

    @property
    def prices(self) -> str:
        return money.prices_words(self.base_year)

    @property
    def source(self) -> str:
        if not self.base_year:
            return words.SOURCE
        return f"{words.SOURCE}; {money.deflator_words(self.published)}"

    @property
    def coverage(self) -> str:
        """Councils that told a cost, of those in scope."""
        if self.told["note"] == WITHHELD:
            return f"withheld of {numbers.count(self.see.expected)} councils"
        return sentences.coverage(self.told["told"], self.see.expected) + " told a cost"

    @property
    def figures(self) -> View:
        """The view, whose figures are of what councils told."""
        return self.see.telling(source=self.source, coverage=self.coverage, prefix="costs-")

    def years(self, see: View, by: str) -> pd.DataFrame:
        """Costs by group, year and part."""
        return see.read(costs_reads.years, by=by, base_year=self.base_year)


def by_part(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """One group's rows by their part."""
    return {str(row["part"]): row for _, row in rows.iterrows()}


def chosen(see: View) -> Costs:
    """Draw the choice of prices: cash, or those of a year whose deflator is out."""
    with parts.row():
        prices = filters.one_of("Prices", PRICES, "prices")
        if prices == CASH:
            return Costs(see, "")
        names = store.read(reads.deflators).index[::-1].tolist()
        options = {name: name for name in names}
        base = filters.one_from("In prices of", options, "base", default=names[0], width=130)
    return Costs(see, base)
