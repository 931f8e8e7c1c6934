"""Reads of CAF results: levels, profiles, reviews, versions and what moved.

What the words mean stands in docs/maturity.md. Every read takes the warehouse, the
viewer and a scope whose `profile` names the CAF profile; none shows a group that the
disclosure rule withholds (`analytics.cells`).
"""

from dataclasses import replace
from datetime import date

import pandas as pd

from analytics import disclosure
from analytics.cells import cells, members, own_rows, years
from analytics.marts import allow, beside, is_narrowed, parameters, refuse_others
from analytics.scope import Scope
from analytics.viewer import NotAllowedError, Viewer
from analytics.warehouse import query


LEVELS = {
    "achieved": "Achieved",
    "partly": "Partially achieved",
    "not_achieved": "Not achieved",
    "unknown": "Not assessed",
}
SCORES = {3: "Achieved", 2: "Partially achieved", 1: "Not achieved", 0: "Not assessed"}
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
    frame = query("profiles", path, collection=collection)
    return dict(zip(frame["profile"], frame["profile_label"], strict=True))


def profile(path: str, viewer: Viewer, collection: str, name: str) -> pd.DataFrame:
    """What one profile asks for: one row per CAF version and outcome listed.

    Columns: caf_version, objective_code, objective, principle_code, principle,
    outcome_code, outcome, lens, required_level, required (1 to 3), thread.
    """
    return query("profile", path, collection=collection, profile=name)


def assessed_years(path: str, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    """Financial years with a counted assessment: period, period_label, caf_version.

    To a council the years of all councils are told, or its own: who in a region has
    assessed is not its business.
    """
    if scope.is_of_others(viewer):
        scope = replace(scope, regions=(), groups=(), councils=(), peers_of="")
    chosen = parameters(scope, viewer) | {"members": members(path, scope)}
    frame = query("maturity_years", path, **chosen)
    frame["period"] = pd.to_datetime(frame["period"]).dt.date
    return frame


def states(path: str, viewer: Viewer, scope: Scope, *, by: str = "england") -> pd.DataFrame:
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
    frame = cells(path, viewer, scope, "maturity_states", by=by, counts=counts)
    if scope.is_of_others(viewer):
        withhold_parts(frame)
    expected = query("expected", path, by=by, **parameters(scope, viewer))
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


def outcomes(
    path: str, viewer: Viewer, scope: Scope, *, by: str = "england", unit: str = "outcome"
) -> pd.DataFrame:
    """Levels and outcomes met, one row per group, year and outcome.

    `unit` is outcome, principle or objective. Columns: group_code, group_label,
    period, caf_version, code, name, principle_code, value (percent met of those that
    the profile asks for), numerator, denominator, one count for each of LEVELS,
    required, councils, note.
    """
    frame = cells(
        path,
        viewer,
        scope,
        "maturity_outcomes",
        by=by,
        unit=unit,
        within=("period", "caf_version", "code"),
        counts=list(LEVELS),
    )
    return named(path, viewer, scope, frame, unit)


def reviews(
    path: str, viewer: Viewer, scope: Scope, *, by: str = "england", unit: str = "outcome"
) -> pd.DataFrame:
    """The council's own level beside the reviewer's, over outcomes that both judged.

    `unit` is outcome, principle or all. Columns: code, name, value (percent that the
    council rates higher), above_two, above_one, same, below (outcomes), denominator,
    asked, met_by_self, met_by_review (of those asked for), councils, note.
    """
    if scope.is_of_others(viewer):
        # One range less another would tell the rest, and so would a principle less
        # its other outcomes.
        scope = year_of(scope, scope.until_year)
        if unit == "outcome":
            raise NotAllowedError(
                "Councils see others' reviews by principle. Choose your own council "
                "alone to see them by outcome."
            )
    counts = ["above_one", "above_two", "same", "below", "asked", "met_by_self", "met_by_review"]
    frame = cells(
        path,
        viewer,
        scope,
        "maturity_reviews",
        by=by,
        unit=unit,
        within=("caf_version", "code"),
        counts=counts,
    )
    return frame if unit == "all" else named(path, viewer, scope, frame, unit)


def moves(
    path: str, viewer: Viewer, scope: Scope, *, by: str = "england", unit: str = "all"
) -> pd.DataFrame:
    """Outcomes that improved and slipped since the year before.

    One row per group, year and code (`unit`: all, objective, principle, outcome):
    improved, slipped, same, unknown, denominator, councils_improving,
    councils_slipping, councils_level, caf_version, version_before, councils, note; and
    over outcomes known in both years that the profile asks for, met_before and
    met_after out of asked, both by what it asks for in the later year.
    """
    counts = [
        "improved",
        "slipped",
        "same",
        "unknown",
        "councils_improving",
        "councils_slipping",
        "councils_level",
        "asked",
        "met_before",
        "met_after",
    ]
    frame = cells(
        path,
        viewer,
        scope,
        "maturity_moves",
        by=by,
        unit=unit,
        within=("period", "code"),
        counts=counts,
    )
    return frame if unit == "all" else named(path, viewer, scope, frame, unit)


def flows(path: str, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    """Outcomes that went from one level to another, one row per year and pair.

    Columns: period, level_before, level (words of SCORES), numerator (outcomes),
    councils, note.
    """
    frame = cells(
        path,
        viewer,
        scope,
        "maturity_flows",
        within=("period", "level_before", "level"),
        is_apart=True,
    )
    for name in ("level_before", "level"):
        frame[name] = frame[name].map(SCORES)
    return frame


def rebased(path: str, viewer: Viewer, scope: Scope, *, by: str = "england") -> pd.DataFrame:
    """The steps from outcomes met in CAF 3.2 to outcomes met in 4.0, added up.

    One row per group and year of change: met_before, listed_before, assessed_before,
    one column for each of STEPS, met_after, listed_after, assessed_after, councils.
    """
    counts = [
        "met_before",
        "listed_before",
        "assessed_before",
        *STEPS,
        "met_after",
        "listed_after",
        "assessed_after",
    ]
    return cells(path, viewer, scope, "maturity_rebased", by=by, counts=counts)


def councils(path: str, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    """One row per council of today in scope: its latest year, systems and moves.

    Besides the `councils` frame: is_profile_met, state, is_complete, caf_version,
    held_down, systems, weakest and strongest system and spread (percent and points),
    improved, slipped, followed, is_worse_and_worsening. A council that may not be
    named keeps its value and nothing else.
    """
    allow(path, viewer, scope)
    chosen = parameters(scope, viewer) | years(scope)
    chosen["members"] = members(path, scope)
    frame = query("maturity_councils", path, **chosen)
    result = disclosure.anonymise(frame, viewer, is_narrowed=is_narrowed(scope))
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


def own_systems(path: str, viewer: Viewer, scope: Scope, gss_code: str) -> pd.DataFrame:
    """One row per critical system of one council, the weakest first.

    Columns: system_id, value (percent of B and C outcomes met), numerator,
    denominator, hosting, is_legacy. Empty where the viewer may not see that council.
    """
    return own_rows(path, viewer, scope, "maturity_own_systems", gss_code, what="systems")


def principles_beside_peers(
    path: str, viewer: Viewer, scope: Scope, gss_code: str, peers: tuple[str, ...]
) -> pd.DataFrame:
    """One council's share of each principle beside its peers', in the latest year.

    One row per principle and council: indicator (the principle's code), gss_code,
    value (percent), is_own. Peers carry no code when the viewer may not name them.
    """
    allow(path, viewer, scope)
    refuse_others(path, viewer, gss_code, peers)
    chosen = parameters(scope, viewer) | years(scope)
    frame = query("maturity_principle_values", path, **chosen)
    columns = ["indicator", "gss_code", "value", "is_own"]
    return beside(path, viewer, frame, gss_code, peers)[columns]


def latest(scope: Scope, found: pd.DataFrame) -> Scope:
    """The scope narrowed to its last year with assessments (`assessed_years`)."""
    return year_of(scope, found["period"].iloc[-1])


def year_of(scope: Scope, period: date) -> Scope:
    """The scope of one financial year, known by its first day."""
    return scope.within(period, date(period.year + 1, 3, 1))


def alone(scope: Scope, gss_code: str) -> Scope:
    """The scope of one council."""
    return replace(scope, regions=(), groups=(), councils=(gss_code,), peers_of="")


def named(path: str, viewer: Viewer, scope: Scope, frame: pd.DataFrame, unit: str) -> pd.DataFrame:
    """A frame with the names of its codes, each in its own CAF version."""
    listed = query("outcome_names", path)
    code = f"{unit}_code"
    names = listed[["caf_version", code, unit]].drop_duplicates(["caf_version", code])
    if unit == "outcome":
        names = listed[["caf_version", code, unit, "principle_code", "principle"]]
    names = names.rename(columns={code: "code", unit: "name"})
    return frame.merge(names, on=["caf_version", "code"], how="left")
