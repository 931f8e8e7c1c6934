"""View of the thread: from an incident to the award that answers it, and back."""

from typing import Any

import pandas as pd

from analytics.charts.composition import composition
from analytics.funding.thread import reads
from analytics.reading import lookups
from analytics.reading.marts import period_label
from analytics.reading.viewer import NotAllowedError
from analytics.ui import layout, parts, store
from analytics.ui.view import View
from analytics.words import numbers, sentences


SOURCE = (
    "Incidents, CAF assessments, improvement actions and awards, joined by council, "
    "outcome and award"
)
NOTE = (
    "An incident may name the CAF outcome that failed; an improvement action works on "
    "an outcome; an award may pay for an action. These are joined by council and "
    "outcome: an action may have had other reasons, and an outcome may have moved "
    "without it. What follows an incident is not thereby caused by it."
)
# Each link of an incident's thread: what it is, and of what.
STEPS = {
    "named": ("Root cause named", "denominator"),
    "known": ("Outcome assessed by then", "named"),
    "below": ("Outcome not achieved by then", "known"),
    "acted": ("Action works on it", "named"),
    "funded": ("Award pays for an action", "acted"),
    "assessed_since": ("Outcome assessed since", "named"),
    "risen": ("Level risen since", "assessed_since"),
}
THERE, MISSING = "There", "Missing"
ANSWERS = {
    "funded": "Action paid by an award",
    "unfunded": "Action without an award",
    "none": "No action",
}
AWARDS = {
    "known": "Outcome assessed before and since",
    "unknown": "Actions, outcome not assessed on both sides",
    "none": "No action names it",
}
LEVELS = {1: "Not achieved", 2: "Partially achieved", 3: "Achieved"}
MOST = 12


def draw(see: View) -> None:
    """The chain, outcomes that failed, awards, and one council's own threads."""
    see = see.telling(source=SOURCE)
    parts.note(NOTE)
    found = see.read(reads.whole)
    if found.empty or not found["denominator"].iloc[0] > 0:
        layout.empty("nothing_matches")
        return
    chain(see, found.iloc[0].to_dict())
    try:
        outcomes(see, see.read(reads.by_outcome))
        awards(see, see.read(reads.by_programme))
    except NotAllowedError as error:
        parts.note(str(error))
    if see.gss_code:
        own(see)


def chain(see: View, row: dict[Any, Any]) -> None:
    """How often each link of an incident's thread is there, of those it could be."""
    rows = [
        {"key": key, "link": label, "of": row[of], "have": row[key]}
        for key, (label, of) in STEPS.items()
    ]
    data = pd.DataFrame(rows).assign(
        missing=lambda each: each["of"] - each["have"],
        share=lambda each: 100 * each["have"] / each["of"].replace(0, None),
    )
    sentence = (
        f"Of {numbers.count(row['denominator'])} confirmed incidents, "
        f"{numbers.count(row['named'])} name the CAF outcome that failed; for "
        f"{numbers.count(row['acted'])} an action works on it, for "
        f"{numbers.count(row['funded'])} one paid by an award; at "
        f"{numbers.count(row['risen'])} the outcome's level has risen since, at "
        f"{numbers.count(row['fallen'])} it has fallen."
    )
    see.figure(
        composition,
        halves(data),
        parts=(THERE, MISSING),
        table=data.rename(
            columns={
                "link": "Link",
                "of": "Out of",
                "have": "There",
                "missing": "Missing",
                "share": "There in percent",
            }
        ).drop(columns="key"),
        title=f"How far an incident's thread goes, {see.place}, {see.period}",
        sentence=sentence,
        coverage=sentences.coverage(row["councils"], see.expected),
        key="thread",
    )


def halves(data: pd.DataFrame) -> pd.DataFrame:
    """Each link as two parts of a bar: there, and missing."""
    there = data.assign(part=THERE, value=data["share"], count=data["have"])
    missing = data.assign(part=MISSING, value=100 - data["share"], count=data["missing"])
    both = pd.concat([there, missing]).rename(columns={"link": "row_label"})
    order = {label: place for place, (label, _) in enumerate(STEPS.values())}
    both = both.assign(place=both["row_label"].map(order))
    return both.sort_values("place", kind="stable")[["row_label", "part", "value", "count"]]


def outcomes(see: View, found: pd.DataFrame) -> None:
    """Outcomes that incidents name, by whether an action and an award answer them."""
    named = found[found["group_code"].ne("") & found["denominator"].notna()]
    if named.empty:
        return
    names = outcome_names()
    data = named.assign(
        row_label=[names.get(code, code) for code in named["group_code"]],
        unfunded=named["acted"] - named["funded"],
        none=named["denominator"] - named["acted"],
    )
    top = data.iloc[0]
    none = 100 * data["none"].sum() / data["denominator"].sum()
    sentence = (
        f"Most often named: {top['row_label']}, by "
        f"{numbers.count(top['denominator'])} incidents at "
        f"{numbers.count(top['councils'])} councils. For {none:.0f}% of incidents that "
        "name an outcome no action of the council works on it."
    )
    see.figure(
        composition,
        cut(data.head(MOST), ANSWERS),
        parts=tuple(ANSWERS.values()),
        is_share=False,
        table=outcome_table(data),
        title=f"Outcomes that failed, by what answers them, {see.place}, {see.period}",
        sentence=sentence,
        coverage=f"{numbers.count(data['denominator'].sum())} incidents with a root "
        f"cause named; the {min(MOST, len(data))} outcomes named most are drawn",
        key="thread-outcomes",
    )


def cut(data: pd.DataFrame, kinds: dict[str, str]) -> pd.DataFrame:
    """Each row as parts of a bar, one for each kind, in whole numbers."""
    long = [
        data[["row_label"]].assign(part=label, value=data[kind], count=data[kind])
        for kind, label in kinds.items()
    ]
    order = {label: place for place, label in enumerate(data["row_label"])}
    both = pd.concat(long)
    return both.sort_values(
        "row_label", key=lambda names: names.map(order), kind="stable"
    ).reset_index(drop=True)


def outcome_table(data: pd.DataFrame) -> pd.DataFrame:
    """Every outcome that incidents name, with each link."""
    return pd.DataFrame(
        {
            "Outcome": data["row_label"],
            "Incidents": data["denominator"],
            "Councils": data["councils"],
            "Not achieved by then": data["below"],
            "Action": data["acted"],
            "Paid by an award": data["funded"],
            "Assessed since": data["assessed_since"],
            "Risen since": data["risen"],
            "Fallen since": data["fallen"],
        }
    )


def awards(see: View, found: pd.DataFrame) -> None:
    """From the other end: awards, and how far the thread of each goes."""
    told = found[found["denominator"].notna()]
    if told.empty:
        return
    data = told.assign(
        row_label=told["group_label"],
        known=told["with_known"],
        unknown=told["numerator"] - told["with_known"],
        none=told["denominator"] - told["numerator"],
    )
    total = told[["denominator", "numerator", "outcomes", "risen", "fallen"]].sum()
    sentence = (
        f"Of {numbers.count(total['denominator'])} awards, a joint one counted for "
        "each council that holds it, actions name "
        f"{numbers.count(total['numerator'])}, to work on "
        f"{numbers.count(total['outcomes'])} outcomes of their councils; since then "
        f"{numbers.count(total['risen'])} of those have risen and "
        f"{numbers.count(total['fallen'])} have fallen (changed alongside: level 1 of "
        "5 on the Maryland scale)."
    )
    see.figure(
        composition,
        cut(data, AWARDS),
        parts=tuple(AWARDS.values()),
        is_share=False,
        table=award_table(told),
        title=f"How far the thread of an award goes, {see.place}, {see.period}",
        sentence=sentence,
        coverage=f"{numbers.count(total['denominator'])} awards to named councils",
        key="thread-awards",
    )


def award_table(told: pd.DataFrame) -> pd.DataFrame:
    """Every programme, with each link of its awards."""
    return pd.DataFrame(
        {
            "Programme": told["group_label"],
            "Awards": told["denominator"],
            "Named by actions": told["numerator"],
            "Outcomes worked on": told["outcomes"],
            "Assessed before and since": told["known"],
            "Risen": told["risen"],
            "Fallen": told["fallen"],
            "Incidents with that cause, up to then": told["incidents_before"],
            "After": told["incidents_since"],
        }
    )


def own(see: View) -> None:
    """One council's threads from either end, as tables."""
    names = outcome_names()
    incidents = see.read(reads.own, see.gss_code)
    paid = see.read(reads.own_awards, see.gss_code)
    if len(incidents):
        listing(
            see,
            own_incidents(incidents, names),
            "From its incidents",
            "own-threads",
            f"{numbers.count(incidents['incidents'].sum())} confirmed incidents; a "
            "year's incidents with the same root cause share a row.",
        )
    if len(paid):
        listing(
            see,
            own_paid(paid, names),
            "From its awards",
            "own-awards",
            f"{numbers.count(paid['award_id'].nunique())} awards; one row for each "
            "outcome that an action paid by it works on.",
        )


def own_incidents(frame: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """A council's incidents with their links in words."""
    return pd.DataFrame(
        {
            "Year": years(frame["period"]),
            "Incidents": frame["incidents"],
            "Root cause": [outcome(code, names) for code in frame["outcome"]],
            "Level by then": level(frame["level_at"], frame["outcome"]),
            "Actions": frame["actions"].where(frame["outcome"] != "", None),
            "Of them paid by an award": frame["funded"].where(frame["outcome"] != "", None),
            "Level since": level(frame["level_since"], frame["outcome"]),
        }
    )


def own_paid(frame: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """A council's awards with their links in words."""
    return pd.DataFrame(
        {
            "Year": years(frame["period"]),
            "Award": frame["award_id"],
            "Programme": frame["programme"],
            "Pounds": frame["amount_gbp"],
            "Outcome worked on": [
                names.get(code, code) or "No action names it" for code in frame["outcome"]
            ],
            "Actions": frame["actions"],
            "Of them done": frame["done"],
            "Level before": level(frame["level_before"], frame["outcome"]),
            "Level since": level(frame["level_since"], frame["outcome"]),
            "Incidents up to then": frame["incidents_before"],
            "After": frame["incidents_since"],
        }
    )


def outcome(code: str, names: dict[str, str]) -> str:
    """An outcome by name, or that none is named."""
    return names.get(code, code) if code else "None named"


def level(levels: pd.Series, codes: pd.Series) -> list[str]:
    """Levels in words; blank where there is no outcome, unknown where none is known."""
    return [
        "" if not code else LEVELS.get(int(n), "") if pd.notna(n) else "Not assessed"
        for n, code in zip(levels, codes, strict=True)
    ]


def years(days: pd.Series) -> list[str]:
    """Financial years by their label."""
    return [period_label(day, "year") for day in pd.to_datetime(days)]


def outcome_names() -> dict[str, str]:
    """Code and name of outcomes of CAF 4.0, and of 3.2 by version and code."""
    known = store.read(lookups.outcomes)
    named: dict[str, str] = {}
    for row in known.itertuples():
        code = f"{row.outcome_code}"
        key = code if row.caf_version == "4.0" else f"{row.caf_version} {code}"
        suffix = "" if row.caf_version == "4.0" else f" (CAF {row.caf_version})"
        named[key] = f"{code} {row.outcome}{suffix}"
    return named


def listing(see: View, data: pd.DataFrame, what: str, key: str, sentence: str) -> None:
    """One of the council's tables."""
    parts.listing(
        data,
        title=f"{what}: {see.council_name}, {see.period}",
        sentence=sentence,
        period=see.period,
        coverage="1 council",
        source=SOURCE,
        collection=see.collection,
        key=key,
    )
