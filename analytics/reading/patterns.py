"""Reads of how incidents happen, in VERIS terms: action, actor, attribute, supplier.

Only months that a council reported on count; a period that nobody of a group reported
on is unknown, one with a report and no incident is nought. Periods are quarters or
whole financial years. More or fewer incidents are neither good nor bad.

A council sees all of England and itself. A cell of England needs five councils that
had an incident in it, or that nobody had one; what could be found by subtraction from
the rest of its row, from its year or from another status is withheld with it, and a
sum over years is shown only where each of its years is.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from analytics.reading import disclosure
from analytics.reading.cells import cells
from analytics.reading.marts import allow, is_narrowed, period_label
from analytics.reading.reader import Reader
from analytics.reading.subtraction import keys, nested
from analytics.reading.viewer import NotAllowedError, Viewer
from analytics.reading.warehouse import query


STATUSES = {"confirmed": "Confirmed only", "both": "Confirmed and suspected"}
APART = {"near_miss": "Near misses", "false_positive": "False positives"}
KNOWN_STATUSES = (*STATUSES, "suspected", *APART)
BUCKETS = {"year": "Financial year", "quarter": "Quarter"}
ATTRIBUTES = {
    "confidentiality": "Confidentiality",
    "integrity": "Integrity",
    "availability": "Availability",
    "none": "None of the three",
    "untold": "Not told",
}
SUPPLIER = ("yes", "no", "untold")
SHARED = ("alone", "shared")
UNTOLD = "untold"
RANSOMWARE = "Ransomware"
# Ways of looking whose cells are known beforehand: each action or all, and its parts.
CLOSED: dict[str, tuple[str, Sequence[str]]] = {
    "any": ("any", ("any",)),
    "action": ("each", ("any",)),
    "ransomware": ("any", ("any",)),
    "supplier": ("any", SUPPLIER),
    "shared": ("any", SHARED),
    "actor": ("each", ("actor",)),
    "attribute": ("each", tuple(ATTRIBUTES)),
}
# The closed list that names the parts of the other ways, which have those that occur.
OPEN = {"variety": "action_variety", "rsit": "rsit_type", "ico": "ico_incident_type"}
FOLLOWED = ("any", "action", "ransomware", "supplier", "shared")
# Ways whose cells add up to an action, and those with a total of each part too.
OF_ACTIONS = ("actor", "variety")
SQUARE = ("actor", "attribute")
COUNTS = ["hits"]
CELL = ["action", "part"]
OF_ENGLAND = (
    "How incidents happened is shown for all of England, or for your own council: of a "
    "region or a type, a cell could be one council's. Clear the region and the type."
)


def words(path: str, viewer: Viewer) -> pd.DataFrame:
    """Codes of the closed lists of incidents: list, code, label, sort_order,
    definition."""
    return query("reading/patterns_words", path)


def over_time(
    reader: Reader,
    way: str,
    *,
    by: str = "england",
    bucket: str = "year",
    status: str = "confirmed",
) -> pd.DataFrame:
    """One row per group, period and cell of a way that is followed in time.

    `way` is one of FOLLOWED, `bucket` of BUCKETS, `status` of STATUSES or APART.
    Columns: group_code, group_label, period, period_label, action, part, value and
    numerator (incidents), denominator (council-months reported on), hits (councils
    that had one), councils (that reported), expected, note. A period without a report
    is a row that is unknown.
    """
    if way not in FOLLOWED or bucket not in BUCKETS:
        raise ValueError(f"{way!r} by {bucket!r} is not followed in time.")
    frame = disclosed(reader, way, by=by, bucket=bucket, status=status)
    if by == "council" and reader.viewer.role == "council":
        reader = reader.within(
            replace(reader.scope, councils=(reader.viewer.gss_code,), peers_of="")
        )
    every = reader.query("reading/expected", by=by).merge(
        reader.query("reading/patterns_periods", bucket=bucket), "cross"
    )
    every = every.merge(frame[CELL].drop_duplicates(), "cross")
    every["period"] = pd.to_datetime(every["period"])
    at = ["group_code", "group_label", "period", *CELL]
    frame = every.merge(frame, on=at, how="left")
    frame["note"] = frame["note"].fillna(disclosure.UNKNOWN)
    frame["councils"] = frame["councils"].fillna(0).astype(int)
    frame["period_label"] = [period_label(day, bucket) for day in frame["period"]]
    return frame


def over_all(
    reader: Reader,
    way: str,
    *,
    by: str = "england",
    status: str = "confirmed",
    action: str = "any",
    actor: str = "any",
) -> pd.DataFrame:
    """One row per group and cell of a way, over all years of the scope.

    `action` narrows varieties to those of one action, `actor` attributes to one actor.
    Columns as of `over_time`, without the period. Of varieties and types only those
    that occurred have a row, most first, and for a council those that it may see.
    """
    chosen = {"by": by, "status": status, "action": action, "actor": actor}
    frame = disclosed(reader, way, bucket="all", **chosen)
    if is_guarded(reader.viewer, by):
        if actor != "any":
            raise NotAllowedError("What each actor took is for the department to see.")
        years = disclosed(reader, way, bucket="year", **chosen)
        withhold(frame, is_among(frame, years, ["group_code", *CELL]))
    frame = frame.drop(columns="period")
    if way not in OPEN:
        return frame
    if reader.viewer.role == "council":
        # That a variety is withheld says that somebody had it.
        frame = frame[frame["note"] != disclosure.WITHHELD]
    frame = frame[frame["note"].eq(disclosure.WITHHELD) | (frame["numerator"] > 0)]
    return frame.sort_values("value", ascending=False, ignore_index=True)


def disclosed(
    reader: Reader,
    way: str,
    *,
    by: str,
    bucket: str,
    status: str,
    action: str = "any",
    actor: str = "any",
) -> pd.DataFrame:
    """Cells of a way, those that may not be shown emptied and noted."""
    if status not in KNOWN_STATUSES:
        raise ValueError(f"{status!r} is not one of: {', '.join(KNOWN_STATUSES)}.")
    refuse_parts(reader, by)
    actions, parts = cells_of(reader.path, reader.viewer, way)
    chosen: dict[str, Any] = {"by": by, "bucket": bucket, "action": action, "actor": actor}
    frame = cells(
        reader,
        "reading/patterns",
        within=("period", *CELL),
        counts=COUNTS,
        way=way,
        status=status,
        actions=actions,
        parts=parts,
        **chosen,
    )
    frame["period"] = pd.to_datetime(frame["period"])
    frame["value"] = frame["numerator"]
    if is_guarded(reader.viewer, by) and bucket != "all":
        hidden = is_told(reader, way, frame, status=status, **chosen)
        withhold(frame, hidden)
    return frame.drop(columns=["group_order", "behind"])


def is_told(
    reader: Reader, way: str, frame: pd.DataFrame, *, status: str, bucket: str, **chosen: Any
) -> pd.Series:
    """Which cells of England a council may not see, by themselves or by subtraction.

    A year comes first and then its quarters; cells of an action hang on the action.
    Confirmed and suspected together tell what both tell apart, and no more.
    """
    at = ["group_code", "period", *CELL]
    gone = pd.Series(False, index=frame.index)
    if status == "both":
        for one in ("confirmed", "suspected"):
            alone = disclosed(reader, way, status=one, bucket=bucket, **chosen)
            gone |= is_among(frame, alone, at)
        return gone
    chosen |= {"status": status}
    if way == "ransomware" and bucket == "year":
        # It stands among the varieties of malware too, which have other sums.
        malware = disclosed(reader, "variety", bucket="year", **chosen | {"action": "malware"})
        malware = malware[malware["part"] == RANSOMWARE]
        gone |= is_among(frame, malware, ["group_code", "period"])
    levels = []
    if bucket == "quarter":
        longer = disclosed(reader, way, bucket="year", **chosen)
        levels = [
            (keys(frame.assign(period=year_of(frame["period"])), at), withheld_keys(longer, at))
        ]
    elif way in OF_ACTIONS:
        actions = disclosed(reader, "action", bucket="year", **chosen)
        names = ["group_code", "period", "action"]
        levels = [(keys(frame, names), withheld_keys(actions, names))]
    shown = (frame["note"] != disclosure.WITHHELD) & ~gone
    counted = frame.assign(contributors=frame["behind"])
    return ~nested(counted, shown, rows_of(frame, way), levels)


def withheld_keys(frame: pd.DataFrame, names: Sequence[str]) -> set[str]:
    """Of the rows of a frame that are withheld, what tells them apart."""
    return set(keys(frame[frame["note"] == disclosure.WITHHELD], names))


def rows_of(frame: pd.DataFrame, way: str) -> pd.Series:
    """The line of each cell whose sum is shown in its period, where there is one."""
    if way in ("any", "ransomware", "variety"):
        return pd.Series(None, index=frame.index, dtype=object)
    return keys(frame, ["period", "part"] if way in SQUARE else ["period"])


def cells_of(path: str, viewer: Viewer, way: str) -> tuple[list[str], list[str]]:
    """The actions and parts that a way has cells for; none where they are open."""
    if way in OPEN:
        return [], []
    kind, parts = CLOSED[way]
    listed = words(path, viewer)
    codes = {name: rows["code"].tolist() for name, rows in listed.groupby("list")}
    actions = codes["action"] if kind == "each" else ["any"]
    return actions, codes["actor"] if parts == ("actor",) else list(parts)


def refuse_parts(reader: Reader, by: str) -> None:
    """A council asks for all of England or itself, whose cells cannot be subtracted."""
    allow(reader)
    is_part = is_narrowed(reader.scope) or by in ("region", "type")
    if reader.viewer.role == "council" and is_part and by != "council":
        raise NotAllowedError(OF_ENGLAND)


def is_guarded(viewer: Viewer, by: str) -> bool:
    """Whether cells are of councils that the viewer must not learn of one by one."""
    return viewer.role == "council" and by != "council"


def year_of(periods: pd.Series) -> pd.Series:
    """First day of the financial year of each period."""
    return (
        pd.to_datetime(periods)
        .dt.to_period("Q-MAR")
        .map(lambda quarter: pd.Timestamp(quarter.qyear - 1, 4, 1))
    )


def withhold(frame: pd.DataFrame, hidden: pd.Series) -> None:
    """Empty these rows, in place."""
    numbers = [name for name in (*disclosure.PARTS, "hits", "reports") if name in frame]
    disclosure.withhold(frame, hidden, numbers)


def is_among(frame: pd.DataFrame, other: pd.DataFrame, names: Sequence[str]) -> pd.Series:
    """Which rows have the keys of a row of `other` that is withheld."""
    return keys(frame, names).isin(withheld_keys(other, names))
