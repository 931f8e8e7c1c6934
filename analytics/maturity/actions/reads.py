"""Improvement actions: how many, how far they got, what they cost, by unit."""

import pandas as pd

from analytics.reading.caf import all_years, refuse_detail
from analytics.reading.cells import cells, own_rows
from analytics.reading.reader import Reader


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


def actions(reader: Reader, *, unit: str = "all") -> pd.DataFrame:
    """Improvement actions agreed in the range, added up.

    `unit` is all, priority, quarter (due), principle, outcome or programme (that
    pays). One row per code: group_label, numerator (actions), as_at, councils, note
    and ACTION_COUNTS: how far they got, with an award, estimated cost, and planned
    beside spent over those that have both.
    """
    refuse_detail(reader, unit)
    frame = cells(
        reader.within(all_years(reader)),
        "maturity/actions/actions",
        unit=unit,
        counts=[*ACTION_COUNTS, "councils"],
        is_apart=True,
    )
    if reader.is_of_others:
        # Few councils may be behind the costs of an action that many have.
        frame[MONEY] = float("nan")
    return frame


def own_actions(reader: Reader, gss_code: str) -> pd.DataFrame:
    """One row per improvement action of one council, those overdue first.

    Columns: action_id, caf_version, outcome_code, priority, action_status, due_on,
    is_overdue, estimated_cost_gbp, actual_cost_gbp, award_id, programme. Empty where
    the viewer may not see that council's actions.
    """
    return own_rows(reader, "maturity/actions/own_actions", gss_code, what="actions")
