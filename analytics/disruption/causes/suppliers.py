"""Suppliers' part in incidents and hours, and events that hit several councils."""

from dataclasses import replace

import pandas as pd

from analytics.charts.ranking import ranking
from analytics.charts.trend import trend
from analytics.disruption.causes import reads
from analytics.disruption.causes.found import Found, shown
from analytics.reading import shared_events
from analytics.reading.disclosure import WITHHELD
from analytics.reading.viewer import NotAllowedError
from analytics.ui import filters, links, parts
from analytics.words import numbers
from analytics.words.events import EVENTS, HIT, INCIDENTS, MOST, event_name, records


BOTH = "Incidents and service disruptions reported by councils"
ONCE = {"hits": "Per council", "events": "Per event"}
SHARE = replace(
    INCIDENTS,
    unit="percent",
    title="Share in which suppliers had a part",
    definition="Incidents that began at or passed through a supplier, of those that "
    "tell; and unplanned hours disrupted whose cause was a supplier, of all.",
    caveat="Hours are united within a service: while a supplier's disruption and "
    "another overlap, the hour counts in both the part and the whole, once.",
)


def shared(found: Found) -> None:
    """Suppliers over time, and shared events counted both ways and drawn once."""
    suppliers(found)
    both_counts(found)
    try:
        events(found)
    except NotAllowedError as error:
        parts.note(str(error))


def suppliers(found: Found) -> None:
    """The share of incidents and of hours that suppliers had a part in."""
    frame = found.see.read(
        reads.supplier_share, by=found.by, bucket=found.bucket, status=found.status
    )
    title = f"Suppliers' part in incidents and in hours disrupted, {found.see.period}"
    if frame["value"].isna().all():
        parts.note(f"{title}: not known, or not to be shown to you.")
        return
    said = [supplier_sentence(rows) for _, rows in frame.groupby("group_code", sort=False)]
    found.figures.figure(
        trend,
        frame,
        indicator=SHARE,
        annotations=found.see.marks(),
        table=supplier_table(frame),
        title=title,
        sentence=" ".join([*said, "Suppliers by name are on the view Which services."]),
        about=SHARE,
        source=BOTH,
        key="suppliers",
    )


def supplier_sentence(rows: pd.DataFrame) -> str:
    """Where one line begins and ends."""
    known = rows.dropna(subset="value")
    label = rows["group_label"].iloc[0]
    if known.empty:
        return f"{label}: not known."
    first, last = known.iloc[0], known.iloc[-1]
    return (
        f"{label}: {last['value']:.0f}% in {last['period_label']} "
        f"({first['value']:.0f}% in {first['period_label']})."
    )


def supplier_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Periods down; for incidents and hours the part, the whole and the share."""
    table = pd.DataFrame({"Period": frame["period_label"].unique()})
    heads = {
        "incidents": ("Incidents with a supplier", "Incidents that tell"),
        "hours": ("Supplier hours", "All unplanned hours"),
    }
    for code, (part, whole) in heads.items():
        rows = frame[frame["group_code"] == code].set_index("period_label")
        rows = rows.reindex(table["Period"])
        for name, column in ((part, "numerator"), (whole, "denominator")):
            cells = rows[column].round().astype(object)
            table[name] = cells.mask(rows["note"] != "", rows["note"]).to_list()
        share = rows["value"].round(1).astype(object)
        table[f"Share ({code}, %)"] = share.mask(rows["note"] != "", rows["note"]).to_list()
    return table


def both_counts(found: Found) -> None:
    """Shared events once per council and once per event, side by side."""
    frame = found.see.read(reads.shared, by=found.by, bucket=found.bucket, status=found.status)
    title = f"Shared events, counted once per council and once per event, {found.see.period}"
    lines = frame.melt(
        id_vars=["period", "period_label", "councils", "expected"],
        value_vars=list(ONCE),
        var_name="group_code",
        value_name="value",
    ).assign(basis="", numerator=float("nan"), denominator=float("nan"))
    lines["group_label"] = lines["group_code"].map(ONCE)
    if lines["value"].isna().all():
        parts.note(f"{title}: not known, or too few councils to be shown to you.")
        return
    found.figures.figure(
        trend,
        lines,
        indicator=INCIDENTS,
        highlight=list(ONCE),
        annotations=found.see.marks(),
        table=both_table(frame),
        title=title,
        sentence=both_sentence(frame, found),
        key="both",
    )


def both_sentence(frame: pd.DataFrame, found: Found) -> str:
    """Both counts, of shared events and of all incidents."""
    known = frame.dropna(subset=["once_per_council", "once_per_event"])
    sums = known[["hits", "events", "once_per_council", "once_per_event"]].sum()
    several = "event" if sums["events"] == 1 else "events"
    said = (
        f"{numbers.count(sums['events'])} shared {several}, counted once per event, "
        f"hit councils {numbers.count(sums['hits'])} times, counted once per council. "
        f"With incidents of one council alone that makes "
        f"{numbers.count(sums['once_per_council'])} {found.counted} counted once per "
        f"council, {numbers.count(sums['once_per_event'])} counted once per event."
    )
    reports = 0 if found.whole is None else found.whole["value"]
    if len(known) == len(frame) and reports != sums["once_per_council"]:
        said += (
            f" There are {numbers.count(reports)} reports: a council that was made of "
            "several, or reported an event again, has more than one."
        )
    if len(known) < len(frame):
        said += " Periods that are not known or withheld are left out."
    return (
        f"{said} An event stands in the period in which it began. Councils name their "
        "event by a number that they share; an incident without one counts as one "
        "council's alone, so events may be fewer than counted. Other parts of this "
        "view count once per council."
    )


def both_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Periods down, both counts across."""
    names = {
        "hits": "Shared events, once per council",
        "events": "Shared events, once per event",
        "alone": "Incidents of one council",
        "once_per_council": "All, once per council",
        "once_per_event": "All, once per event",
    }
    table = pd.DataFrame({"Period": frame["period_label"]})
    for column, name in names.items():
        table[name] = shown(frame.assign(value=frame[column]))
    return table.assign(**{"Councils that reported": frame["councils"]})


def events(found: Found) -> None:
    """Each shared event drawn once, by how many councils it hit."""
    data = found.see.read(shared_events.events, kind="shared")
    if data.empty:
        parts.note("No shared event that may be shown to you began in these years.")
        return
    data = data.assign(key=[event_name(row) for row in records(data)])
    bars = data.assign(
        value=data["councils"].astype(float),
        expected=found.see.expected,
        group_label=[f"{row['group_code']}, {row['began_in']:%b %Y}" for row in records(data)],
    )
    drawn = bars.nlargest(MOST, "value")
    more = f"The {MOST} widest of {len(bars)} are drawn. " if len(bars) > MOST else ""
    sentence = (
        f"Each shared event is drawn once. The widest hit "
        f"{numbers.count(bars['value'].max())} councils. {more}Its supplier is named "
        "in the table where at least five councils were hit. Confirmed incidents and "
        "service disruptions tell of an event. A click on a bar shows what it took, "
        "hour by hour."
    )
    found.figures.figure(
        ranking,
        drawn,
        indicator=HIT,
        keys="key",
        table=event_table(data),
        title=f"Councils hit by each shared event, {found.see.period}",
        sentence=sentence,
        source=BOTH,
        key="events",
        on_select=open_event,
    )


def open_event(name: str) -> None:
    """Go to the timeline of one event."""
    filters.choose(taken=EVENTS["shared"], event=name)
    links.go_to("services")


def event_table(data: pd.DataFrame) -> pd.DataFrame:
    """Shared events as people read them."""
    services_lost = data["denominator"].round().astype(object)
    return pd.DataFrame(
        {
            "Event": data["group_code"],
            "Began in": [f"{pd.Timestamp(month):%b %Y}" for month in data["began_in"]],
            "Councils hit": data["councils"],
            "Incidents, once per council": data["numerator"].round().astype(int),
            "Services disrupted": services_lost.mask(data["note"] == WITHHELD, WITHHELD),
            "Supplier": data["supplier_name"].fillna("Not named"),
        }
    )
