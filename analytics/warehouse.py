"""Opens the published warehouse and runs the reads in `analytics/sql/`.

One read-only connection per warehouse file and a cursor per query: a bare connection
shared by two threads gives errors and, at times, wrong rows. The file's name is the
version: a new build has a new name, so nothing cached under the old one is used again.
"""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from settings import settings


SQL = Path(__file__).parent / "sql"
SAFE: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "python_enable_replacements": "false",
    "lock_configuration": "true",
}


class NoWarehouseError(Exception):
    """Nothing has been built yet, or what was built cannot be opened."""


def current(folder: Path | None = None) -> str:
    """Path of the published warehouse file; raises with the next step when none is."""
    folder = folder or settings.warehouse
    try:
        pointer = json.loads((folder / "CURRENT").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NoWarehouseError(
            "No warehouse has been built yet. Run: python -m pipelines build"
        ) from None
    path = folder / pointer["file"]
    if not path.exists():
        raise NoWarehouseError(
            f"The warehouse file {path.name} is gone. Run: python -m pipelines build"
        )
    return str(path)


@lru_cache(maxsize=2)
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
    """One read's text, and the parameters that it names."""
    text = (SQL / f"{name}.sql").read_text(encoding="utf-8")
    return text, frozenset(re.findall(r"\$([a-z_]+)", text))


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
