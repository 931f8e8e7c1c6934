"""Valid rows of every dataset, made from the contracts' own examples.

`incident(action="error")` is a row that passes every rule but for what the test
changes. Columns that are not required stay blank unless named.
"""

import csv
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from pipelines.datasets import dataset


Row = dict[str, str]

# Where the examples of required columns are not enough for a row to pass.
NEEDED = {
    "disruptions": {"lgsl_id": "58"},
    "incidents": {
        "is_confidentiality_lost": "false",
        "is_integrity_lost": "false",
        "is_availability_lost": "true",
        "is_supplier_involved": "false",
        "is_reported_to_ico": "true",
        "is_reported_to_ncsc": "false",
        "is_reported_to_police": "false",
        "submitted_at": "2025-03-10T10:00:00Z",
    },
    "assessments": {
        "lens": "BC",
        "system_id": "SYS-E06000001-1",
        "profile": "baseline",
        "self_status": "Partially achieved",
        "review_type": "independent",
    },
    "awards": {"round_no": "4"},
    "reported_incidents": {"gss_code": "E09000012"},
    "reported_awards": {"gss_code": "E08000007"},
}


def row(name: str, /, **changes: object) -> Row:
    """A valid row of a dataset, with these cells changed."""
    columns = dataset(name).columns
    cells = {c.column: c.example if c.is_required else "" for c in columns}
    cells |= NEEDED.get(name, {})
    unknown = changes.keys() - cells.keys()
    assert not unknown, f"{name} has no columns {sorted(unknown)}"
    return cells | {column: str(value) for column, value in changes.items()}


incident: Callable[..., Row] = partial(row, "incidents")
disruption: Callable[..., Row] = partial(row, "disruptions")
assessment: Callable[..., Row] = partial(row, "assessments")
system: Callable[..., Row] = partial(row, "critical_systems")
award: Callable[..., Row] = partial(row, "awards")
payment: Callable[..., Row] = partial(row, "award_payments")
action: Callable[..., Row] = partial(row, "actions")
returned: Callable[..., Row] = partial(row, "returns")


def write(path: Path, rows: Iterable[Row]) -> Path:
    """Rows as a CSV file, in the order of the first row's cells."""
    rows = list(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
