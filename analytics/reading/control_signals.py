"""What the rules of a control chart say of a series: spells, the last year, the season.

A judged frame is one line in order of time with period, period_label, value, centre,
lower, upper and rules, as `analytics.reading.control.line` gives it.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analytics.reading import disclosure
from analytics.statistics.rules import BEYOND, MOVING, NEAR, ONE_SIDE


# Months, and quarters, of a year.
A_YEAR = {"month": 12, "quarter": 4}
SIGNAL = ("rule", "side", "first_label", "last_label", "points")


def signals(frame: pd.DataFrame) -> pd.DataFrame:
    """What the rules found in a judged frame, in order of time.

    One row per spell: rule, side (above, below, rising or falling), first and last
    (places in the frame), points, first_period, last_period, first_label, last_label.
    """
    rows = [
        {"rule": rule, "side": side, "first": first, "last": last, "points": points}
        for rule in (BEYOND, ONE_SIDE, MOVING, NEAR)
        for side, first, last, points in spells(frame, rule)
    ]
    found = pd.DataFrame(rows, columns=["rule", "side", "first", "last", "points"])
    for end in ("first", "last"):
        there = frame.iloc[found[end].astype(int)]
        found[f"{end}_period"] = there["period"].to_numpy()
        found[f"{end}_label"] = there["period_label"].to_numpy()
    return found.sort_values(["last", "first"], ignore_index=True)


def spells(frame: pd.DataFrame, rule: str) -> Iterator[tuple[str, int, int, int]]:
    """Points of one rule and side that belong together: side, first, last, how many.

    Two of three may have one between them that is not part of it; where all of them are
    beyond the limit, that says more.
    """
    if rule == MOVING:
        yield from moves(frame)
        return
    reach = 2 if rule == NEAR else 1
    fired, beyond = has_rule(frame, rule), has_rule(frame, BEYOND)
    above = (frame["value"] > frame["centre"]).to_numpy()
    for is_above, side in ((True, "above"), (False, "below")):
        places = np.flatnonzero(fired & (above == is_above))
        breaks = np.flatnonzero(np.diff(places) > reach) + 1
        for some in np.split(places, breaks):
            if len(some) and not (rule == NEAR and beyond[some].all()):
                yield side, int(some[0]), int(some[-1]), len(some)


def moves(frame: pd.DataFrame) -> Iterator[tuple[str, int, int, int]]:
    """Runs of points that each go further than the last, seven or more."""
    fired = has_rule(frame, MOVING)
    step = np.sign(np.diff(frame["value"].to_numpy(dtype=float)))
    step[~(fired[1:] & fired[:-1]) | np.isnan(step)] = 0
    for sign, side in ((1, "rising"), (-1, "falling")):
        places = np.flatnonzero(step == sign)
        for some in np.split(places, np.flatnonzero(np.diff(places) > 1) + 1):
            if len(some) >= 6:
                yield side, int(some[0]), int(some[-1]) + 1, len(some) + 1


def has_rule(frame: pd.DataFrame, rule: str) -> np.ndarray:
    """Which points are part of a rule."""
    return frame["rules"].map(lambda names: rule in names.split("; ")).to_numpy(bool)


def years_apart(frame: pd.DataFrame, bucket: str = "month") -> dict[str, Any]:
    """The last year of a judged frame beside the one before it, over what is known.

    Keys: now and before (as values of the measure; unknown where not all of the year
    before lies in the frame), until (label of the last period known), and of SIGNAL
    what the last of `signals` that reaches into that year says, empty where none does.
    """
    told: dict[str, Any] = dict.fromkeys(SIGNAL, "")
    told |= {"now": float("nan"), "before": float("nan"), "until": ""}
    known = np.flatnonzero(frame["value"].notna())
    if not len(known):
        return told
    end, size = int(known[-1]) + 1, A_YEAR[bucket]
    told["now"] = mean_of(frame.iloc[max(end - size, 0) : end])
    if end >= 2 * size:
        told["before"] = mean_of(frame.iloc[end - 2 * size : end - size])
    told["until"] = frame["period_label"].iloc[end - 1]
    found = signals(frame)
    recent = found[found["last"] >= end - size]
    if len(recent):
        told |= {name: recent[name].iloc[-1] for name in SIGNAL}
    return told


def mean_of(rows: pd.DataFrame) -> float:
    """Values of several periods as one, each weighing as many council-months as it has.

    The scale is that of `value` (per council a year, a count a month).
    """
    told = rows.dropna(subset="value")
    weight = told["denominator"].sum()
    if not weight:
        return float("nan")
    return float((told["value"] * told["denominator"]).sum() / weight)


def season(frame: pd.DataFrame) -> pd.DataFrame:
    """One row per month of the financial year and year of a series by month.

    Columns: month ("April"), year ("2024/25"), value, note. Months that the series does
    not have are unknown.
    """
    day = frame["period"].dt
    first = day.year - (day.month < 4).astype(int)
    told = pd.DataFrame(
        {
            "place": (day.month - 4) % 12,
            "first": first,
            "value": frame["value"],
            "note": frame["note"],
        }
    )
    grid = pd.MultiIndex.from_product(
        [range(12), range(first.min(), first.max() + 1)], names=["place", "first"]
    )
    full = told.set_index(["place", "first"]).reindex(grid).reset_index()
    full["month"] = [f"{date(2000, (p + 3) % 12 + 1, 1):%B}" for p in full["place"]]
    full["year"] = [f"{y}/{(y + 1) % 100:02d}" for y in full["first"]]
    full["note"] = full["note"].fillna(disclosure.UNKNOWN)
    return full[["month", "year", "value", "note"]]
