"""Match: find the council that each new row means, where it is not given by its code.

Reads rows of `history.<dataset>` that name no council by its present code. Writes
`quality.council_matches` (one row per dataset, text and day) and puts the code into
the rows; a likely match is marked, so that a rule lists it, and text that fits no
council is left for the rules to set aside.
"""

from duckdb import DuckDBPyConnection

from pipelines.datasets import Dataset
from pipelines.matching import Matcher, matches_for
from pipelines.stage import among, key_hash


COLUMNS = (
    ("given", "varchar"),
    ("day", "date"),
    ("gss_code", "varchar"),
    ("certainty", "varchar"),
    ("how", "varchar"),
    ("council_name", "varchar"),
    ("candidates", "varchar"),
)


def match(
    connection: DuckDBPyConnection, matcher: Matcher, dataset: Dataset, arrivals: list[int]
) -> None:
    """Councils of one dataset's new rows."""
    if "gss_code" not in [column.column for column in dataset.columns]:
        return
    new = f"history.{dataset.name} where {among('arrival', arrivals)}"
    connection.execute(
        "create or replace table work.unknown_codes as "
        f"from (select distinct gss_code from {new} and gss_code is not null) "
        "where gss_code not in (select gss_code from reference.councils)"
    )
    unknown = connection.execute(
        f"select distinct gss_code_given, council_day from {new} "
        "and gss_code in (from work.unknown_codes)"
    ).fetchall()
    if not unknown:
        return
    rows = matches_for(unknown, matcher)
    lists = ", ".join(f"unnest(${name}::{type}[]) as {name}" for name, type in COLUMNS)
    connection.execute(
        f"create or replace table work.matches as select {lists}",
        {name: [row[name] for row in rows] for name, _ in COLUMNS},
    )
    connection.execute(
        "insert into quality.council_matches "
        "select $dataset, * from work.matches m where not exists (select 1 "
        "from quality.council_matches q where q.dataset = $dataset "
        "and q.given = m.given and q.day is not distinct from m.day)",
        {"dataset": dataset.name},
    )
    if any(row["certainty"] != "none" for row in rows):
        put(connection, dataset, arrivals)


def put(connection: DuckDBPyConnection, dataset: Dataset, arrivals: list[int]) -> None:
    """The codes found into the rows, and the key's number made again."""
    table = f"history.{dataset.name}"
    connection.execute(
        f"update {table} h set gss_code = m.gss_code, council_certainty = m.certainty "
        f"from work.matches m where {among('h.arrival', arrivals)} "
        "and h.gss_code in (from work.unknown_codes) "
        "and h.gss_code_given = m.given and h.council_day is not distinct from m.day "
        "and m.certainty <> 'none'"
    )
    connection.execute(
        f"update {table} set key_hash = {key_hash(dataset)} "
        f"where {among('arrival', arrivals)} and council_certainty is not null"
    )
