"""The boxes of the scenario: every assumption on screen, and what each stands on.

A box without a default is for what nothing in the data tells. Empty, it is not applied
or, where the sum cannot do without it, named as missing; it is never made nought.
"""

from typing import NamedTuple

import pandas as pd
import streamlit as st

from analytics import impact
from analytics.funding.scenario import reads
from analytics.funding.scenario import time as funding_value_time
from analytics.funding.scenario.arithmetic import Assumed
from analytics.funding.scenario.found import Found, number, scaled
from analytics.funding.scenario.reads import NOT_KNOWN, Ranged
from analytics.ui import filters, parts
from analytics.ui.safe import plain
from analytics.words import numbers


NO_ALLOWANCE = "none"
USUAL_KIND = "outsourcing"
MOST = 1_000_000_000
ENDS = ("low", "central", "high")
NOT_APPLIED = "not filled in, so not applied"
SETTINGS = {
    "cost": "Spending, in year 0 (£)",
    "running": "Running cost a year (£)",
    "years": "Years of benefits",
    "points": "Discount rate",
    "uplift": "Allowance for optimism",
    "hours": "Hours avoided a year, all councils",
    "hour_value": "Value of an hour avoided (£)",
    "share": "Hours due to funding (%)",
    "fade": "Effect that fades each year (%)",
}
UNITS = {
    "hours": "hours a year",
    "hour_value": "£ an hour",
    "share": "% due to funding",
    "fade": "% fading a year",
}
Three = tuple[int | None, int | None, int | None]


class Boxes(NamedTuple):
    """What the boxes say. `central` is None where something needed is missing, which
    `missing` names; `ranges` are those of `value_scenario.scenario`; `listed` has one
    row per assumption: what it is set to, and what that stands on."""

    central: Assumed | None
    ranges: dict[str, tuple[float, float]]
    listed: pd.DataFrame
    missing: list[str]


def drawn(found: Found) -> Boxes:
    """Draw every box, with defaults of the data and without where there is none."""
    prices = found.see.read(reads.hour_costs)
    with parts.row():
        cost = box(SETTINGS["cost"], "worthcost", known(found.cost), step=1000)
        running = box(SETTINGS["running"], "worthrunning", None, step=1000)
    time = funding_value_time.drawn()
    uplift, most, uplift_words = optimism()
    hours = three("hours", "worthhours", hours_default(found), -MOST, step=100)
    value = three("hour_value", "worthvalue", reads.hour_range(prices))
    share = three("share", "worthshare", NOT_KNOWN, most=100)
    fade = three("fade", "worthfade", NOT_KNOWN, most=100)
    threes = {"hours": hours, "hour_value": value, "share": share, "fade": fade}
    said = {
        "cost": (amount(cost), found.money_words),
        "running": (amount(running), "no running costs are in the data"),
        "years": (time.years_words, funding_value_time.YEARS_BASIS),
        "points": (time.rates_words, funding_value_time.rates_basis()),
        "uplift": (f"{uplift:.0f}%", uplift_words),
        "hours": (three_words(hours), hours_words(found)),
        "hour_value": (three_words(value), value_words(prices)),
        "share": (
            three_words(share),
            "nothing in the data tells it; an estimated "
            "effect leaves out what other councils did already",
        ),
        "fade": (
            three_words(fade),
            "nothing in the data tells it: there are too few years since support",
        ),
    }
    listed = pd.DataFrame(
        [
            {"Assumption": SETTINGS[name], "Set to": words, "Default from": basis}
            for name, (words, basis) in said.items()
        ]
    )
    needed = {"cost": (cost,), "hours": hours, "hour_value": value}
    missing = [SETTINGS[name] for name, each in needed.items() if None in each]
    if missing:
        return Boxes(None, {}, listed, missing)
    central = Assumed(
        cost=float(cost or 0),
        running=float(running or 0),
        years=time.years,
        uplift=uplift,
        hours=float(hours[1] or 0),
        hour_value=float(value[1] or 0),
        share=100.0 if share[1] is None else float(share[1]),
        fade=0.0 if fade[1] is None else float(fade[1]),
    )
    ranges = {
        name: (float(each[0] or 0), float(each[2] or 0))
        for name, each in threes.items()
        if None not in each
    }
    ranges |= time.ranges | ({"uplift": (0.0, most)} if most else {})
    return Boxes(central, ranges, listed, [])


def box(
    label: str, key: str, default: int | None, least: int = 0, most: int = MOST, step: int = 1
) -> int | None:
    """A whole number, or None where the box is empty and there is no default."""
    if default is not None:
        default = min(max(default, least), most)
        return filters.number(label, key, default=default, least=least, most=most, step=step)
    return filters.maybe_number(
        label, key, least=least, most=most, step=step, placeholder="not in the data"
    )


def three(
    name: str, key: str, default: Ranged, least: int = 0, most: int = MOST, step: int = 1
) -> Three:
    """Low, central and high of one assumption, side by side under its name."""
    st.markdown(f"**{plain(SETTINGS[name])}**")
    with parts.row():
        low, central, high = (
            box(
                f"{end.capitalize()} ({UNITS[name]})", f"{key}{end}", known(part), least, most, step
            )
            for end, part in zip(ENDS, default, strict=True)
        )
    return low, central, high


def known(amount: float) -> int | None:
    """A whole number, or None where there is none."""
    is_none = numbers.is_unknown(amount) or abs(amount) == float("inf")
    return None if is_none else round(amount)


def optimism() -> tuple[float, float, str]:
    """Draw kind of project and how much of its allowance is taken away already.

    Answers the allowance in percent, its upper bound, and both in words.
    """
    table = impact.optimism_allowances().set_index("kind")
    names = {str(kind): str(label) for kind, label in table["label"].items()}
    names[NO_ALLOWANCE] = "None: the money is spent, its cost is known"
    with parts.row():
        kind = filters.one_from(
            "Kind of project, for optimism", names, "worthkind", default=USUAL_KIND, width=340
        )
        less = box("Allowance taken away by evidence (%)", "worthless", 0, 0, 100) or 0
    if kind == NO_ALLOWANCE:
        return 0.0, 0.0, "none chosen"
    most = float(table["cost_percent"][kind])
    uplift = 100 * (float(impact.optimism_bias(1.0, kind, less / 100)) - 1)
    return (
        uplift,
        most,
        (
            f"upper bound of {most:.0f}% for {names[kind]}, of which {less}% is taken away "
            f"({table['source'][kind]})"
        ),
    )


def hours_default(found: Found) -> Ranged:
    """Hours fewer a year at each council, times the councils supported."""
    return scaled(found.hours.each, found.councils)


def hours_words(found: Found) -> str:
    """What the hours stand on."""
    if not found.hours.each.is_known:
        return "no change with a range is known"
    each = " to ".join(number(found.hours.each[place], 1) for place in (0, 2))
    return (
        f"{each} fewer a year at each of {numbers.count(found.councils)} councils: "
        f"{found.hours.basis}"
    )


def value_words(prices: pd.DataFrame) -> str:
    """What the value of an hour stands on."""
    if not reads.hour_range(prices).is_known:
        return "no reported cost beside hours in two years"
    count = numbers.count(prices["incidents"].sum())
    return (
        f"reported cost over hours disrupted, of {count} incidents that tell both: "
        "cheapest year, all years, dearest year, in cash. "
        "Costs to councils alone; what residents lost is not in it"
    )


def amount(number_or_none: int | None) -> str:
    """A number as the list of assumptions has it."""
    return NOT_APPLIED if number_or_none is None else f"{number_or_none:,}"


def three_words(each: Three) -> str:
    """Low, central and high as the list of assumptions has them."""
    if each == (None, None, None):
        return NOT_APPLIED
    named = zip(ENDS, each, strict=True)
    return ", ".join(f"{end} {amount(part)}" for end, part in named)
