"""What the parts of the view "What it is worth" share: money, effects, words."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pandas as pd
import streamlit as st

from analytics import impact
from analytics.funding.scenario import reads
from analytics.funding.scenario.reads import NOT_KNOWN, Ranged
from analytics.reading import alongside, effect, spending
from analytics.reading.disclosure import WITHHELD
from analytics.reading.effect_panel import OUTCOMES
from analytics.ui import filters, parts
from analytics.ui.view import View
from analytics.words import numbers, sentences


MATURITY, HOURS = "profile_outcomes_met", "hours_disrupted"
SOURCE = "Awards ledger and payments ledger; cash prices"
AMOUNTS = {"paid": "Paid", "awarded": "Awarded"}
WHICH = {"dated": "With dated support", "all": "All programmes"}
CONTROL = "not_yet_treated"
HIDDEN = "withheld: in one of the years fewer than five councils, or mostly one, received it"
# Unseen, and no line may end at it.
JOINER = "\u2060"
MONTHS = 12


class Gained(NamedTuple):
    """What changed for the better for one supported council (more outcomes met in
    percentage points, fewer hours a year), and how far that can be called an effect.

    `councils` are behind it and `council_years` those since support; `basis` says how
    it was found and what its range is.
    """

    each: Ranged
    councils: float
    council_years: float
    level: int
    basis: str


@dataclass(frozen=True)
class Found:
    """What one run of the view looks at: the scope, and which money is counted."""

    see: View
    amount: str
    which: str

    @cached_property
    def spending(self) -> pd.DataFrame:
        """Money by programme and year."""
        return self.see.read(spending.spending, way="programme")

    @cached_property
    def dated(self) -> list[str]:
        """Codes of the programmes whose support is dated."""
        return self.see.read(reads.dated)

    @property
    def counted(self) -> pd.DataFrame:
        """The money that is counted."""
        if self.which == "all":
            return self.spending
        return self.spending[self.spending["group_code"].isin(self.dated)]

    @property
    def cost(self) -> float:
        return spending.total(self.counted, self.amount)

    @property
    def is_withheld(self) -> bool:
        """Whether the cost is on file and not told, rather than not known."""
        return bool((self.counted["note"] == WITHHELD).any())

    @property
    def money_words(self) -> str:
        """Which money is counted, in words."""
        names = self.counted["group_label"].replace("", "award not on file").unique()
        if self.is_withheld:
            return HIDDEN
        said = "all programmes" if self.which == "all" else sentences.listed([*names])
        return f"{AMOUNTS[self.amount].lower()} in {self.see.period}, {said}, in cash"

    @cached_property
    def councils(self) -> float:
        """Councils whose support is dated."""
        found = self.see.read(reads.supported, way="support")
        return float(found.get("dated", float("nan")))

    @cached_property
    def outcomes_each(self) -> float:
        """CAF outcomes of the profile that a council was assessed on, on average."""
        about = self.see.indicator(MATURITY)
        whole = self.see.groups(about, "england")
        known = whole[whole["denominator"].notna() & (whole["councils"] > 0)]
        if known.empty:
            return float("nan")
        return float(known["denominator"].sum() / known["councils"].sum())

    @cached_property
    def maturity(self) -> Gained:
        """Profile outcomes met, in percentage points for one council."""
        return gained(self.see, MATURITY)

    @cached_property
    def hours(self) -> Gained:
        """Hours of disruption avoided, a year at one council."""
        return gained(self.see, HOURS)


def chosen(see: View) -> Found:
    """Draw the choice of money that is counted."""
    with parts.row():
        amount = filters.one_of("Spending counted", AMOUNTS, "spent")
        which = filters.one_of("Of", WHICH, "of")
    return Found(see, amount, which)


def gained(see: View, key: str) -> Gained:
    """The estimated effect for the better; the described change where there is none."""
    with st.spinner("Estimating: some twenty comparisons, once for each warehouse"):
        found = see.read(effect.estimate, key, CONTROL)
    if isinstance(found, effect.NoEstimate):
        return described(see, key)
    simple, sign = found.effects.simple, 1 if rise_is_good(see, key) else -1
    each = ranged(sign, simple.lower, simple.estimate, simple.upper)
    if not each.is_known:
        return described(see, key)
    since = found.by_event[~found.by_event["is_lead"]]
    return Gained(
        each,
        found.effects.treated,
        float(since["treated"].sum()),
        effect.LEVEL,
        "from the view Estimated effect, with its 95% interval; confidence "
        f"{found.checks.confidence.level}",
    )


def rise_is_good(see: View, key: str) -> bool:
    """Whether more of an outcome is better, by the polarity of its measure."""
    return see.indicator(OUTCOMES[key].indicator).polarity == "higher_is_better"


def described(see: View, key: str) -> Gained:
    """What changed beside councils not funded by then, over the years since support."""
    about = see.indicator(OUTCOMES[key].indicator)
    found = see.read(alongside.change_since_support, about)
    steps = found.steps
    each = reads.described(steps, rise_is_good=rise_is_good(see, key))
    scale = MONTHS if about.unit == "hours_per_council_month" else 1
    after = steps[steps["step"] > 0]
    return Gained(
        Ranged(*(part * scale for part in each)) if each.is_known else NOT_KNOWN,
        float(steps["councils"].max()) if len(steps) else float("nan"),
        float(after["councils"].sum()),
        2,
        "a described change of all years, as there is no estimate; the range is from "
        "the lowest to the highest year since support",
    )


def ranged(sign: int, *ends: float) -> Ranged:
    """Ends with their sign, in order."""
    return Ranged(*sorted(sign * end for end in ends))


def scaled(each: Ranged, by: float) -> Ranged:
    """A range times a number above 0."""
    return Ranged(*(part * by for part in each))


def design_words(level: int) -> str:
    """The label of a design, and what it can be called."""
    return f"{impact.design(level).label} In its words: {impact.design(level).wording}."


def pounds(found: Ranged) -> str:
    """A cost per unit with its range: "£3,100 to £9,000, centrally £5,000"."""
    if not found.is_known:
        return numbers.UNKNOWN
    low = numbers.value("gbp", found.low)
    if found.high == float("inf"):
        return f"{low} or more, with no upper limit"
    high, central = (numbers.value("gbp", each) for each in (found.high, found.central))
    return f"{low} to {high}, centrally {central}"


def unparted(text: str) -> str:
    """Text in which no line ends between a minus and its pounds."""
    return text.replace("-£", f"-{JOINER}£")


def number(amount: float, digits: int = 0) -> str:
    """A number with commas, a minus and as many decimals."""
    return numbers.UNKNOWN if numbers.is_unknown(amount) else f"{amount:,.{digits}f}"


def between(found: Ranged, digits: int = 0) -> str:
    """A range with its centre, as a sentence has it."""
    if not found.is_known:
        return numbers.UNKNOWN
    low, central, high = (number(part, digits) for part in found)
    return f"{low} to {high}, centrally {central}"
