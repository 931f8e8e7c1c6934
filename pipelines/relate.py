"""Relate: check what accepted rows say of rows in other datasets.

Reads `core`. Writes `linked.<dataset>` from `sql/linked/`, verdicts to `quality.rules`
and rows whose parent is missing to `quality.notes`. Refuses nothing: the row is kept.
"""

from contextlib import closing
from pathlib import Path

from duckdb import DuckDBPyConnection

from expectations.engine import Validator
from expectations.relationships import suites
from pipelines.check import check_table, has_rows


SQL = Path(__file__).parent / "sql"


def relate(connection: DuckDBPyConnection) -> None:
    """Every dataset that names rows of another."""
    connection.execute("create schema linked")
    with closing(Validator(connection)) as validator:
        for name, suite in suites().items():
            select = (SQL / "linked" / f"{name}.sql").read_text(encoding="utf-8")
            connection.execute(f"create table linked.{name} as {select}")
            if has_rows(connection, f"linked.{name}"):
                check_table(connection, validator, "linked", name, suite)
    connection.execute((SQL / "notes.sql").read_text(encoding="utf-8"))
