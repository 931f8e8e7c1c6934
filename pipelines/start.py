"""Start: an open warehouse made ready for a build, without what is read again."""

from pathlib import Path

from duckdb import DuckDBPyConnection

from pipelines.datasets import ALL
from pipelines.ledger import Work
from pipelines.stage import create_history, prepare


SQL = Path(__file__).parent / "sql"
WORKING = ("work", "typed", "staging", "linked")


def start(connection: DuckDBPyConnection, work: Work) -> None:
    """Schemas and tables, without what this build reads again."""
    prepare(connection)
    for schema in ("quality", "accepted", "core", "marts"):
        connection.execute(f"create schema if not exists {schema}")
    connection.execute((SQL / "quality.sql").read_text(encoding="utf-8"))
    for name in work.anew:
        connection.execute(f"drop table if exists history.{name}")
        for table in ("sources", "verdicts", "faults", "rejects", "quarantine"):
            connection.execute(f"delete from quality.{table} where dataset = $1", [name])
    for one in ALL:
        create_history(connection, one)
    forget_again(connection, work)
    connection.execute("create or replace table work.withdrawn (arrival bigint)")
    if work.withdrawn:
        connection.executemany(
            "insert into work.withdrawn values ($1)", [[n] for n in work.withdrawn]
        )
    connection.execute("update quality.sources set is_withdrawn = arrival in (from work.withdrawn)")


def forget_again(connection: DuckDBPyConnection, work: Work) -> None:
    """Files that are read a second time leave nothing of the first."""
    found = connection.execute("select arrival from quality.sources").fetchall()
    known = {arrival for (arrival,) in found}
    again = [s for s in (*work.sources, *work.repeated) if s.arrival in known]
    for source in again:
        for table in ("sources", "faults", "rejects", "quarantine"):
            connection.execute(f"delete from quality.{table} where arrival = $1", [source.arrival])
        connection.execute(
            f"delete from history.{source.dataset.name} where arrival = $1", [source.arrival]
        )


def repeats(connection: DuckDBPyConnection, work: Work) -> None:
    """A repeated file has as many rows, and is refused for the same reason."""
    known = {
        arrival: (rows_in, refused or "")
        for arrival, rows_in, refused in connection.execute(
            "select arrival, rows_in, refused from quality.sources"
        ).fetchall()
    }
    known |= {s.arrival: (s.rows_in, s.refused) for s in work.sources}
    for source in work.repeated:
        source.rows_in, source.refused = known[source.duplicate_of]
        if source.refused:
            source.duplicate_of = 0


def finish(connection: DuckDBPyConnection) -> None:
    """Only what readers and later builds need stays in the file."""
    for schema in WORKING:
        connection.execute(f"drop schema if exists {schema} cascade")
    connection.execute("checkpoint")
