"""Completeness: what assessments leave out, and what that does to the headline."""

from dataclasses import replace

import pandas as pd

from analytics.charts.composition import composition
from analytics.charts.ranking import ranking
from analytics.reading import caf
from analytics.ui import figures, layout, parts
from analytics.ui.caf import SHARE, Maturity, span
from analytics.ui.layout import Card
from analytics.words import numbers


REASONS = {
    "with_parts": "An outcome judged for some systems only",
    "with_not_assessed": "An outcome not assessed",
    "with_not_sent": "An outcome not sent",
    "with_few_systems": "Fewer than three critical systems assessed",
    "with_missing_systems": "A listed critical system not assessed",
    "self_assessed": "No reviewer's judgement",
}
RULE = (
    "An assessment is complete when every outcome is judged, for every critical system "
    "sent; at least three critical systems are assessed; and no system that the "
    "council lists is missing. An outcome not assessed is unknown and never counts as "
    "not achieved."
)


def completeness(found: Maturity) -> None:
    """Headlines, complete or not over the years, what is missing, and its effect."""
    states = found.read(caf.states)
    known = states.dropna(subset="numerator")
    if known.empty:
        layout.empty("nothing_matches")
        return
    last = known.iloc[-1]
    keys = ("assessments_complete", "assessments_assured", "profile_outcomes_met")
    cards = [figures.card(found.see, found.indicator(key)) for key in keys]
    layout.headlines([*cards, evidence(found, last)])
    parts.note(RULE)
    effect(found, last)
    reasons(found, last)
    by_group(found)
    listing(found)


def evidence(found: Maturity, row: pd.Series) -> Card:
    """Judgements that name no evidence, of those that say how many references."""
    told = row["evidence_told"]
    share = 100 * row["without_evidence"] / told if told else None
    return Card(
        "Judgements without evidence",
        numbers.value("percent", share),
        coverage=f"{found.year}: {found.coverage(row['councils'])}",
        note=f"No reference given, of {numbers.count(told)} judgements",
    )


def effect(found: Maturity, row: pd.Series) -> None:
    """The headline over all assessments, over fewer, and at its bounds."""
    whole = row["assessed"] + row["unjudged"]
    ways = {
        "As shown: outcomes judged, every assessment": ratio(row, "met", "assessed"),
        "Complete assessments only": ratio(row, "met_complete", "assessed_complete"),
        "Independently assured only": ratio(row, "met_assured", "assessed_assured"),
        "If no outcome left out were met": 100 * row["met"] / whole if whole else None,
        "If every outcome left out were met": 100 * (row["met"] + row["unjudged"]) / whole
        if whole
        else None,
    }
    data = pd.DataFrame(
        {
            "group_code": list(ways),
            "group_label": list(ways),
            "councils": row["councils"],
            "value": pd.Series(list(ways.values()), dtype=float),
            "expected": row["expected"],
        }
    )
    about = replace(SHARE, title=f"Profile outcomes met ({found.profile})")
    said = {name: numbers.value("percent", value) for name, value in ways.items()}
    names = list(ways)
    sentence = (
        f"The headline is {said[names[0]]}; over complete assessments alone "
        f"{said[names[1]]}, over assured ones {said[names[2]]}. What was left out, "
        f"{numbers.count(row['unjudged'])} outcomes, could move it between "
        f"{said[names[3]]} and {said[names[4]]}."
    )
    found.figure(
        ranking,
        data,
        indicator=about,
        table=data[["group_label", "value"]].set_axis(["Counted", "Met (%)"], axis=1),
        title=f"What leaving them out does to the headline, {found.place}",
        sentence=sentence,
        coverage=found.coverage(row["councils"]),
        key="effect",
    )


def ratio(row: pd.Series, met: str, assessed: str) -> float | None:
    """Outcomes met in percent; None where there is nothing to divide by."""
    return 100 * row[met] / row[assessed] if row[assessed] else None


def reasons(found: Maturity, row: pd.Series) -> None:
    """What assessments leave out; one may leave out several things."""
    counted = row["numerator"]
    data = pd.DataFrame(
        {
            "group_code": list(REASONS),
            "group_label": list(REASONS.values()),
            "value": [100 * row[name] / counted for name in REASONS],
            "count": [row[name] for name in REASONS],
            "councils": row["councils"],
            "expected": row["expected"],
        }
    )
    about = replace(SHARE, title="Assessments", polarity="lower_is_better")
    most = data.sort_values("value", ascending=False)
    told = [
        f"{figures.lower(name)} ({numbers.value('percent', value)})"
        for name, value in zip(most["group_label"], most["value"], strict=True)
        if value
    ]
    found.figure(
        ranking,
        data,
        indicator=about,
        table=data[["group_label", "count", "value"]].set_axis(
            ["Left out", "Assessments", "Of those counted (%)"], axis=1
        ),
        title=f"What assessments leave out, {found.place}",
        sentence=f"Of {numbers.count(counted)} assessments: {', '.join(told)}. One may "
        "leave out several things.",
        coverage=found.coverage(row["councils"]),
        key="left-out",
    )


def by_group(found: Maturity) -> None:
    """Complete or not, year by year."""
    rows = found.read(caf.states).dropna(subset="numerator")
    data = pd.concat(
        [
            pd.DataFrame(
                {
                    "row_label": rows["period_label"],
                    "part": part,
                    "count": count,
                    "value": 100 * count / rows["denominator"],
                }
            )
            for part, count in (
                ("Complete", rows["complete"]),
                ("Incomplete", rows["numerator"] - rows["complete"]),
                ("Draft, not counted", rows["draft"]),
                ("Cancelled", rows["cancelled"]),
            )
        ]
    )
    last = rows.iloc[-1]
    names = ("Complete", "Incomplete", "Draft, not counted", "Cancelled")
    sentence = (
        f"In {last['period_label']}, {numbers.count(last['complete'])} of "
        f"{numbers.count(last['numerator'])} assessments counted were complete, and "
        f"{numbers.count(last['draft'])} more were in draft."
    )
    found.figure(
        composition,
        data,
        parts=names,
        events=found.see.marks_by("year"),
        table=rows[["period_label", "complete", "numerator", "draft", "cancelled"]].set_axis(
            ["Period", "Complete", "Submitted or completed", "Draft", "Cancelled"], axis=1
        ),
        title=f"Complete assessments, year by year, {found.place}",
        sentence=sentence,
        coverage=f"{found.coverage(last['councils'])} in {last['period_label']}",
        period=span(found),
        key="complete",
    )


def listing(found: Maturity) -> None:
    """Councils whose assessment is not complete, for those who may see them."""
    rows = found.read_latest(caf.councils)
    short = rows[rows["is_complete"].eq(False) & rows["council_name"].ne("")]
    if short.empty:
        return
    states = caf.STATES
    table = short.sort_values("council_name").assign(
        state=short["state"].map(states), systems=short["systems"].fillna(0)
    )[["council_name", "region", "state", "systems", "denominator"]]
    parts.listing(
        table.set_axis(
            ["Council", "Region", "Judged by", "Systems assessed", "Outcomes judged"], axis=1
        ),
        title="Councils with an incomplete assessment",
        sentence=f"{numbers.count(len(table))} councils have something to add to their "
        f"assessment of {found.year}.",
        period=found.year,
        coverage=found.coverage(len(table)),
        source="CAF assessments",
        collection=found.see.collection,
        key="incomplete",
    )
