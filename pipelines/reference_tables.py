"""Load the committed reference tables and closed lists into the build.

Reads `data/reference/*.csv`. Writes `reference.<table>`, typed, `reference.lists` (one
row per list and code) and the calendar that indicators join to. Refuses to go on when
a table is missing: every rule and figure leans on them.
"""

from pathlib import Path

from duckdb import DuckDBPyConnection

from pipelines.caf_profiles import check_profiles
from pipelines.errors import BuildError


SQL = Path(__file__).parent / "sql"
TYPES = {
    "councils": {
        "population": "bigint",
        "population_year": "integer",
        "area_km2": "double",
        "deprivation_score": "double",
        "deprivation_quintile": "integer",
        "started_on": "date",
        "ended_on": "date",
        "easting": "double",
        "northing": "double",
        "latitude": "double",
        "longitude": "double",
    },
    "council_successors": {"changed_on": "date", "is_split": "boolean"},
    "council_aliases": {"valid_from": "date", "valid_to": "date"},
    "council_neighbours": {"neighbour_rank": "integer"},
    "regions": {"sort_order": "integer"},
    "caf_outcomes": {"has_partial": "boolean"},
    "caf_profiles": {},
    "caf_crosswalk": {"is_comparable": "boolean"},
    "services": {"lgsl_id": "integer", "is_live": "boolean", "is_statutory": "boolean"},
    "hex_map": {"hex_column": "integer", "hex_row": "integer", "x": "double", "y": "double"},
    "gdp_deflator": {"calendar_year": "integer", "deflator": "double"},
    "aims": {"target_year": "date", "target_value": "double"},
    "critical_windows": {"starts_on": "date", "ends_on": "date"},
    "critical_services": {"lgsl_id": "integer"},
    "schedules": {"due_days": "integer"},
}


def load_reference(connection: DuckDBPyConnection, folder: Path) -> dict[str, list[str]]:
    """Reference tables into the build; answers the codes of every closed list."""
    connection.execute("drop schema if exists reference cascade")
    connection.execute("create schema reference")
    for table, types in TYPES.items():
        load_table(connection, folder / f"{table}.csv", table, types)
    check_profiles(folder)
    load_lists(connection, folder / "lists")
    calendar = (SQL / "calendar.sql").read_text(encoding="utf-8")
    connection.execute(calendar)
    return list_codes(connection)


def load_table(
    connection: DuckDBPyConnection, path: Path, table: str, types: dict[str, str]
) -> None:
    """One reference table, every column text unless `types` says otherwise."""
    if not path.exists():
        raise BuildError(
            f"Reference table {path.name} is missing. Restore it from the repository, "
            "or remake it: python -m pipelines reference --from FOLDER"
        )
    connection.execute(
        f"create table reference.{table} as select * from read_csv($path, "
        "header = true, delim = ',', quote = '\"', escape = '\"', all_varchar = true)",
        {"path": str(path)},
    )
    for column, kind in types.items():
        connection.execute(f"alter table reference.{table} alter column {column} type {kind}")


def load_lists(connection: DuckDBPyConnection, folder: Path) -> None:
    """All closed lists in one table."""
    connection.execute(
        "create table reference.lists as select "
        "parse_filename(filename, true) as list, code, label, "
        "cast(sort_order as integer) as sort_order, definition "
        "from read_csv($path, header = true, delim = ',', quote = '\"', escape = '\"', "
        "all_varchar = true, filename = true, union_by_name = true)",
        {"path": str(folder / "*.csv")},
    )


def list_codes(connection: DuckDBPyConnection) -> dict[str, list[str]]:
    """Codes of every closed list, in the list's own order."""
    rows = connection.execute(
        "select list, list(code order by sort_order, code) from reference.lists group by 1"
    ).fetchall()
    return dict(rows)
