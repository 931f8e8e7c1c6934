"""Estimated effect: how much more funded councils changed, and how sure one can be."""

import streamlit as st

from analytics import impact
from analytics.funding.effect import design, words
from analytics.funding.effect.checks import other_ways, starting_values, threats
from analytics.funding.effect.event_study import event_study
from analytics.reading import effect
from analytics.reading.effect import LEVEL, Estimated, NoEstimate
from analytics.reading.effect_panel import CONTROLS, OUTCOMES
from analytics.ui import filters, layout, parts
from analytics.ui.layout import Card
from analytics.ui.view import View
from analytics.words import numbers


SOURCE = "awards ledger (first day of support)"


def estimated(see: View) -> None:
    """The overall effect, its course, its cohorts, and everything it hangs on."""
    with parts.row():
        key = filters.one_from(
            "Outcome",
            {key: each.title for key, each in OUTCOMES.items()},
            "outcome",
            default=next(iter(OUTCOMES)),
            width=340,
        )
        control = filters.one_of("Compared with councils", CONTROLS, "control")
    found = read(see, key, control)
    if isinstance(found, NoEstimate):
        layout.empty("nothing_matches")
        st.caption(" ".join([found.words, *found.notes]))
        return
    design_note(found)
    headlines(found)
    study(see, found)
    cohorts(see, found)
    other_ways(see, found)
    starting_values(see, found)
    threats(found)
    who(found)


def read(see: View, key: str, control: str) -> Estimated | NoEstimate:
    """The estimate, kept by warehouse; the first time takes a second or two."""
    with st.spinner("Estimating: some twenty comparisons, once for each warehouse"):
        return see.read(effect.estimate, key, control)


def design_note(found: Estimated) -> None:
    """Level, wording and confidence, with the reasons for it."""
    confidence = found.checks.confidence
    reasons = " ".join(confidence.reasons)
    design.note(
        LEVEL,
        f"{words.compared(found)}  \nConfidence: {confidence.level}, the lowest of: {reasons}",
    )


def headlines(found: Estimated) -> None:
    """Overall effect, interval, what could have been found, and confidence."""
    simple, outcome = found.effects.simple, found.outcome
    chance = (
        ""
        if numbers.is_unknown(simple.p_value)
        else f"p = {simple.p_value:.3f}"
        if simple.p_value >= 0.001
        else "p below 0.001"
    )
    layout.headlines(
        [
            Card(
                "Estimated effect, if trends would have been parallel",
                words.signed(simple.estimate),
                "",
                words.coverage(found),
                outcome.words.capitalize(),
            ),
            Card(
                "95% interval",
                words.between(simple.lower, simple.upper),
                "",
                "",
                f"{outcome.words.capitalize()}. {chance}".strip(),
            ),
            Card(
                "Smallest effect that would be found",
                words.amount(outcome, found.checks.detectable).split(" ")[0],
                "",
                "",
                f"{outcome.words.capitalize()}, four times in five, at 95%",
            ),
            Card(
                "Confidence",
                found.checks.confidence.level.capitalize(),
                "",
                "",
                f"{found.effects.clusters} clusters (sites and councils)",
            ),
        ]
    )


def study(see: View, found: Estimated) -> None:
    """Effects by years since support, with those before it."""
    about = see.indicator(found.outcome.indicator)
    title = f"Estimated effect by years since support: {found.outcome.title}"
    sentence = f"{words.overall(found)} {words.study(found)} {design.short(LEVEL)}"
    see.figure(
        event_study,
        found.by_event,
        indicator=words.axis_of(found.outcome, about),
        table=words.events(found),
        title=title,
        sentence=sentence,
        about=about,
        coverage=words.coverage(found),
        source=f"{about.source}; {SOURCE}",
        key="event-study",
    )


def cohorts(see: View, found: Estimated) -> None:
    """Effects by year of first support, and how many councils each has."""
    about = see.indicator(found.outcome.indicator)
    parts.listing(
        words.cohorts(found),
        title="Cohorts: councils by the year of first support",
        sentence="The mean of each cohort's effects since its first support. "
        + design.short(LEVEL),
        period=see.period,
        coverage=words.coverage(found),
        source=f"{about.source}; {SOURCE}",
        collection=see.collection,
        key="effect-cohorts",
    )


def who(found: Estimated) -> None:
    """Councils used and left out, clusters, and the rule on p-values."""
    effects = found.effects
    chance = found.checks.chance
    parts.section("Councils used, and the rule on p-values")
    parts.facts(
        {
            "Used": f"{effects.units} councils, {effects.treated} of them funded within "
            f"these years and {effects.never_treated} not, of {found.in_scope} in scope.",
            "Left out": " ".join(found.notes) or "None.",
            "Clusters": f"Councils of one site count as one cluster. {effects.inference.words}",
            "By chance": chance.words if chance else "Not needed: clusters are many.",
            "The rule": f"No p-value by formula below {impact.FEWEST_CLUSTERS} clusters, "
            "or 10 funded ones; a test that deals the dates out again is shown instead.",
        }
    )
