"""The command that lists the CAF profiles of the published warehouse."""

from pathlib import Path

import duckdb
from rich.table import Table

from pipelines.commands.common import console
from pipelines.errors import BuildError
from pipelines.publish import published
from settings import settings


SQL = Path(__file__).parents[1] / "sql" / "profile_counts.sql"
HEADINGS = (
    "Collection",
    "Profile",
    "Name",
    "CAF",
    "Achieved",
    "Partially",
    "Not asked",
    "Not listed",
)


def profiles() -> None:
    """List the CAF profiles that can be chosen, and how much each asks for.

    Outcomes are counted by the level asked for. Load one of your own with
    `python -m pipelines submit FILE --dataset caf_profiles`.
    """
    path = published(settings.warehouse)
    if path is None:
        raise BuildError("No warehouse has been built. Run: python -m pipelines build")
    with duckdb.connect(str(path), read_only=True) as connection:
        rows = connection.execute(SQL.read_text(encoding="utf-8")).fetchall()
    table = Table(*HEADINGS)
    for row in rows:
        table.add_row(*map(str, row))
    console.print(table)
