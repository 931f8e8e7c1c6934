"""What support is estimated to have changed, and everything that this hangs on.

`estimate` is the read: it runs some twenty estimates, which take a second or two, so
its answer is kept by warehouse and viewer (analytics/ui/store.py).
"""

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from analytics import impact
from analytics.reading import effect_checks
from analytics.reading.disclosure import SMALLEST_GROUP
from analytics.reading.effect_panel import (
    CONTROLS,
    FEW,
    INCIDENTS,
    OUTCOMES,
    PANEL,
    Outcome,
    Panel,
    fitted,
    panel,
    refuse_parts,
    with_start,
    without_small_cohorts,
    years_named,
)
from analytics.reading.reader import Reader


LEVEL = 4


class Checks(NamedTuple):
    """What an estimate hangs on; see effect_checks.py for each."""

    naive: impact.Estimate | None
    detectable: float
    chance: impact.Randomisation | None
    balance: pd.DataFrame
    sensitivity: pd.DataFrame
    mean: effect_checks.Mean | None
    attrition: effect_checks.Attrition
    behind: impact.Effect | None
    incidents: impact.Effect | None
    confidence: impact.Confidence


@dataclass(frozen=True)
class Estimated:
    """An estimate and its checks.

    `within` names what councils are compared within (their starting value); `by_event`
    has the effects by years since support with the councils behind each, `by_cohort`
    those of each cohort. `in_scope` counts councils, `notes` say who was left out.
    """

    outcome: Outcome
    control: str
    within: tuple[str, ...]
    effects: impact.StaggeredEffects
    by_event: pd.DataFrame
    by_cohort: pd.DataFrame
    checks: Checks
    in_scope: int
    notes: tuple[str, ...]


class NoEstimate(NamedTuple):
    """Why a panel cannot give an estimate, and who was left out of it."""

    words: str
    notes: tuple[str, ...]


def estimate(reader: Reader, key: str, control: str) -> Estimated | NoEstimate:
    """The estimated effect of support on one of OUTCOMES, and all that it hangs on.

    `control` is one of CONTROLS; ValueError for a name not known. A panel that cannot
    give an estimate is told in words. A council is told estimates of all of England
    only, of cohorts of five councils and more in every year.
    """
    for name, known in ((key, set(OUTCOMES)), (control, set(CONTROLS))):
        if name not in known:
            raise ValueError(f"{name!r} is not one of: {', '.join(sorted(known))}.")
    refuse_parts(reader)
    outcome, is_council = OUTCOMES[key], reader.viewer.role == "council"
    found = panel(reader, outcome)
    rows = with_start(found.of(outcome))
    notes = left_out(found, rows, outcome, is_council=is_council)
    if is_council:
        rows, notes = without_small_cohorts(rows, control), (*notes, FEW)
    within = ("start",) if outcome.is_share else ()
    try:
        effects = fitted(rows, control, within)
    except ValueError as error:
        return NoEstimate(f"No estimate: {years_named(str(error))}.", notes)
    return Estimated(
        outcome=outcome,
        control=control,
        within=within,
        effects=effects,
        by_event=by_event(effects),
        by_cohort=by_cohort(effects),
        checks=checked(found, rows, outcome, effects, within, is_council=is_council),
        in_scope=len(found.councils),
        notes=(*notes, *map(years_named, effects.notes)),
    )


def left_out(
    found: Panel, rows: pd.DataFrame, outcome: Outcome, *, is_council: bool
) -> tuple[str, ...]:
    """Councils in scope that are not in the panel, and why, in sentences."""
    known = set(found.of(outcome)["gss_code"])
    counts = {
        f"Councils without a year of at least {outcome.least} {outcome.behind}"
        if outcome.least > 1
        else "Councils without a value in any year": len(set(found.councils["gss_code"]) - known),
        "Councils without a value before support, so that there is nothing to compare with": len(
            known - set(rows["gss_code"])
        ),
    }
    few = is_council * SMALLEST_GROUP
    return tuple(
        f"{words}: {'fewer than five' if count < few else count}."
        for words, count in counts.items()
        if count
    )


def by_event(effects: impact.StaggeredEffects) -> pd.DataFrame:
    """Effects by years since support: event_time, estimate, limits, bands, treated (of
    all cohorts), control (councils in the smallest comparison) and is_lead."""
    cells = effects.group_time.assign(
        event_time=effects.group_time["period"] - effects.group_time["group"]
    )
    behind = cells.groupby("event_time", as_index=False).agg(
        treated=("treated", "sum"), control=("control", "min")
    )
    table = effects.dynamic.table.merge(behind, on="event_time")
    return table.assign(is_lead=table["event_time"] < 0)


def by_cohort(effects: impact.StaggeredEffects) -> pd.DataFrame:
    """The mean effect of each cohort: group, estimate, limits and councils."""
    table = effects.group.table
    return table.assign(councils=table["group"].map(effects.cohorts))


def checked(
    found: Panel,
    rows: pd.DataFrame,
    outcome: Outcome,
    effects: impact.StaggeredEffects,
    within: tuple[str, ...],
    *,
    is_council: bool,
) -> Checks:
    """Everything that the estimate of these rows hangs on."""
    control = effects.control
    chance = None
    if effects.inference.is_few:
        chance = impact.randomisation_test(rows, *PANEL, control)
    gone = effect_checks.attrition(found, outcome)
    mean = effect_checks.regression_to_the_mean(rows)
    behind = effect_checks.effect_on(found, outcome, "behind", is_council=is_council)
    table = effect_checks.sensitivity(found, rows, outcome, control, within, is_council=is_council)
    incidents = effect_checks.effect_on(found, INCIDENTS, "value", is_council=is_council)
    return Checks(
        naive=effect_checks.naive(rows),
        detectable=impact.minimum_detectable_effect(effects.simple.standard_error),
        chance=chance,
        balance=effect_checks.balance(found, rows, is_council=is_council),
        sensitivity=table,
        mean=mean,
        attrition=gone,
        behind=behind,
        incidents=None if outcome.is_share else incidents,
        confidence=confidence(effects, gone, mean, behind, table, within),
    )


def confidence(
    effects: impact.StaggeredEffects,
    gone: effect_checks.Attrition,
    mean: effect_checks.Mean | None,
    behind: impact.Effect | None,
    table: pd.DataFrame,
    within: tuple[str, ...],
) -> impact.Confidence:
    """The rubric's confidence, lowered by what the checks found besides.

    Medium at most where the starting values alone would give a difference larger than
    the standard error and are not allowed for, or where councils report more after
    support; low where the estimate made in another way points the other way.
    """
    simple = effects.simple
    made = impact.confidence_rubric(
        effects.clusters,
        effects.lead_trend.p_value,
        gone.worst,
        min(effects.cohorts.values()),
        LEVEL,
    )
    level, reasons = made.level, [*made.reasons]
    if mean and not within and abs(mean.expected) > simple.standard_error:
        level = "low" if level == "low" else "medium"
        reasons.append(
            "Where councils started explains a difference larger than the standard error: medium."
        )
    if behind and is_away(behind):
        level = "low" if level == "low" else "medium"
        reasons.append("What councils report changes with support: medium.")
    others = table["estimate"].dropna()
    opposite = int((others * simple.estimate < 0).sum())
    if opposite:
        level = "low"
        reasons.append(
            f"Of {len(others) - 1} other ways to estimate, {opposite} point the other way: low."
        )
    return impact.Confidence(level, tuple(reasons))


def is_away(effect: impact.Effect) -> bool:
    """Whether an interval leaves out nought."""
    return bool(effect.lower > 0 or effect.upper < 0)
