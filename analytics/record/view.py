"""What each page shows of the public record, and why there is no more."""

from dataclasses import replace

import pandas as pd

from analytics.charts.ranking import ranking
from analytics.charts.timeline import timeline
from analytics.reading import caf, lookups, public_record
from analytics.record import reads
from analytics.record.costs import reported_amounts
from analytics.ui import layout, parts, store
from analytics.ui.layout import Card
from analytics.ui.view import View
from analytics.words import numbers, sentences
from analytics.words.periods import days


REPORTED = "Reports by press, councils and regulators; see the page Methods"
NOT_A_CENSUS = (
    "Reports are not a census: a council with no report here may have had incidents "
    "that nobody reported on."
)
KINDS = {
    "Ransomware": "ransom",
    "Denial of service": "ddos",
    "Supplier": "supplier",
    "Disclosure by mistake": "accidental",
}
OTHER = "Other cyber incident"
ORDER = [*KINDS, OTHER]


def overview(see: View) -> None:
    """The public record at a glance: incidents, costs as reported, awards."""
    found = see.read(public_record.incidents)
    awards = see.read(public_record.awards)
    layout.headlines(cards(found, awards))
    parts.note(NOT_A_CENSUS + " No council's CAF assessment is public.")
    incident_timeline(see, found)
    by_fund(see, awards)


def cards(found: pd.DataFrame, awards: pd.DataFrame) -> list[Card]:
    """How much the public record holds in scope."""
    counted = found[found["is_counted"]]
    money = awards.loc[awards["is_counted"], "amount_gbp"].sum()
    return [
        Card(
            "Reported incidents",
            numbers.count(len(counted)),
            note="Confirmed or suspected, one for each council hit",
        ),
        Card("Councils hit", numbers.count(counted["council_name"].nunique())),
        Card(
            "Separate events",
            numbers.count(events(counted)),
            note="One attack on several councils is one event",
        ),
        Card("Awards reported", numbers.value("gbp", money), note="Joint awards counted once"),
    ]


def events(found: pd.DataFrame) -> int:
    """Events, counting one that hit several councils once."""
    return found["shared_event_id"].fillna(found["reported_incident_id"]).nunique()


def kind_of(words_used: str) -> str:
    """A few plain kinds for the timeline, from the words of the record."""
    for kind, word in KINDS.items():
        if word in words_used.lower():
            return kind
    return OTHER


def incident_timeline(see: View, found: pd.DataFrame) -> None:
    """Reported incidents over the years."""
    counted = found[found["is_counted"]]
    if counted.empty:
        layout.empty("nothing_matches")
        return
    data = pd.DataFrame(
        {
            "happened_on": counted["detected_on"],
            "label": counted["council_name"],
            "kind": counted["incident_kind"].map(kind_of),
        }
    ).sort_values("kind", key=lambda kinds: kinds.map(ORDER.index))
    sentence = f"{sentences.timeline_sentence(data)} {NOT_A_CENSUS}"
    title = f"Cyber incidents at councils that were reported publicly, {see.period}"
    see.figure(
        timeline,
        data,
        table=incident_table(found),
        title=title,
        sentence=sentence,
        coverage=f"{counted['council_name'].nunique()} councils named in reports",
        source=REPORTED,
        key="timeline",
    )


def incident_table(found: pd.DataFrame) -> pd.DataFrame:
    """Every report in scope, false alarms and power failures included and named so."""
    shown = found[
        [
            "detected_on",
            "date_precision",
            "council_name",
            "council_named",
            "incident_kind",
            "incident_status",
            "services_disrupted",
            "publishers",
            "note",
        ]
    ]
    shown = shown.assign(detected_on=days(shown, "detected_on"))
    return (
        shown.drop(columns="date_precision")
        .fillna("")
        .set_axis(
            [
                "Detected",
                "Council today",
                "Named as",
                "Kind",
                "State",
                "Services disrupted",
                "Sources",
                "Remark",
            ],
            axis=1,
        )
    )


def maturity(see: View) -> None:
    """No assessment is public: what the framework asks for, and the pilots."""
    parts.note(
        "No council's CAF assessment has been published, so there is nothing to "
        "measure here. Below is what the framework asks of every council, by the "
        "GovAssure Baseline profile; the local-government profile is not public."
    )
    listed = store.read(caf.profile, see.collection, "baseline")
    versions = listed.groupby("caf_version").size()
    layout.headlines(
        [
            Card(f"CAF {version}: contributing outcomes", numbers.count(number))
            for version, number in versions.items()
        ]
    )
    parts.section("What the Baseline profile asks for, outcome by outcome")
    shown = listed.assign(principle=listed["principle_code"] + " " + listed["principle"])
    columns = {
        "caf_version": "CAF version",
        "principle": "Principle",
        "outcome_code": "Outcome code",
        "outcome": "Outcome",
        "required_level": "Level asked for",
    }
    layout.table(
        shown[list(columns)].rename(columns=columns),
        alt="Level asked for by outcome and CAF version",
    )


def disruption(see: View) -> None:
    """Reported incidents, and the figures reported about them, conflicts kept."""
    found = see.read(public_record.incidents)
    if found.empty:
        layout.empty("nothing_matches")
        return
    incident_timeline(see, found)
    parts.section(
        "What was reported about cost, duration and people",
        "Sources disagree, so each figure stands with its own source. They must not be "
        "added up: some are parts of others, and some cover several councils.",
    )
    figures = see.read(public_record.figures)
    reported_amounts(see, found, figures)
    figures = figures.assign(detected_on=days(figures, "detected_on"))
    shown = figures[
        ["council_name", "detected_on", "measure", "value_reported", "publisher", "note"]
    ]
    shown = shown.fillna("")
    named = shown.set_axis(
        ["Council", "Detected", "Measure", "As reported", "Source", "Remark"], axis=1
    )
    layout.table(named, alt="Figures reported about incidents")
    parts.download(named, "Figures reported about incidents", see.collection)


def funding(see: View) -> None:
    """Reported awards by fund, the awards themselves, totals without councils."""
    parts.note(
        "What councils spent on cyber security, council by council, is not public. "
        "These are awards that were announced; most funds published only totals."
    )
    awards = see.read(public_record.awards)
    by_fund(see, awards)
    parts.section("Totals that name no council", "Never added to the awards above.")
    totals = store.read(public_record.totals)
    shown = totals[["fund", "round", "recipients", "amount_reported", "publisher", "note"]].fillna(
        ""
    )
    named = shown.set_axis(["Fund", "Round", "Recipients", "Amount", "Source", "Remark"], axis=1)
    layout.table(named, alt="Totals of funds that name no council")


def by_fund(see: View, awards: pd.DataFrame) -> None:
    """Awards added up by fund, joint awards once."""
    data = reads.by_fund(awards) if len(awards) else awards
    known = data.dropna(subset="amount_gbp") if len(data) else data
    if known.empty:
        layout.empty("nothing_matches")
        return
    bars = known.rename(columns={"amount_gbp": "value"}).assign(
        group_code=known["fund"], group_label=known["fund"], expected=known["councils"]
    )
    unit = replace(see.measures[0], unit="gbp", title="Awards reported")
    pilot = awards[awards["fund"].str.startswith("Future Councils")]
    sites = int(pilot["is_counted"].sum())
    sentence = sentences.ranking_sentence(bars, unit)
    if sites:
        sentence += (
            f" The Future Councils pilot is {sites} sites and "
            f"{pilot['council_name'].nunique()} councils: a joint award counts once."
        )
    title = "Awards to named councils, by fund"
    see.figure(
        ranking,
        bars,
        indicator=unit,
        table=award_table(awards),
        title=title,
        sentence=sentence,
        coverage=f"{awards['council_name'].nunique()} councils named",
        source="Announcements; see the page Methods",
        key="funds",
    )


def award_table(awards: pd.DataFrame) -> pd.DataFrame:
    """Every award in scope; what is not added up says so."""
    amounts = awards["amount_gbp"].map(
        lambda amount: numbers.value("gbp", amount) if pd.notna(amount) else "not known"
    )
    return pd.DataFrame(
        {
            "Awarded": [when or "not known" for when in days(awards, "awarded_on")],
            "Fund": awards["fund"],
            "Round": awards["round"].fillna(""),
            "Council today": awards["council_name"],
            "Named as": awards["recipient_named"],
            "Part": awards["role"].fillna(""),
            "Amount": amounts,
            "Added up": awards["is_counted"].map({True: "yes", False: "no"}),
            "Source": awards["publisher"].fillna(""),
            "Remark": awards["note"].fillna(""),
        }
    )


def benchmark(see: View) -> None:
    """One council in the public record, beside its nearest neighbours."""
    if not see.gss_code:
        parts.note("Choose a council above, under “Council to pick out”.")
        return
    peers = store.read(lookups.neighbours, see.gss_code)
    scope = replace(see.scope, councils=(see.gss_code, *peers["gss_code"]))
    found = store.read(public_record.incidents, scope)
    awards = store.read(public_record.awards, scope)
    own = found[found["gss_code"] == see.gss_code]
    layout.headlines(
        [
            Card(
                f"Incidents reported at {see.council_name}", numbers.count(own["is_counted"].sum())
            ),
            Card(
                f"Incidents reported at its {len(peers)} ONS neighbours",
                numbers.count(found["is_counted"].sum() - own["is_counted"].sum()),
            ),
        ]
    )
    parts.note(NOT_A_CENSUS)
    if len(found):
        incident_timeline(replace(see, scope=scope), found)
    if len(awards):
        parts.section("Awards reported")
        layout.table(award_table(awards), alt="Awards reported")
