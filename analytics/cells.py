"""Groups of councils cell by cell (an outcome, a level, a year), disclosed.

A read of this kind is one SQL file that gives one row per group and cell with the
columns of `disclosure.INTERNAL`; here its scope is resolved, and what may not be shown
is emptied. `analytics.maturity` and `analytics.improvement` are made of it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from analytics import disclosure
from analytics.marts import allow, allowed_ways, is_narrowed, parameters
from analytics.scope import Scope
from analytics.viewer import NotAllowedError, Viewer
from analytics.warehouse import query


def cells(
    path: str,
    viewer: Viewer,
    scope: Scope,
    name: str,
    *,
    by: str = "england",
    within: Sequence[str] = ("period",),
    counts: Sequence[str] = (),
    is_apart: bool = False,
    **options: Any,
) -> pd.DataFrame:
    """One row per group and cell of the read `name`, disclosed.

    `by` is england, region, type or council; `within` names the columns that tell
    cells apart; `counts` the columns, besides numerator and denominator, that are
    emptied where a cell is withheld. `value` is numerator over denominator in percent.
    `note` says why a value is unknown: [x] not available, [c] withheld.

    `is_apart` says that rows are not all there whatever councils do (a stage that
    nobody is in has none), and that what they count overlaps or is not shared out by
    region: a council may then not narrow them to a region or type, and does not see
    that a row withheld is there.
    """
    allow(path, viewer, scope)
    if is_apart and viewer.role == "council" and (scope.regions or scope.groups):
        raise NotAllowedError(
            "Councils see this for England, for their ONS neighbours and for "
            "themselves. Clear the region and the type."
        )
    if by == "council" and viewer.role == "council":
        scope = replace(scope, councils=(viewer.gss_code,), peers_of="")
    options = {"is_apart": is_apart, **options}
    frame = disclosed(path, viewer, scope, name, by, within, counts, options)
    if viewer.role == "council" and is_narrowed(scope):
        hidden = as_among_all(path, viewer, scope, name, by, within, counts, options)
        gone = hidden(frame)
        disclosure.empty(frame, gone, [*disclosure.PARTS, *counts])
        frame.loc[gone, "note"] = disclosure.WITHHELD
    if is_apart and viewer.role == "council":
        frame = frame[frame["note"] != disclosure.WITHHELD].reset_index(drop=True)
    return frame


def disclosed(
    path: str,
    viewer: Viewer,
    scope: Scope,
    name: str,
    by: str,
    within: Sequence[str],
    counts: Sequence[str],
    options: dict[str, Any],
) -> pd.DataFrame:
    """The read with small groups emptied, before narrowed views are compared."""
    chosen = {"by": by} | parameters(scope, viewer) | years(scope) | options
    chosen["members"] = members(path, scope)
    frame = query(name, path, **chosen)
    frame["value"] = 100 * frame["numerator"] / frame["denominator"].replace(0, None)
    frame["value"] = frame["value"].astype(float)
    return disclosure.withhold_groups(
        frame,
        viewer,
        is_share=True,
        within=within,
        parts=[*disclosure.PARTS, *counts],
        is_overlapping=bool(options.get("is_apart")),
    )


def as_among_all(
    path: str,
    viewer: Viewer,
    scope: Scope,
    name: str,
    by: str,
    within: Sequence[str],
    counts: Sequence[str],
    options: dict[str, Any],
) -> Any:
    """Which rows to withhold in one region or type: those withheld of it among all.

    Otherwise a region that went as the next smallest could be read by choosing it
    alone (`marts.withhold_as_among_all` does the same for indicators).
    """
    if by not in allowed_ways(scope):
        return lambda frame: pd.Series(True, index=frame.index)
    if scope.peers_of or by == "council":
        return lambda frame: pd.Series(False, index=frame.index)
    way, code = ("region", scope.regions) if scope.regions else ("type", scope.groups)
    wide = replace(scope, regions=(), groups=(), councils=())
    among = disclosed(path, viewer, wide, name, way, within, counts, options)
    gone = among[
        (among["group_code"] == code[0]) & (among["note"] == disclosure.WITHHELD)
    ]
    keys = pd.MultiIndex.from_frame(gone[list(within)].astype(str))
    return lambda frame: pd.Series(
        pd.MultiIndex.from_frame(frame[list(within)].astype(str)).isin(keys),
        index=frame.index,
    )


def members(path: str, scope: Scope) -> list[str]:
    """Codes of the councils that a scope chooses, past ones that were split too."""
    return query("members", path, **parameters(scope, Viewer()))["gss_code"].tolist()


def years(scope: Scope) -> dict[str, date]:
    """The last financial year and the last day of a scope, as the reads name them."""
    until = scope.until
    first = until.year if until.month >= 4 else until.year - 1
    month_after = date(until.year + until.month // 12, until.month % 12 + 1, 1)
    last_day = date.fromordinal(month_after.toordinal() - 1)
    return {"until_year": date(first, 4, 1), "last_day": last_day}
