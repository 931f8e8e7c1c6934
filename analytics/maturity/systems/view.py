"""Critical systems: where they drag a council down, and what they run on."""

from dataclasses import replace

import pandas as pd

from analytics.charts.composition import composition
from analytics.charts.ranking import ranking
from analytics.charts.spread import spread
from analytics.maturity.systems import reads
from analytics.reading import caf
from analytics.ui import figures, filters, layout, parts, store
from analytics.ui.caf import SHARE, Maturity
from analytics.words import maturity, numbers, sentences


ATTRIBUTES = {
    "hosting": "Hosting",
    "support": "Supplier's support",
    "legacy": "Legacy",
    "exposure": "Reachable from the internet",
    "kind": "What it is for",
    "owner": "Owner",
}
BY = {"region": "Region", "type": "Type of council"}
LISTS = "Councils' lists of critical systems"
SHOWN = 12
SPREAD = replace(
    SHARE,
    key="spread",
    title="Points between the strongest and the weakest system",
    unit="gap",
    polarity="lower_is_better",
)


def draw(found: Maturity) -> None:
    """Held-down outcomes, spread, one council's systems, and the code of practice."""
    see = found.see
    layout.headlines([figures.card(see, each) for each in see.cards("systems")])
    held_down(found)
    if see.gss_code:
        own(found)
    parts.section(
        "What critical systems run on",
        "The Technology Code of Practice asks for cloud first, for secure systems and "
        "for not being tied to one supplier.",
    )
    with parts.row():
        attribute = filters.one_from(
            "Systems by", ATTRIBUTES, "attribute", default="hosting", width=260
        )
        by = filters.one_of("Compare", BY, "systems_by")
    what_they_run_on(found, attribute, by)
    shares(found, "hosting", "hosting")
    shares(found, "legacy", "age")
    suppliers(found)


def held_down(found: Maturity) -> None:
    """How far the systems of one council lie apart, and what the weakest costs it."""
    rows = found.read_latest(caf.councils)
    known = rows.assign(value=pd.to_numeric(rows["spread"], errors="coerce"))
    if known["value"].isna().all():
        layout.empty("nothing_matches")
        return
    told = rows[rows["held_down"].notna()]
    held = told["held_down"].sum()
    below = (told["denominator"] - told["numerator"]).sum()
    middle = known["value"].median()
    sentence = (
        f"In half of {numbers.count(known['value'].notna().sum())} councils the "
        f"strongest critical system meets at least {middle:.0f} percentage points more "
        f"of objectives B and C than the weakest. Of "
        f"{numbers.count(below)} outcomes below the profile, "
        f"{numbers.count(held)} are met by at least one of the council's systems: "
        "only the weakest hold them down."
    )
    by = filters.one_of("Compare councils by", filters.COMPARE, "compare")
    column = {"region": "region", "type": "council_type"}[by]
    named = known[known[column] != ""]
    chart = store.draw(
        spread, named, indicator=SPREAD, by=column, selected=found.see.gss_code or None
    )
    table = known[
        ["council_name", "systems", "weakest", "strongest", "spread", "held_down"]
    ].dropna(subset="systems")
    found.figure(
        chart,
        table=table.set_axis(
            [
                "Council",
                "Systems",
                "Weakest system (%)",
                "Strongest system (%)",
                "Points apart",
                "Outcomes held down",
            ],
            axis=1,
        ),
        title=f"How far the critical systems of one council lie apart, {found.place}",
        sentence=sentence,
        kind="Spread chart",
        coverage=found.coverage(known["value"].notna().sum()),
        key="spread",
    )


def own(found: Maturity) -> None:
    """Each critical system of the council picked out, the weakest first."""
    see = found.see
    rows = found.read_latest(reads.own_systems, see.gss_code)
    if rows.empty:
        parts.note(f"{see.council_name} has no assessed system in {found.year}.")
        return
    about = replace(SHARE, title="Outcomes of B and C met")
    weakest = rows.iloc[0]
    data = rows.assign(
        group_code=rows["system_id"], group_label=rows["system_id"], councils=1, expected=1
    )
    apart = rows["value"].max() - rows["value"].min()
    sentence = (
        f"{see.council_name}'s weakest critical system is {weakest['system_id']}, with "
        f"{numbers.value('percent', weakest['value'])} of the outcomes of objectives B "
        f"and C at the profile's level"
        + (f"; the strongest is {apart:.0f} points above it." if len(rows) > 1 else ".")
    )
    table = rows.assign(is_legacy=rows["is_legacy"].map({True: "Yes", False: "No"}))
    told = {
        "system_id": "System",
        "value": "Met (%)",
        "numerator": "Outcomes met",
        "denominator": "Outcomes assessed",
        "hosting": "Hosting",
        "is_legacy": "Legacy",
    }
    found.figure(
        ranking,
        data,
        indicator=about,
        table=table[list(told)].rename(columns=told),
        title=f"Critical systems of {see.council_name}",
        sentence=sentence,
        coverage=f"{len(rows)} critical systems of 1 council",
        key="own-systems",
    )


def what_they_run_on(found: Maturity, attribute: str, by: str) -> None:
    """Critical systems by one attribute, region by region or type by type."""
    rows = found.read_latest(reads.systems, attribute=attribute, by=by)
    known = rows.dropna(subset="numerator")
    if known.empty:
        layout.empty("nothing_matches")
        return
    named = tuple(known.groupby("part")["numerator"].sum().sort_values().index[::-1])
    every = pd.MultiIndex.from_product(
        [known["group_label"].unique(), named], names=["row_label", "part"]
    )
    cells = known.set_index(["group_label", "part"])
    data = cells.reindex(every)[["numerator", "value"]].fillna(0).reset_index()
    data = data.rename(columns={"numerator": "count"})
    whole = known.drop_duplicates("group_label")
    found.figure(
        composition,
        data,
        parts=named,
        table=known[["group_label", "part", "numerator", "denominator", "value"]].set_axis(
            ["Group", ATTRIBUTES[attribute], "Systems", "Out of", "Share (%)"], axis=1
        ),
        title=f"Critical systems by {ATTRIBUTES[attribute].lower()}, {found.place}",
        sentence=maturity.composition_sentence(data, parts=named),
        coverage=f"{numbers.count(whole['denominator'].sum())} systems of "
        f"{numbers.count(whole['councils'].sum())} councils",
        source=LISTS,
        key="systems",
    )


def shares(found: Maturity, attribute: str, what: str) -> None:
    """Whether systems of one kind meet less of the profile than others."""
    rows = found.read_latest(reads.system_shares, attribute=attribute)
    rows = rows[rows["group_label"] != "Not known"]
    if rows["value"].isna().all():
        return
    about = replace(SHARE, title=f"Outcomes of B and C met ({found.profile})")
    data = rows.assign(expected=found.see.expected)
    said = sentences.ranking_sentence(data, about)
    found.figure(
        ranking,
        data,
        indicator=about,
        table=rows[["group_label", "value", "systems", "councils", "note"]].rename(
            columns={"systems": "Systems"}
        ),
        title=f"{about.title} by {what} of the system, {found.place}",
        sentence=f"{said} Councils choose where systems run for many reasons: this "
        "does not say that moving one would raise it.",
        coverage=found.coverage(rows["councils"].max()),
        source=f"CAF assessments; {LISTS.lower()}",
        key=f"shares-{attribute}",
    )


def suppliers(found: Maturity) -> None:
    """How much hangs on a few suppliers."""
    rows = found.read_latest(reads.suppliers)
    named = rows[rows["group_code"] != "other"]
    if named["value"].isna().all():
        return
    top = named.head(SHOWN)
    about = replace(SHARE, title="Share of critical systems", polarity="none")
    three = named["value"].head(3).sum()
    first = named.iloc[0]
    # The Herfindahl-Hirschman index: the squares of all shares, added up.
    index = (rows.loc[rows["group_code"] != "other", "value"] ** 2).sum()
    sentence = (
        f"{first['group_label']} supplies {numbers.value('percent', first['value'])} "
        f"of critical systems, to {numbers.count(first['councils'])} councils; the "
        f"three largest together {numbers.value('percent', three)}. Concentration "
        f"(Herfindahl-Hirschman index, 0 to 10,000): at least {numbers.count(index)}. "
        "Suppliers at fewer than five councils are taken together."
    )
    table = rows[["group_label", "numerator", "value", "councils", "weak"]].set_axis(
        ["Supplier", "Systems", "Share (%)", "Councils", "Legacy or out of support"], axis=1
    )
    data = top.assign(expected=found.see.expected)
    found.figure(
        ranking,
        data,
        indicator=about,
        table=table,
        title=f"Critical systems by supplier, {found.place}",
        sentence=sentence,
        coverage=f"{numbers.count(rows['denominator'].iloc[0])} systems with a "
        f"supplier, of {found.coverage(top['councils'].max())} at most for one",
        source=LISTS,
        key="suppliers",
    )
