"""The reads: each takes a viewer and a scope and gives a frame that charts understand.

Frames are those of docs/architecture.md. Every read applies `disclosure` before it
returns, so no page can forget to.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

import pandas as pd

from analytics.reading import disclosure, lookups
from analytics.reading.disclosure import WITHHELD
from analytics.reading.indicators import Indicator
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope, financial_year
from analytics.reading.viewer import NotAllowedError, Viewer


PUBLIC = "public_record"
NEARLY_ALL = (
    "Your ONS neighbours are nearly all councils of your type or region, so the few "
    "left out could be told. Compare with your type or region instead."
)


def allow(reader: Reader) -> None:
    """Refuse a scope that would let a council work out another one.

    Peers are the ONS neighbours of one council and no other choice; a council may take
    its own, unless they leave out fewer than five councils of its type or region,
    which could then be told from the difference.
    """
    reader.scope.check(reader.viewer)
    if not reader.scope.peers_of:
        return
    peers = set(lookups.neighbours(reader.path, reader.viewer, reader.scope.peers_of)["gss_code"])
    if set(reader.scope.councils) != peers:
        raise NotAllowedError("Peers are the ONS neighbours of one council.")
    if reader.viewer.role == "council" and is_nearly_all(reader.path, reader.viewer, peers):
        raise NotAllowedError(NEARLY_ALL)


def is_nearly_all(path: str, viewer: Viewer, peers: set[str]) -> bool:
    """Whether peers leave fewer than five councils of the viewer's type or region."""
    everyone = lookups.all_councils(path, viewer).set_index("gss_code")
    for column in ("region", "council_group"):
        alike = everyone.index[everyone[column] == everyone[column].get(viewer.gss_code)]
        left = set(alike) - peers - {viewer.gss_code}
        if peers <= set(alike) and 0 < len(left) < disclosure.SMALLEST_GROUP:
            return True
    return False


def grouped(
    reader: Reader, indicator: Indicator, *, by: str, bucket: str, latest: bool = False
) -> pd.DataFrame:
    """One row per group and period, disclosed; `bucket` "all" is one period."""
    allow(reader)
    if by == "council" and reader.viewer.role == "council":
        # A row by name, even an empty one, says who reported and on which framework.
        reader = reader.within(replace(reader.scope, councils=(reader.viewer.gss_code,)))
    chosen = {
        "indicator": indicator.key,
        "dataset": indicator.dataset,
        "percentile": indicator.percentile,
        "by": by,
        "bucket": bucket,
        "is_latest_only": latest and indicator.timing == "state",
    }
    read = "reading/series" if indicator.kind == "ratio" else "reading/event_series"
    frame = reader.query(read, **chosen)
    if indicator.kind == "ratio":
        ratio = frame["numerator"] / frame["denominator"].where(frame["denominator"] > 0)
        frame["value"] = ratio * indicator.multiplier
    frame = disclosure.withhold_groups(frame, reader.viewer, is_share=indicator.unit == "percent")
    if reader.viewer.role == "council" and is_narrowed(reader.scope):
        frame = withhold_as_among_all(reader, frame, indicator, by=by, bucket=bucket, latest=latest)
    expected = reader.query("reading/expected", **chosen)
    return frame.merge(expected, on=["group_code", "group_label"], how="right")


def is_narrowed(scope: Scope) -> bool:
    """Whether a scope holds fewer than all councils, other than a council's own."""
    return bool(scope.regions or scope.groups or scope.peers_of)


def allowed_ways(scope: Scope) -> set[str]:
    """How a council may group within a narrowed scope: not across its grain."""
    ways = {"england", "council"}
    if not scope.peers_of:
        ways.add("region" if scope.regions else "type")
    return ways


def withhold_as_among_all(
    reader: Reader, frame: pd.DataFrame, indicator: Indicator, *, by: str, bucket: str, latest: bool
) -> pd.DataFrame:
    """Withhold in one region (or type) what is withheld of it among all regions.

    Otherwise a region that went as the next smallest could be read by choosing it
    alone. Types within a region are withheld too: a type chosen alone, by region, shows
    the same cells, and the two views withhold different ones.
    """
    chosen = "region" if reader.scope.regions else "type"
    if by not in allowed_ways(reader.scope):
        hidden = pd.Series(True, index=frame.index)
    elif reader.scope.peers_of:
        hidden = pd.Series(False, index=frame.index)
    else:
        wide = replace(reader.scope, regions=(), groups=(), councils=())
        among = grouped(reader.within(wide), indicator, by=chosen, bucket=bucket, latest=latest)
        code = (reader.scope.regions or reader.scope.groups)[0]
        gone = among[(among["group_code"] == code) & (among["note"] == WITHHELD)]
        hidden = frame["period"].isin(gone["period"]) & (by != "council")
    disclosure.withhold(frame, hidden)
    return frame


def series(
    reader: Reader, indicator: Indicator, *, by: str = "england", bucket: str = ""
) -> pd.DataFrame:
    """`series`: one row per group and period; `bucket` is month, quarter or year."""
    bucket = bucket or ("year" if indicator.grain == "year" else "quarter")
    frame = grouped(reader, indicator, by=by, bucket=bucket)
    frame = with_gaps(reader, indicator, bucket, frame.dropna(subset="period"))
    frame["period_label"] = [period_label(day, bucket) for day in frame["period"]]
    return frame.drop(columns="group_order").reset_index(drop=True)


def with_gaps(
    reader: Reader, indicator: Indicator, bucket: str, frame: pd.DataFrame
) -> pd.DataFrame:
    """A row for every group and period: unknown, never left out, where none reported.

    Otherwise a line would run straight across the years that are missing.
    """
    periods = reader.query("reading/periods", indicator=indicator.key, bucket=bucket)
    periods["period"] = pd.to_datetime(periods["period"])
    groups = frame[["group_code", "group_label", "expected"]].drop_duplicates()
    frame = frame.assign(period=pd.to_datetime(frame["period"]))
    keys = ["group_code", "group_label", "expected", "period"]
    if len(frame) == len(groups) * len(periods):
        result = frame[[*keys, *frame.columns.difference(keys, sort=False)]]
    else:
        result = groups.merge(periods, "cross").merge(frame, on=keys, how="left")
    result["councils"] = result["councils"].fillna(0).astype(int)
    result["note"] = result["note"].fillna(disclosure.UNKNOWN)
    result["basis"] = result["basis"].fillna("")
    return result


def groups(reader: Reader, indicator: Indicator, *, by: str) -> pd.DataFrame:
    """`groups`: one row per group over the range; a group with no row is unknown."""
    frame = grouped(reader, indicator, by=by, bucket="all", latest=True)
    frame["note"] = frame["note"].fillna(disclosure.UNKNOWN)
    frame["councils"] = frame["councils"].fillna(0).astype(int)
    frame["basis"] = frame["basis"].fillna("")
    return frame.drop(columns=["group_order", "period"])


def councils(reader: Reader, indicator: Indicator) -> pd.DataFrame:
    """`councils`: one row per council of today in scope, unknown ones included."""
    allow(reader)
    everyone = reader.query("reading/councils")
    known = council_values(reader, [indicator]).drop(columns="indicator")
    frame = everyone.merge(known, on="gss_code", how="left")
    frame["basis"] = frame["basis"].fillna("")
    return disclosure.anonymise(frame, reader.viewer, is_narrowed=is_narrowed(reader.scope))


def council_values(reader: Reader, chosen: list[Indicator]) -> pd.DataFrame:
    """Values per council and indicator with share_rank: only for reads in this module.

    One row per council and indicator: indicator, gss_code, value, numerator,
    denominator, basis, share_rank.
    """
    by_key = {indicator.key: indicator for indicator in chosen}
    everything = reader.as_analyst()
    frame = everything.query("reading/all_values", indicators=list(by_key))
    frame["value"] *= [by_key[key].multiplier for key in frame["indicator"]]
    parts = [frame]
    for indicator in chosen:
        if indicator.kind == "distribution":
            part = everything.query(
                "reading/event_values", indicator=indicator.key, percentile=indicator.percentile
            )
            parts.append(part)
    return pd.concat([part for part in parts if len(part)] or [frame])


def benchmark(reader: Reader, gss_code: str, peers: Sequence[str]) -> pd.DataFrame:
    """One council's values beside its peers': one row per indicator and council.

    Columns: indicator, gss_code, value, is_own. Peers carry no code when the viewer
    may not name them. A council viewer may ask only for its own council.
    """
    refuse_others(reader.path, reader.viewer, gss_code, peers)
    chosen = lookups.all_indicators(reader.path, reader.viewer)
    frame = council_values(reader, chosen)
    columns = ["indicator", "gss_code", "value", "numerator", "is_own"]
    return beside(reader.path, reader.viewer, frame, gss_code, peers)[columns]


def refuse_others(path: str, viewer: Viewer, gss_code: str, peers: Sequence[str]) -> None:
    """A council may set its own figures beside its peers', and no other's."""
    if viewer.role == "council" and gss_code != viewer.gss_code:
        raise NotAllowedError("You can benchmark your own council only.")
    if viewer.role == "council":
        refuse_chosen(path, viewer, peers)


def beside(
    path: str, viewer: Viewer, frame: pd.DataFrame, gss_code: str, peers: Sequence[str]
) -> pd.DataFrame:
    """Values of one council and its peers, the peers without names where need be.

    Takes one row per council and `indicator` with value and share_rank; adds is_own.
    """
    refuse_others(path, viewer, gss_code, peers)
    frame = frame[frame["gss_code"].isin([gss_code, *peers])].copy()
    frame["is_own"] = frame["gss_code"] == gss_code
    if viewer.role == "programme":
        frame = frame[~frame["is_own"] | (frame["share_rank"] >= viewer.named_from)]
    frame = frame[frame["is_own"] | (frame["share_rank"] >= viewer.counted_from)].copy()
    hidden = ~frame["is_own"] & (frame["share_rank"] < viewer.named_from)
    frame.loc[hidden, "gss_code"] = ""
    # Fewer than five without a name could be told by who the peers are.
    known = hidden & frame["value"].notna()
    few = known.groupby(frame["indicator"]).transform("sum") < disclosure.SMALLEST_GROUP
    frame = frame[~(hidden & few)]
    by = ["indicator", "is_own", "value"]
    return frame.sort_values(by, ignore_index=True)


def refuse_chosen(path: str, viewer: Viewer, peers: Sequence[str]) -> None:
    """A council's peers are its neighbours, type, region or everyone, never a choice.

    Two sets of peers that differ by one council would give that council's value.
    """
    own, chosen = viewer.gss_code, set(peers)
    everyone = lookups.all_councils(path, viewer).set_index("gss_code")
    sets = [set(lookups.neighbours(path, viewer, own)["gss_code"]), {*everyone.index} - {own}]
    for column in ("region", "council_group"):
        alike = everyone.index[everyone[column] == everyone[column].get(own)]
        sets.append(set(alike) - {own})
    if chosen not in sets or len(chosen) < disclosure.SMALLEST_GROUP:
        raise NotAllowedError(
            "Compare with your ONS neighbours, your type, your region or all councils."
        )
    if chosen == sets[0] and is_nearly_all(path, viewer, chosen):
        raise NotAllowedError(NEARLY_ALL)


@lru_cache(maxsize=4096)
def period_label(day: date, bucket: str) -> str:
    """How a period is named: 2024/25, Q3 2024/25 (of the financial year), Mar 2025."""
    if bucket == "month":
        return f"{day:%b %Y}"
    year = financial_year(day).year
    label = f"{year}/{(year + 1) % 100:02d}"
    return label if bucket == "year" else f"Q{(day.month - 4) % 12 // 3 + 1} {label}"
