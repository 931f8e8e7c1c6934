"""Stage: how the text of a file becomes typed rows, and what the rules look at.

Makes `history.<dataset>`, the table that holds every row that was ever accepted, from
the contract: typed values, `<column>__unread` (text that could not be read as its
type), and the columns of the loader. `typed.<dataset>` is a view of the rows now being
loaded, `staging.<dataset>` that view with the booleans of `sql/staging/<dataset>.sql`.
Refuses nothing: a value that cannot be read is a matter for the rules.
"""

from collections.abc import Iterable
from pathlib import Path

from duckdb import DuckDBPyConnection

from pipelines.datasets import ALL, Column, Dataset
from pipelines.limits import possible


SQL = Path(__file__).parent / "sql"
# The type that each type of a contract has in the warehouse.
TYPES = {
    "text": "varchar",
    "council": "varchar",
    "list": "varchar",
    "integer": "bigint",
    "decimal": "double",
    "hours": "double",
    "percent": "double",
    "money": "decimal(18, 2)",
    "date": "date",
    "timestamp": "timestamp",
    "boolean": "boolean",
}
TYPED = tuple(kind for kind, type in TYPES.items() if type != "varchar")
# Types whose text is written with a comma where the sender said so.
NUMBERS = ("integer", "decimal", "money", "percent", "hours")
# What a blank means where it is not unknown: the most private, and the first version.
BLANKS = {
    "record_version": "1",
    "is_withdrawn": "false",
    "share_level": "'own_only'",
    "handling": "'OFFICIAL-SENSITIVE'",
}
# What the loader says of each row of text.
TOLD = {
    "collection": "varchar",
    "source_file": "varchar",
    "arrival": "bigint",
    "received_day": "date",
    "council_told": "varchar",
    "source_row": "bigint",
}
LOADER = {
    "collection": "varchar",
    "source_file": "varchar",
    "source_row": "bigint",
    "arrival": "bigint",
    "received_day": "date",
    "gss_code_given": "varchar",
    "council_certainty": "varchar",
    "council_day": "date",
    "key_hash": "ubigint",
    "is_current": "boolean default true",
    "is_correction": "boolean default false",
}


def prepare(connection: DuckDBPyConnection) -> None:
    """Macros, time zone and schemas that staging stands on."""
    connection.execute("set TimeZone = 'Europe/London'")
    for name in ("macros", "quick"):
        connection.execute((SQL / f"{name}.sql").read_text(encoding="utf-8"))
    for schema in ("history", "typed", "staging", "work"):
        connection.execute(f"create schema if not exists {schema}")


def create_history(connection: DuckDBPyConnection, dataset: Dataset) -> None:
    """An empty table of accepted rows, every type from the contract."""
    parts = [part for column in dataset.columns for part in declared(column)]
    parts += [f"{name} {type}" for name, type in LOADER.items()]
    connection.execute(f"create table if not exists history.{dataset.name} ({', '.join(parts)})")


def declared(column: Column) -> list[str]:
    """A column's declaration, and that of the text that could not be read."""
    default = f" default {BLANKS[column.column]}" if column.column in BLANKS else ""
    parts = [f'"{column.column}" {TYPES[column.type]}{default}']
    return parts + [f'"{column.column}__unread" varchar'] * (column.type in TYPED)


def typed_select(
    dataset: Dataset, present: Iterable[str], source: str, *, comma: bool = False
) -> str:
    """The select that types the text columns `present` of `source`, in its order.

    Only the commonest form of each type is read; `read_again` reads the others.
    `source` has besides them the columns TOLD. There is no join: rows must leave in
    the order in which they came, so that their line numbers can be told from it.
    """
    have = set(present)
    columns = [column for column in dataset.columns if column.column in have]
    parts = [part for column in columns for part in typed_column(column, comma)]
    names = [column.column for column in dataset.columns]
    if "gss_code" in names:
        given = 'as_text("gss_code")' if "gss_code" in have else "null"
        parts.append(f"coalesce({given}, council_told) as gss_code_given")
        parts.append("upper(gss_code_given) as gss_code")
    parts += [name for name in TOLD if name != "council_told"]
    day = council_day(dataset) if dataset.dated_by in have else "cast(null as date)"
    return (
        f"with told as (select {', '.join(parts)} from {source}) "
        f"select *, {day} as council_day, {key_hash(dataset)} as key_hash from told"
    )


def typed_column(column: Column, comma: bool = False) -> list[str]:
    """One column's value in its commonest form, and its text where it has another.

    Where the sender declared a decimal comma, 1.234 is no common form of 1234: numbers
    are left as text for `read_again`.
    """
    name = column.column
    if column.type not in TYPED:
        kind = {"council": "text"}.get(column.type, column.type)
        value = f'as_{kind}("{name}")'
        shown = f"coalesce({value}, {BLANKS[name]})" if name in BLANKS else value
        return [] if name == "gss_code" else [f'{shown} as "{name}"']
    value = f'quick_{column.type}("{name}")'
    if comma and column.type in NUMBERS:
        value = f"cast(null as {TYPES[column.type]})"
    shown = f"coalesce({value}, {BLANKS[name]})" if name in BLANKS else value
    return [
        f'{shown} as "{name}"',
        f'case when {value} is null then as_text("{name}") end as "{name}__unread"',
    ]


def read_again(
    connection: DuckDBPyConnection, dataset: Dataset, arrivals: list[int], comma: bool
) -> None:
    """Read what has not the commonest form: all that councils write for each type."""
    table, where = f"history.{dataset.name}", among("arrival", arrivals)
    typed = [column for column in dataset.columns if column.type in TYPED]
    counts = ", ".join(f'count("{column.column}__unread")' for column in typed)
    if not typed or not arrivals:
        return
    found = connection.execute(f"select {counts} from {table} where {where}")
    for column, count in zip(typed, found.fetchall()[0], strict=True):
        if not count:
            continue
        name = column.column
        macro = f"as_{column.type}" + "_comma" * (comma and column.type in NUMBERS)
        text = f'"{name}__unread"'
        value = f"{macro}({text})"
        shown = f"coalesce({value}, {BLANKS[name]})" if name in BLANKS else value
        left = f"case when {value} is null then unread_{column.type}({text}) end"
        connection.execute(
            f'update {table} set "{name}" = {shown}, {text} = {left} '
            f"where {where} and {text} is not null"
        )
        if name == dataset.dated_by:
            connection.execute(
                f"update {table} set council_day = {council_day(dataset)} "
                f'where {where} and council_day is null and "{name}" is not null'
            )


def council_day(dataset: Dataset) -> str:
    """The row's day in London: half past midnight in summer is not the day before."""
    kinds = {column.column: column.type for column in dataset.columns}
    if kinds[dataset.dated_by] == "timestamp":
        return f'london_day("{dataset.dated_by}")'
    return f'"{dataset.dated_by}"'


def key_hash(dataset: Dataset) -> str:
    """A number for a row's collection and key: equal keys have equal numbers."""
    return f"hash({', '.join(('collection', *dataset.key))})"


def stage(
    connection: DuckDBPyConnection, arrivals: list[int], datasets: tuple[Dataset, ...] = ALL
) -> None:
    """Views of the rows that came with these arrivals, for the rules to look at."""
    for dataset in datasets:
        find_repeats(connection, dataset, arrivals)
        connection.execute(
            f"create or replace view typed.{dataset.name} as {typed_view(dataset, arrivals)}"
        )
        select = (SQL / "staging" / f"{dataset.name}.sql").read_text(encoding="utf-8")
        connection.execute(f"create or replace view staging.{dataset.name} as {select}")


def typed_view(dataset: Dataset, arrivals: list[int]) -> str:
    """Rows being loaded, with what is known of their council and of their repeats."""
    hidden = "key_hash, is_current, is_correction"
    limits = [f"{sql} as {name}" for name, sql in possible_columns(dataset).items()]
    if "gss_code" in [column.column for column in dataset.columns]:
        limits += [
            "r.gss_code is null or c.gss_code is not null as is_council_known",
            "coalesce(r.council_certainty, 'certain') = 'certain' as is_council_certain",
            """c.gss_code is null or r.council_day is null or (
                r.council_day >= coalesce(c.started_on, date '1900-01-01')
                and r.council_day <= coalesce(c.ended_on, date '2999-12-31')
            ) as is_council_of_the_day""",
        ]
        join = "left join reference.councils c on c.gss_code = r.gss_code"
    else:
        join = ""
    limits.append(
        f"(r.arrival, r.source_row) not in (from work.repeats_{dataset.name}) as is_sole_version"
    )
    return f"""
        select r.* exclude ({hidden}), {", ".join(limits)}
        from history.{dataset.name} r {join}
        where {among("r.arrival", arrivals)}"""


def possible_columns(dataset: Dataset) -> dict[str, str]:
    """Booleans that say whether a date lies within its limits, by their names."""
    found = {}
    for column in dataset.columns:
        sql = possible(column)
        if sql:
            found[f'"{column.column}__possible"'] = sql
    return found


def among(column: str, arrivals: list[int]) -> str:
    """SQL for rows of these arrivals; the range lets the engine skip older rows."""
    if not arrivals:
        return "false"
    low, high = min(arrivals), max(arrivals)
    inside = f"{column} between {low} and {high}"
    if len(set(arrivals)) == high - low + 1:
        return inside
    return f"{inside} and {column} in ({', '.join(map(str, sorted(set(arrivals))))})"


def find_repeats(connection: DuckDBPyConnection, dataset: Dataset, arrivals: list[int]) -> None:
    """Rows whose key and version one file gives twice with differing values.

    The number made from the key finds candidates at little cost; they are then compared
    by their values. True repeats are no conflict: the last of them counts.
    """
    version = [] if dataset.is_public else ["record_version"]
    place = ", ".join(["arrival", *dataset.key, *version])
    new = f"history.{dataset.name} where {among('arrival', arrivals)}"
    connection.execute(
        "create or replace table work.repeated_keys as select key_hash "
        f"from {new} group by key_hash having count(*) > 1"
    )
    connection.execute(f"""
        create or replace table work.repeats_{dataset.name} as
        with compared as (
            select arrival, source_row,
                min(row_values) over same_key <> max(row_values) over same_key
                    as is_conflict
            from (
                select *, {row_values(dataset)} as row_values
                from {new} and key_hash in (from work.repeated_keys)
            )
            window same_key as (partition by {place})
        )
        select arrival, source_row from compared where is_conflict""")


def row_values(dataset: Dataset) -> str:
    """A number for all that a row says, so that two rows can be compared."""
    names = [f'"{column.column}"' for column in dataset.columns]
    names += [f'"{c.column}__unread"' for c in dataset.columns if c.type in TYPED]
    return f"hash({', '.join(names)})"
