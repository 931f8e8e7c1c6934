"""Whether disruption is falling: series by month, per council that reported, and the
limits within which chance alone would keep them.

The frame of `series` is the `series` frame of docs/architecture.md, with `lacking` and
`counted`: disruptions that do not tell how many residents they hit, and all of them.
`line` is one of its lines with centre, lower, upper and rules; what the rules say is
put together by `analytics.control_signals`.
"""

from dataclasses import replace

import pandas as pd

from analytics.reading import disclosure
from analytics.reading.control_months import ANY, COUNTS, known
from analytics.reading.control_signals import A_YEAR, years_apart
from analytics.reading.indicators import Indicator
from analytics.reading.marts import is_narrowed, period_label
from analytics.reading.reader import Reader
from analytics.reading.viewer import NotAllowedError, Viewer
from analytics.reading.warehouse import query
from analytics.statistics import c_limits, u_limits, xmr_limits
from analytics.statistics.rules import BEYOND


RARE_COUNT, RARE_SHARE = 5, 1 / 3
COMMON = Indicator(
    key="",
    theme="service_disruption",
    title="",
    question="Is it falling?",
    definition="",
    kind="ratio",
    numerator="",
    denominator="Council-years reported on",
    unit="per_council_year",
    grain="month",
    polarity="none",
    source="Service disruptions reported by councils; months with a return, nil returns included",
    dataset="disruptions",
)
MEASURES = {
    "hours": replace(
        COMMON,
        key="hours",
        title="Service hours disrupted",
        definition="Hours in which a council service was unavailable or degraded "
        "without being planned, in the month in which they passed, for each council "
        "and month reported on.",
        numerator="Unplanned service hours disrupted",
        denominator="Council-months reported on",
        unit="hours_per_council_month",
        polarity="lower_is_better",
        caveat="Overlapping disruptions of one service are united, so an hour counts "
        "once; under a cause, those of that cause are. A disruption that continues "
        "counts up to the end of the last month reported on.",
    ),
    "disruptions": replace(
        COMMON,
        key="disruptions",
        title="Disruptions of services",
        definition="Unplanned disruptions of a council service, by the month in which "
        "they started, for each council and year reported on.",
        numerator="Unplanned disruptions",
        caveat="Councils that watch their services better report more, so a higher "
        "figure is neither good nor bad.",
    ),
    "incidents": replace(
        COMMON,
        key="incidents",
        title="Incidents confirmed",
        definition="Confirmed incidents, cyber and other, by the month in which they "
        "were detected, for each council and year reported on.",
        numerator="Confirmed incidents",
        dataset="incidents",
        source="Incidents reported by councils; months with a return, nil returns included",
        caveat="Councils that monitor better report more, so a higher figure is "
        "neither good nor bad. Suspected incidents and near misses are not counted.",
    ),
    "resident_hours": replace(
        COMMON,
        key="resident_hours",
        title="Resident-hours lost",
        definition="Residents who could not use a service, times the hours for which "
        "they could not, for each council and month in which that is known.",
        numerator="Resident-hours lost to unplanned disruption",
        denominator="Council-months for which it is known",
        unit="count",
        polarity="lower_is_better",
        caveat="At least this many: a disruption that does not tell how many residents "
        "it hit adds nothing, and a council's month in which none tells is left out. "
        "Services for staff alone hit no residents directly. While disruptions of one "
        "service overlap, the one with most residents counts.",
    ),
}
# The same split by service: an hour of one service is no other's, so parts add up.
BY_SERVICE = {"hours": "service_hours", "disruptions": "service_disruptions"}
MEASURES |= {code: replace(MEASURES[key], key=code) for key, code in BY_SERVICE.items()}
PER_COUNCIL = {
    "hours": "hours per council a month",
    "disruptions": "per council a year",
    "incidents": "per council a year",
    "resident_hours": "resident-hours per council a month",
}
PER_COUNCIL |= {code: PER_COUNCIL[key] for key, code in BY_SERVICE.items()}
CAUSES_OF_ALL = (
    "Causes are shown for all councils together, or for your own: with a region or a "
    "type, a cause could be one council's. Clear the filters, or choose no cause."
)


def parts(path: str, viewer: Viewer, collection: str, measure: str) -> dict[str, str]:
    """Code and label of what a measure can be split by: causes, VERIS actions, or
    services for the measures of BY_SERVICE."""
    frame = query("reading/control_parts", path, collection=collection, measure=measure)
    return dict(zip(frame["part"], frame["label"], strict=True))


def series(
    reader: Reader, measure: str, *, by: str = "england", bucket: str = "month", part: str = ANY
) -> pd.DataFrame:
    """One row per group, part and period (month, quarter or year), disclosed.

    `by` is england, region, type or council; `part` is any, a cause (a VERIS action for
    incidents, a service for the measures of BY_SERVICE) or `all` for every one of them.
    Columns: those of `series`, part, lacking and counted. A period that nobody of a
    group reported on is a row that is unknown.
    """
    refuse_small_parts(reader, by, part)
    frame = known(reader, measure, by, bucket, part)
    chosen = {"measure": measure, "bucket": bucket, "by": by}
    if by == "council" and reader.viewer.role == "council":
        reader = reader.within(
            replace(reader.scope, councils=(reader.viewer.gss_code,), peers_of="")
        )
    every = reader.query("reading/expected", **chosen).merge(
        reader.query("reading/control_periods", **chosen), "cross"
    )
    every["period"] = pd.to_datetime(every["period"])
    codes = sorted(set(frame["part"]) | ({part} - {"all"}))
    every = every.merge(pd.DataFrame({"part": codes}, dtype=str), "cross")
    at = ["group_code", "group_label", "part", "period"]
    return labelled(every.merge(frame, on=at, how="left"), bucket)


def refuse_small_parts(reader: Reader, by: str, part: str) -> None:
    """A council sees causes of all councils or its own, not of a region or type.

    Two tables that share their margins give away what each withholds.
    """
    if reader.viewer.role != "council" or part == ANY or by == "council":
        return
    if by != "england" or is_narrowed(reader.scope):
        raise NotAllowedError(CAUSES_OF_ALL)


def labelled(frame: pd.DataFrame, bucket: str) -> pd.DataFrame:
    """The frame with its gaps named and its periods written."""
    frame["note"] = frame["note"].fillna(disclosure.UNKNOWN)
    frame["councils"] = frame["councils"].fillna(0).astype(int)
    frame["period_label"] = [period_label(day, bucket) for day in frame["period"]]
    return frame.assign(basis="")


def kind(measure: str, *, is_one_council: bool) -> str:
    """Which control chart a measure has: `xmr`, `u` or, for one council, `c`."""
    if measure not in COUNTS:
        return "xmr"
    return "c" if is_one_council else "u"


def indicator(measure: str, *, is_one_council: bool) -> Indicator:
    """What a measure is, and its unit: a council's own incidents are counted whole."""
    about = MEASURES[measure]
    if kind(measure, is_one_council=is_one_council) != "c":
        return about
    return replace(about, unit="count", denominator="Months reported on")


def judged(
    frame: pd.DataFrame, measure: str, *, bucket: str = "month", is_one_council: bool
) -> pd.DataFrame:
    """One line of `series` in order of time with centre, lower, upper and rules.

    Hours are judged by XmR; counts by a u chart per council that reported, or by a c
    chart for one council, whose `value` is then its count. A quarter of one council
    counts only where all three months were reported. `rules` holds the names of the
    rules that a point is part of, joined by "; "; of what is rare (`is_rare`) only
    points beyond a limit.
    """
    rows = frame.sort_values("period", ignore_index=True)
    chart = kind(measure, is_one_council=is_one_council)
    if chart == "xmr":
        limits = xmr_limits(rows["value"])
    elif chart == "u":
        limits = u_limits(rows["numerator"], rows["denominator"] / 12)
    else:
        is_whole = rows["denominator"] == 12 / A_YEAR[bucket]
        limits = c_limits(rows["numerator"].where(is_whole))
    found = limits.frame()
    expected = found["centre"] * (rows["denominator"] / 12 if chart == "u" else 1)
    if is_rare(found["value"], None if chart == "xmr" else expected):
        beyond = found["rules"].str.split("; ").map(lambda names: BEYOND in names)
        found["rules"] = beyond.map({True: BEYOND, False: ""})
    return rows.assign(**{str(name): found[name] for name in found})


def is_rare(values: pd.Series, expected: pd.Series | None) -> bool:
    """Whether most points lie below the average by nature.

    `expected` are the events that an average would give at each point, for counts:
    fewer than five are rare. Amounts are rare where over a third of points are 0. Seven
    in a row below the average are no news there.
    """
    known = values.notna()
    if not known.any():
        return False
    if expected is None:
        return bool((values[known] == 0).mean() > RARE_SHARE)
    return bool(expected[known].mean() < RARE_COUNT)


def line(
    reader: Reader,
    measure: str,
    *,
    by: str = "england",
    bucket: str = "month",
    part: str = ANY,
    group: str = "",
) -> pd.DataFrame:
    """`series` of one group and part, judged; `group` is the first unless named."""
    frame = series(reader, measure, by=by, bucket=bucket, part=part)
    code = group or (frame["group_code"].iloc[0] if len(frame) else "")
    rows = frame[frame["group_code"] == code]
    return judged(rows, measure, bucket=bucket, is_one_council=by == "council")


def standing(reader: Reader, measure: str, *, by: str, part: str = ANY) -> pd.DataFrame:
    """One row per group and part: its last twelve months beside the twelve before.

    Columns: group_code, group_label, part, now and before in the unit of MEASURES,
    until, councils (in the last month known), expected; rule, side, first_label,
    last_label and points of the last signal that reaches into the twelve months.
    """
    frame = series(reader, measure, by=by, part=part)
    rows = []
    for (code, name), some in frame.groupby(["group_code", "part"], sort=False):
        told = judged(some, measure, is_one_council=by == "council")
        last = told[told["value"].notna()].tail(1)
        known = {
            "group_code": code,
            "group_label": told["group_label"].iloc[0],
            "part": name,
            "expected": told["expected"].iloc[0],
            "councils": last["councils"].iloc[0] if len(last) else 0,
        }
        rows.append(known | years_apart(told))
    result = pd.DataFrame(rows)
    if rows and kind(measure, is_one_council=by == "council") == "c":
        # A council's chart counts by the month; the unit of a measure is a year's.
        result[["now", "before"]] *= 12
    return result
