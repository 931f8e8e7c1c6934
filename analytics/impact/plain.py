"""Two estimates that everyone knows: two by two, and two-way fixed effects."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.impact.inference import inference
from analytics.impact.panel import Panel, figures, keyed, present, ready


UNKNOWN = float("nan")


@dataclass(frozen=True)
class Estimate:
    """One estimate in the outcome's unit, with a 95% interval by clusters of units.

    Limits are by Student's t with clusters - 1 degrees of freedom. They are NaN where
    nothing varies to judge by; the p-value is NaN there too and where clusters are few.
    `words` say which.
    """

    estimate: float
    standard_error: float
    lower: float
    upper: float
    p_value: float
    clusters: int
    treated: int
    words: str


def two_by_two(panel: pd.DataFrame, outcome: str, unit: str, period: str, treated: str) -> Estimate:
    """How much more the treated changed than the others, from one period to the next.

    Takes a long frame with two periods; `treated` is 1 or true for units that are
    treated in the second period, in both of their rows or only in the later. Rows of
    unknown outcome are left out. By ordinary least squares, clustered by unit.
    ValueError where there are not two periods, `treated` is neither 0 nor 1, or a side
    has no row in a period.
    """
    present(panel, [outcome, unit, period, treated])
    rows = keyed(panel, outcome, unit, period)
    marks = figures(panel, treated)
    if not marks.isin([0, 1]).all():
        raise ValueError(f"{treated} is neither 0 nor 1 in some rows")
    rows["treated"] = marks.groupby(rows["unit"], observed=True).transform("max")
    rows = rows.dropna(subset="outcome")
    periods = np.sort(rows["period"].unique())
    if len(periods) != 2:
        raise ValueError(f"{period} has {len(periods)} periods; two are needed")
    rows["after"] = (rows["period"] == periods[1]).astype(float)
    if rows.groupby(["treated", "after"]).ngroups != 4:
        raise ValueError(f"{treated} has a side without a known row in both periods")
    columns = {
        "effect": rows["treated"] * rows["after"],
        "one": 1.0,
        "treated": rows["treated"],
        "after": rows["after"],
    }
    codes = pd.factorize(rows["unit"])[0]
    sides = rows.groupby("treated")["unit"].nunique()
    found = clustered(rows["outcome"], pd.DataFrame(columns), codes, int(sides[1.0]))
    means = rows.groupby(["treated", "after"])["outcome"].mean()
    # The same number without the rounding of least squares: 2 is 2.
    change = [means[side, 1.0] - means[side, 0.0] for side in (0.0, 1.0)]
    return replace(found, estimate=float(change[1] - change[0]))


def naive_two_way(
    panel: pd.DataFrame, outcome: str, unit: str, period: str, first_treated: str
) -> Estimate:
    """The usual two-way estimate: treated or not, with unit and period effects.

    Shown only to explain how it differs: it also compares newly treated units with ones
    treated earlier, so that where effects grow with time they are taken from the
    estimate. The same units as in `staggered_effects`; takes and refuses what it does.
    Unit effects are taken out by unit means, which count no degree of freedom since
    they lie inside clusters.
    """
    made = ready(panel, outcome, unit, period, first_treated)
    return two_way(made)


def two_way(panel: Panel) -> Estimate:
    """The same for a panel that is ready."""
    rows = panel.rows
    is_treated = (rows["first"] > 0) & (rows["period"] >= rows["first"])
    later = {f"in_{each}": rows["period"] == each for each in panel.periods[1:]}
    columns = pd.DataFrame({"effect": is_treated, **later}).astype(float)
    codes = rows["unit"].to_numpy()
    outcome = rows["outcome"] - rows.groupby("unit")["outcome"].transform("mean")
    inside = columns - columns.groupby(codes).transform("mean")
    if np.linalg.matrix_rank(inside) < inside.shape[1]:
        raise ValueError("treatment cannot be told from the periods: nobody to compare")
    return clustered(outcome, inside, codes, int((panel.first > 0).sum()))


def clustered(
    outcome: pd.Series, columns: pd.DataFrame, codes: np.ndarray, treated: int
) -> Estimate:
    """The coefficient of the first column, its error clustered; by statsmodels."""
    from statsmodels.regression.linear_model import OLS

    clusters = int(codes.max()) + 1
    model = OLS(outcome.to_numpy(dtype=float), columns.to_numpy(dtype=float))
    plain = model.fit()
    estimate = float(plain.params[0])
    scale = float(np.abs(model.endog).max()) or 1.0
    varies = float(np.abs(plain.resid).max()) > 1e-9 * scale
    if not varies or clusters < 3 or treated < 2 or clusters - treated < 2:
        words = "No interval: too little varies inside each side to judge by."
        nothing = (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN)
        return Estimate(estimate, *nothing, clusters, treated, words)
    found = model.fit(cov_type="cluster", cov_kwds={"groups": codes}, use_t=True)
    rule = inference(clusters, treated)
    lower, upper = (float(limit) for limit in found.conf_int()[0])
    chance = float(found.pvalues[0]) if rule.gives_p_value else UNKNOWN
    error = float(found.bse[0])
    return Estimate(estimate, error, lower, upper, chance, clusters, treated, rule.words)
