"""Objectives: what was spent on each of the five, and how its measure moved."""

from dataclasses import dataclass

import pandas as pd

from analytics import impact
from analytics.overview import reads
from analytics.overview.chart import spend_beside
from analytics.reading import lookups, prices
from analytics.reading.disclosure import WITHHELD
from analytics.reading.indicators import Indicator
from analytics.ui import layout, parts, store
from analytics.ui.view import View
from analytics.words import numbers, sentences


SOURCE = "Awards ledger and payments ledger; cash prices"
TITLE = "Five objectives: money, measure and direction"
INTRO = (
    "Money is of awards that name the objective. A measure is better or worse by its "
    "own definition; one on which opinions may differ is not judged. Money beside a "
    "movement does not show that one brought about the other: "
)


@dataclass(frozen=True)
class Objective:
    """One objective: its number and name, measure, years of both, and their sums."""

    number: int
    name: str
    about: Indicator
    series: pd.DataFrame
    rows: pd.DataFrame
    spent: reads.Spent
    moved: reads.Movement


def objectives(see: View) -> None:
    """The table of all five, what names none, and a figure for each."""
    base_year = str(store.read(prices.deflators).index[-1])
    money = see.read(reads.money, base_year=base_year)
    if money.empty:
        layout.empty("nothing_matches")
        return
    level = impact.design(1)
    parts.section(TITLE, f"{INTRO}{level.caution} {level.label}")
    found = gathered(see, money)
    overview(see, found, money, base_year)
    for each in found:
        one(see, each)


def gathered(see: View, money: pd.DataFrame) -> list[Objective]:
    """Every measure of every objective; an objective may have several."""
    names = store.read(lookups.objectives)
    measures = [i for i in see.measures if i.objective in names]
    return [
        Objective(
            about.objective,
            names[about.objective],
            about,
            series := see.series(about, bucket="year"),
            money[money["group_code"] == str(about.objective)],
            reads.spent(money, str(about.objective)),
            reads.movement(series, about),
        )
        for about in sorted(measures, key=lambda i: (i.objective, i.order))
    ]


def overview(see: View, found: list[Objective], money: pd.DataFrame, base_year: str) -> None:
    """One row an objective, and one for money that names none."""
    none = reads.spent(money, reads.NONE_NAMED)
    listed = [line(each, base_year) for each in found]
    listed.append(
        {"Objective": "None named (the award of a payment is not on file)"}
        | amounts(none, base_year)
        | {
            "Measure": "not measured",
            "Change": "not known",
            "Direction": reads.DIRECTIONS["unknown"],
            "Councils": "not known",
        }
    )
    better = [each.name for each in found if each.moved.direction == "better"]
    worse = [each.name for each in found if each.moved.direction == "worse"]
    parts.listing(
        pd.DataFrame(listed),
        title=f"{TITLE}, {see.period}",
        sentence=f"{direction_words(better, worse)} {none_words(none)} "
        f"{real_words(found[0].spent, base_year)}",
        period=see.period,
        coverage=f"{numbers.count(see.expected)} councils in scope",
        source=f"{SOURCE}; GDP deflator for real terms",
        collection=see.collection,
        key="objectives",
        is_headed=False,
    )


def line(each: Objective, base_year: str) -> dict[str, str | float]:
    """One row of the table."""
    return (
        {"Objective": f"{each.number}: {each.name}"}
        | amounts(each.spent, base_year)
        | {
            "Measure": each.about.title,
            "Change": change_words(each),
            "Direction": reads.DIRECTIONS[each.moved.direction],
            "Councils": sentences.coverage(each.moved.councils, each.moved.expected),
        }
    )


def amounts(spent: reads.Spent, base_year: str) -> dict[str, str | float]:
    """Awarded and paid, in cash and in real terms, as numbers for the download."""
    real = f"{spent.priced or 'no year'}, {base_year} prices (£)"
    return {
        f"Awarded, {spent.years}, cash (£)": rounded(spent.awarded, spent.note),
        f"Paid, {spent.years}, cash (£)": rounded(spent.paid, spent.note),
        f"Awarded, {real}": rounded(spent.awarded_real, spent.note_real),
        f"Paid, {real}": rounded(spent.paid_real, spent.note_real),
    }


def rounded(amount: float, note: str) -> str | float:
    """Whole pounds; the sign that says why where an amount is not told."""
    return note if numbers.is_unknown(amount) else float(round(amount))


def money_words(spent: reads.Spent) -> str:
    """What was paid and awarded, or that it is withheld, as a sentence."""
    if spent.note == WITHHELD:
        return (
            f"What was paid and awarded in {spent.years} is withheld: one of its years "
            "is of fewer than five councils, or mostly of one."
        )
    paid, awarded = (numbers.value("gbp", each) for each in (spent.paid, spent.awarded))
    return f"{paid} was paid and {awarded} awarded in {spent.years}, in cash."


def change_words(each: Objective) -> str:
    """How far the measure moved, and between which years."""
    moved = each.moved
    if moved.direction == "unknown":
        return f"not known{': ' + moved.warning if moved.warning else ''}"
    said = f"{moved.change}, {moved.since} to {moved.until}"
    return f"{said}; {moved.warning}" if moved.warning else said


def direction_words(better: list[str], worse: list[str]) -> str:
    """Which measures moved which way, in a sentence."""
    told = []
    if better:
        told.append(f"moved for the better: {sentences.listed(better)}")
    if worse:
        told.append(f"for the worse: {sentences.listed(worse)}")
    said = "; ".join(told) or "no measure can be called better or worse"
    return f"{said[:1].upper()}{said[1:]}."


def none_words(none: reads.Spent) -> str:
    """What spend has no objective named."""
    if none.note == WITHHELD:
        return "What was paid without an objective named is withheld."
    if numbers.is_unknown(none.paid):
        return "What was paid without an objective named is not known."
    if not none.paid and not none.awarded:
        return "All that was awarded and paid names an objective."
    return (
        f"{numbers.value('gbp', none.paid)} was paid without an objective named, since "
        "the award is not on file; every award on file names one."
    )


def real_words(spent: reads.Spent, base_year: str) -> str:
    """Which years real terms hold, and why not the others."""
    if not spent.unpriced:
        return f"Real terms are in {base_year} prices, by the GDP deflator."
    return (
        f"Real terms ({base_year} prices) are of {spent.priced or 'no year'} only: for "
        f"{spent.unpriced} no GDP deflator is in the table used here, and the last one "
        "is not carried on."
    )


def one(see: View, each: Objective) -> None:
    """Money of one objective over the movement of its measure."""
    frame = reads.beside(each.rows, each.series)
    if frame["value"].isna().all() and frame["paid"].isna().all():
        layout.empty("nothing_matches")
        return
    title = f"Objective {each.number}, {each.name}: money and measure, {see.period}"
    sentence = sentence_of(each)
    see.figure(
        spend_beside,
        frame,
        indicator=each.about,
        events=see.marks_by("year"),
        table=tabled(frame),
        title=title,
        sentence=sentence,
        about=each.about,
        coverage=sentences.coverage(each.moved.councils, each.moved.expected)
        + (f" in {each.moved.until}" if each.moved.until else ""),
        source=f"{each.about.source}; {SOURCE}",
        key=f"objective-{each.about.key}",
    )


def sentence_of(each: Objective) -> str:
    """Money, then movement, then what that does not show."""
    moved, said = each.moved, f"{money_words(each.spent)} "
    if moved.direction == "unknown":
        return f"{said}How the measure moved is {change_words(each)}."
    judged = {"better": "for the better", "worse": "for the worse", "same": "not at all"}.get(
        moved.direction
    )
    way = f", {judged}" if judged else ", on which no judgement is made"
    return (
        f"{said}{each.about.title} {impact.design(1).wording}{way}: from "
        f"{numbers.in_words(each.about, moved.before)} in {moved.since} to "
        f"{numbers.in_words(each.about, moved.after)} in {moved.until}"
        f"{' (' + moved.warning + ')' if moved.warning else ''}.{between(each)} That "
        "both happened in "
        "the same years does not show that the money brought it about."
    )


def between(each: Objective) -> str:
    """How far the years between went beyond the first and the last, if they did."""
    rows, moved = each.series.dropna(subset="value"), each.moved
    within = rows["period_label"].between(moved.since, moved.until)
    values = rows.loc[within, "value"]
    ends = sorted([moved.before, moved.after])
    if values.empty or (values.min() >= ends[0] and values.max() <= ends[1]):
        return ""
    low, high = (numbers.value(each.about, end) for end in (values.min(), values.max()))
    return f" The years between were not on the way: from {low} to {high} over all."


def tabled(frame: pd.DataFrame) -> pd.DataFrame:
    """The table of a figure, with headings for people and what is withheld said so."""
    hidden, names = (
        frame["money_note"] == WITHHELD,
        {"awarded": "Awarded (£, cash)", "paid": "Paid (£, cash)"},
    )
    told = {name: frame[name].astype(object).mask(hidden, WITHHELD) for name in names}
    return frame.assign(**told).drop(columns="money_note").rename(columns=names)
