"""How outcomes moved from one year to the next: up, same, down, by unit."""

import pandas as pd

from analytics.reading.caf import named
from analytics.reading.cells import cells
from analytics.reading.reader import Reader


def moves(reader: Reader, *, by: str = "england", unit: str = "all") -> pd.DataFrame:
    """Outcomes that improved and slipped since the year before.

    One row per group, year and code (`unit`: all, objective, principle, outcome):
    improved, slipped, same, unknown, denominator, councils_improving,
    councils_slipping, councils_level, caf_version, version_before, councils, note.
    """
    counts = [
        "improved",
        "slipped",
        "same",
        "unknown",
        "councils_improving",
        "councils_slipping",
        "councils_level",
    ]
    frame = cells(
        reader,
        "maturity/movement/moves",
        by=by,
        unit=unit,
        within=("period", "code"),
        counts=counts,
    )
    return frame if unit == "all" else named(reader, frame, unit)
