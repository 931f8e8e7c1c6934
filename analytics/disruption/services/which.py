"""Which services: how long each is lost, to what, through whom, and in which cascades.

Statutory services stand first and carry a mark. Planned work is apart.
"""

from typing import Any

import pandas as pd

from analytics.charts.matrix import matrix
from analytics.charts.ranking import ranking
from analytics.disruption.services import reads
from analytics.disruption.services.chart import MOST_ROWS, gantt
from analytics.reading import shared_events
from analytics.reading.disclosure import WITHHELD
from analytics.reading.indicators import Indicator
from analytics.ui import filters, layout, parts, store
from analytics.ui.layout import Card
from analytics.ui.view import View
from analytics.words import numbers as formats
from analytics.words import sentences
from analytics.words.events import EVENTS, event_name, records


MARK = "§ "
SOURCE = "Service disruptions reported by councils; services by LGSL number"
HOURS = Indicator(
    key="service_hours",
    theme="",
    title="Hours disrupted",
    question="",
    definition="",
    kind="ratio",
    numerator="Hours",
    denominator="",
    unit="hours",
    grain="year",
    polarity="none",
    source=SOURCE,
)
MOST = 15
STATUTORY, OTHER, INTERNAL = "Statutory", "Other public", "Internal"
READING = (
    "Unplanned hours only: planned work is apart. Overlapping disruptions of one "
    "service at one council count once, and only in months that the council reported "
    f"on. {MARK.strip()} marks a statutory service: one that a council must provide by "
    "law, as far as our list says; for others it does not say."
)


def services(see: View) -> None:
    """Ranking, matrix by cause, suppliers, and the cascades of one event."""
    see = see.telling(source=SOURCE, prefix="services-")
    data = see.read(reads.services)
    if data["value"].isna().all():
        layout.empty("nothing_matches")
        return
    data = data.assign(group_label=marked(data), kind=kinds(data))
    behind = see.read(reads.reporting)
    coverage = sentences.coverage(behind, see.expected)
    parts.note(READING)
    headlines(data, coverage)
    ranked(see, data, coverage)
    by_cause(see, data, coverage)
    suppliers(see, coverage)
    cascades(see)


def marked(data: pd.DataFrame) -> pd.Series:
    """Names of services, the statutory ones with their mark."""
    marks = data["is_statutory"].map({True: MARK, False: ""})
    return marks + data["group_label"]


def kinds(data: pd.DataFrame) -> pd.Series:
    """Whether a service is statutory, another public one, or internal."""
    public = data["is_public"].map({True: OTHER, False: INTERNAL})
    return public.mask(data["is_statutory"], STATUTORY)


def headlines(data: pd.DataFrame, coverage: str) -> None:
    """Hours of each kind of service."""
    total = data["value"].sum()
    layout.headlines(
        [kind_card(data, kind, total, coverage) for kind in (STATUTORY, OTHER, INTERNAL)]
    )


def kind_card(data: pd.DataFrame, kind: str, total: float, coverage: str) -> Card:
    """Hours of one kind of service, and its share of all."""
    rows = data[data["kind"] == kind]
    hours = rows["value"].sum(min_count=1)
    if pd.isna(hours):
        return Card(f"{kind} services", formats.UNKNOWN)
    count = formats.count(rows["denominator"].sum())
    note = f"{100 * hours / total:.0f}% of all hours shown; {count} disruptions"
    return Card(f"{kind} services", formats.value("hours", hours), "", coverage, note)


def ranked(see: View, data: pd.DataFrame, coverage: str) -> None:
    """Services by hours: statutory ones, then all others."""
    is_statutory = data["kind"] == STATUTORY
    for rows, title, key in (
        (data[is_statutory], "Statutory services by hours disrupted", "statutory"),
        (data[~is_statutory], "Other services by hours disrupted", "others"),
    ):
        known = rows.dropna(subset="value").head(MOST)
        if len(known):
            ranking_of(see, known, rows, data, title, key, coverage)


def ranking_of(
    see: View,
    known: pd.DataFrame,
    rows: pd.DataFrame,
    every: pd.DataFrame,
    title: str,
    key: str,
    coverage: str,
) -> None:
    """The services of one kind that lost the most hours."""
    top = known.iloc[0]
    share = 100 * known["value"].sum() / every["value"].sum()
    more = f" of {len(rows)}" if len(rows) > len(known) else ""
    sentence = (
        f"{top['group_label']} lost most, {formats.value('hours', top['value'])} in "
        f"{formats.count(top['denominator'])} disruptions at "
        f"{formats.count(top['councils'])} councils. The {len(known)}{more} shown lost "
        f"{share:.0f}% of all hours."
    )
    see.figure(
        ranking,
        known.assign(expected=see.expected),
        indicator=HOURS,
        table=table(rows),
        title=f"{title}, {see.period}",
        sentence=sentence,
        coverage=coverage,
        key=key,
    )


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """Services as people read them."""
    frame = pd.DataFrame(
        {
            "Hours": rows["value"].round(1),
            "Disruptions": rows["denominator"],
            "Residents affected, added up": rows["residents"],
            "Disruptions that tell it": rows["told"],
        }
    ).astype(object)
    frame = frame.mask(rows["note"] == WITHHELD, WITHHELD)
    frame.insert(0, "Service", rows["group_label"])
    frame.insert(1, "Kind", rows["kind"])
    return frame.assign(**{"Councils hit": rows["councils"]})


def by_cause(see: View, data: pd.DataFrame, coverage: str) -> None:
    """Services down, causes across: hours in each cell."""
    cells = chosen_cells(see.read(reads.matrix), data)
    if cells["value"].isna().all():
        return
    top = cells.sort_values("value", na_position="first").iloc[-1]
    sentence = (
        f"The {cells['group_label'].nunique()} services that lost most hours. Most in "
        f"one cell: {top['group_label']}, {lower(top['cause_label'])}, "
        f"{formats.value('hours', top['value'])}. Hours under two causes at once count "
        "under both."
    )
    chart = store.draw(
        matrix,
        cells,
        value="value",
        rows="group_label",
        columns="cause_label",
        text="text",
        unknown=WITHHELD,
        indicator=HOURS,
        groups="kind",
    )
    wide = cells.pivot(index="group_label", columns="cause_label", values="shown")
    wide = wide.reindex(index=cells["group_label"].unique(), columns=cells["cause_label"].unique())
    wide.columns.name = None
    see.figure(
        chart,
        table=wide.rename_axis("Service (hours)").reset_index(),
        title=f"Hours disrupted by service and cause, {see.period}",
        sentence=sentence,
        kind="Heat map",
        coverage=coverage,
        key="matrix",
    )


def chosen_cells(cells: pd.DataFrame, data: pd.DataFrame) -> pd.DataFrame:
    """Every cell of the services that lost most, statutory ones first; 0 where a
    service was lost to no such cause."""
    known = data.dropna(subset="value")
    top = known.nlargest(MOST, "value")
    order = [STATUTORY, OTHER, INTERNAL]
    top = top.iloc[top["kind"].map(order.index).argsort(kind="stable")]
    causes = cells.drop_duplicates("cause").sort_values("cause_order")
    every = top[["group_code", "group_label", "kind"]].merge(
        causes[["cause", "cause_label"]], how="cross"
    )
    found = cells[["group_code", "cause", "value", "note"]]
    result = every.merge(found, on=["group_code", "cause"], how="left")
    result["value"] = result["value"].mask(result["note"].isna(), 0.0)
    shown = result["value"].round(1).astype(object)
    return result.assign(
        text=result["value"].map(short), shown=shown.mask(result["note"] == WITHHELD, WITHHELD)
    )


def short(hours: float) -> str:
    """Hours as a cell has room for: 7.2k, 340, 0."""
    if pd.isna(hours):
        return ""
    return f"{hours / 1000:.1f}k" if hours >= 999.5 else f"{hours:.0f}"


def lower(title: str) -> str:
    """A label within a sentence."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def suppliers(see: View, coverage: str) -> None:
    """Disruption that suppliers caused, and over how many councils it spread."""
    data = see.read(reads.suppliers).dropna(subset="value")
    if data.empty:
        return
    named = data[data["group_code"] != "other"]
    sentence = "No supplier that may be named reached five councils."
    if len(named):
        widest = named.loc[named["councils"].idxmax()]
        shared = 100 * data["shared"].sum() / data["denominator"].sum()
        sentence = (
            f"{widest['group_label']} caused disruption at most councils, "
            f"{formats.count(widest['councils'])}. {shared:.0f}% of disruptions by "
            "suppliers were part of an event that several councils shared. Suppliers "
            "at fewer than five councils are not named."
        )
    see.figure(
        ranking,
        spread_labels(data, see),
        indicator=HOURS,
        table=supplier_table(data),
        title=f"Hours that suppliers disrupted (councils in brackets), {see.period}",
        sentence=sentence,
        coverage=coverage,
        key="suppliers",
    )


def spread_labels(data: pd.DataFrame, see: View) -> pd.DataFrame:
    """Suppliers with the number of councils in brackets behind their name."""
    numbers = ["" if pd.isna(n) else f" ({formats.count(n)})" for n in data["councils"]]
    return data.head(MOST).assign(
        group_label=(data["group_label"] + numbers).head(MOST), expected=see.expected
    )


def supplier_table(data: pd.DataFrame) -> pd.DataFrame:
    """Suppliers as people read them."""
    names = {
        "group_label": "Supplier",
        "value": "Hours",
        "denominator": "Disruptions",
        "shared": "Of them in shared events",
        "councils": "Councils hit",
    }
    return data[list(names)].round(1).rename(columns=names)


def cascades(see: View) -> None:
    """Events that took several councils or services, one of them drawn in full."""
    parts.section(
        "Cascades: one event, several services",
        "A shared event hits several councils; an incident at one council may take "
        "several services. Planned work and single services are left out.",
    )
    kind = filters.one_of("Events", EVENTS, "taken")
    # A council picked out shows all of its own incidents, not those that took most.
    is_own = bool(see.gss_code) and kind == "incident"
    scope = see.of_council().scope if is_own else see.scope
    found = store.read(shared_events.events, scope, kind=kind)
    if found.empty:
        layout.empty("nothing_matches")
        return
    listing(see, found, kind)
    names = {row["group_code"]: event_name(row) for row in records(found)}
    chosen = filters.one_from("Event drawn", names, "event", default=next(iter(names)))
    timeline(see, found.set_index("group_code").loc[chosen], kind, chosen)


def listing(see: View, found: pd.DataFrame, kind: str) -> None:
    """The events as a table, and how they are counted."""
    title = {
        "shared": "Events shared by several councils",
        "incident": "Incidents that took most services",
    }[kind]
    parts.listing(
        event_table(found, kind),
        title=f"{title}, {see.period}",
        sentence=counted(found, kind),
        period=see.period,
        coverage=f"{formats.count(councils_hit(found, kind))} councils"
        f"{' in the widest event' if kind == 'shared' else ''}",
        source="Incidents and service disruptions reported by councils",
        collection=see.collection,
        key=f"events-{kind}",
    )


def councils_hit(found: pd.DataFrame, kind: str) -> float:
    """Councils behind the table: for shared events those of the widest."""
    return found["gss_code"].nunique() if kind == "incident" else found["councils"].max()


def counted(found: pd.DataFrame, kind: str) -> str:
    """How often an event counts: once per event, and once per council that it hit."""
    if kind == "incident":
        most = found["denominator"].max()
        return (
            f"{formats.count(len(found))} incidents, each at one council, those with "
            f"most services first: up to {formats.count(most)} each. Incidents of "
            "shared events are not here."
        )
    events, hits = len(found), found["councils"].sum()
    return (
        f"{formats.count(events)} shared events, counted once per event; counted once "
        f"per council in scope that they hit, {formats.count(hits)}, with "
        f"{formats.count(found['numerator'].sum())} incidents reported. Elsewhere on "
        "this page incidents and disruptions count once per council."
    )


def event_table(found: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Events as people read them."""
    hidden = found["note"] == WITHHELD
    hours = (
        pd.DataFrame(
            {"Disruptions of services": found["denominator"], "Hours": found["value"].round(1)}
        )
        .astype(object)
        .mask(hidden, WITHHELD)
    )
    began = [f"{pd.Timestamp(month):%b %Y}" for month in found["began_in"]]
    codes = [str(code).rpartition(" ")[2] for code in found["group_code"]]
    frame = pd.DataFrame({"Event": codes, "Began in": began}, index=found.index)
    if kind == "incident":
        frame.insert(0, "Council", found["council_name"])
    else:
        frame["Councils hit"] = found["councils"]
        frame["Incidents, once per council"] = found["numerator"]
        frame["Supplier"] = found["supplier_name"].fillna("Not named")
    frame = frame.join(hours)
    return frame.assign(**{"Still open": found["is_open"].map({True: "Yes", False: "No"})})


def timeline(see: View, event: pd.Series, kind: str, code: str) -> None:
    """The services of one event on one axis of time."""
    spells = see.read(reads.timeline, kind=kind, event_code=code)
    if spells.empty:
        layout.empty("not_allowed")
        return
    rows = drawn(spells, kind)
    name = event_name({"group_code": code, **dict(event)})
    see.figure(
        gantt,
        rows,
        mark=MARK.strip(),
        table=spell_table(spells),
        title=f"What one event took: {name}",
        sentence=timeline_sentence(spells, event, kind, rows),
        coverage=sentences.coverage(spells["gss_code"].nunique(), event["councils"]),
        key="timeline",
    )


def drawn(spells: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The rows of the chart, as many as there is room for."""
    marks = spells["is_statutory"].map({True: MARK, False: ""})
    rows = spells.assign(
        row_label=marks + spells["service"],
        beside=spells["council_name"] if kind == "shared" else "",
    )
    keys = rows["row_label"] + rows["beside"]
    return rows[keys.isin(keys.drop_duplicates().head(MOST_ROWS))]


def timeline_sentence(spells: pd.DataFrame, event: pd.Series, kind: str, rows: pd.DataFrame) -> str:
    """How many disruptions at how many councils, from when to when."""
    several = spells["service"].nunique()
    at = spells["gss_code"].nunique()
    first, last = (london(t) for t in (spells["started_at"].min(), spells["ended_at"].max()))
    open_ones = int(spells["is_open"].sum())
    said = (
        f"{formats.count(len(spells))} "
        f"{'disruption' if len(spells) == 1 else 'disruptions'} of {several} "
        f"{'service' if several == 1 else 'services'} at {at} "
        f"{'council' if at == 1 else 'councils'}, from {first:%-d %B %Y %H:%M} to "
        f"{last:%-d %B %Y %H:%M} (London time)."
    )
    if open_ones:
        said += (
            f" {open_ones} not yet restored: drawn up to the end of the last month "
            "reported on, with an arrow."
        )
    if kind == "shared" and event["councils"] > at:
        said += (
            f" The event hit {formats.count(event['councils'])} councils; the others "
            "had no service disrupted or may not be named to you."
        )
    if len(rows) < len(spells):
        said += f" The first {MOST_ROWS} rows are drawn; the table has all."
    return said


def london(moment: Any) -> pd.Timestamp:
    """A moment as London's clocks showed it."""
    stamp = pd.Timestamp(moment)
    stamp = stamp.tz_localize("UTC") if stamp.tz is None else stamp
    return stamp.tz_convert(formats.LONDON)


def clock(moment: Any) -> str:
    """A moment in a table, in London's time."""
    return f"{london(moment):%d/%m/%Y %H:%M}"


def spell_table(spells: pd.DataFrame) -> pd.DataFrame:
    """Spells as people read them, in London's time."""
    until = [
        "Not yet restored" if row["is_open"] else clock(row["ended_at"]) for row in records(spells)
    ]
    return pd.DataFrame(
        {
            "Council": spells["council_name"],
            "Service": spells["service"],
            "Statutory": spells["is_statutory"].map({True: "Yes", False: "Not marked"}),
            "From": [clock(at) for at in spells["started_at"]],
            "To": until,
        }
    )
