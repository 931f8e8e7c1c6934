"""Measure: run every indicator and put the answers in one shape.

Reads `core`, `reference` and `sql/indicators/<theme>/<key>.sql`, whose leading comment
is TOML. Writes `marts.indicators` (one row per indicator), `marts.indicator_values`
(ratio: both parts), `marts.indicator_events` (distribution: one row per event) and
`sql/marts/`. Refuses an indicator whose header or columns are not complete.
"""

import tomllib
from pathlib import Path

from duckdb import DuckDBPyConnection, OutOfMemoryException

from pipelines.changes import Changes
from pipelines.datasets import ALL
from pipelines.errors import BuildError
from pipelines.order import in_order, table_of


SQL = Path(__file__).parent / "sql"
# Too many rows to keep as a table beside those that they are made of.
VIEWS = ("spans", "spells")
NEEDED = {
    "title",
    "question",
    "definition",
    "kind",
    "timing",
    "numerator",
    "denominator",
    "unit",
    "grain",
    "polarity",
    "dataset",
    "source",
    "order",
}
OPTIONAL = {"objective": 0, "caveat": "", "percentile": 0.5, "card": ""}
MEASURED = ("indicators", "indicator_values", "indicator_events")
COLUMNS = {
    "ratio": {"collection", "gss_code", "period", "numerator", "denominator"},
    "distribution": {"collection", "gss_code", "period", "value"},
}


def measure(connection: DuckDBPyConnection, changed: Changes) -> int:
    """Core tables, indicators and marts that a change reaches; answers how many
    indicators were measured."""
    connection.execute((SQL / "measures.sql").read_text(encoding="utf-8"))
    for path in derived_files():
        kind = "view" if path.stem in VIEWS else "table"
        create(connection, "core", path.stem, changed, kind)
    paths = in_order((SQL / "indicators").glob("*/*.sql"), core_tables())
    remove_unknown(connection, paths)
    measured = [path for path in paths if is_reached(path, changed)]
    for path in measured:
        measure_one(connection, path)
    if measured:
        changed.add("marts.indicator_values")
        changed.add("marts.indicator_events")
    # Marts give their own order, so the engine need not keep that of what they read.
    connection.execute("set preserve_insertion_order = false")
    for path in mart_files():
        create(connection, "marts", path.stem, changed)
    connection.execute("set preserve_insertion_order = true")
    drop_unknown(connection)
    return len(measured)


def derived_files() -> list[Path]:
    """Files of core tables made of other core tables, in the order in which they run."""
    loaded = {f"core.{dataset.name}" for dataset in ALL}
    paths = (SQL / "core").glob("*.sql")
    return in_order((path for path in paths if table_of(path) not in loaded), loaded)


def mart_files() -> list[Path]:
    """Files of marts, in the order in which they run."""
    measured = {f"marts.{name}" for name in MEASURED}
    return in_order((SQL / "marts").glob("*.sql"), core_tables() | measured)


def core_tables() -> set[str]:
    """Every core table, by the files there are."""
    return {table_of(path) for path in (SQL / "core").glob("*.sql")}


def create(
    connection: DuckDBPyConnection, schema: str, name: str, changed: Changes, kind: str = "table"
) -> None:
    """The table or view that one file describes, if a change reaches it."""
    select = (SQL / schema / f"{name}.sql").read_text(encoding="utf-8")
    if not changed.reach(select):
        return
    try:
        connection.execute(f"create or replace {kind} {schema}.{name} as {select}")
    except OutOfMemoryException as error:
        raise OutOfMemoryException(f"While making {schema}.{name}: {error}") from error
    changed.add(f"{schema}.{name}")


def is_reached(path: Path, changed: Changes) -> bool:
    """Whether an indicator's rows, or who may see them, may be others than before."""
    return changed.reach(
        path.read_text(encoding="utf-8") + f" core.{read_header(path)['dataset']} "
    )


def drop_unknown(connection: DuckDBPyConnection) -> None:
    """A mart whose file is gone leaves the warehouse."""
    known = {path.stem for path in (SQL / "marts").glob("*.sql")} | set(MEASURED)
    for (name,) in connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'marts'"
    ).fetchall():
        if name not in known:
            connection.execute(f'drop table marts."{name}"')


def remove_unknown(connection: DuckDBPyConnection, paths: list[Path]) -> None:
    """An indicator whose file is gone leaves the marts."""
    keys = [path.stem for path in paths]
    for table, column in (
        ("indicators", "key"),
        ("indicator_values", "indicator"),
        ("indicator_events", "indicator"),
    ):
        connection.execute(
            f"delete from marts.{table} where {column} not in (select unnest($1))", [keys]
        )


def read_header(path: Path) -> dict:
    """An indicator's header, complete, with its key and theme."""
    text = path.read_text(encoding="utf-8")
    if not text.startswith("/*"):
        raise BuildError(f"{path.name} has no header: start it with /* and TOML.")
    header = tomllib.loads(text[2 : text.index("*/")])
    missing = NEEDED - header.keys()
    unknown = header.keys() - NEEDED - OPTIONAL.keys()
    if missing or unknown:
        raise BuildError(
            f"Header of {path.name}: missing {sorted(missing)}, unknown {sorted(unknown)}."
        )
    return {**OPTIONAL, **header, "key": path.stem, "theme": path.parent.name}


def measure_one(connection: DuckDBPyConnection, path: Path) -> None:
    """One indicator into `marts`."""
    header = read_header(path)
    connection.execute(
        f"create or replace temp table measured as {path.read_text(encoding='utf-8')}"
    )
    names = {row[0] for row in connection.execute("describe measured").fetchall()}
    if not COLUMNS[header["kind"]] <= names:
        missing = sorted(COLUMNS[header["kind"]] - names)
        raise BuildError(f"{path.name} does not select {missing}.")
    forget(connection, header["key"])
    connection.execute(
        "insert into marts.indicators by name select "
        + ", ".join(f"${name} as {name}" for name in sorted(header)),
        header,
    )
    insert = values if header["kind"] == "ratio" else events
    connection.execute(insert(names), {"key": header["key"], "dataset": header["dataset"]})


def forget(connection: DuckDBPyConnection, key: str) -> None:
    """What an earlier build measured for this indicator."""
    connection.execute("delete from marts.indicators where key = $1", [key])
    for table in ("indicator_values", "indicator_events"):
        connection.execute(f"delete from marts.{table} where indicator = $1", [key])


def values(names: set[str]) -> str:
    """Insert of a ratio's parts; a column that the file does not need has a default."""
    total = "denominator_in_total" if "denominator_in_total" in names else "denominator"
    basis = "basis" if "basis" in names else "null"
    profile = "m.profile" if "profile" in names else "''"
    return f"""
        insert into marts.indicator_values
        select $key, m.collection, m.gss_code, m.period, m.numerator, m.denominator,
            m.{total}, {basis}, {profile}, coalesce(s.share_rank, 1)
        from measured m
        left join core.share_levels s on s.collection = m.collection
            and s.gss_code = m.gss_code and s.dataset = $dataset"""


def events(names: set[str]) -> str:
    """Insert of a distribution's events."""
    return """
        insert into marts.indicator_events
        select $key, m.collection, m.gss_code, m.period, m.value,
            coalesce(s.share_rank, 1)
        from measured m
        left join core.share_levels s on s.collection = m.collection
            and s.gss_code = m.gss_code and s.dataset = $dataset"""
