"""Who was treated: how councils with and without treatment differed beforehand."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analytics.impact.panel import figures, present, steady


# Differences above this many standard deviations are usually called unbalanced.
UNBALANCED = 0.25


def balance_table(
    panel: pd.DataFrame,
    covariates: Sequence[str],
    unit: str,
    period: str,
    first_treated: str,
    *,
    base: Any = None,
) -> pd.DataFrame:
    """Means of units ever treated and of the others in a base period, by covariate.

    `base` is a period, else the first. One row per covariate: treated_mean and
    comparison_mean, difference, standardised_difference (in the mean of the two sides'
    standard deviations, by their squares; NaN where neither varies), is_unbalanced
    (beyond 0.25), treated and comparison (units of known value). Unknown values are
    left out of their covariate only. ValueError where a column is missing or not of
    numbers, or a side has no unit in the base period.
    """
    present(panel, [unit, period, first_treated, *covariates])
    first = figures(panel, first_treated).replace(np.inf, 0).fillna(0)
    rows = panel.assign(first=first)
    steady(rows.assign(unit=rows[unit]), "first", unit, first_treated)
    periods = figures(panel, period)
    base = periods.min() if base is None else base
    rows = rows[periods == base]
    if rows.duplicated(unit).any():
        raise ValueError(f"{unit} has more than one row for {period} {base}")
    is_treated = rows["first"] > 0
    if not 0 < is_treated.sum() < len(rows):
        raise ValueError(f"one side has no unit in {period} {base}")
    found = [compared(figures(rows, name), is_treated, name) for name in covariates]
    return pd.DataFrame(found)


def compared(values: pd.Series, is_treated: pd.Series, name: str) -> dict[str, Any]:
    """One row of the table."""
    sides = values[is_treated].dropna(), values[~is_treated].dropna()
    means = [float(side.mean()) for side in sides]
    spread = float(np.sqrt(np.mean([side.var() for side in sides])))
    gap = means[0] - means[1]
    standard = gap / spread if spread > 0 else float("nan")
    return {
        "covariate": name,
        "treated_mean": means[0],
        "comparison_mean": means[1],
        "difference": gap,
        "standardised_difference": standard,
        "is_unbalanced": abs(standard) > UNBALANCED,
        "treated": len(sides[0]),
        "comparison": len(sides[1]),
    }
