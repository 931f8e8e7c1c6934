"""Load: keep the rows that passed, set aside the rest, let later versions count.

Reads `staging`, `quality.faults` and `quality.rejects`. Writes `accepted.<dataset>`
(with `is_current`), `quality.quarantine` and `quality.files`, then
`core.<dataset>` from `sql/core/`. Refuses to go on when rows in are not accepted +
quarantined + superseded, file by file.
"""

from pathlib import Path

from duckdb import DuckDBPyConnection

from pipelines.datasets import ALL, Dataset
from pipelines.errors import BuildError


SQL = Path(__file__).parent / "sql"


def load(connection: DuckDBPyConnection, datasets: tuple[Dataset, ...] = ALL) -> None:
    """Quarantine, supersede, account for every row, then make the core tables."""
    account(connection, datasets)
    connection.execute("create schema core")
    for dataset in datasets:
        select = (SQL / "core" / f"{dataset.name}.sql").read_text(encoding="utf-8")
        connection.execute(f"create table core.{dataset.name} as {select}")


def account(
    connection: DuckDBPyConnection, datasets: tuple[Dataset, ...] = ALL
) -> None:
    """What became of every row; raises where one is missing."""
    connection.execute("create schema accepted")
    connection.execute((SQL / "quarantine.sql").read_text(encoding="utf-8"))
    for dataset in datasets:
        keep_raw(connection, dataset)
        connection.execute(
            f"create table accepted.{dataset.name} as {accepted(dataset)}"
        )
        connection.execute(
            f"insert into quality.outcomes select '{dataset.name}', collection, "
            "source_file, count(*) filter (where is_current), "
            "count(*) filter (where not is_current) "
            f"from accepted.{dataset.name} group by all"
        )
    connection.execute((SQL / "accounts.sql").read_text(encoding="utf-8"))
    refuse_imbalance(connection)


def keep_raw(connection: DuckDBPyConnection, dataset: Dataset) -> None:
    """The whole row as received, beside each fault that quarantined it."""
    connection.execute(
        "update quality.quarantine q set raw_row = to_json(r)::varchar "
        f"from raw.{dataset.name} r where q.dataset = '{dataset.name}' "
        "and q.source_file = r.source_file and q.source_row = r.source_row "
        "and q.collection = r.collection"
    )


def accepted(dataset: Dataset) -> str:
    """Rows not quarantined; the latest version, then the latest arrival, is current."""
    key = ", ".join(("collection", *dataset.key))
    version = "" if dataset.is_public else "record_version desc, "
    return f"""
        select s.* exclude (row_hash), row_number() over (
            partition by {key} order by {version}arrival desc, source_row desc
        ) = 1 as is_current
        from staging.{dataset.name} s
        where not exists (
            select 1 from quality.quarantine q
            where q.dataset = '{dataset.name}' and q.collection = s.collection
                and q.source_file = s.source_file and q.source_row = s.source_row
        )"""


def refuse_imbalance(connection: DuckDBPyConnection) -> None:
    """No row may be lost or counted twice."""
    wrong = connection.execute(
        "select source_file, rows_in, accepted, quarantined, superseded "
        "from quality.files where rows_in <> accepted + quarantined + superseded"
    ).fetchone()
    if wrong:
        raise BuildError(
            "{}: {} rows came in, but {} were accepted, {} quarantined and {} "
            "superseded. Nothing was published.".format(*wrong)
        )
