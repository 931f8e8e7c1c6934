"""Opens the published warehouse and runs the reads, each a .sql file beside its caller.

One read-only connection per warehouse file and a cursor per query: a bare connection
shared by two threads gives errors and, at times, wrong rows. The file's name is the
version: a new build has a new name, so nothing cached under the old one is used again.
"""

import json
import logging
import re
from contextlib import suppress
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from agreed.pointer import POINTER, WAREHOUSES, checksum_of
from settings import settings


ANALYTICS = Path(__file__).parents[1]
SAFE: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "python_enable_replacements": "false",
    "lock_configuration": "true",
}
INCLUDE = re.compile(r"^-- include ([\w/]+)$", re.MULTILINE)
NEEDED = {"file", "size", "checksum"}

LOG = logging.getLogger(__name__)


class NoWarehouseError(Exception):
    """Nothing has been built yet, or what was built cannot be opened."""


def current(folder: Path | None = None) -> str:
    """Path of the published warehouse file; raises with the next step when none is.

    Where the newest file is gone or its bytes changed, the one before it serves; where
    the pointer itself cannot be read, the newest file does.
    """
    folder = folder or settings.warehouse
    try:
        text = (folder / POINTER).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NoWarehouseError(
            "No warehouse has been built yet. Run: python -m pipelines build"
        ) from None
    pointer = read_pointer(text)
    if pointer is None:
        return str(newest(folder))
    path = folder / pointer["file"]
    if is_whole(path, pointer):
        return str(path)
    before = folder / (pointer.get("previous") or "none")
    if before.is_file():
        LOG.warning("%s is gone or damaged; %s serves", path.name, before.name)
        return str(before)
    state = "damaged" if path.exists() else "gone"
    raise NoWarehouseError(
        f"The warehouse file {path.name} is {state}. Run: python -m pipelines build"
    )


def days_as_at(folder: Path | None = None) -> list[str]:
    """Days such as 2025-03-31 whose figures were built as they stood, newest first."""
    kept = (folder or settings.warehouse) / "as-at"
    days = [path.parent.name for path in kept.glob(f"*/{POINTER}")]
    return sorted((day for day in days if is_day(day)), reverse=True)


def current_as_at(day: str, folder: Path | None = None) -> str:
    """Path of the warehouse with the figures as they stood at the end of a day."""
    folder = folder or settings.warehouse
    if day not in days_as_at(folder):
        raise NoWarehouseError(
            f"There are no figures as at {day}. Run: python -m pipelines build --as-at {day}"
        )
    return current(folder / "as-at" / day)


def is_day(text: str) -> bool:
    """Whether a text is a day such as 2025-03-31."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def read_pointer(text: str) -> dict[str, Any] | None:
    """What CURRENT says, or nothing where it is damaged."""
    with suppress(ValueError):
        pointer = json.loads(text)
        if isinstance(pointer, dict) and pointer.keys() >= NEEDED:
            return pointer
    return None


def newest(folder: Path) -> Path:
    """The newest file there is: it got its name when it was whole."""
    files = sorted(folder.glob(WAREHOUSES))
    if not files:
        raise NoWarehouseError(
            "The pointer to the warehouse is damaged. Run: python -m pipelines build"
        )
    LOG.warning("CURRENT is damaged; %s serves", files[-1].name)
    return files[-1]


def is_whole(path: Path, pointer: dict[str, Any]) -> bool:
    """Whether the file's bytes are those that were published."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return False
    return found.st_size == pointer["size"] and (
        checksum(str(path), found.st_mtime_ns) == pointer["checksum"]
    )


@lru_cache(maxsize=8)
def checksum(path: str, changed_at: int) -> int:
    """The CRC-32 of a file, read once for as long as it does not change."""
    return checksum_of(Path(path))


@lru_cache(maxsize=4)
def connect(path: str) -> duckdb.DuckDBPyConnection:
    """One read-only connection per warehouse file, with no way out of it."""
    try:
        return duckdb.connect(path, read_only=True, config=SAFE)
    except duckdb.Error as error:
        raise NoWarehouseError(
            f"The warehouse {Path(path).name} cannot be opened ({error}). "
            "It may come from another version. Run: python -m pipelines build"
        ) from error


@lru_cache
def read_sql(name: str) -> tuple[str, frozenset[str]]:
    """One read's text, and the parameters that it names.

    `name` is the file's place below `analytics`, such as "disruption/costs/steps". A
    line `-- include reading/x` stands for the text of that file: what several reads
    begin with.
    """
    text = INCLUDE.sub(lambda found: text_of(found[1]).rstrip(), text_of(name))
    return text, frozenset(re.findall(r"\$([a-z_]+)", text))


def text_of(name: str) -> str:
    """What stands in one .sql file."""
    return (ANALYTICS / f"{name}.sql").read_text(encoding="utf-8")


def query(name: str, path: str, **parameters: Any) -> pd.DataFrame:
    """Rows of one read; a parameter that its text does not name is left out."""
    text, named = read_sql(name)
    chosen = {key: value for key, value in parameters.items() if key in named}
    try:
        return connect(path).cursor().execute(text, chosen).df()
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise NoWarehouseError(
            f"The warehouse {Path(path).name} comes from another version ({error}). "
            "Run: python -m pipelines build"
        ) from error
