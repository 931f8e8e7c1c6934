"""Averages of group-time effects: overall, by time since treatment, cohort and period.

Each comes with its standard error and limits, and effects before treatment with a test
that they are nothing.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from analytics.impact.cells import (
    Average,
    Cells,
    by_cohort_size,
    covariance,
    evenly,
    standard_error,
)
from analytics.impact.inference import Inference, p_value


DRAWS = 2000


@dataclass(frozen=True)
class Effect:
    """An overall effect in the outcome's unit, and the effects that it is the mean of.

    `table` has one row per event time, group or period (in a column of that name), with
    estimate, standard_error, lower and upper. `p_value` is NaN where clusters are few.
    """

    estimate: float
    standard_error: float
    lower: float
    upper: float
    p_value: float
    table: pd.DataFrame


class PreTrend(NamedTuple):
    """Whether effects before treatment are 0 together (Wald); NaN where unknown."""

    statistic: float
    degrees_of_freedom: int
    p_value: float


def limits(averages: list[Average], cells: Cells, z: float) -> pd.DataFrame:
    """Estimate, standard error, lower and upper of each average."""
    estimates = np.array([each.estimate for each in averages], dtype=float)
    errors = np.array([standard_error(e.influence, cells.cluster) for e in averages])
    return pd.DataFrame(
        {
            "estimate": estimates,
            "standard_error": errors,
            "lower": estimates - z * errors,
            "upper": estimates + z * errors,
        }
    )


def effect(
    overall: Average, table: pd.DataFrame, cells: Cells, z: float, rule: Inference
) -> Effect:
    """An overall average with its limits, beside its table."""
    estimate, error, lower, upper = limits([overall], cells, z).iloc[0].tolist()
    chance = p_value(estimate, error, rule)
    return Effect(estimate, error, lower, upper, chance, table)


def group_time(cells: Cells, z: float) -> pd.DataFrame:
    """One row per group-time effect."""
    each = [
        Average(estimate, influence)
        for estimate, influence in zip(cells.estimate, cells.influence, strict=True)
    ]
    frame = limits(each, cells, z)
    frame.insert(0, "group", cells.group)
    frame.insert(1, "period", cells.period)
    return frame.assign(treated=cells.treated, control=cells.control)


def simple(cells: Cells, z: float, rule: Inference) -> Effect:
    """Every effect after treatment, weighted by the size of its cohort."""
    after = cells.part(cells.event_time >= 0)
    return effect(by_cohort_size(after), group_time(after, z), cells, z, rule)


def parted(cells: Cells, by: np.ndarray) -> dict[float, Average]:
    """The average by cohort size of the effects of each value, values in order."""
    return {value: by_cohort_size(cells.part(by == value)) for value in np.unique(by).tolist()}


def dynamic(cells: Cells, z: float, rule: Inference, confidence: float) -> Effect:
    """Effects by periods since treatment; overall, the plain mean from 0 on."""
    found = parted(cells, cells.event_time)
    table = limits([*found.values()], cells, z)
    table.insert(0, "event_time", [*found])
    wide = band([*found.values()], cells, confidence) * table["standard_error"]
    table["band_lower"] = table["estimate"] - wide
    table["band_upper"] = table["estimate"] + wide
    after = evenly([average for time, average in found.items() if time >= 0])
    return effect(after, table, cells, z, rule)


def by_group(cells: Cells, z: float, rule: Inference) -> Effect:
    """The plain mean of each cohort's effects; overall, weighted by cohort size."""
    after = cells.part(cells.event_time >= 0)
    groups = np.unique(after.group)
    found = []
    for group in groups:
        own = after.part(after.group == group)
        each = zip(own.estimate, own.influence, strict=True)
        found.append(evenly([Average(*pair) for pair in each]))
    table = limits(found, cells, z)
    table.insert(0, "group", groups)
    counts = np.zeros(len(groups), dtype=int)
    stacked = Cells(
        groups,
        groups,
        table["estimate"].to_numpy(),
        np.array([each.influence for each in found]),
        counts,
        counts,
        cells.cohort,
        cells.cluster,
    )
    return effect(by_cohort_size(stacked), table, cells, z, rule)


def by_period(cells: Cells, z: float, rule: Inference) -> Effect:
    """Effects by calendar period; overall, their plain mean."""
    after = cells.part(cells.event_time >= 0)
    found = parted(after, after.period)
    table = limits([*found.values()], cells, z)
    table.insert(0, "period", [*found])
    return effect(evenly([*found.values()]), table, cells, z, rule)


def band(averages: list[Average], cells: Cells, confidence: float) -> float:
    """Standard errors to each side that hold all effects at once so often (sup-t)."""
    influence = np.array([each.influence for each in averages])
    shared = covariance(influence, cells.cluster)
    errors = np.sqrt(np.diag(shared))
    shared, errors = shared[np.ix_(errors > 1e-9, errors > 1e-9)], errors[errors > 1e-9]
    if not len(errors):
        return float("nan")
    random = np.random.default_rng(1)
    drawn = random.multivariate_normal(
        np.zeros(len(errors)), shared / np.outer(errors, errors), DRAWS, method="eigh"
    )
    return float(np.quantile(np.abs(drawn).max(axis=1), confidence))


def pre_trend(before: Cells, rule: Inference) -> PreTrend:
    """Wald test that all group-time effects before treatment are 0."""
    return wald(before.estimate, covariance(before.influence, before.cluster), rule)


def lead_trend(before: Cells, rule: Inference) -> PreTrend:
    """Wald test that the mean effect is 0 at every distance before treatment."""
    leads = [*parted(before, before.event_time).values()]
    if not leads:
        return PreTrend(float("nan"), 0, float("nan"))
    estimates = np.array([lead.estimate for lead in leads])
    influence = np.array([lead.influence for lead in leads])
    return wald(estimates, covariance(influence, before.cluster), rule)


def wald(estimates: np.ndarray, shared: np.ndarray, rule: Inference) -> PreTrend:
    """Whether estimates are 0 together, given their covariance.

    Finding no trend is no proof of none: with few councils none would be found. Where
    the covariance is not of full rank, as many degrees of freedom as it has.
    """
    from scipy.special import chdtrc

    rank = int(np.linalg.matrix_rank(shared, hermitian=True)) if len(estimates) else 0
    if not rank:
        return PreTrend(float("nan"), 0, float("nan"))
    found = float(estimates @ np.linalg.pinv(shared, hermitian=True) @ estimates)
    chance = float(chdtrc(rank, found)) if rule.gives_p_value else float("nan")
    return PreTrend(found, rank, chance)
