"""The SQL of indicators, marts and what both are made from, on DuckDB and on Spark: the
same text, the same rows?

    pip install pyspark        # in an environment of its own; needs Java 17
    python -m benchmarks.portability data/warehouse

Exports the published warehouse to Parquet, runs each file on both engines and compares
every row to 1e-9. Spark is an option for scale, never a dependency: it is not in the
requirements.
"""

import json
import math
import sys
import tempfile
import time
from datetime import date, datetime
from pathlib import Path

import duckdb

from pipelines.measure import derived_files


SQL = Path(__file__).parent.parent / "pipelines" / "sql"
SCHEMAS = ("accepted", "core", "marts", "reference")


def main() -> None:
    """Compare every file; exit 1 when one differs."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "data/warehouse")
    name = json.loads((folder / "CURRENT").read_text(encoding="utf-8"))["file"]
    with (
        tempfile.TemporaryDirectory() as lake,
        duckdb.connect(str(folder / name), read_only=True) as connection,
    ):
        export(connection, Path(lake))
        spark = start(Path(lake))
        differing = [path.stem for path in files() if not compare(connection, spark, path)]
        spark.stop()
    print(f"Files that differ: {', '.join(differing) or 'none'}")
    sys.exit(bool(differing))


def files() -> list[Path]:
    """Derived tables, indicators and marts: all that is promised to run on both."""
    rest = [*SQL.glob("indicators/*/*.sql"), *SQL.glob("marts/*.sql")]
    return [*derived_files(), *sorted(rest)]


def export(connection: duckdb.DuckDBPyConnection, lake: Path) -> None:
    """Every table and view of the schemas that the files read, as Parquet."""
    tables = connection.execute(
        "select table_schema, table_name from information_schema.tables "
        "where table_schema in (select unnest($1))",
        [list(SCHEMAS)],
    ).fetchall()
    for schema, table in tables:
        (lake / schema).mkdir(exist_ok=True)
        file = lake / schema / f"{table}.parquet"
        connection.execute(f"copy {schema}.{table} to '{file}' (format parquet)")


def start(lake: Path):
    """A local Spark with the exported tables under their own names."""
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.sql.warehouse.dir", str(lake / "spark"))
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    for schema in SCHEMAS:
        spark.sql(f"create database if not exists {schema}")
        for path in sorted((lake / schema).glob("*.parquet")):
            spark.sql(f"create table {schema}.{path.stem} using parquet location '{path}'")
    return spark


def compare(connection: duckdb.DuckDBPyConnection, spark, path: Path) -> bool:
    """Run one file on both engines; say what was found, and whether they agree."""
    text = path.read_text(encoding="utf-8")
    began = time.perf_counter()
    cursor = connection.execute(text)
    names = [column[0] for column in cursor.description]
    ours = normal(cursor.fetchall())
    middle = time.perf_counter()
    try:
        rows = spark.sql(text).collect()
    except Exception as error:  # Of many kinds, by which Spark says what it lacks.
        print(f"{path.stem:32} FAILED on Spark: {str(error).splitlines()[0]}")
        return False
    theirs = normal([tuple(row[name] for name in names) for row in rows])
    ended = time.perf_counter()
    is_same = len(ours) == len(theirs) and all(map(is_equal, ours, theirs))
    print(
        f"{path.stem:32} {len(ours):>7,} rows  {'equal' if is_same else 'DIFFER':6}  "
        f"DuckDB {middle - began:6.2f} s  Spark {ended - middle:6.2f} s",
        flush=True,
    )
    return is_same


def normal(rows: list[tuple]) -> list[tuple]:
    """Rows with numbers as floats and days as dates, in one order."""
    return sorted((tuple(map(cell, row)) for row in rows), key=repr)


def cell(value):
    """One cell in a form that both engines share."""
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, str | date):
        return value
    return round(float(value), 6)


def is_equal(ours: tuple, theirs: tuple) -> bool:
    """Equal cell by cell, numbers to nine places of their size."""
    return all(
        math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-6)
        if isinstance(a, float) and isinstance(b, float)
        else a == b
        for a, b in zip(ours, theirs, strict=True)
    )


if __name__ == "__main__":
    main()
