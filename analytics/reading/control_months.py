"""Amounts by month, quarter or year for control charts, disclosed.

For a council, what is withheld hangs on no range: whole years are looked at, a year
first, then its quarters, then their months. Where a year is withheld one of its
quarters is too, and so down; where a year is shown nothing withheld within it follows
from analytics.reading.reader import Reader
from it. Actions of incidents are withheld by year and quarter as `patterns` does.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from analytics.reading import disclosure, patterns
from analytics.reading.cells import cells, whole_years
from analytics.reading.marts import is_narrowed
from analytics.reading.reader import Reader
from analytics.reading.subtraction import is_largest_of, keys, nested


ANY = "any"
COUNTS = ("incidents", "disruptions", "service_disruptions")
LEVELS = ("year", "quarter", "month")


def known(reader: Reader, measure: str, by: str, bucket: str, part: str) -> pd.DataFrame:
    """What was reported of a part (or `all` of them), one row per group and period.

    For a council, periods are whole: a quarter that a range begins or ends in counts in
    full, or two ranges would differ by a month.
    """
    if by == "council" or not reader.is_of_others:
        asked = [] if part == "all" else [part]
        frame = read(reader, measure, by, bucket, asked)
        return frame.drop(columns="contributors")
    whole = whole_years(reader.scope)
    if part == ANY:
        frame = of_any(reader.within(whole), measure, by, bucket)
    else:
        every = by_level(reader.within(whole), measure, by, bucket)
        found = by_level(reader.within(whole), measure, by, bucket, every)
        frame = pd.concat([every[bucket], found[bucket]], ignore_index=True)
    frame = frame.drop(columns="contributors")
    return frame if part == "all" else frame[frame["part"] == part]


def read(reader: Reader, measure: str, by: str, bucket: str, asked: list[str]) -> pd.DataFrame:
    """One row per group, part and period with a report, small groups emptied.

    `contributors` are the councils behind it: of a cause, those that had it.
    """
    frame = cells(
        reader,
        "reading/control_months",
        by=by,
        within=("period", "part"),
        counts=["lacking", "counted"],
        measure=measure,
        bucket=bucket,
        parts=asked,
    )
    frame["period"] = pd.to_datetime(frame["period"])
    each = 12 if measure in COUNTS else 1
    frame["value"] = each * frame["numerator"] / frame["denominator"].replace(0, np.nan)
    frame["value"] = frame["value"].astype(float)
    return frame.drop(columns="group_order").rename(columns={"behind": "contributors"})


def of_any(reader: Reader, measure: str, by: str, bucket: str) -> pd.DataFrame:
    """What a council may see of whole years, whatever the cause."""
    if by == "england" and (reader.scope.peers_of or not is_narrowed(reader.scope)):
        return by_level(reader, measure, by, bucket)[bucket]
    wide = replace(reader.scope, regions=(), groups=(), councils=(), peers_of="")
    every = by_level(reader.within(wide), measure, "england", bucket)
    if not is_narrowed(reader.scope):
        return by_level(reader, measure, by, bucket, every)[bucket]
    # Of one region or type, what is withheld among all of them.
    frame = read(reader, measure, by, bucket, [ANY])
    if reader.scope.peers_of:
        return frame
    way = "region" if reader.scope.regions else "type"
    among = by_level(reader.within(wide), measure, way, bucket, every)[bucket]
    among = among[among["group_code"] == (reader.scope.regions or reader.scope.groups)[0]]
    gone = among.loc[among["note"] == disclosure.WITHHELD, "period"]
    empty(frame, frame["period"].isin(gone))
    return frame


def by_level(
    reader: Reader, measure: str, by: str, bucket: str, every: dict[str, pd.DataFrame] | None = None
) -> dict[str, pd.DataFrame]:
    """Years, quarters and months up to the one asked for, each within the last.

    `every` holds the same of all of England, whatever the cause, which groups or (by
    england) causes add up to.
    """
    is_any = every is None or by != "england"
    found: dict[str, pd.DataFrame] = {}
    for level in LEVELS[: LEVELS.index(bucket) + 1]:
        frame = read(reader, measure, by, level, [ANY] if is_any else [])
        if not is_any:
            frame = frame[frame["part"] != ANY].reset_index(drop=True)
        if measure == "incidents" and not is_any and level != "month":
            hidden = as_among_actions(reader, level, frame)
        else:
            hidden = is_told(frame, found, every[level] if every else None)
        empty(frame, hidden)
        found[level] = frame
    return found


def is_told(
    frame: pd.DataFrame, above: dict[str, pd.DataFrame], every: pd.DataFrame | None
) -> pd.Series:
    """Which cells would be known from the sums that are shown.

    `above` holds the longer periods that they are part of, `every` the sums of all
    groups or causes (none where the cells are these sums).
    """
    # Where nobody is known to have contributed there is nothing to find.
    shown = (frame["note"] != disclosure.WITHHELD) | (frame["contributors"] == 0)
    rows = pd.Series(None, index=frame.index, dtype=object)
    if every is not None:
        gone = every.loc[every["note"] == disclosure.WITHHELD, "period"]
        period = keys(frame, ["period"])
        is_gone = frame["period"].isin(gone)
        shown &= ~is_largest_of(frame, shown, period.where(is_gone))
        rows = period.mask(is_gone)
    levels = []
    for level in reversed(above):
        longer = above[level][above[level]["note"] == disclosure.WITHHELD]
        names = ["group_code", "part", "period"]
        key = keys(frame.assign(period=begins(frame["period"], level)), names)
        levels.append((key, set(keys(longer, names))))
    is_of_groups = bool((frame["part"] == ANY).all())
    return ~nested(frame, shown, rows, levels, is_of_groups=is_of_groups)


def begins(periods: pd.Series, level: str) -> pd.Series:
    """First day of the quarter or financial year of each period."""
    if level == "quarter":
        return periods.dt.to_period("Q").dt.start_time
    return patterns.year_of(periods)


def as_among_actions(reader: Reader, bucket: str, frame: pd.DataFrame) -> pd.Series:
    """Which actions of which periods are withheld among those of `patterns`."""
    told = patterns.over_time(reader, "action", bucket=bucket)
    gone = told[told["note"] == disclosure.WITHHELD].rename(columns={"action": "cell"})
    there = keys(gone, ["period", "cell"])
    return keys(frame, ["period", "part"]).isin(set(there))


def empty(frame: pd.DataFrame, hidden: pd.Series) -> None:
    """Withhold these rows, in place."""
    disclosure.withhold(frame, hidden, [*disclosure.PARTS, "lacking", "counted"])
