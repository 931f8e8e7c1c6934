"""Relate: make the core tables, and check what their rows say of one another.

Reads `accepted`. Writes `core.<dataset>` from `sql/core/`, `linked.<dataset>` from
`sql/linked/`, verdicts to `quality.verdicts` and rows whose parent is missing to
`quality.notes`. Refuses nothing: the row is kept.
"""

from contextlib import closing
from pathlib import Path

from duckdb import DuckDBPyConnection

from expectations.engine import Validator
from expectations.relationships import suites
from pipelines.changes import Changes
from pipelines.check import check_table, has_rows
from pipelines.datasets import ALL
from pipelines.measure import create
from pipelines.order import in_order


SQL = Path(__file__).parent / "sql"
# Tables that cost much to make again for every read; the rest are views.
KEPT = ("assessments", "disruptions")


def relate(connection: DuckDBPyConnection, changed: Changes) -> None:
    """Core tables of every dataset that a change reaches, then their relationships."""
    for path in in_order(SQL / "core" / f"{dataset.name}.sql" for dataset in ALL):
        kind = "table" if path.stem in KEPT else "view"
        create(connection, "core", path.stem, changed, kind)
    connection.execute("create schema if not exists linked")
    reached = {name: suite for name, suite in suites().items() if is_reached(name, changed)}
    if reached:
        with closing(Validator(connection)) as validator:
            for name, suite in reached.items():
                relate_one(connection, validator, name, suite)
    connection.execute((SQL / "notes.sql").read_text(encoding="utf-8"))


def link(name: str) -> str:
    """The select of a dataset's rows that name rows of another."""
    return (SQL / "linked" / f"{name}.sql").read_text(encoding="utf-8")


def is_reached(name: str, changed: Changes) -> bool:
    """Whether a dataset, or one that its rows name, has other rows than before."""
    return changed.reach(link(name))


def relate_one(
    connection: DuckDBPyConnection, validator: Validator, name: str, suite: object
) -> None:
    """The rows of one dataset that name rows of another."""
    for table in ("verdicts", "faults"):
        connection.execute(
            f"delete from quality.{table} where stage = 'linked' and dataset = $1", [name]
        )
    connection.execute(f"create or replace table linked.{name} as {link(name)}")
    if has_rows(connection, f"linked.{name}"):
        check_table(connection, validator, "linked", name, suite)
