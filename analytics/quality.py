"""Reads for the data steward: files, rules, rows set aside, and coverage.

Rows of every council are shown, so only the department may look; the same check stands
here and not only on the page.
"""

import pandas as pd

from analytics.viewer import Viewer
from analytics.warehouse import query


def files(path: str, viewer: Viewer, collection: str) -> pd.DataFrame:
    """One row per file: dataset, source_file, status, rows_in, accepted, quarantined,
    superseded, received_at, reason."""
    viewer.require_department()
    return query("files", path, collection=collection)


def rules(path: str, viewer: Viewer, collection: str) -> pd.DataFrame:
    """One row per rule that rows broke: dataset, column_name, description, severity,
    unexpected (rows of this collection), files, rule_id."""
    viewer.require_department()
    return query("rules", path, collection=collection)


def quarantine(
    path: str, viewer: Viewer, collection: str, dataset: str = ""
) -> pd.DataFrame:
    """One row per row set aside and rule it broke: dataset, source_file, source_row,
    column_name, value, reason."""
    viewer.require_department()
    return query("quarantine", path, collection=collection, dataset=dataset)


def notes(
    path: str, viewer: Viewer, collection: str, dataset: str = ""
) -> pd.DataFrame:
    """One row per row accepted with a note: the columns of `quarantine`."""
    viewer.require_department()
    return query("notes", path, collection=collection, dataset=dataset)


def returns(path: str, viewer: Viewer, collection: str) -> pd.DataFrame:
    """Councils that sent a return, by dataset and financial year: dataset, period,
    councils, expected, nil_returns, share."""
    frame = query("returns", path, collection=collection)
    frame["value"] = 100 * frame["councils"] / frame["expected"]
    return frame


def build(path: str, viewer: Viewer) -> dict:
    """When and from what the warehouse was built."""
    return query("build", path).iloc[0].to_dict()


def rules_run(path: str, viewer: Viewer) -> int:
    """How many rules Great Expectations ran on this build."""
    return int(query("rules_run", path)["rules"].iloc[0])
