"""When things are noticed: in term, on weekdays and in office hours more than not."""

import datetime as dt

import numpy as np

from demonstration.period import to_utc


# April to March: attacks come more in autumn and winter.
SEASON = np.array([0.9, 0.9, 0.88, 0.85, 0.8, 1.02, 1.12, 1.18, 1.1, 1.15, 1.08, 1.02])
WEEKDAYS = np.array([1.3, 1.2, 1.15, 1.1, 1.05, 0.35, 0.3])
HOURS = np.array(
    [0.2] * 6
    + [0.6, 1.4, 3.2, 3.6, 3.2, 2.8, 2.4, 2.7, 2.8, 2.5, 2.0]
    + [1.2, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2]
)
NIGHTS = np.array([3.0, 2.5, 1.5, 0.8, 0.4] + [0.1] * 13 + [0.6, 1.0, 1.2, 1.5, 2.0, 2.5])
MINUTE = np.timedelta64(1, "m")


def season(months: list[dt.date]) -> np.ndarray:
    """How much busier each month is than usual."""
    return SEASON[[(day.month - 4) % 12 for day in months]]


def in_months(
    months: list[dt.date],
    index: np.ndarray,
    rng: np.random.Generator,
    *,
    weekdays: np.ndarray = WEEKDAYS,
    hours: np.ndarray = HOURS,
) -> np.ndarray:
    """A moment (UTC) in each of the months pointed at by `index`."""
    days = np.empty(len(index), "datetime64[D]")
    for n, first in enumerate(months):
        own = np.flatnonzero(index == n)
        if len(own):
            days[own] = days_of(first, len(own), weekdays, rng)
    hour = rng.choice(24, len(index), p=hours / hours.sum())
    minutes = hour * 60 + rng.integers(0, 60, len(index))
    return to_utc(days.astype("datetime64[m]") + minutes * MINUTE)


def days_of(
    first: dt.date, count: int, weekdays: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Days of a month, some weekdays more likely than others."""
    start = np.datetime64(first, "M")
    days = np.arange(start.astype("datetime64[D]"), (start + 1).astype("datetime64[D]"))
    # 1970-01-01 was a Thursday, the third day counted from Monday as 0.
    reach = np.cumsum(weekdays[(days.astype(int) + 3) % 7])
    return days[np.searchsorted(reach, rng.random(count) * reach[-1], side="right")]


def after(moments: np.ndarray, hours: np.ndarray) -> np.ndarray:
    """Moments some hours later, to the minute."""
    return moments + np.maximum(np.round(hours * 60), 0).astype(int) * MINUTE


def month_index(months: list[dt.date], moments: np.ndarray) -> np.ndarray:
    """Which of the months (one after another) each London time is in; -1 for none."""
    if not months:
        return np.full(len(moments), -1)
    index = moments.astype("datetime64[M]") - np.datetime64(months[0], "M")
    number = index.astype(int)
    return np.where((number >= 0) & (number < len(months)), number, -1)
