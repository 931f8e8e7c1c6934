"""Hours of spells that may overlap: an hour in which two went on is one hour."""

from typing import Any

import numpy as np
import pandas as pd

from analytics.statistics.numbers import numbers


SECONDS_IN_HOUR = 3600


def united_hours(starts: Any, ends: Any) -> float:
    """Hours in which at least one spell went on; 0 where there is none.

    Takes what `united_spells` takes. Time is counted as it passes, so a spell over the
    night when clocks go forward is an hour shorter than its wall clocks say.
    """
    spells = united_spells(starts, ends)
    return float((spells["end"] - spells["start"]).sum()) / SECONDS_IN_HOUR


def united_spells(starts: Any, ends: Any) -> pd.DataFrame:
    """Spells with those that overlap or touch made one: start, end, in order.

    Takes n starts and n ends, as seconds since 1970 (`started_at_second`) or as times;
    gives seconds, as floats. Times with a zone or an offset are turned to UTC; those
    without one are read as UTC, as the warehouse keeps them. ValueError where one is
    unknown (close what is still open at the as-at date first), lengths differ or a
    spell ends before it starts.
    """
    begun, ended = seconds(starts), seconds(ends)
    if len(begun) != len(ended):
        raise ValueError(f"{len(begun)} starts were given and {len(ended)} ends")
    if np.isnan(begun).any() or np.isnan(ended).any():
        raise ValueError("a spell has no start or no end: close it at the as-at date")
    if (ended < begun).any():
        at = int(np.argmax(ended < begun))
        first, last = (pd.Timestamp(each[at], unit="s") for each in (begun, ended))
        raise ValueError(f"a spell ends at {last} UTC, before it starts at {first}")
    order = np.argsort(begun, kind="stable")
    begun, ended = begun[order], np.maximum.accumulate(ended[order])
    # A spell stands apart where all before it ended before it began.
    is_first = np.append(True, begun[1:] > ended[:-1])[: len(begun)]
    is_last = np.append(is_first[1:], True)[: len(begun)]
    return pd.DataFrame({"start": begun[is_first], "end": ended[is_last]})


def seconds(values: Any) -> np.ndarray:
    """Seconds since 1970 as floats, NaN where unknown."""
    given = values if isinstance(values, pd.Series) else pd.Series(values)
    if given.empty:
        return np.empty(0)
    if pd.api.types.is_numeric_dtype(given):
        return numbers(given, "time")
    times = pd.to_datetime(given, utc=True)
    passed = times - pd.Timestamp(0, tz="UTC")
    return passed.dt.total_seconds().to_numpy(dtype=float)
