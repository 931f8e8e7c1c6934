"""Cost of each further outcome met and hour avoided, never without its range."""

from typing import NamedTuple

import pandas as pd
import streamlit as st

from analytics import impact
from analytics.funding.scenario import reads
from analytics.funding.scenario.found import (
    HIDDEN,
    SOURCE,
    Found,
    Gained,
    between,
    design_words,
    number,
    pounds,
    scaled,
)
from analytics.funding.scenario.reads import Ranged
from analytics.ui import layout, parts
from analytics.ui.layout import Card
from analytics.ui.safe import plain
from analytics.words import numbers


TITLE = "Cost of each outcome and hour"
INTRO = (
    "Spending divided by what changed. The cost is as wide as the change is uncertain, "
    "so it stands with its range only. Where the range of the change holds no gain at "
    "all, the cost has no upper limit. Spending bought other things too: set neither "
    "figure against all that it did."
)


class Unit(NamedTuple):
    """One cost per unit: how many units there were, what one cost."""

    label: str
    units: Ranged
    cost: Ranged
    gained: Gained
    worked: str


def units(found: Found) -> None:
    """Two cards, and the table of how they were worked out."""
    parts.section(TITLE, INTRO)
    if numbers.is_unknown(found.cost):
        layout.empty("not_allowed" if found.is_withheld else "nothing_matches")
        if found.is_withheld:
            st.caption(
                plain(
                    f"The spending counted is {HIDDEN}. Type a sum into the "
                    "scenario below to work with."
                )
            )
        return
    both = [outcomes(found), hours(found)]
    layout.headlines([card(unit) for unit in both])
    parts.listing(
        pd.DataFrame([line(found, unit) for unit in both]),
        title=f"{TITLE}, {found.see.period}",
        sentence=f"Counted: {numbers.value('gbp', found.cost)} {found.money_words}. "
        + " ".join(f"{unit.worked}" for unit in both),
        period=found.see.period,
        coverage=f"{numbers.count(found.councils)} councils with dated support, of "
        f"{numbers.count(found.see.expected)} in scope",
        source=f"{SOURCE}; self-assessments; disruptions reported by councils",
        collection=found.see.collection,
        key="cost-per-unit",
        is_headed=False,
    )


def outcomes(found: Found) -> Unit:
    """Cost of one more profile outcome met."""
    gained, each = found.maturity, found.outcomes_each
    made = scaled(gained.each, each * found.councils / 100)
    worked = (
        f"Outcomes: {between(gained.each, 1)} percentage points a council, of "
        f"{number(each, 1)} outcomes assessed at each, at "
        f"{numbers.count(found.councils)} councils ({gained.basis}, of "
        f"{numbers.count(gained.councils)} councils; the others are taken to be alike)."
    )
    label = "Cost of each additional profile outcome met"
    return Unit(label, made, reads.per_unit(found.cost, made), gained, worked)


def hours(found: Found) -> Unit:
    """Cost of one hour of disruption avoided, of those avoided so far."""
    gained = found.hours
    years = gained.council_years * found.councils / gained.councils
    made = scaled(gained.each, years)
    worked = (
        f"Hours: {between(gained.each, 1)} fewer a year (below 0: more) at each, over "
        f"{number(years)} years of councils since support ({gained.basis}, of "
        f"{numbers.count(gained.councils)} councils; the others are taken to be alike)."
    )
    label = "Cost of each hour of disruption avoided"
    return Unit(label, made, reads.per_unit(found.cost, made), gained, worked)


def card(unit: Unit) -> Card:
    """The range as the figure, its centre below it, and its design."""
    cost = unit.cost
    if not cost.is_known:
        return Card(unit.label, numbers.UNKNOWN, note=no_cost(unit))
    low = numbers.value("gbp", cost.low)
    is_open = cost.high == float("inf")
    shown = f"{low} or more" if is_open else (f"{low} to {numbers.value('gbp', cost.high)}")
    central = (
        "No central figure: the central change is no gain."
        if cost.central == float("inf")
        else f"Centrally {numbers.value('gbp', cost.central)}."
    )
    limit = " No upper limit: the range of the change holds no gain." if is_open else ""
    return Card(
        unit.label, shown, note=f"{central}{limit} {impact.design(unit.gained.level).label}"
    )


def no_cost(unit: Unit) -> str:
    """Why there is no cost per unit."""
    if unit.units.is_known:
        return "The whole range of the change is for the worse: it has no price."
    return "No change with a range is known: too few councils or years."


def line(found: Found, unit: Unit) -> dict[str, str]:
    """One row of the table."""
    return {
        "What": unit.label,
        "Spending": numbers.value("gbp", found.cost),
        "Outcomes or hours": between(unit.units),
        "Cost of one": pounds(unit.cost) if unit.cost.is_known else no_cost(unit),
        "Design": design_words(unit.gained.level),
    }
