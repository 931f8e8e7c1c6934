"""Reads of what suppliers and shared events have to do with incidents.

One event may hit several councils: it is counted once per council and once per event,
side by side. A department's rows name their event (`shared_event_id`), as those of the
public record do; an incident that names none is taken to be of one council.
"""

from typing import Any

import pandas as pd

from analytics.reading import control, disclosure
from analytics.reading.cells import cells
from analytics.reading.marts import period_label
from analytics.reading.patterns import (
    CELL,
    UNTOLD,
    is_among,
    is_guarded,
    over_time,
    refuse_parts,
    withheld_keys,
    withhold,
    year_of,
)
from analytics.reading.reader import Reader
from analytics.reading.subtraction import keys, nested


def shared(
    reader: Reader, *, by: str = "england", bucket: str = "year", status: str = "confirmed"
) -> pd.DataFrame:
    """Incidents counted once per council and once per event, one row per group, period.

    A shared event counts in the period in which it began, at whichever council.
    Columns: group_code, group_label, period, period_label, alone (incidents of one
    council), hits (councils that shared events hit), events (shared, once each),
    once_per_council (alone + hits), once_per_event (alone + events), councils,
    expected, note.
    """
    alone = over_time(reader, "shared", by=by, bucket=bucket, status=status)
    alone = alone[alone["part"] == "alone"].drop(columns=["hits", *CELL])
    found = shared_cells(reader, by=by, bucket=bucket, status=status)
    frame = alone.merge(found, on=["group_code", "period"], how="left")
    is_hidden = frame["shared_note"] == disclosure.WITHHELD
    known = frame["note"] == ""
    for name in ("hits", "events"):
        frame[name] = frame[name].mask(known & frame["shared_note"].isna(), 0.0)
    frame["alone"] = frame["numerator"]
    frame["once_per_council"] = frame["alone"] + frame["hits"]
    frame["once_per_event"] = frame["alone"] + frame["events"]
    frame.loc[is_hidden, "note"] = disclosure.WITHHELD
    return frame.drop(columns=[*disclosure.PARTS, "shared_note"])


def shared_cells(reader: Reader, *, by: str, bucket: str, status: str) -> pd.DataFrame:
    """Councils hit and events by group and period, disclosed: group_code, period,
    hits, events, shared_note."""
    refuse_parts(reader, by)
    chosen: dict[str, Any] = {"by": by, "bucket": bucket}
    frame = cells(reader, "disruption/causes/shared", counts=["reports"], status=status, **chosen)
    frame["period"] = pd.to_datetime(frame["period"])
    if is_guarded(reader.viewer, by):
        hidden = is_told(reader, frame, status=status, **chosen)
        withhold(frame, hidden)
    names = {"numerator": "hits", "denominator": "events", "note": "shared_note"}
    return frame.rename(columns=names)[["group_code", "period", *names.values()]]


def is_told(reader: Reader, frame: pd.DataFrame, *, status: str, by: str, bucket: str) -> pd.Series:
    """Which periods a council may not see, by themselves or by subtraction."""
    at = ["group_code", "period"]
    if status == "both":
        sure = shared_cells(reader, by=by, bucket=bucket, status="confirmed")
        gone = sure.rename(columns={"shared_note": "note"})
        return (frame["note"] == disclosure.WITHHELD) | is_among(frame, gone, at)
    levels = []
    if bucket == "quarter":
        years = shared_cells(reader, by=by, bucket="year", status=status)
        years = years.rename(columns={"shared_note": "note"})
        key = keys(frame.assign(period=year_of(frame["period"])), at)
        levels = [(key, withheld_keys(years, at))]
    shown = frame["note"] != disclosure.WITHHELD
    counted = frame.assign(contributors=frame["behind"])
    none = pd.Series(None, index=frame.index, dtype=object)
    return ~nested(counted, shown, none, levels)


def supplier_share(
    reader: Reader, *, by: str = "england", bucket: str = "year", status: str = "confirmed"
) -> pd.DataFrame:
    """How much of incidents and of hours disrupted suppliers had a part in, as lines.

    Two rows a period, a `series` frame of two groups: group_code (incidents or hours),
    group_label, period, period_label, value (percent), numerator, denominator,
    councils, expected, basis, note. Incidents that do not tell are in no share.
    """
    found = over_time(reader, "supplier", by=by, bucket=bucket, status=status)
    told = found[found["part"] != UNTOLD]
    incidents = share_of(
        told, told["part"] == "yes", "incidents", "Incidents with a supplier involved"
    )
    hours = pd.concat(
        control.series(reader, "hours", by=by, bucket="quarter", part=part)
        for part in ("any", "supplier")
    )
    if bucket == "year":
        hours = hours.assign(period=year_of(hours["period"]))
    hours = hours.assign(period_label=[period_label(d, bucket) for d in hours["period"]])
    lost = share_of(
        hours, hours["part"] == "supplier", "hours", "Hours that suppliers disrupted", whole="any"
    )
    return pd.concat([incidents, lost], ignore_index=True)


def share_of(
    frame: pd.DataFrame, is_part: pd.Series, code: str, label: str, whole: str = ""
) -> pd.DataFrame:
    """A part of its whole by period in percent, as one line; unknown where a part is
    withheld. `whole` names the part that is the whole, or else the parts add up."""
    at = ["period", "period_label"]
    rows = frame.assign(
        upper=frame["numerator"].where(is_part, 0.0),
        lower=frame["numerator"].where(frame["part"] == whole, 0.0)
        if whole
        else frame["numerator"],
        gone=frame["note"] == disclosure.WITHHELD,
        heard=frame["numerator"].notna(),
    )
    line = rows.groupby(at, as_index=False).agg(
        numerator=("upper", "sum"),
        denominator=("lower", "sum"),
        gone=("gone", "any"),
        heard=("heard", "any"),
        councils=("councils", "max"),
        expected=("expected", "max"),
    )
    known = line["heard"] & ~line["gone"] & (line["denominator"] > 0)
    line["value"] = (100 * line["numerator"] / line["denominator"]).where(known)
    line[["numerator", "denominator"]] = line[["numerator", "denominator"]].where(
        known, float("nan")
    )
    line["note"] = known.map({True: "", False: disclosure.UNKNOWN})
    line.loc[line["gone"], "note"] = disclosure.WITHHELD
    named = line.drop(columns=["gone", "heard"])
    return named.assign(group_code=code, group_label=label, basis="")
