"""Reads of what is being done: stages, blockers, systems, suppliers, gaps and actions.

What the words mean stands in docs/maturity.md; every read is disclosed by
`analytics.reading.cells`.
"""

from dataclasses import replace
from datetime import date

import pandas as pd

from analytics.reading import disclosure
from analytics.reading.cells import cells
from analytics.reading.marts import allow, is_narrowed
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.reading.viewer import NotAllowedError, Viewer
from analytics.reading.warehouse import query


def gaps(reader: Reader, *, unit: str = "outcome") -> pd.DataFrame:
    """Outcomes below the profile in councils' latest year, and those with an action.

    One row per outcome and CAF version, per principle, or for all: denominator (gaps),
    numerator (answered), unanswered, value (percent answered), councils, note.
    """
    refuse_detail(reader, unit)
    return cells(
        reader.within(all_years(reader)),
        "reading/caf_gaps",
        unit=unit,
        within=("caf_version",),
        counts=["unanswered", "councils"],
        is_apart=True,
    )


def refuse_detail(reader: Reader, unit: str) -> None:
    """A council does not see others' gaps and actions outcome by outcome.

    A principle less its other outcomes would be the one that is withheld.
    """
    if unit == "outcome" and reader.is_of_others:
        raise NotAllowedError(
            "Councils see others' gaps and actions by principle. Choose your own "
            "council alone to see them by outcome."
        )


def all_years(reader: Reader) -> Scope:
    """For a council all years together: one range less another would tell the rest."""
    every = reader.scope.within(date(2000, 4, 1), date(2100, 3, 1))
    return every if reader.is_of_others else reader.scope


STATES = {
    "assured": "Independently assured",
    "peer_reviewed": "Reviewed by a peer",
    "self_assessed": "Self-assessed only",
    "draft": "Draft, not counted",
    "cancelled": "Cancelled",
}
STEPS = ("dropped", "raised", "eased", "gained", "lost", "new", "unknown")


def profiles(path: str, viewer: Viewer, collection: str) -> dict[str, str]:
    """Code and label of every profile that can be chosen; Baseline first."""
    frame = query("reading/profiles", path, collection=collection)
    return dict(zip(frame["profile"], frame["profile_label"], strict=True))


def profile(path: str, viewer: Viewer, collection: str, name: str) -> pd.DataFrame:
    """What one profile asks for: one row per CAF version and outcome listed.

    Columns: caf_version, objective_code, objective, principle_code, principle,
    outcome_code, outcome, lens, required_level, required (1 to 3), thread.
    """
    return query("reading/profile", path, collection=collection, profile=name)


def assessed_years(reader: Reader) -> pd.DataFrame:
    """Financial years with a counted assessment: period, period_label, caf_version.

    To a council the years of all councils are told, or its own: who in a region has
    assessed is not its business.
    """
    if reader.is_of_others:
        reader = reader.within(
            replace(reader.scope, regions=(), groups=(), councils=(), peers_of="")
        )
    frame = reader.query("reading/caf_years")
    frame["period"] = pd.to_datetime(frame["period"]).dt.date
    return frame


def states(reader: Reader, *, by: str = "england") -> pd.DataFrame:
    """Assessments by state, and councils by whether they meet the profile.

    One row per group and financial year: councils (with a counted assessment), one
    count for each of STATES, complete, the ways in which others are not complete
    (with_not_assessed, with_not_sent, with_parts, with_missing_systems,
    with_few_systems), meeting, not_meeting, meeting_unknown, judgements without a
    reference to evidence (of evidence_told), and outcomes met and assessed over all,
    complete and independently assured assessments.
    """
    counts = [
        *STATES,
        "complete",
        "with_not_assessed",
        "with_not_sent",
        "with_parts",
        "with_missing_systems",
        "with_few_systems",
        "meeting",
        "not_meeting",
        "meeting_unknown",
        "met",
        "assessed",
        "unjudged",
        "without_evidence",
        "evidence_told",
        "met_complete",
        "assessed_complete",
        "met_assured",
        "assessed_assured",
    ]
    frame = cells(reader, "reading/caf_states", by=by, counts=counts)
    if reader.is_of_others:
        withhold_parts(frame)
    expected = reader.query("reading/expected", by=by)
    return frame.merge(expected, on=["group_code", "group_label"], how="left")


def withhold_parts(frame: pd.DataFrame) -> None:
    """Empty figures of the few within a group that is large enough, in place."""
    parts = {
        "councils": ["met", "assessed", "unjudged", "without_evidence", "evidence_told"],
        "complete": ["met_complete", "assessed_complete"],
        "assured": ["met_assured", "assessed_assured"],
    }
    for counted, names in parts.items():
        few = frame[counted] < disclosure.SMALLEST_GROUP
        disclosure.empty(frame, few.fillna(True), names)


def councils(reader: Reader) -> pd.DataFrame:
    """One row per council of today in scope: its latest year, systems and moves.

    Besides the `councils` frame: is_profile_met, state, is_complete, caf_version,
    held_down, systems, weakest and strongest system and spread (percent and points),
    improved, slipped, followed, is_worse_and_worsening. A council that may not be
    named keeps its value and nothing else.
    """
    allow(reader)
    frame = reader.query("reading/caf_councils")
    result = disclosure.anonymise(frame, reader.viewer, is_narrowed=is_narrowed(reader.scope))
    told = [
        "numerator",
        "denominator",
        "value",
        "note",
        "gss_code",
        "council_name",
        "region",
        "council_type",
        "council_group",
    ]
    unnamed = result["gss_code"] == ""
    for name in set(map(str, result)) - set(told):
        result[name] = result[name].astype(object).where(~unnamed, None)
    return result


def latest(scope: Scope, found: pd.DataFrame) -> Scope:
    """The scope narrowed to its last year with assessments (`assessed_years`)."""
    return year_of(scope, found["period"].iloc[-1])


def year_of(scope: Scope, period: date) -> Scope:
    """The scope of one financial year, known by its first day."""
    return scope.within(period, date(period.year + 1, 3, 1))


def alone(scope: Scope, gss_code: str) -> Scope:
    """The scope of one council."""
    return replace(scope, regions=(), groups=(), councils=(gss_code,), peers_of="")


def named(reader: Reader, frame: pd.DataFrame, unit: str) -> pd.DataFrame:
    """A frame with the names of its codes, each in its own CAF version."""
    listed = query("reading/outcome_names", reader.path)
    code = f"{unit}_code"
    names = listed[["caf_version", code, unit]].drop_duplicates(["caf_version", code])
    if unit == "outcome":
        names = listed[["caf_version", code, unit, "principle_code", "principle"]]
    names = names.rename(columns={code: "code", unit: "name"})
    return frame.merge(names, on=["caf_version", "code"], how="left")
