"""Reads of what is being done: stages, blockers, systems, suppliers, gaps and actions.

What the words mean stands in docs/maturity.md; every read is disclosed by
`analytics.cells`.
"""

from datetime import date

import pandas as pd

from analytics.cells import cells, own_rows
from analytics.disclosure import few_together
from analytics.scope import Scope
from analytics.viewer import NotAllowedError, Viewer


OTHER_SUPPLIERS = "Other suppliers"
MONEY = ["estimated_gbp", "open_gbp", "planned_gbp", "spent_gbp"]
ACTION_COUNTS = [
    "done",
    "stopped",
    "open_in_time",
    "overdue",
    "in_progress",
    "not_started",
    "with_award",
    "estimated_gbp",
    "with_estimate",
    "open_gbp",
    "planned_gbp",
    "spent_gbp",
    "with_both",
]


def stages(path: str, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    """Councils by the stage of the CAF journey in which they stand at the end.

    One row per stage: group_code, group_label, numerator (councils), held_up (of them,
    with a blocker), days (median in the stage), note.
    """
    return cells(
        path,
        viewer,
        scope,
        "maturity_stages",
        within=("period",),
        counts=["held_up", "days", "councils"],
        is_apart=True,
    )


def blockers(path: str, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    """Councils held up at the end of each quarter, by blocker.

    One row per quarter and blocker: period, group_label, numerator (councils), note.
    """
    return cells(path, viewer, scope, "maturity_blockers", counts=["councils"], is_apart=True)


def systems(
    path: str, viewer: Viewer, scope: Scope, *, attribute: str, by: str = "england"
) -> pd.DataFrame:
    """Critical systems by hosting, kind, owner, legacy, support or exposure.

    One row per group and part: part, numerator (systems), denominator (of the group),
    value (percent), councils, note.
    """
    return cells(
        path, viewer, scope, "maturity_systems", by=by, within=("part",), attribute=attribute
    )


def system_shares(path: str, viewer: Viewer, scope: Scope, *, attribute: str) -> pd.DataFrame:
    """Outcomes of B and C that systems meet, by hosting or by whether they are legacy.

    One row per part: group_label, value (percent), systems, councils, note.
    """
    return cells(
        path,
        viewer,
        scope,
        "maturity_system_shares",
        attribute=attribute,
        counts=["systems"],
        is_apart=True,
    )


def suppliers(path: str, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    """Share of critical systems by supplier, those at few councils taken together.

    One row per supplier: group_label, numerator (systems), denominator, value
    (percent), councils, weak (systems legacy or out of support). A supplier at fewer
    than five councils is not named to anyone: who uses it would help an attacker.
    """
    frame = cells(path, viewer, scope, "maturity_suppliers", counts=["weak"], is_apart=True)
    whole = frame["denominator"].max()
    sums = ["numerator", "weak", "value"]
    return few_together(frame, OTHER_SUPPLIERS, sums, denominator=whole)


def actions(path: str, viewer: Viewer, scope: Scope, *, unit: str = "all") -> pd.DataFrame:
    """Improvement actions agreed in the range, added up.

    `unit` is all, priority, quarter (due), principle, outcome or programme (that
    pays). One row per code: group_label, numerator (actions), as_at, councils, note
    and ACTION_COUNTS: how far they got, with an award, estimated cost, and planned
    beside spent over those that have both.
    """
    refuse_detail(viewer, scope, unit)
    frame = cells(
        path,
        viewer,
        all_years(viewer, scope),
        "maturity_actions",
        unit=unit,
        counts=[*ACTION_COUNTS, "councils"],
        is_apart=True,
    )
    if scope.is_of_others(viewer):
        # Few councils may be behind the costs of an action that many have.
        frame[MONEY] = float("nan")
    return frame


def own_actions(path: str, viewer: Viewer, scope: Scope, gss_code: str) -> pd.DataFrame:
    """One row per improvement action of one council, those overdue first.

    Columns: action_id, caf_version, outcome_code, priority, action_status, due_on,
    is_overdue, estimated_cost_gbp, actual_cost_gbp, award_id, programme. Empty where
    the viewer may not see that council's actions.
    """
    return own_rows(path, viewer, scope, "own_actions", gss_code, what="actions")


def gaps(path: str, viewer: Viewer, scope: Scope, *, unit: str = "outcome") -> pd.DataFrame:
    """Outcomes below the profile in councils' latest year, and those with an action.

    One row per outcome and CAF version, per principle, or for all: denominator (gaps),
    numerator (answered), unanswered, value (percent answered), councils, note.
    """
    refuse_detail(viewer, scope, unit)
    return cells(
        path,
        viewer,
        all_years(viewer, scope),
        "maturity_gaps",
        unit=unit,
        within=("caf_version",),
        counts=["unanswered", "councils"],
        is_apart=True,
    )


def refuse_detail(viewer: Viewer, scope: Scope, unit: str) -> None:
    """A council does not see others' gaps and actions outcome by outcome.

    A principle less its other outcomes would be the one that is withheld.
    """
    if unit == "outcome" and scope.is_of_others(viewer):
        raise NotAllowedError(
            "Councils see others' gaps and actions by principle. Choose your own "
            "council alone to see them by outcome."
        )


def all_years(viewer: Viewer, scope: Scope) -> Scope:
    """For a council all years together: one range less another would tell the rest."""
    every = scope.within(date(2000, 4, 1), date(2100, 3, 1))
    return every if scope.is_of_others(viewer) else scope
