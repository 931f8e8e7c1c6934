"""Group-time effects, and averages of them with their standard errors.

A group-time effect is how much more a cohort changed since the period before its
treatment than councils not treated by then did. diff-diff estimates each, and gives
every unit's influence on it; averages and their standard errors are made of these here
(Callaway and Sant'Anna 2021), because the library has no average by calendar period and
none over event times.
"""

import warnings
from dataclasses import dataclass, replace

import numpy as np

from analytics.impact.panel import Panel, kept


@dataclass(frozen=True)
class Cells:
    """The k group-time effects of n units.

    `influence` is k x n: how far each unit moves each estimate, so that the squares of
    a row add up to the variance of one. `shares` is the part of all units that is in
    each row's cohort; `cohort` the first treated period of each unit; `cluster` which
    units vary together.
    """

    group: np.ndarray
    period: np.ndarray
    estimate: np.ndarray
    influence: np.ndarray
    treated: np.ndarray
    control: np.ndarray
    cohort: np.ndarray
    cluster: np.ndarray

    @property
    def shares(self) -> np.ndarray:
        sizes = (self.cohort[None, :] == self.group[:, None]).sum(axis=1)
        return sizes / len(self.cohort)

    @property
    def event_time(self) -> np.ndarray:
        return self.period - self.group

    def part(self, keep: np.ndarray) -> "Cells":
        """Some of the effects, of the same units."""
        return replace(
            self,
            group=self.group[keep],
            period=self.period[keep],
            estimate=self.estimate[keep],
            influence=self.influence[keep],
            treated=self.treated[keep],
            control=self.control[keep],
        )


@dataclass(frozen=True)
class Average:
    """One figure made of group-time effects, and each unit's influence on it."""

    estimate: float
    influence: np.ndarray


def group_time_cells(
    panel: Panel, control: str, covariates: list[str], cluster: np.ndarray
) -> tuple[Cells, int]:
    """Effects that can be estimated, and how many cannot.

    Base period: the last before treatment; for leads, the period before. With
    covariates (values of the base period) it is the doubly robust estimate.
    """
    from diff_diff import CallawaySantAnna

    names = [kept(name) for name in covariates]
    estimator = CallawaySantAnna(control_group=control, base_period="varying")
    with warnings.catch_warnings():
        # It warns of unbalanced panels and of cells without a comparison: `notes` do.
        warnings.simplefilter("ignore")
        found = estimator.fit(
            panel.rows,
            outcome="outcome",
            unit="unit",
            time="period",
            first_treat="first",
            covariates=names or None,
        )
    effects = found.group_time_effects
    keys = [key for key, effect in effects.items() if np.isfinite(effect["effect"])]
    if not any(period >= group for group, period in keys):
        raise ValueError("no effect after treatment can be estimated: no comparison")
    parts = [effects[key] for key in keys]
    influence = influences(found, keys, panel)
    group, period = (np.array(side) for side in zip(*keys, strict=True))
    return Cells(
        group,
        period,
        np.array([part["effect"] for part in parts], dtype=float),
        influence,
        np.array([part["n_treated"] for part in parts], dtype=int),
        np.array([part["n_control"] for part in parts], dtype=int),
        panel.first,
        cluster,
    ), len(effects) - len(keys)


def influences(found: object, keys: list[tuple], panel: Panel) -> np.ndarray:
    """Each unit's influence on each effect, from what the library keeps of its fit.

    An internal of the library, whose version is therefore pinned; RuntimeError where
    its units are not ours, or its influence does not give its own standard error.
    """
    kit = found._aggregation_kit  # type: ignore[attr-defined]
    if not np.array_equal(kit.bookkeeping["unit_cohorts"], panel.first):
        raise RuntimeError("diff-diff orders units in a way that is not known here")
    table = np.zeros((len(keys), len(panel.units)))
    for row, key in enumerate(keys):
        for side in ("treated", "control"):
            part = kit.influence[key]
            table[row, part[f"{side}_idx"]] += part[f"{side}_inf"]
    own = [found.group_time_effects[key]["se"] for key in keys]  # type: ignore[attr-defined]
    known = np.isfinite(own)
    ours = np.sqrt((table**2).sum(axis=1))
    if not np.allclose(ours[known], np.array(own)[known], rtol=1e-6, atol=1e-10):
        raise RuntimeError("diff-diff gives influences that are not known here")
    return table


def by_cohort_size(cells: Cells) -> Average:
    """The mean of effects weighted by the size of their cohorts.

    Sizes are themselves a draw, which adds to the influence of each unit.
    """
    total = cells.shares.sum()
    weights = cells.shares / total
    is_in = (cells.cohort[None, :] == cells.group[:, None]) - cells.shares[:, None]
    of_sizes = is_in / total - np.outer(weights, is_in.sum(axis=0)) / total
    influence = weights @ cells.influence
    influence = influence + cells.estimate @ of_sizes / len(cells.cohort)
    return Average(float(weights @ cells.estimate), influence)


def evenly(parts: list[Average]) -> Average:
    """The plain mean of averages."""
    estimate = float(np.mean([part.estimate for part in parts]))
    return Average(estimate, np.mean([part.influence for part in parts], axis=0))


def covariance(influence: np.ndarray, cluster: np.ndarray) -> np.ndarray:
    """Covariance of estimates (k x k) from influence (k x n), summed inside clusters.

    Where clusters are wider than units, the variance is raised by G / (G - 1).
    """
    count = int(cluster.max()) + 1
    if count == influence.shape[1]:
        return influence @ influence.T
    sums = np.zeros((len(influence), count))
    np.add.at(sums.T, cluster, influence.T)
    return sums @ sums.T * count / max(count - 1, 1)


def standard_error(influence: np.ndarray, cluster: np.ndarray) -> float:
    """Standard error of one figure; NaN where nothing varies, which is no certainty."""
    found = float(np.sqrt(covariance(influence[None, :], cluster)[0, 0]))
    return found if found > 1e-9 else float("nan")
