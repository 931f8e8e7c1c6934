"""Events that hit several councils, or several services of one: who may see which."""

from typing import Any

import pandas as pd

from analytics.reading import disclosure
from analytics.reading.disclosure import SMALLEST_GROUP
from analytics.reading.marts import allow, is_narrowed
from analytics.reading.reader import Reader
from analytics.reading.viewer import NotAllowedError, Viewer


KINDS = {"shared": "Shared by several councils", "incident": "At one council"}
MOST_EVENTS = {"shared": 1000, "incident": 60}


def events(reader: Reader, *, kind: str) -> pd.DataFrame:
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
        reader, "reading/shared_events", kind=kind, most=MOST_EVENTS[kind], **by_name(reader.viewer)
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


def by_name(viewer: Viewer) -> dict[str, int]:
    """From which share level one incident may be told of by name: a council is told
    of no other council's, not even where others may be."""
    return {"named_from": 5 if viewer.role == "council" else viewer.named_from}


def asked(reader: Reader, name: str, **options: Any) -> pd.DataFrame:
    """Rows of a read, not yet disclosed."""
    refuse_parts(reader)
    return reader.query(name, **options)


def refuse_parts(reader: Reader) -> None:
    """A council asks for all of England or itself, whose cells cannot be subtracted."""
    allow(reader)
    if reader.viewer.role == "council" and is_narrowed(reader.scope):
        raise NotAllowedError(
            "Services are shown for all of England: clear the region and the type."
        )
