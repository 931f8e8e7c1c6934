"""Rows of a select as dictionaries: what reports and exports are made of."""

from typing import Any

from duckdb import DuckDBPyConnection


def rows(connection: DuckDBPyConnection, select: str, values: Any = None) -> list[dict[str, Any]]:
    """One dictionary a row, by column name."""
    answer = connection.execute(select, values)
    names = [column[0] for column in answer.description or []]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
