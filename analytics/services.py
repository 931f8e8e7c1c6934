"""Reads of which services are disrupted: by cause, by supplier, and in cascades.

Hours are unplanned, of months reported on, and united within a service. A cascade is an
event that took several services or several councils. A council sees groups of at least
five, of all of England only (a part of it beside the whole would tell of the rest), and
its own cascades; a supplier at fewer than five councils is not named to anyone.
"""

from typing import Any

import pandas as pd

from analytics import disclosure, rates
from analytics.cells import members, years
from analytics.disclosure import SMALLEST_GROUP
from analytics.marts import allow, is_narrowed, parameters
from analytics.scope import Scope
from analytics.viewer import NotAllowedError, Viewer
from analytics.warehouse import query


OTHER_SUPPLIERS = "Other suppliers"
KINDS = {"shared": "Shared by several councils", "incident": "At one council"}
MOST_EVENTS = {"shared": 1000, "incident": 60}
COUNTS = ("value", "numerator", "denominator")


def services(path: str, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    """Services by unplanned hours, most first, whatever the cause.

    One row per service: group_code, group_label, is_statutory (False also where it is
    not known), is_public, value (hours), denominator (disruptions), residents (added up
    over the disruptions that tell them: told), councils, note.
    """
    frame = asked(path, viewer, scope, "services", causes="any")
    parts = [*COUNTS, "residents", "told"]
    return disclosure.withhold_groups(frame, viewer, is_share=False, parts=parts)


def matrix(path: str, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    """Services by cause: one row per service and cause with the columns of `services`.

    Hours of one service under two causes at once count under both, so causes may add
    up to more than the service. Withheld cells go with others of their row and column,
    so that none is found by subtraction.
    """
    frame = asked(path, viewer, scope, "services", causes="each")
    return withhold_table(frame, viewer, ("group_code", "cause"), [*COUNTS, "residents", "told"])


def withhold_table(
    frame: pd.DataFrame, viewer: Viewer, ways: tuple[str, str], parts: list[str]
) -> pd.DataFrame:
    """The cells of a table that may be shown, the others emptied and noted.

    In a row or column where one cell alone is withheld, the next smallest goes too,
    which may leave one alone the other way: so again, until none does.
    """
    shown = disclosure.is_open(frame) | disclosure.is_large_enough(frame, False)
    is_settled = viewer.role != "council"
    while not is_settled:
        before = shown.sum()
        for way in ways:
            shown &= ~disclosure.is_next_smallest(frame, shown, [way])
        is_settled = bool(shown.sum() == before)
    result = frame.copy()
    disclosure.empty(result, ~shown, parts)
    result["note"] = shown.map({True: "", False: disclosure.WITHHELD})
    return result.drop(columns=disclosure.INTERNAL)


def suppliers(path: str, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    """Disruption that suppliers caused, those at few councils taken together.

    One row per supplier: group_label, value (hours), denominator (disruptions), shared
    (of them, in events shared by councils), councils, note. Nobody is shown the name of
    a supplier at fewer than five councils.
    """
    frame = asked(path, viewer, scope, "services_suppliers")
    frame = disclosure.withhold_groups(frame, viewer, is_share=False, parts=[*COUNTS, "shared"])
    return disclosure.few_together(frame, OTHER_SUPPLIERS, [*COUNTS, "shared"])


def events(path: str, viewer: Viewer, scope: Scope, *, kind: str) -> pd.DataFrame:
    """Cascades that began in range: shared events, or incidents of one council.

    One row per event, those with the most services first: group_code, began_in (month),
    started_at, ended_at, is_open, councils (hit), stopped (of them, with a service
    disrupted), numerator (incidents, once per council), denominator (services, once per
    council), value (hours), supplier_name, council_name and gss_code (of one council),
    note. A council sees those that five were hit by, and its own.
    """
    if kind not in KINDS:
        raise ValueError(f"Kind {kind!r} is not one of: {', '.join(KINDS)}.")
    frame = asked(
        path, viewer, scope, "services_events", kind=kind, most=MOST_EVENTS[kind], **by_name(viewer)
    )
    is_open = disclosure.is_open(frame)
    enough = frame["contributors"] >= SMALLEST_GROUP
    # Fewer councils had a service stopped than were hit: hours need five of their own.
    hours = (frame["stopped"] >= SMALLEST_GROUP) & disclosure.is_large_enough(frame, False)
    frame["note"] = ""
    hidden = ~is_open & ~hours
    disclosure.withhold(frame, hidden, ["value", "denominator", "stopped"])
    frame.loc[hidden, "ended_at"] = pd.NaT
    frame.loc[~enough, "supplier_name"] = None
    shown = frame[is_open | enough].drop(columns=disclosure.INTERNAL)
    return shown.reset_index(drop=True)


def timeline(
    path: str, viewer: Viewer, scope: Scope, *, kind: str, event_code: str
) -> pd.DataFrame:
    """Spells of the services that one event took, of councils that may be named.

    One row per council, service and spell: gss_code, council_name, service,
    is_statutory, started_at and ended_at (moments in UTC), is_open (not yet restored).
    """
    return asked(
        path,
        viewer,
        scope,
        "services_timeline",
        kind=kind,
        event_code=event_code,
        **by_name(viewer),
    )


def by_name(viewer: Viewer) -> dict[str, int]:
    """From which share level one incident may be told of by name: a council is told
    of no other council's, not even where others may be."""
    return {"named_from": 5 if viewer.role == "council" else viewer.named_from}


def reporting(path: str, viewer: Viewer, scope: Scope) -> int:
    """Councils in scope that reported on disruptions in any month of the range."""
    refuse_parts(path, viewer, scope)
    frame = rates.counted(path, viewer, scope, "hours", by="england")
    return int(frame["councils"].sum())


def asked(path: str, viewer: Viewer, scope: Scope, name: str, **options: Any) -> pd.DataFrame:
    """Rows of a read, not yet disclosed."""
    refuse_parts(path, viewer, scope)
    chosen = parameters(scope, viewer) | years(scope) | options
    chosen |= {"members": members(path, scope), "since_year": scope.since_year}
    return query(name, path, **chosen)


def refuse_parts(path: str, viewer: Viewer, scope: Scope) -> None:
    """A council asks for all of England or itself, whose cells cannot be subtracted."""
    allow(path, viewer, scope)
    if viewer.role == "council" and is_narrowed(scope):
        raise NotAllowedError(
            "Services are shown for all of England: clear the region and the type."
        )
