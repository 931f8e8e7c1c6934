"""Reads of which services are disrupted: by cause, by supplier, and in cascades.

Hours are unplanned, of months reported on, and united within a service. A cascade is an
event that took several services or several councils. A council sees groups of at least
five, of all of England only (a part of it beside the whole would tell of the rest), and
its own cascades; a supplier at fewer than five councils is not named to anyone.
"""

import pandas as pd

from analytics.reading import disclosure, rates
from analytics.reading.reader import Reader
from analytics.reading.shared_events import asked, by_name, refuse_parts
from analytics.reading.viewer import Viewer


OTHER_SUPPLIERS = "Other suppliers"
COUNTS = ("value", "numerator", "denominator")


def services(reader: Reader) -> pd.DataFrame:
    """Services by unplanned hours, most first, whatever the cause.

    One row per service: group_code, group_label, is_statutory (False also where it is
    not known), is_public, value (hours), denominator (disruptions), residents (added up
    over the disruptions that tell them: told), councils, note.
    """
    frame = asked(reader, "disruption/services/services", causes="any")
    parts = [*COUNTS, "residents", "told"]
    return disclosure.withhold_groups(frame, reader.viewer, is_share=False, parts=parts)


def matrix(reader: Reader) -> pd.DataFrame:
    """Services by cause: one row per service and cause with the columns of `services`.

    Hours of one service under two causes at once count under both, so causes may add
    up to more than the service. Withheld cells go with others of their row and column,
    so that none is found by subtraction.
    """
    frame = asked(reader, "disruption/services/services", causes="each")
    return withhold_table(
        frame, reader.viewer, ("group_code", "cause"), [*COUNTS, "residents", "told"]
    )


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


def suppliers(reader: Reader) -> pd.DataFrame:
    """Disruption that suppliers caused, those at few councils taken together.

    One row per supplier: group_label, value (hours), denominator (disruptions), shared
    (of them, in events shared by councils), councils, note. Nobody is shown the name of
    a supplier at fewer than five councils.
    """
    frame = asked(reader, "disruption/services/suppliers")
    frame = disclosure.withhold_groups(
        frame, reader.viewer, is_share=False, parts=[*COUNTS, "shared"]
    )
    return disclosure.few_together(frame, OTHER_SUPPLIERS, [*COUNTS, "shared"])


def timeline(reader: Reader, *, kind: str, event_code: str) -> pd.DataFrame:
    """Spells of the services that one event took, of councils that may be named.

    One row per council, service and spell: gss_code, council_name, service,
    is_statutory, started_at and ended_at (moments in UTC), is_open (not yet restored).
    """
    return asked(
        reader,
        "disruption/services/timeline",
        kind=kind,
        event_code=event_code,
        **by_name(reader.viewer),
    )


def reporting(reader: Reader) -> int:
    """Councils in scope that reported on disruptions in any month of the range."""
    refuse_parts(reader)
    frame = rates.counted(reader, "hours", by="england")
    return int(frame["councils"].sum())
