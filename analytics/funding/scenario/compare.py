"""Two programmes or funding models: what one more unit costs, or which wins."""

from typing import NamedTuple

import pandas as pd
import streamlit as st

from analytics import impact
from analytics.funding.scenario import reads as scenario_reads
from analytics.funding.scenario.found import (
    AMOUNTS,
    HOURS,
    MATURITY,
    SOURCE,
    Found,
    between,
    design_words,
    pounds,
    rise_is_good,
    scaled,
)
from analytics.funding.scenario.plane import plane
from analytics.funding.scenario.reads import Compared, Ranged
from analytics.reading import spending as reads
from analytics.reading.effect_panel import OUTCOMES
from analytics.ui import filters, layout, parts, store
from analytics.ui.safe import plain
from analytics.words import numbers, sentences


TITLE = "Two programmes compared"
INTRO = (
    "Cost and change for one council of each, B set beside A. Dearer and better is the "
    "upper right: then one more unit has a price, and whether it is worth that is a "
    "judgement. Cheaper and better (lower right): B dominates, and there is no ratio "
    "to work out. Dearer and worse (upper left): A dominates. Cheaper and worse (lower "
    "left): B saves money for each unit that it gives up. Councils chose, or were "
    "chosen for, programmes for different reasons, so this is no trial of one against "
    "the other."
)
WAYS = {"programme": "Programmes", "funding_model": "Funding models"}
EFFECTS = {MATURITY: "Outcomes met", HOURS: "Hours avoided a year"}
UNITS = {MATURITY: "additional outcome met", HOURS: "hour avoided a year"}
DOMINANCE = {
    "dominates": "cheaper and better: it dominates {a}",
    "dominated": "dearer and worse: {a} dominates",
    "dearer and better": "dearer and better",
    "cheaper and worse": "cheaper and worse",
    "dominates at the same cost": "better at the same cost: it dominates {a}",
    "dominated at the same cost": "worse at the same cost: {a} dominates",
    "dominates with the same effect": "cheaper with the same effect: it dominates {a}",
    "dominated with the same effect": "dearer with the same effect: {a} dominates",
    "no difference": "no different in cost or effect",
}


class Option(NamedTuple):
    """One programme or model: for one council, its cost and what got better."""

    code: str
    label: str
    councils: float
    cost: float
    effect: Ranged


def compare(found: Found) -> None:
    """Choices of two options and a measure, the answer in words, plane and table."""
    parts.section(TITLE, INTRO)
    with parts.row():
        way = filters.one_of("Compare", WAYS, "compare")
        key = filters.one_of("By", EFFECTS, "by")
    every = options(found, way, key)
    able = [each for each in every if each.effect.is_known and each.cost > 0]
    left = [each.label for each in every if each not in able]
    if len(able) < 2:
        layout.empty("nothing_matches")
        st.caption(plain(left_out(left)))
        return
    a, b = pair(able)
    if a.code == b.code:
        st.warning("Choose two different ones to compare.")
        return
    shown(found, a, b, key, left)


def pair(able: list[Option]) -> tuple[Option, Option]:
    """The two options chosen; the two with the most councils unasked."""
    by_size = sorted(able, key=lambda each: -each.councils)
    names = {each.code: each.label for each in by_size}
    by_code = {each.code: each for each in able}
    with parts.row():
        first = filters.one_from("A", names, "a", default=by_size[0].code, width=240)
        second = filters.one_from("B", names, "b", default=by_size[1].code, width=240)
    return by_code[first], by_code[second]


def options(found: Found, way: str, key: str) -> list[Option]:
    """Every programme or funding model with awards, for one council of it."""
    scope, outcome = found.see.scope, OUTCOMES[key]
    spending = store.read(reads.spending, scope, way=way)
    behind = store.read(scenario_reads.supported, scope, way=way)
    steps = store.read(
        scenario_reads.changes, scope, way=way, outcome=outcome.key, least=outcome.least
    )
    scale = found.outcomes_each / 100 if key == MATURITY else 1.0
    made = []
    for code, rows in spending[spending["group_code"] != ""].groupby("group_code"):
        councils = float(behind.get(code, float("nan")))
        own = scenario_reads.described(
            steps[steps["group_code"] == code], rise_is_good=rise_is_good(found.see, key)
        )
        cost = reads.total(rows, found.amount) / councils
        label = str(rows["group_label"].iloc[0])
        made.append(Option(str(code), label, councils, cost, scaled(own, scale)))
    return made


def left_out(names: list[str]) -> str:
    """Which have no range or no cost."""
    if not names:
        return ""
    return (
        f"Not offered: {sentences.listed(names)}. A range needs two years since the year "
        "of the award, with five councils on either side in each, and a known cost."
    )


def shown(found: Found, a: Option, b: Option, key: str, left: list[str]) -> None:
    """The answer with its figure."""
    result = scenario_reads.compared(a.cost, a.effect, b.cost, b.effect)
    title = f"{b.label} beside {a.label}: cost and {EFFECTS[key].lower()}, one council"
    sentence = f"{sentence_of(a, b, result, key)} {design_words(2)}"
    frame = placed(a, b)
    found.see.figure(
        plane,
        frame,
        effect_words=EFFECTS[key],
        a=a.label,
        b=b.label,
        table=tabled(a, b, key),
        title=title,
        sentence=sentence,
        coverage=f"{numbers.count(a.councils)} councils in {a.label} and "
        f"{numbers.count(b.councils)} councils in {b.label}",
        source=f"{SOURCE} ({AMOUNTS[found.amount].lower()}); councils' own returns",
        key="plane",
    )
    if left:
        st.caption(plain(left_out(left)))


def sentence_of(a: Option, b: Option, result: Compared, key: str) -> str:
    """Which is which, and whether that holds over the ranges."""
    is_cheaper = result.dominance == "cheaper and worse"
    verb = "saves" if is_cheaper else "costs"
    less = "less" if is_cheaper else "more"
    said = f"Centrally, {b.label} is {DOMINANCE[result.dominance].format(a=a.label)}."
    if result.ratio.is_known:
        price = pounds(result.ratio)
        return f"{said} One {UNITS[key]} {less} {verb} {price}, whatever end is taken."
    if len(result.possible) == 1:
        return f"{said} That holds over the whole range of both."
    others = [
        DOMINANCE[word].format(a=a.label) for word in result.possible if word != result.dominance
    ]
    return (
        f"{said} The ranges do not settle it: at other ends it is "
        f"{sentences.listed(others)}. So no ratio is given."
    )


def placed(a: Option, b: Option) -> pd.DataFrame:
    """B less A: centrally, and at the ends of both effects together."""
    return pd.DataFrame(
        [
            {
                "cost": b.cost - a.cost,
                "effect": b.effect.central - a.effect.central,
                "low": b.effect.low - a.effect.high,
                "high": b.effect.high - a.effect.low,
            }
        ]
    )


def tabled(a: Option, b: Option, key: str) -> pd.DataFrame:
    """Both options, for the table and the download."""
    return pd.DataFrame(
        [
            {
                "Option": f"{name}: {each.label}",
                "Councils": each.councils,
                "Cost for one council (£, cash)": round(each.cost),
                f"{EFFECTS[key]}, one council": between(each.effect, 2),
                "Design": impact.design(2).label,
            }
            for name, each in (("A", a), ("B", b))
        ]
    )
