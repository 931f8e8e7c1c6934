"""How sure an estimate can be: clusters, p-values, what could have been detected."""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analytics.impact.panel import Panel, check_control, kept, ready
from analytics.statistics.numbers import normal_quantile, share


# A choice, not a standard: standard errors by cluster are trusted from 20 to 50
# clusters upwards in the literature, and fewer on the smaller side still mislead.
FEWEST_CLUSTERS = 30
FEWEST_TREATED = 10
PERMUTATIONS = 999


class Inference(NamedTuple):
    """Whether p-values by formula are given for so many clusters, and why (`words`)."""

    is_few: bool
    gives_p_value: bool
    words: str


class Randomisation(NamedTuple):
    """What shuffling the dates of treatment over the units says of an estimate."""

    estimate: float
    p_value: float
    permutations: int
    words: str


def inference(clusters: int, treated: int | None = None) -> Inference:
    """The rule on p-values: none by formula below 30 clusters, or 10 treated ones.

    `clusters` counts the councils or sites that vary apart from each other, `treated`
    those of them that were funded. With few, only `randomisation_test` gives a p-value.
    """
    few_all, few_treated = clusters < FEWEST_CLUSTERS, False
    if treated is not None:
        few_treated = treated < FEWEST_TREATED
    counted = f"{clusters} clusters" if few_all else f"{treated} treated clusters"
    if few_all or few_treated:
        fewest = FEWEST_CLUSTERS if few_all else FEWEST_TREATED
        words = (
            f"No p-value: {counted} are fewer than {fewest}, so standard errors are "
            "too small. A randomisation test may be used instead."
        )
        return Inference(True, False, words)
    return Inference(False, True, f"Standard errors by {clusters} clusters.")


def p_value(estimate: float, standard_error: float, rule: Inference) -> float:
    """Two-sided p-value of no effect, NaN where the rule gives none."""
    from scipy.special import ndtr

    if not rule.gives_p_value or not standard_error > 0:
        return float("nan")
    return float(2 * ndtr(-abs(estimate / standard_error)))


def minimum_detectable_effect(
    standard_error: float, confidence: float = 0.95, power: float = 0.8
) -> float:
    """The smallest true effect that would be found so often, in the outcome's unit.

    (z of the confidence, two-sided, + z of the power) x standard error: 2.8 standard
    errors for 95% and 80%. NaN where the standard error is; ValueError where it is
    negative, or confidence or power is not between 0 and 1.
    """
    from scipy.special import ndtri

    if standard_error < 0:
        raise ValueError(f"standard error {standard_error:g} is negative")
    z_power = float(ndtri(share(power, "power")))
    return (normal_quantile(confidence) + z_power) * float(standard_error)


def randomisation_test(
    panel: pd.DataFrame,
    outcome: str,
    unit: str,
    period: str,
    first_treated: str,
    control: str = "not_yet_treated",
    *,
    permutations: int = PERMUTATIONS,
    seed: int = 1,
    within: str | None = None,
) -> Randomisation:
    """How often chance alone gives an overall effect as large as the one found.

    First treated periods are dealt out again over the units, as many of each, and the
    simple average effect (`staggered_effects(...).simple`) worked out each time. The
    p-value is (1 + times as far from 0) / (1 + permutations): it tests that treatment
    changed nothing in any unit, and needs no many clusters. `within` names a column,
    constant in a unit, inside whose values dates are dealt out (a region, say). The
    same seed gives the same answer. Takes and refuses what `staggered_effects` does.
    """
    if permutations < 1:
        raise ValueError(f"permutations {permutations} is below 1")
    extra = [] if within is None else [within]
    made = ready(panel, outcome, unit, period, first_treated, extra)
    check_control(made, control)
    outcomes, random = made.wide(), np.random.default_rng(seed)
    observed = simple_effect(outcomes, made.first, made.periods, control)
    parts = strata(made, within)
    drawn = np.array(
        [
            simple_effect(outcomes, dealt(made.first, parts, random), made.periods, control)
            for _ in range(permutations)
        ]
    )
    far = int((np.abs(drawn) >= abs(observed) * (1 - 1e-12)).sum())
    found = (1 + far) / (1 + permutations)
    words = (
        f"Of {permutations} random ways to deal out the same dates, {far} gave an "
        f"effect at least as far from 0 (p = {found:.3f})."
    )
    return Randomisation(observed, found, permutations, words)


def strata(panel: Panel, within: str | None) -> list[np.ndarray]:
    """Places of the units, by the value of a column, or all together."""
    if within is None:
        return [np.arange(len(panel.units))]
    values = panel.rows.groupby("unit")[kept(within)]
    if (values.nunique() > 1).any():
        raise ValueError(f"{within} changes within a unit")
    codes = pd.factorize(values.first())[0]
    return [np.flatnonzero(codes == code) for code in range(codes.max() + 1)]


def dealt(first: np.ndarray, parts: list[np.ndarray], random: Any) -> np.ndarray:
    """First treated periods in another order, inside each part."""
    found = first.copy()
    for part in parts:
        found[part] = random.permutation(first[part])
    return found


def simple_effect(
    outcomes: np.ndarray, first: np.ndarray, periods: np.ndarray, control: str
) -> float:
    """The simple average of group-time effects, without a standard error.

    What `staggered_effects(...).simple.estimate` is without covariates, in plain means,
    because a randomisation test needs it a thousand times.
    """
    effects, weights = [], []
    for group in np.unique(first[first > 0]):
        base = np.flatnonzero(periods < group)[-1]
        is_in = first == group
        for now in np.flatnonzero(periods >= group):
            change = outcomes[:, now] - outcomes[:, base]
            is_later = (first > periods[now]) & (control == "not_yet_treated")
            sides = [change[is_in], change[(first == 0) | is_later]]
            means = [side[~np.isnan(side)] for side in sides]
            if all(map(len, means)):
                effects.append(means[0].mean() - means[1].mean())
                weights.append(is_in.sum())
    return float(np.average(effects, weights=weights)) if effects else float("nan")
