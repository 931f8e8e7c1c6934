"""Publish: copy the finished schemas to a new file and point to it, all at once.

Reads the build's schemas. Writes `warehouse-<build>.duckdb`, read-only, and the pointer
`CURRENT` beside it. A file name is never used twice: a reader that has the old file
open keeps it, and the next run of a page opens the new one. The two newest files are
kept.
"""

import contextlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from duckdb import DuckDBPyConnection


POINTER = "CURRENT"
SCHEMAS = ("reference", "core", "marts", "quality", "meta")
KEPT = 2


@dataclass(frozen=True)
class Pointer:
    """What CURRENT says: the file, and the inputs and rules it was built from."""

    file: str
    fingerprint: str
    built_at: str


def read_pointer(folder: Path) -> Pointer | None:
    """The published warehouse, or none."""
    path = folder / POINTER
    if not path.exists():
        return None
    pointer = Pointer(**json.loads(path.read_text(encoding="utf-8")))
    return pointer if (folder / pointer.file).exists() else None


def publish(connection: DuckDBPyConnection, folder: Path, fingerprint: str) -> Pointer:
    """A new warehouse file, then the pointer to it."""
    now = datetime.now(UTC)
    name = f"warehouse-{now:%Y%m%dT%H%M%S%f}-{fingerprint[:8]}.duckdb"
    pointer = Pointer(name, fingerprint, now.isoformat(timespec="seconds"))
    write_meta(connection, pointer)
    part = folder / f"{name}.part"
    try:
        fill(connection, part)
        part.chmod(0o444)
        part.replace(folder / name)
    finally:
        part.unlink(missing_ok=True)
    move_pointer(folder, pointer)
    remove_old(folder, name)
    return pointer


def fill(connection: DuckDBPyConnection, part: Path) -> None:
    """Every published schema into a new file."""
    connection.execute(f"attach '{part.as_posix()}' as published")
    try:
        for schema in SCHEMAS:
            copy_schema(connection, schema)
        connection.execute("checkpoint published")
    finally:
        connection.execute("detach published")


def write_meta(connection: DuckDBPyConnection, pointer: Pointer) -> None:
    """One row about this build, for the pages to quote."""
    connection.execute("create schema if not exists meta")
    connection.execute(
        "create table meta.build as select $file as file, $fingerprint as fingerprint, "
        "cast($built_at as timestamptz) as built_at",
        asdict(pointer),
    )


def copy_schema(connection: DuckDBPyConnection, schema: str) -> None:
    """Every table of one schema."""
    connection.execute(f"create schema published.{schema}")
    tables = connection.execute(
        "select table_name from duckdb_tables() where schema_name = $1 "
        "and database_name = current_database() order by 1",
        [schema],
    ).fetchall()
    for (table,) in tables:
        connection.execute(
            f"create table published.{schema}.{table} as from {schema}.{table}"
        )


def move_pointer(folder: Path, pointer: Pointer) -> None:
    """Readers see the old pointer or the new one, never half of one."""
    part = folder / f"{POINTER}.part"
    part.write_text(json.dumps(asdict(pointer), indent=1) + "\n", encoding="utf-8")
    os.replace(part, folder / POINTER)  # noqa: PTH105 - replaces on every system


def remove_old(folder: Path, current: str) -> None:
    """All but the newest files; one still open on Windows stays until next time."""
    files = sorted(folder.glob("warehouse-*.duckdb"), reverse=True)
    for path in files[KEPT:]:
        if path.name != current:
            with contextlib.suppress(PermissionError):
                path.unlink()
