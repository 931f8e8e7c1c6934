"""Stage: turn text into typed values, and add what the rules need to look at.

Reads `raw.<dataset>` and `reference`. Writes `typed.<dataset>`, made from the contract
(`<column>__unread` keeps text that could not be read), then `staging.<dataset>` from
`sql/staging/<dataset>.sql`, which adds booleans for rules wider than one column.
Refuses nothing: a value that cannot be read is a matter for the rules.
"""

from pathlib import Path

from duckdb import DuckDBPyConnection

from pipelines.datasets import ALL, Column, Dataset


SQL = Path(__file__).parent / "sql"
TYPED = ("integer", "decimal", "money", "date", "timestamp", "boolean")
# What a blank means where it is not unknown: the most private, and the first version.
BLANKS = {
    "record_version": "1",
    "is_withdrawn": "false",
    "share_level": "'own_only'",
    "handling": "'OFFICIAL-SENSITIVE'",
}


def stage(connection: DuckDBPyConnection, datasets: tuple[Dataset, ...] = ALL) -> None:
    """Typed and staging tables of these datasets, committed for the checks to see."""
    connection.execute("set TimeZone = 'Europe/London'")
    connection.execute((SQL / "macros.sql").read_text(encoding="utf-8"))
    connection.execute("create schema if not exists typed")
    connection.execute("create schema if not exists staging")
    for dataset in datasets:
        connection.execute(f"create table typed.{dataset.name} as {typed(dataset)}")
        select = (SQL / "staging" / f"{dataset.name}.sql").read_text(encoding="utf-8")
        connection.execute(f"create table staging.{dataset.name} as {select}")


def typed(dataset: Dataset) -> str:
    """The select that types a dataset, composed from its contract."""
    names = [column.column for column in dataset.columns]
    parts = [part for column in dataset.columns for part in typed_column(column)]
    parts += ["collection", "source_file", "source_row", "arrival"]
    parts.append(f"md5(concat_ws('|', {', '.join(blankless(names))})) as row_hash")
    rows = f"select {', '.join(parts)} from raw.{dataset.name}"
    return with_council(rows, dataset) if "gss_code" in names else alone(rows, dataset)


def blankless(names: list[str]) -> list[str]:
    """Text of each column, blanks as blanks, so that a hash sees every place."""
    return [f"""coalesce(bare("{name}"), '')""" for name in names]


def typed_column(column: Column) -> list[str]:
    """One column's typed value, and its text where it cannot be read."""
    name = column.column
    kind = {"council": "text"}.get(column.type, column.type)
    value = f'as_{kind}("{name}")'
    if name in BLANKS:
        value = f"coalesce({value}, {BLANKS[name]})"
    parts = [f'{value} as "{name}"']
    if column.type in TYPED:
        text = f'as_text("{name}")'
        parts.append(
            f'case when as_{kind}("{name}") is null then {text} end as "{name}__unread"'
        )
    return parts


def with_council(rows: str, dataset: Dataset) -> str:
    """Rows with the canonical council code, and whether it stood on the row's day."""
    day = london_day(dataset) if dataset.dated_by else "null"
    return f"""
        with rows as ({rows}),
        coded as (
            select r.* replace (coalesce(a.gss_code, upper(r.gss_code)) as gss_code),
                r.gss_code as gss_code_given, {day} as council_day
            from rows r
            left join reference.council_aliases a
                on a.alias_kind = 'gss_code' and a.alias = upper(r.gss_code)
        )
        select r.*,
            r.gss_code is null or c.gss_code is not null as is_council_known,
            c.gss_code is null or r.council_day is null or (
                r.council_day >= coalesce(c.started_on, date '1900-01-01')
                and r.council_day <= coalesce(c.ended_on, date '2999-12-31')
            ) as is_council_of_the_day,
            {sole_version(dataset)} as is_sole_version
        from coded r left join reference.councils c on c.gss_code = r.gss_code"""


def london_day(dataset: Dataset) -> str:
    """The row's day in London: half past midnight in summer is not the day before."""
    kinds = {column.column: column.type for column in dataset.columns}
    moment = f"r.{dataset.dated_by}"
    if kinds[dataset.dated_by] == "timestamp":
        moment = f"timezone('Europe/London', timezone('UTC', {moment}))"
    return f"cast({moment} as date)"


def alone(rows: str, dataset: Dataset) -> str:
    """Rows of a dataset that names no council."""
    return f"select r.*, {sole_version(dataset)} as is_sole_version from ({rows}) r"


def sole_version(dataset: Dataset) -> str:
    """Whether a file gives one key and version once; true repeats are no conflict."""
    version = [] if dataset.is_public else ["r.record_version"]
    key = [f"r.{name}" for name in dataset.key]
    place = ", ".join(["r.collection", "r.source_file", *key, *version])
    window = f"over (partition by {place})"
    return f"min(r.row_hash) {window} = max(r.row_hash) {window}"
