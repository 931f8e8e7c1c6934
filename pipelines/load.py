"""Load: set aside the rows that failed, let later versions count, account for all.

Reads the rows being loaded, `quality.faults` and `quality.rejects`. Writes
`quality.quarantine`, `quality.notes`, `quality.files` and the view
`accepted.<dataset>` of all rows accepted, `is_current` where they count. Refuses to go
on when rows in are not accepted + quarantined + superseded, file by file.
"""

import json
from collections.abc import Collection, Iterable
from pathlib import Path

from duckdb import DuckDBPyConnection

from pipelines.datasets import Dataset
from pipelines.errors import BuildError
from pipelines.extract import cells_of
from pipelines.sources import Source
from pipelines.stage import TYPED, among


SQL = Path(__file__).parent / "sql"
HIDDEN = ("key_hash", "received_day", "council_day", "council_certainty")


def load(
    connection: DuckDBPyConnection,
    datasets: Iterable[Dataset],
    sources: list[Source],
    scratch: Path,
    *,
    is_first: bool = True,
    also: Iterable[int] = (),
) -> None:
    """Quarantine and supersede; `also` names files whose rows may count anew."""
    arrivals = [source.arrival for source in sources]
    record_sources(connection, sources)
    set_aside(connection, sources, scratch)
    for dataset in datasets:
        remove_quarantined(connection, dataset, arrivals)
        supersede(connection, dataset, [*arrivals, *also], is_first=is_first)
        connection.execute(f"create or replace view accepted.{dataset.name} as {accepted(dataset)}")
    for name in ("received", "notes"):
        connection.execute((SQL / f"{name}.sql").read_text(encoding="utf-8"))


def record_sources(connection: DuckDBPyConnection, sources: list[Source]) -> None:
    """One row per file, refused and repeated ones included; rows that were none."""
    connection.execute("create or replace table work.arrivals (arrival bigint)")
    if not sources:
        return
    connection.executemany("insert into work.arrivals values ($1)", [[s.arrival] for s in sources])
    connection.executemany(
        "insert into quality.sources select $1, $2, $3, $4, $5, "
        "timezone('UTC', $6::timestamptz), $7, $8, $9, $10, $11, $12, $13, $14",
        [
            [
                s.collection,
                s.dataset.name,
                s.name,
                s.arrival,
                s.sha256,
                s.received_at,
                s.sent_by,
                s.purpose,
                json.dumps(s.options.given()),
                s.rows_in,
                s.refused or None,
                s.duplicate_of or None,
                s.is_withdrawn,
                " ".join(s.remarks) or None,
            ]
            for s in sources
        ],
    )
    for one in sources:
        record_rejects(connection, one)


def record_rejects(connection: DuckDBPyConnection, source: Source) -> None:
    """Rows of one file that were no rows: their text and the reason."""
    if not source.rejects:
        return
    lines, texts, reasons = map(list, zip(*source.rejects, strict=True))
    connection.execute(
        "insert into quality.rejects select $dataset, $collection, $arrival, "
        "unnest($lines::bigint[]), unnest($texts::varchar[]), "
        "unnest($reasons::varchar[])",
        {
            "dataset": source.dataset.name,
            "collection": source.collection,
            "arrival": source.arrival,
            "lines": lines,
            "texts": texts,
            "reasons": reasons,
        },
    )


def set_aside(connection: DuckDBPyConnection, sources: list[Source], scratch: Path) -> None:
    """Rows that failed into quarantine, each with its cells as they were received."""
    connection.execute((SQL / "quarantine.sql").read_text(encoding="utf-8"))
    lines: dict[int, set[int]] = {}
    for arrival, line in connection.execute(
        "select distinct arrival, source_row from quality.quarantine "
        "where raw_row is null and arrival in (from work.arrivals)"
    ).fetchall():
        lines.setdefault(arrival, set()).add(line)
    connection.execute(
        "create or replace table work.cells (arrival bigint, source_row bigint, cells varchar)"
    )
    for source in sources:
        if source.arrival in lines:
            keep_cells(connection, source, lines[source.arrival], scratch)
    connection.execute(
        "update quality.quarantine q set raw_row = c.cells from work.cells c "
        "where c.arrival = q.arrival and c.source_row = q.source_row"
    )


def keep_cells(
    connection: DuckDBPyConnection, source: Source, lines: set[int], scratch: Path
) -> None:
    """The whole row as received, for each row of a file that is set aside."""
    path = scratch / f"{source.arrival}.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for line, cells in cells_of(source, lines, scratch):
            given = {name: cell for name, cell in cells.items() if cell}
            json.dump([line, json.dumps(given, ensure_ascii=False)], file)
            file.write("\n")
    if path.stat().st_size:
        connection.execute(
            "insert into work.cells select $arrival, j[1]::bigint, j[2] from "
            "(select json::varchar[] as j from read_ndjson_objects($path))",
            {"arrival": source.arrival, "path": str(path)},
        )


def remove_quarantined(
    connection: DuckDBPyConnection, dataset: Dataset, arrivals: list[int]
) -> None:
    """Rows set aside leave the history; the quarantine has them."""
    connection.execute(
        f"delete from history.{dataset.name} h where {among('h.arrival', arrivals)} "
        "and (h.arrival, h.source_row) in (select arrival, source_row "
        f"from quality.quarantine where dataset = '{dataset.name}' "
        "and arrival in (from work.arrivals))"
    )


def supersede(
    connection: DuckDBPyConnection, dataset: Dataset, arrivals: list[int], *, is_first: bool = True
) -> None:
    """Of the rows with one key the latest version, then the latest arrival, counts.

    The number made from the key finds the keys that came more than once; only those
    are compared by their values. A row of a file that was withdrawn never counts.
    """
    table = f"history.{dataset.name}"
    touched = (
        "true"
        if is_first
        else f"key_hash in (select key_hash from {table} where {among('arrival', arrivals)})"
    )
    version = "" if dataset.is_public else "record_version desc, "
    connection.execute(f"""
        create or replace table work.ranked as
        with repeated as (
            select key_hash from {table} where {touched}
            group by key_hash having count(*) > 1
        )
        select rowid as place,
            row_number() over newest_first = 1
                and arrival not in (from work.withdrawn) as is_current,
            row_number() over newest_first < count(*) over same_key as is_correction
        from {table}
        where key_hash in (from repeated)
            or (arrival in (from work.withdrawn) and {touched})
        window same_key as (partition by {", ".join(("collection", *dataset.key))}),
            newest_first as (
                same_key order by arrival in (from work.withdrawn), {version}
                    arrival desc, source_row desc
            )""")
    for column in ("is_current", "is_correction"):
        connection.execute(
            f"update {table} h set {column} = r.{column} from work.ranked r "
            f"where r.place = h.rowid and h.{column} <> r.{column}"
        )


def accepted(dataset: Dataset) -> str:
    """Every row accepted, without what only the loader needs."""
    unread = [f"{c.column}__unread" for c in dataset.columns if c.type in TYPED]
    hidden = [*HIDDEN, *unread]
    return (
        f"select * exclude ({', '.join(f'{name}' for name in hidden)}) from history.{dataset.name}"
    )


def account(connection: DuckDBPyConnection, datasets: Collection[Dataset]) -> None:
    """What became of every row of every file; raises where one is missing."""
    parts = [
        f"select arrival, count(*) filter (where is_current) as accepted, "
        f"count(*) filter (where not is_current) as superseded "
        f"from history.{dataset.name} group by arrival"
        for dataset in datasets
    ]
    connection.execute(f"create or replace table work.outcomes as {' union all '.join(parts)}")
    connection.execute((SQL / "accounts.sql").read_text(encoding="utf-8"))
    revised = " union all ".join(revisions(dataset) for dataset in datasets)
    connection.execute(f"create or replace view quality.revisions as {revised}")
    refuse_imbalance(connection)


def revisions(dataset: Dataset) -> str:
    """Rows that replaced an earlier one, or took it back: which, and in which file."""
    names = [column.column for column in dataset.columns]
    council = "gss_code" if "gss_code" in names else "null"
    withdrawn = "is_withdrawn" if "is_withdrawn" in names else "false"
    key = ", ".join(name for name in dataset.key if name != "gss_code")
    return (
        f"select '{dataset.name}' as dataset, collection, {council} as gss_code, "
        f"concat_ws(' ', {key}) as row_key, "
        f"case when {withdrawn} then 'withdrawn' else 'corrected' end as what, "
        f"is_current, arrival, source_row from history.{dataset.name} "
        f"where is_correction or {withdrawn}"
    )


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
