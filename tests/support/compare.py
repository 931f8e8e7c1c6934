"""Whether two warehouses say the same, table by table."""

from pathlib import Path

import duckdb


SCHEMAS = ("core", "marts", "quality", "history", "accepted", "reference")
# One row per check that was run: several builds make several of them. What they add up
# to is in `quality.rules`, which is compared.
APART = ("quality.verdicts",)


def differences(one: Path, other: Path) -> list[str]:
    """Tables that are not alike, with how many rows stand in one of them only.

    Views count as tables. Rows are compared as a whole and as often as they stand
    there; their order is no matter.
    """
    with duckdb.connect() as connection:
        for name, path in (("one", one), ("other", other)):
            connection.execute(f"attach '{path}' as {name} (read_only)")
        mine, theirs = tables(connection, "one"), tables(connection, "other")
        found = [f"{table} is in one only" for table in sorted(mine ^ theirs)]
        for table in sorted(mine & theirs):
            found += different(connection, table)
        return found


def tables(connection: duckdb.DuckDBPyConnection, database: str) -> set[str]:
    """Tables and views to compare, as `schema.name`."""
    rows = connection.execute(
        "select table_schema || '.' || table_name from information_schema.tables "
        "where table_catalog = $1 and table_schema in (select unnest($2))",
        [database, list(SCHEMAS)],
    ).fetchall()
    return {name for (name,) in rows if name not in APART}


def different(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    """What is wrong with one table; nothing where it is alike in both."""
    ones = only_in(connection, f"one.{table}", f"other.{table}")
    others = only_in(connection, f"other.{table}", f"one.{table}")
    if not ones and not others:
        return []
    return [f"{table}: {len(ones)} against {len(others)} rows, {ones[:1]} {others[:1]}"]


def only_in(connection: duckdb.DuckDBPyConnection, here: str, there: str) -> list:
    """Rows of one table that the other has not, or not as often."""
    return connection.execute(f"from {here} except all from {there}").fetchall()
