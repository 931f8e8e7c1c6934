"""What the parts of the view "The money" share: choices, reads, prices, words."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analytics.funding.money import reads, sums
from analytics.reading import awards, lookups
from analytics.reading import prices as costs
from analytics.reading.disclosure import WITHHELD
from analytics.reading.scope import Scope
from analytics.ui import filters, parts, store
from analytics.ui.view import View
from analytics.words import money, numbers, sentences
from analytics.words.money import MODELS, SOURCE, measure


CASH, REAL = "cash", "real"
PRICES = {CASH: "Cash", REAL: "Real terms"}
SPLITS = {
    "programme": "Programme",
    "objective": "Objective",
    "year": "Year",
    "model": "Rounds or continuous",
    "region": "Region",
    "type": "Type of council",
}
PLACES = ("region", "type")
TOGETHER = "Parts withheld, together"
MISSING = "Payments whose award is not on file"
AWARDED = measure("Awarded", "gbp", "Money promised to councils, by day of the award.")


@dataclass(frozen=True)
class Money:
    """What one run of the view looks at: the scope, the split, the prices."""

    see: View
    split: str
    base_year: str

    @cached_property
    def factors(self) -> dict[str, float]:
        """Factors of prices by financial year; empty in cash."""
        found: dict[str, float] = store.read(reads.factors, self.base_year)
        return found

    @cached_property
    def unread(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Totals and envelopes as they stand, whatever prices are chosen."""
        totals = self.see.read(reads.places, by="england")
        return totals, self.see.read(reads.envelopes)

    @cached_property
    def totals(self) -> pd.DataFrame:
        """The ledger of all councils in scope as one group."""
        return sums.priced(self.unread[0], "amount_gbp", self.factors)

    @cached_property
    def envelopes(self) -> pd.DataFrame:
        """What was set aside for England."""
        return sums.priced(self.unread[1], "envelope_gbp", self.factors)

    @cached_property
    def entries(self) -> pd.DataFrame:
        """The ledger in its finest parts."""
        found = self.see.read(reads.entries)
        return sums.priced(found, "amount_gbp", self.factors)

    @cached_property
    def england(self) -> float:
        """What was awarded to all councils of England."""
        wide = reads.whole(self.see.scope)
        found = store.read(reads.places, wide, by="england")
        return sums.total(sums.priced(found, "amount_gbp", self.factors), "awarded")

    @cached_property
    def scope(self) -> Scope:
        """The scope over the years whose prices are known: no other year counts."""
        if not self.without:
            return self.see.scope
        days = [frame["period"] for frame in (self.totals, self.envelopes)]
        found = pd.to_datetime(pd.concat(days))
        if found.empty:
            return self.see.scope
        last = found.max() + pd.DateOffset(months=11)
        return self.see.scope.within(found.min().date(), last.date())

    def places(self, by: str) -> pd.DataFrame:
        """The ledger by group of councils, added up over the years."""
        return self.places_of(self.see, by)

    def places_of(self, see: View, by: str) -> pd.DataFrame:
        """The same of another scope."""
        found = see.read(reads.places, by=by)
        years = see.scope.within(self.scope.since, self.scope.until)
        councils = store.read(reads.councils, years, by=by)
        return sums.by_place(sums.priced(found, "amount_gbp", self.factors), councils)

    @cached_property
    def parts(self) -> pd.DataFrame:
        """The ledger by the split chosen: label, envelope_gbp, awarded_gbp and more."""
        if self.split in PLACES:
            return self.by_place()
        found = sums.by_part(self.entries, self.envelopes, self.split, self.totals)
        names = self.names(found["part"])
        order = {code: place for place, code in enumerate(names)}
        found = found.assign(label=found["part"].map(names))
        return found.iloc[found["part"].map(order).argsort(kind="stable")]

    def by_place(self) -> pd.DataFrame:
        """Groups of councils as parts; what is withheld of them as one more."""
        found = self.places(self.split).rename(columns={"group_label": "label"})
        found = found.assign(part=found["group_code"], envelope_gbp=float("nan"))
        if not found["awarded_gbp"].isna().any():
            return found
        rest: dict[str, object] = {"part": sums.TOGETHER, "label": TOGETHER}
        for name in ("awarded", "paid"):
            rest[f"{name}_gbp"] = sums.total(self.totals, name) - found[f"{name}_gbp"].sum()
        return pd.concat([found, pd.DataFrame([rest])], ignore_index=True)

    def names(self, codes: pd.Series) -> dict[str, str]:
        """Names of the parts of a split, in the order in which they are shown."""
        known = {
            "programme": lambda: store.read(awards.programmes),
            "objective": lambda: {
                str(number): f"{number}. {label}"
                for number, label in store.read(lookups.objectives).items()
            },
            "model": lambda: MODELS,
        }.get(self.split, dict)()
        other = {sums.TOGETHER: TOGETHER, sums.MISSING: MISSING, sums.ALL: "All programmes"}
        # In the order of the list; what is not in it comes last.
        listed = [code for code in known if code in set(codes)]
        rest = [code for code in codes if code not in known]
        rest.sort(key=lambda code: code in other)
        return {code: known.get(code, other.get(code, code)) for code in listed + rest}

    @property
    def envelope(self) -> float:
        """The envelope over the years that are counted."""
        return float(self.envelopes["envelope_gbp"].sum())

    @property
    def awarded(self) -> float:
        return sums.total(self.totals, "awarded")

    @property
    def paid(self) -> float:
        return sums.total(self.totals, "paid")

    @property
    def is_narrow(self) -> bool:
        """Whether fewer than all councils are chosen."""
        scope = self.see.scope
        return bool(scope.regions or scope.groups or scope.councils)

    @property
    def left(self) -> str:
        """What the rest of the envelope is called: to a council, those who keep their
        awards to themselves are not counted."""
        if store.viewer().role == "council":
            return "Unallocated, or not shared with you"
        return "Unallocated"

    @property
    def prices(self) -> str:
        return money.prices_words(self.base_year)

    @cached_property
    def without(self) -> list[str]:
        """Years left out since no deflator is published for them."""
        return sums.unpriced(self.unread, self.factors)

    @cached_property
    def years(self) -> str:
        """The financial years with an entry that are counted, in words."""
        frames = [self.totals, self.envelopes]
        found = sorted({label for frame in frames for label in frame["period_label"]})
        return costs.span(found)

    @property
    def source(self) -> str:
        if not self.base_year:
            return SOURCE
        published = store.read(costs.deflators)
        return f"{SOURCE}; {money.deflator_words(published)}"

    @cached_property
    def coverage(self) -> str:
        """Councils in scope that received money."""
        found = store.read(reads.councils, self.scope, by="england")
        if found.empty or found.iloc[0]["note"] == WITHHELD:
            return f"withheld of {numbers.count(self.see.expected)} councils"
        row = found.iloc[0]
        return f"{sentences.coverage(row['funded'], row['counted'])} received money"

    @property
    def figures(self) -> View:
        """The view, whose figures are of money awarded."""
        return self.see.telling(
            about=AWARDED,
            coverage=self.coverage,
            period=self.years,
            source=self.source,
            prefix="money-",
        )


def chosen(see: View) -> Money:
    """Draw the choices of the view: what to split by, and in which prices."""
    split = filters.one_of("Split by", SPLITS, "split")
    with parts.row():
        prices = filters.one_of("Prices", PRICES, "prices")
        if prices == CASH:
            return Money(see, split, "")
        names = store.read(costs.deflators).index[::-1].tolist()
        options = {name: name for name in names}
        base = filters.one_from("In prices of", options, "base", default=names[0], width=130)
    return Money(see, split, base)


def real_terms_words(found: Money) -> str:
    """How amounts were put in the prices of one year, and what was left out."""
    if not found.base_year:
        return ""
    said = (
        f" Amounts are in {found.base_year} prices by the GDP deflator: that of a "
        "financial year is three quarters of its first calendar year's and a quarter "
        "of the next one's."
    )
    if not found.without:
        return said
    names = sentences.listed(found.without)
    return (
        f"{said} {names} left out, envelope and all: no deflator is published for "
        f"{'it' if len(found.without) == 1 else 'them'} in the table used here, and "
        "the last one is not carried on."
    )
