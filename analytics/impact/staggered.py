"""Staggered difference-in-differences: what treatment at different times changed.

Each cohort of councils is compared with councils not treated by then, since the period
before its own treatment; comparisons with councils already treated, which spoil the
usual two-way estimate, are never made. All of it holds only if both sides would have
gone the same way without treatment.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.impact.averages import (
    Effect,
    PreTrend,
    by_group,
    by_period,
    dynamic,
    group_time,
    lead_trend,
    pre_trend,
    simple,
)
from analytics.impact.cells import group_time_cells
from analytics.impact.inference import Inference, inference
from analytics.impact.panel import Panel, check_control, figures, kept, present, ready, steady
from analytics.statistics.numbers import normal_quantile


# Cohorts below this have standard errors that are too small: few councils hardly vary.
SMALL_COHORT = 5


@dataclass(frozen=True)
class StaggeredEffects:
    """Group-time effects, four ways to sum them up, and what they stand on.

    `group_time`: group, period, estimate, standard_error, lower, upper, treated and
    control (units in the comparison). `simple` weights every effect after treatment by
    cohort size; `dynamic` is by periods since treatment (its table has leads too, and
    band_lower and band_upper, which hold for all at once); `group` by cohort;
    `calendar` by period. `pre_trend` tests all group-time effects before treatment, as
    R's did does; where cohorts are small beside the number of those it calls out too
    often (one time in five in benchmarks/impact.py). `lead_trend` tests the leads of
    `dynamic`, which are few, and is the one to go by. `notes` are sentences on what was
    left out.
    """

    group_time: pd.DataFrame
    simple: Effect
    dynamic: Effect
    group: Effect
    calendar: Effect
    pre_trend: PreTrend
    lead_trend: PreTrend
    units: int
    clusters: int
    treated: int
    never_treated: int
    cohorts: dict[float, int]
    periods: tuple[float, ...]
    control: str
    confidence: float
    inference: Inference
    notes: tuple[str, ...]


def staggered_effects(
    panel: pd.DataFrame,
    outcome: str,
    unit: str,
    period: str,
    first_treated: str,
    control: str = "not_yet_treated",
    *,
    covariates: Sequence[str] = (),
    cluster: str | None = None,
    confidence: float = 0.95,
) -> StaggeredEffects:
    """Effects of treatment that starts at different times (Callaway, Sant'Anna 2021).

    `panel` is a long frame, one row per unit and period; the others name its columns.
    `first_treated` is the period of first treatment, the same in all rows of a unit; 0,
    blank or infinite for never. `control` is "not_yet_treated" (units untreated by the
    period, never treated ones among them) or "never_treated". `covariates` are compared
    within, by the doubly robust estimate; `cluster` names a column of units that vary
    together (sites of several councils), else each unit is its own cluster.

    Effects are against the last period before treatment; leads against the period
    before. Weights and standard errors are those of R's did without bootstrap; limits
    are normal, each for itself. A unit unknown in one of two periods is left out of
    that comparison only. ValueError, naming the column, for a panel that cannot be
    read so (`panel.ready`) or has nobody to compare with.
    """
    z = normal_quantile(confidence)
    present(panel, covariates)
    panel = panel.assign(**{name: figures(panel, name) for name in covariates})
    extra = [*covariates, *([cluster] if cluster else [])]
    made = ready(panel, outcome, unit, period, first_treated, extra)
    if cluster:
        together = panel[[unit, cluster]].set_axis(["unit", "cluster"], axis=1)
        steady(together, "cluster", unit, cluster)
    check_control(made, control)
    codes = clusters_of(made, cluster)
    cells, lost = group_time_cells(made, control, [*covariates], codes)
    before = cells.part(cells.event_time < 0)
    treated = len(np.unique(codes[made.first > 0]))
    rule = inference(int(codes.max()) + 1, treated)
    return StaggeredEffects(
        group_time=group_time(cells, z),
        simple=simple(cells, z, rule),
        dynamic=dynamic(cells, z, rule, confidence),
        group=by_group(cells, z, rule),
        calendar=by_period(cells, z, rule),
        pre_trend=pre_trend(before, rule),
        lead_trend=lead_trend(before, rule),
        units=len(made.units),
        clusters=int(codes.max()) + 1,
        treated=int((made.first > 0).sum()),
        never_treated=made.never_treated,
        cohorts=made.cohorts,
        periods=tuple(made.periods.tolist()),
        control=control,
        confidence=confidence,
        inference=rule,
        notes=(*made.notes, *cautions(made, lost)),
    )


def clusters_of(panel: Panel, cluster: str | None) -> np.ndarray:
    """The cluster of each unit, numbered from 0."""
    if cluster is None:
        return np.arange(len(panel.units))
    return pd.factorize(panel.rows.groupby("unit")[kept(cluster)].first())[0]


def cautions(panel: Panel, lost: int) -> list[str]:
    """What a reader should know of cohorts and comparisons."""
    small = [f"{name} ({n})" for name, n in panel.cohorts.items() if n < SMALL_COHORT]
    said = []
    if lost:
        said.append(f"Effects of a cohort and period with nobody to compare with: {lost}.")
    if small:
        said.append(
            f"Cohorts of fewer than {SMALL_COHORT} councils, whose standard errors are "
            f"too small: {', '.join(small)}."
        )
    return said
