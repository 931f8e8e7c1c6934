"""How long until things end, where some have not yet: Kaplan-Meier curves."""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analytics.statistics.numbers import counts_of, normal_quantile, numbers, refuse, share


COLUMNS = ["time", "survival", "at_risk", "ended", "lower", "upper"]
# The curve is a product of fractions; this much of a difference is rounding.
ROUNDING = 1e-9


class Quantile(NamedTuple):
    """Hours by which a share had ended, with limits; NaN where that is unknown."""

    value: float
    lower: float
    upper: float


def survival_curve(
    hours: Any, is_ended: Any, *, weights: Any = None, confidence: float = 0.95
) -> pd.DataFrame:
    """Share still going on after each number of hours, by Kaplan and Meier.

    Takes n durations in hours, and whether each had ended by then (true) or was still
    going on when last seen (false); `weights` counts how many cases a row stands for.
    Rows of unknown duration are left out. Gives a frame by time: survival (0 to 1),
    at_risk (going on just before), ended (at that time), lower and upper. It starts at
    time 0, has a row for each time at which something ended, and stops at the last time
    seen, past which the curve is unknown. Empty where no duration is known.

    Limits are log-log intervals with Greenwood's standard error (as conf.type "log-log"
    in R): they stay between 0 and 1. They are unknown where everything had ended.
    ValueError where hours or weights are negative, a weight is unknown, is_ended is
    neither true nor false, or lengths differ. By statsmodels, SurvfuncRight.
    """
    from statsmodels.duration.survfunc import SurvfuncRight

    times, ended, cases = known_cases(hours, is_ended, weights)
    if not len(times):
        return pd.DataFrame(columns=COLUMNS, dtype=float)
    found = SurvfuncRight(times, ended, freq_weights=cases)
    parts = (found.surv_times, found.surv_prob, found.n_risk, found.n_events)
    frame = pd.DataFrame(dict(zip(COLUMNS[:4], parts, strict=True)), dtype=float)
    frame = with_ends(frame, times, cases)
    limits = log_log(frame, normal_quantile(confidence))
    return frame.assign(lower=limits[0], upper=limits[1])


def survival_at(curve: pd.DataFrame, times: Any) -> np.ndarray:
    """Survival read off a curve of `survival_curve` at each time, in hours.

    NaN past the last time seen unless everything had ended by then, and for an unknown
    time. ValueError for a negative time.
    """
    asked = np.atleast_1d(counts_of(times, "time"))
    if curve.empty:
        return np.full(len(asked), np.nan)
    ends, survival = curve["time"].to_numpy(), curve["survival"].to_numpy()
    # A curve that falls at time 0 has no row before it; nothing is asked before 0.
    found = survival[np.searchsorted(ends, asked, side="right") - 1]
    past = (asked > ends[-1]) & (survival[-1] > 0)
    return np.where(past | np.isnan(asked), np.nan, found)


def survival_quantile(
    hours: Any, is_ended: Any, share_ended: float, *, weights: Any = None, confidence: float = 0.95
) -> Quantile:
    """Hours by which a share (0.5: the median) had ended, with its interval.

    The first time at which at most 1 - share were still going on; unknown (NaN) where
    the curve does not come down that far. Limits are where those of the curve come down
    as far (Brookmeyer and Crowley 1982); the upper is unknown more often. Takes and
    refuses what `survival_curve` does; ValueError where share is not between 0 and 1.
    """
    left = 1 - share(share_ended, "share")
    curve = survival_curve(hours, is_ended, weights=weights, confidence=confidence)
    found = []
    for name in ("survival", "lower", "upper"):
        times = curve.loc[curve[name] <= left + ROUNDING, "time"]
        found.append(float(times.iloc[0]) if len(times) else float("nan"))
    return Quantile(*found)


def known_cases(
    hours: Any, is_ended: Any, weights: Any
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hours, 0 or 1, and number of cases, of rows that are known and stand for any."""
    times, ended = counts_of(hours, "hours"), numbers(is_ended, "is_ended")
    cases = np.ones_like(times) if weights is None else counts_of(weights, "weight")
    if not times.shape == ended.shape == cases.shape:
        raise ValueError("hours, is_ended and weights have different lengths")
    refuse(~np.isin(ended, (0, 1)), "is_ended", ended, "is neither true nor false")
    refuse(np.isnan(cases), "weight", cases, "is not known")
    known = ~np.isnan(times) & (cases > 0)
    return times[known], ended[known], cases[known]


def with_ends(frame: pd.DataFrame, times: np.ndarray, cases: np.ndarray) -> pd.DataFrame:
    """The curve from time 0, where all go on, to the last time that one was seen."""
    ends = frame["time"].tolist()
    last = float(times.max())
    rows = []
    if 0 not in ends:
        rows.append([0.0, 1.0, cases.sum(), 0.0])
    rows.extend(frame.to_numpy().tolist())
    if last > rows[-1][0]:
        rows.append([last, rows[-1][1], cases[times == last].sum(), 0.0])
    return pd.DataFrame(rows, columns=COLUMNS[:4], dtype=float)


def log_log(frame: pd.DataFrame, z: float) -> tuple[np.ndarray, np.ndarray]:
    """Limits of a curve: survival to the power of exp(-/+ z se / log survival)."""
    survival, at_risk, ended = (frame[name].to_numpy() for name in COLUMNS[1:4])
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = ended / (at_risk * (at_risk - ended))
        error = np.sqrt(np.cumsum(terms)) / np.abs(np.log(survival))
        # Both are 0 / 0 or inf / inf where survival is 1 or 0: 1 to the power of an
        # unknown number is 1, as it should be, and 0 to that power is unknown.
        return survival ** np.exp(z * error), survival ** np.exp(-z * error)
