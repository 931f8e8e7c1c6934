"""Reads of how long things last: detecting, containing, recovering, restoring.

Curves are Kaplan and Meier's, since some cases are still open, over cases counted by
step of duration (`marts.survival_steps`), each step a tenth longer than the one before;
a step stands for the mean of its cases. So a page never reads incidents one by one, and
a median is right to within a step. Years are financial years, whole ones.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from analytics.reading import disclosure
from analytics.reading.cells import cells, own_rows, withheld_in_a_year
from analytics.reading.marts import allow, is_narrowed
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.statistics import survival_at, survival_curve


INTERVALS = ("detect", "contain", "recover", "restore")
WAYS = ("all", "action", "cause", "objective", "monitoring")
SHARES = {"median": 0.5, "p90": 0.9}
COUNTS = ["still_open", "unknown"]
# The median of fewer incidents than these says little of a council.
FEWEST_INCIDENTS = 5
MOST_OWN = 200
# What is left of a curve is a product of fractions; this much is rounding.
ROUNDING = 1e-9
# Codes that have an order of their own; others go by how many cases they have.
ORDER = {
    "Objective met": 1,
    "Objective missed": 2,
    "Not settled yet": 3,
    "No objective": 4,
    "C1 not met at all": 1,
    "C1 met in part": 2,
    "C1 met in full": 3,
    "C1 not assessed": 4,
    "No incident named": 9,
}
CURVE = [
    "group_code",
    "group_label",
    "interval_code",
    "hours",
    "survival",
    "at_risk",
    "ended",
    "lower",
    "upper",
]


class Lasting(NamedTuple):
    """Medians and 90th centiles, and the curves that they are read from."""

    spans: pd.DataFrame
    curves: pd.DataFrame


def spans(
    reader: Reader, *, intervals: tuple[str, ...] = INTERVALS, way: str = "all"
) -> pd.DataFrame:
    """Median and 90th centile of intervals, for all cases or by `way`.

    One row per interval and code: interval_code, group_code, group_label, numerator
    (ended), denominator (of known duration), still_open, unknown (duration not known),
    as_at (day up to which the open are counted), councils, median, p90, each with its
    95% limits (median_low, median_high and so on), note. Hours are unknown where the
    curve does not come down that far. `way` is one of WAYS; a `code` of the way
    monitoring says how much of CAF principle C1 a council met in its latest year.
    """
    frame = told(reader, intervals, way)
    return with_quantiles(frame, steps_of(reader, intervals, way, frame))


def lasting(reader: Reader, *, intervals: tuple[str, ...] = INTERVALS, way: str = "all") -> Lasting:
    """`spans`, and beside them the share still going on after so many hours.

    `curves`: one row per interval, code and time at which something ended: CURVE, in
    which survival and its 95% limits are percentages. What may not be shown has no row.
    """
    frame = told(reader, intervals, way)
    steps = steps_of(reader, intervals, way, frame)
    return Lasting(with_quantiles(frame, steps), curves(frame, steps))


def with_quantiles(frame: pd.DataFrame, steps: dict[Any, pd.DataFrame]) -> pd.DataFrame:
    """Cases with their median and 90th centile, each with its 95% limits."""
    found = [quantiles(steps.get(key)) for key in keys_of(frame)]
    columns = [f"{name}{end}" for name in SHARES for end in ("", "_low", "_high")]
    hours = pd.DataFrame(found, columns=columns, index=frame.index, dtype=float)
    return pd.concat([frame, hours], axis=1)


def curves(frame: pd.DataFrame, steps: dict[Any, pd.DataFrame]) -> pd.DataFrame:
    """Kaplan and Meier's curve of each interval and code that has cases to show."""
    parts = []
    for key, label in zip(keys_of(frame), frame["group_label"], strict=True):
        if key in steps:
            curve = survival_curve(**cases(steps[key])).rename(columns={"time": "hours"})
            parts.append(curve.assign(interval_code=key[0], group_code=key[1], group_label=label))
    if not parts:
        return pd.DataFrame(columns=CURVE)
    found = pd.concat(parts, ignore_index=True)[CURVE]
    found[["survival", "lower", "upper"]] *= 100
    return found


def left_at(curves: pd.DataFrame, hours: Sequence[float]) -> pd.DataFrame:
    """Percent still going on after each number of hours, read off `curves`.

    One row per group_code, in their order, and a column per time; unknown past the last
    time seen.
    """
    found = {}
    for code, rows in curves.groupby("group_code", sort=False):
        curve = rows.rename(columns={"hours": "time"}).reset_index(drop=True)
        found[code] = survival_at(curve, list(hours))
    return pd.DataFrame.from_dict(found, orient="index", columns=list(hours))


def own(reader: Reader, gss_code: str, *, interval: str) -> pd.DataFrame:
    """One council's own cases of one interval: those still open, then the longest.

    Columns: reference, month, hours (so far, where open), is_ended, action, cause,
    has_objective, is_within_objective; at most MOST_OWN rows. Empty where the viewer
    may not see them by name; a council may ask for its own alone.
    """
    return own_rows(
        reader,
        "disruption/duration/own",
        gss_code,
        what="incidents",
        interval_code=interval,
        most=MOST_OWN,
    )


def monitoring(reader: Reader) -> pd.DataFrame:
    """Councils that may be named: time to detect beside the share of C1 outcomes met.

    One row per council: gss_code, council_name, region, council_type, monitored
    (percent, its latest year), value (median hours to detect), numerator (incidents).
    Councils with fewer incidents than FEWEST_INCIDENTS are left out, and so are those
    without a name: two measures together would tell who they are.
    """
    allow(reader)
    everything = reader.as_analyst()
    known = everything.query("disruption/duration/monitoring")
    known = known[known["numerator"] >= FEWEST_INCIDENTS]
    everyone = everything.query("reading/councils")
    frame = everyone.merge(known, on="gss_code", how="left")
    named = disclosure.anonymise(frame, reader.viewer)
    named = named[(named["gss_code"] != "") & named["value"].notna()]
    return named.dropna(subset="monitored").reset_index(drop=True)


def told(reader: Reader, intervals: tuple[str, ...], way: str) -> pd.DataFrame:
    """Cases by interval and code, disclosed; `group_code` is the code."""
    if way not in WAYS or not set(intervals) <= set(INTERVALS):
        raise ValueError(f"Way {way!r} or intervals {intervals} are not known.")
    judged = judged_by(reader)

    def read(years: Scope) -> pd.DataFrame:
        return of_codes(reader.within(years), intervals, way, judged)

    frame = read(reader.scope)
    names = ["interval_code", "group_code"]
    withhold(frame, withheld_in_a_year(reader, frame, names, read))
    # The cells' note is about a share, which is unknown where no duration is known.
    frame.loc[frame["note"] == disclosure.UNKNOWN, "note"] = ""
    order = {code: place for place, code in enumerate(INTERVALS)}
    frame["place"] = frame["interval_code"].map(order)
    frame["rank"] = frame["code"].map(ORDER).fillna(0)
    by = ["place", "rank", "denominator", "code"]
    up = [True, True, False, True]
    frame = frame.sort_values(by, ascending=up, ignore_index=True)
    return frame.drop(columns=["place", "rank", "code"])


def judged_by(reader: Reader) -> dict[str, Any]:
    """The years of which the latest says how much of C1 a council met.

    For a council all that there are: one that changes its class from range to range
    could be found by subtraction.
    """
    if reader.is_of_others:
        return {"class_since": date.min, "class_until": date.max}
    return {"class_since": reader.scope.since_year, "class_until": reader.scope.until}


def of_codes(
    reader: Reader, intervals: tuple[str, ...], way: str, judged: dict[str, Any]
) -> pd.DataFrame:
    """Cases by interval and code over a range taken by itself, disclosed."""
    frame = cells(
        reader,
        "disruption/duration/durations",
        within=("interval_code", "code"),
        counts=COUNTS,
        way=way,
        intervals=list(intervals),
        **judged,
    )
    frame = frame.drop(columns=["group_code", "group_label", "group_order", "value"])
    frame = frame.assign(group_code=frame["code"], group_label=frame["code"])
    withhold(frame, is_told_by_the_rest(frame, reader, way))
    return frame


def withhold(frame: pd.DataFrame, gone: pd.Series) -> None:
    """Withhold rows, in place."""
    disclosure.withhold(frame, gone, ["numerator", "denominator", *COUNTS])


def is_told_by_the_rest(frame: pd.DataFrame, reader: Reader, way: str) -> pd.Series:
    """Codes to withhold from a council although each could be shown alone.

    Codes add up to all cases, so one withheld takes the next smallest with it. Within a
    region, a type or peers none is shown: England's code less that of the other regions
    would give one that is withheld.
    """
    if reader.viewer.role != "council" or way == "all":
        return pd.Series(False, index=frame.index)
    if is_narrowed(reader.scope):
        return pd.Series(True, index=frame.index)
    shown = frame["note"] != disclosure.WITHHELD
    counted = frame.assign(contributors=frame["councils"])
    return disclosure.is_next_smallest(counted, shown, within=("interval_code",))


def steps_of(
    reader: Reader, intervals: tuple[str, ...], way: str, frame: pd.DataFrame
) -> dict[tuple[str, str], pd.DataFrame]:
    """Cases by step of duration, for each interval and code that is shown."""
    if reader.viewer.role == "council" and reader.viewer.gss_code in reader.scope.councils:
        reader = reader.within(
            replace(reader.scope, councils=(reader.viewer.gss_code,), peers_of="")
        )
    rows = reader.query(
        "disruption/duration/steps", way=way, intervals=list(intervals), **judged_by(reader)
    )
    shown = set(keys_of(frame[frame["note"] != disclosure.WITHHELD]))
    parts = rows.groupby(["interval_code", "code"], sort=False)
    return {key: part for key, part in parts if key in shown}


def keys_of(frame: pd.DataFrame) -> list[tuple[str, str]]:
    """Interval and code of each row."""
    return list(zip(frame["interval_code"], frame["group_code"], strict=True))


def cases(steps: pd.DataFrame) -> dict[str, Any]:
    """Steps of duration as the methods of survival take them: hours, ended, weights."""
    return {
        "hours": pd.concat([steps["ended_hours"], steps["open_hours"]]).to_numpy(),
        "is_ended": [True] * len(steps) + [False] * len(steps),
        "weights": pd.concat([steps["ended"], steps["still_open"]]).to_numpy(),
    }


def quantiles(steps: pd.DataFrame | None) -> list[float]:
    """Median and 90th centile with their limits; unknown where there are no steps.

    As `statistics.survival_quantile` finds them, from one curve for all of them.
    """
    if steps is None:
        return [float("nan")] * 3 * len(SHARES)
    curve = survival_curve(**cases(steps))
    return [
        first_below(curve, line, 1 - share)
        for share in SHARES.values()
        for line in ("survival", "lower", "upper")
    ]


def first_below(curve: pd.DataFrame, line: str, left: float) -> float:
    """The first time at which no more than a share is left; NaN where there is none."""
    times = curve.loc[curve[line] <= left + ROUNDING, "time"]
    return float(times.iloc[0]) if len(times) else float("nan")
