"""Reads of rates by size: what a council of its size would be expected to have.

Counts are of months that councils reported on; a council's residents count for those
months alone. Councils are a full count and no sample, so an interval says how far a
figure would vary by chance. Counts of incidents have no polarity: who sees more reports
more, which is why monitoring and hours to detect stand beside every rate. Every read is
disclosed by `analytics.reading.cells`; a council's size would tell whose dot it is, so
no council is ever shown without its name.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analytics.reading import disclosure, lookups
from analytics.reading.cells import cells, whole_years, withheld_in_a_year
from analytics.reading.disclosure import PARTS, UNKNOWN, WITHHELD
from analytics.reading.marts import is_narrowed
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.statistics import PLACES, funnel_limits_rate, funnel_place, rate_interval


PER = 100_000
INNER, OUTER = 0.95, 0.998


@dataclass(frozen=True)
class Measure:
    """What is counted: its title, what one of them is called, and who reports it."""

    title: str
    one: str
    many: str
    dataset: str
    definition: str
    is_count: bool = True


MEASURES = {
    "confirmed": Measure(
        "Confirmed cyber incidents",
        "incident",
        "incidents",
        "incidents",
        "Confirmed cyber incidents, by the month in which they were detected.",
    ),
    "availability": Measure(
        "Cyber incidents that stopped a service",
        "incident",
        "incidents",
        "incidents",
        "Confirmed cyber incidents with a loss of availability, by the month in which "
        "they were detected.",
    ),
    "breaches": Measure(
        "Data breaches",
        "breach",
        "breaches",
        "incidents",
        "Confirmed incidents, cyber or not, in which information was seen or taken by "
        "someone who should not have it, by the month in which they were detected.",
    ),
    "hours": Measure(
        "Service hours disrupted",
        "hour",
        "hours",
        "disruptions",
        "Hours in which a council service was unavailable or degraded without being "
        "planned, overlaps of one service united, in the month in which they passed.",
        is_count=False,
    ),
}
TIERS = {"lower": "Districts and unitaries", "upper": "Counties"}
# Classes of security monitoring, by the share of C1 that a council meets.
MONITORING = {
    "none": "Nothing of C1 met",
    "less": "Under half of C1 met",
    "more": "Half or more met",
    "all": "All of C1 met",
    "unknown": "C1 not assessed",
}
BESIDE = [
    "monitoring",
    "met",
    "assessed",
    "monitoring_note",
    "detect_hours",
    "detected",
    "detect_note",
]


def groups(reader: Reader, measure: str, *, by: str) -> pd.DataFrame:
    """Rates of England, regions or types of council (`by`), all councils in each.

    One row per group: group_code, group_label, numerator (counted), denominator
    (resident-years), value (a year, per 100,000 residents), lower, upper, councils,
    expected, note, and the columns of BESIDE: percent of C1 met, hours to detect.
    """
    frame = counted(reader, measure, by=by)
    names = reader.query("reading/expected", by=by)
    frame = names.merge(frame, on=["group_code", "group_label"], how="left")
    frame["note"] = frame["note"].fillna(UNKNOWN)
    frame["councils"] = frame["councils"].fillna(0).astype(int)
    return beside(frame, reader, by=by)


def classes(reader: Reader, measure: str, *, tier: str) -> pd.DataFrame:
    """Rates of councils of one tier by how much of C1 (monitoring) they meet.

    One row per class in the order of MONITORING, with the columns of `groups` but those
    of C1; `expected` is how many councils the tier has. A council sees England's only:
    classes of its region, taken from those of all, would tell of others.
    """
    if reader.viewer.role == "council" and is_narrowed(reader.scope):
        reader.scope.check(reader.viewer)
        reader = reader.within(everywhere(reader.scope))
    frame = counted(reader, measure, by="monitoring", tier=tier)
    if baseline(reader, measure, tier=tier) is None:
        # Classes add up to the tier, which may then not be known from them either.
        withhold(frame)
    hours = detection(reader, by="monitoring", tier=tier)
    frame = frame.merge(hours, on="group_code", how="left")
    hidden = frame["note"] == WITHHELD
    frame.loc[hidden, ["detect_hours", "detected"]] = float("nan")
    frame["group_label"] = frame["group_code"].map(MONITORING)
    frame["expected"] = shown_councils(reader, tier)
    order = frame["group_code"].map(list(MONITORING).index)
    return frame.iloc[order.argsort()].reset_index(drop=True)


def councils(reader: Reader, measure: str, *, tier: str) -> pd.DataFrame:
    """Rates of each council of one tier beside what its size would lead one to expect.

    One row per council of today that may be named (a council sees itself): gss_code,
    council_name, region, council_type, population, months, numerator, denominator,
    value, lower, upper, expected (at the rate of England's councils of this tier),
    ratio, place (in words; empty where unknown), note, and the columns of BESIDE.
    Hours have no interval and no place: hours of one disruption are not so many events.
    """
    frame = counted(reader, measure, by="council", tier=tier)
    frame = frame.drop(columns=["group_label", "councils"])
    names = listed(reader, tier).rename(columns={"gss_code": "group_code"})
    frame = names.merge(frame, on="group_code", how="left")
    frame["note"] = frame["note"].fillna(UNKNOWN)
    frame = beside(frame, reader, by="council")
    whole = baseline(reader, measure, tier=tier)
    return placed(frame, whole, MEASURES[measure]).rename(columns={"group_code": "gss_code"})


def baseline(reader: Reader, measure: str, *, tier: str) -> float | None:
    """How many a resident-year there are at all councils of a tier, in all of England.

    It is worked out from the types of council as they are shown, so that it tells
    nothing that they do not; None where one of them is withheld or none reported.
    """
    frame = counted(reader.within(everywhere(reader.scope)), measure, by="type")
    is_county = frame["group_code"] == "county"
    known = frame[is_county if tier == "upper" else ~is_county]
    total = known["denominator"].sum(skipna=False)
    if known.empty or pd.isna(total) or total == 0:
        return None
    return float(known["numerator"].sum() / total)


def everywhere(scope: Scope) -> Scope:
    """The same years of all of England."""
    return replace(scope, regions=(), groups=(), councils=(), peers_of="")


def counted(reader: Reader, measure: str, *, by: str, tier: str = "") -> pd.DataFrame:
    """Counts, resident-years and rates with their intervals, disclosed."""
    if measure not in MEASURES:
        raise ValueError(f"Measure {measure!r} is not one of: {', '.join(MEASURES)}.")
    if by != "council" and reader.is_of_others:
        # Ranges of months would differ by a month.
        reader = reader.within(whole_years(reader.scope))
    frame = over_range(
        reader, "reading/rates", by=by, counts=["months", "population"], measure=measure, tier=tier
    )
    frame["value"] = frame["value"] / 100 * PER
    limits = rate_interval(frame["numerator"], frame["denominator"], PER)
    is_count = MEASURES[measure].is_count
    frame["lower"] = limits.lower if is_count else float("nan")
    frame["upper"] = limits.upper if is_count else float("nan")
    return frame.drop(columns=["group_order", "period"])


def over_range(reader: Reader, name: str, *, by: str, **more: Any) -> pd.DataFrame:
    """`cells` of a read; for a council only where each year of the range is shown.

    Classes of monitoring are then by the latest year there is: a council that changes
    its class from range to range could be found by subtraction.
    """
    is_guarded = by != "council" and reader.is_of_others
    judged = (
        (date.min, date.max) if is_guarded else (reader.scope.since_year, reader.scope.until_year)
    )

    def read(years: Scope) -> pd.DataFrame:
        return cells(
            reader.within(years), name, by=by, class_since=judged[0], class_until=judged[1], **more
        )

    frame = read(reader.scope)
    if is_guarded:
        gone = withheld_in_a_year(reader, frame, ["group_code"], read)
        disclosure.withhold(frame, gone, [*PARTS, *more.get("counts", [])])
    return frame


def withhold(frame: pd.DataFrame) -> None:
    """Empty every figure of a frame, in place."""
    numbers = ["value", "numerator", "denominator", "lower", "upper", "months", "population"]
    frame[numbers] = float("nan")
    frame["note"] = WITHHELD


def beside(frame: pd.DataFrame, reader: Reader, *, by: str) -> pd.DataFrame:
    """The frame with how much of C1 its groups meet, and how soon they detect."""
    names = {
        "value": "monitoring",
        "numerator": "met",
        "denominator": "assessed",
        "note": "monitoring_note",
    }
    years = reader.scope
    if by != "council" and reader.is_of_others:
        # Ranges would differ by the councils not assessed in their last year.
        years = reader.scope.within(reader.scope.until_year, reader.scope.until)
    share = cells(reader.within(years), "reading/rates_monitoring", by=by)
    share = share.rename(columns=names)
    share = share[["group_code", *BESIDE[:4]]]
    hours = detection(reader, by=by)
    frame = frame.merge(share, on="group_code", how="left")
    frame = frame.merge(hours, on="group_code", how="left")
    for note in ("monitoring_note", "detect_note"):
        frame[note] = frame[note].fillna(UNKNOWN)
    return frame


def detection(reader: Reader, *, by: str, tier: str = "") -> pd.DataFrame:
    """One row per group: group_code, detect_hours (median), detected, detect_note."""
    frame = over_range(reader, "reading/rates_detection", by=by, tier=tier)
    names = {"numerator": "detect_hours", "denominator": "detected", "note": "detect_note"}
    return frame.rename(columns=names)[["group_code", *names.values()]]


def listed(reader: Reader, tier: str) -> pd.DataFrame:
    """Councils of today of one tier in scope that the viewer may see by name."""
    frame = reader.query("reading/councils")
    is_county = frame["council_group"] == "county"
    frame = frame[is_county if tier == "upper" else ~is_county]
    if reader.viewer.role == "council":
        frame = frame[frame["gss_code"] == reader.viewer.gss_code]
    return frame.drop(columns="council_group")


def placed(frame: pd.DataFrame, whole: float | None, measure: Measure) -> pd.DataFrame:
    """The frame with what was expected of each council, the ratio and its place."""
    rate = float("nan") if whole is None else whole
    expected = frame["denominator"] * rate
    ratio = frame["numerator"] / expected.where(expected > 0)
    result = frame.assign(expected=expected, ratio=ratio, place="")
    if measure.is_count:
        inner, outer = limits(expected)
        result["place"] = funnel_place(ratio, inner, outer)
    return result


def limits(expected: Any) -> tuple[Any, Any]:
    """Inner and outer limits of the ratio where so many are expected."""
    return funnel_limits_rate(expected, INNER), funnel_limits_rate(expected, OUTER)


def curves(expected: pd.Series) -> pd.DataFrame:
    """The limits as lines, from a little below the fewest expected to above the most.

    Columns: expected, inner_lower, inner_upper, outer_lower, outer_upper; no row where
    nothing is expected of any council.
    """
    known = expected[expected > 0]
    low, high = (known.min() / 1.5, known.max() * 1.5) if len(known) else (1.0, 1.0)
    steps = np.geomspace(float(low), float(high), 160 if len(known) else 0)
    inner, outer = limits(steps)
    return pd.DataFrame(
        {
            "expected": steps,
            "inner_lower": inner.lower,
            "inner_upper": inner.upper,
            "outer_lower": outer.lower,
            "outer_upper": outer.upper,
        }
    )


def is_outside(frame: pd.DataFrame, *, outer: bool = False) -> pd.Series:
    """Which councils lie outside the inner limits, or outside the outer ones."""
    beyond = (PLACES[0], PLACES[4]) if outer else tuple(PLACES[:2] + PLACES[3:])
    return frame["place"].isin(beyond)


def shown_councils(reader: Reader, tier: str) -> int:
    """Councils of today of one tier in scope, named or not."""
    frame = lookups.all_councils(reader.path, reader.viewer)
    is_county = frame["council_group"] == "county"
    frame = frame[is_county if tier == "upper" else ~is_county]
    inside = frame["region"].isin(reader.scope.regions or frame["region"])
    inside &= frame["council_group"].isin(reader.scope.groups or frame["council_group"])
    inside &= frame["gss_code"].isin(reader.scope.councils or frame["gss_code"])
    return int(inside.sum())
