"""Councils by stage of the CAF journey, and what holds them up."""

import pandas as pd

from analytics.reading.cells import cells
from analytics.reading.reader import Reader


def stages(reader: Reader) -> pd.DataFrame:
    """Councils by the stage of the CAF journey in which they stand at the end.

    One row per stage: group_code, group_label, numerator (councils), held_up (of them,
    with a blocker), days (median in the stage), note.
    """
    return cells(
        reader,
        "maturity/standing/stages",
        within=("period",),
        counts=["held_up", "days", "councils"],
        is_apart=True,
    )


def blockers(reader: Reader) -> pd.DataFrame:
    """Councils held up at the end of each quarter, by blocker.

    One row per quarter and blocker: period, group_label, numerator (councils), note.
    """
    return cells(reader, "maturity/standing/blockers", counts=["councils"], is_apart=True)
