"""When some services matter most: elections, tax bills, winter, school places.

The weeks and their services are data (`data/reference/critical_windows.csv`,
`critical_services.csv`); which they are is our choice, and a department can change it.
"""

import pandas as pd

from analytics.reading.cells import cells
from analytics.reading.reader import Reader
from analytics.reading.viewer import Viewer
from analytics.reading.warehouse import query


def critical(reader: Reader) -> pd.DataFrame:
    """One row per kind of weeks and stretch of them that begins in range.

    group_code and group_label (the kind), period (first day), ends_on, words,
    numerator (councils with such a service disrupted in it), denominator (councils that
    reported every month of it), value (their share in percent), hours (unplanned,
    overlaps of a service united), services (counted once per council), councils, note.
    """
    return cells(
        reader,
        "disruption/services/critical",
        within=("group_code", "period"),
        counts=("hours", "services"),
        is_apart=True,
    )


def services(path: str, viewer: Viewer) -> pd.DataFrame:
    """One row per kind of weeks and service: window_label, service."""
    return query("disruption/services/critical_services", path)
