"""Extract: read files as received into typed rows, each with its file and line.

Reads the files of the sources. Writes their rows to `history.<dataset>`, for the checks
to judge. A plain CSV is read by DuckDB itself; any other file is read by one of
`pipelines/formats` and written out as clean CSV first: the rows are the same. Refuses a
whole file, with a sentence, when it is not readable or its columns are not the
dataset's; every other file is still read.
"""

import csv
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection

from pipelines.datasets import Dataset
from pipelines.errors import FileRefusedError
from pipelines.formats import open_file
from pipelines.formats.reading import Plain, Reading
from pipelines.sources import Source
from pipelines.stage import TOLD, among, create_history, read_again, typed_select


LINE = "__line"
OPTIONS = (
    "header = false, quote = '\"', escape = '\"', all_varchar = true, "
    "strict_mode = true, auto_detect = false"
)
# Long lines make long buffers, and few of them: one thread would read alone.
LONG = "max_line_size = 8000000"
# Larger plain files are typed as they are read; typing takes long to plan, so smaller
# ones are first gathered as text and then typed together.
LARGE = 32_000_000
ROOM = "2GB"
TEXT = "work.text_rows"


def extract(connection: DuckDBPyConnection, sources: list[Source], scratch: Path) -> None:
    """Load the rows of every file; a refused file is recorded, not raised."""
    by_dataset: dict[str, list[Source]] = {}
    for source in sources:
        by_dataset.setdefault(source.dataset.name, []).append(source)
    for several in by_dataset.values():
        create_text(connection, several[0].dataset)
        for source in several:
            extract_file(connection, source, scratch)
        type_text(connection, several)


def create_text(connection: DuckDBPyConnection, dataset: Dataset) -> None:
    """An empty table for the rows of one dataset's files as text."""
    create_history(connection, dataset)
    texts = [f"{name(c.column)} varchar" for c in dataset.columns]
    told = [f"{one} {type}" for one, type in TOLD.items()]
    connection.execute(f"create or replace table {TEXT} ({', '.join(texts + told)})")


def extract_file(connection: DuckDBPyConnection, source: Source, scratch: Path) -> None:
    """One file's rows, typed at once or as text."""
    try:
        reading = open_file(source.path, source.dataset, source.options, source.name)
        source.columns, source.plain = reading.columns, reading.plain
        if not load_plain(connection, source, reading):
            load_records(connection, source, reading, scratch)
    except FileRefusedError as error:
        source.refused, source.rows_in = str(error), 0
        connection.execute(f"delete from {TEXT} where arrival = $1", [source.arrival])
    else:
        fill(connection, source)
        source.rejects, source.remarks = reading.rejects, reading.remarks
        source.rows_in += len(reading.rejects)


def fill(connection: DuckDBPyConnection, source: Source) -> None:
    """Blank cells of the columns for which the sender gave a value."""
    for column, value in source.options.fill.items():
        connection.execute(
            f"update {TEXT} set {name(column)} = $value where arrival = $arrival "
            f"and coalesce(as_text({name(column)}), '') = ''",
            {"value": value, "arrival": source.arrival},
        )


def type_text(connection: DuckDBPyConnection, sources: list[Source]) -> None:
    """The rows gathered as text into their history; then every value read that is
    written otherwise than systems write it."""
    dataset = sources[0].dataset
    names = [column.column for column in dataset.columns]
    for comma in (False, True):
        some = [s.arrival for s in sources if s.options.has_decimal_comma == comma]
        if some:
            rows = f"(from {TEXT} where {among('arrival', some)})"
            select = typed_select(dataset, names, rows, comma=comma)
            connection.execute(f"insert into history.{dataset.name} by name {select}")
            read_again(connection, dataset, some, comma)
    connection.execute(f"drop table {TEXT}")


def load_plain(connection: DuckDBPyConnection, source: Source, reading: Reading) -> bool:
    """Let DuckDB read a plain CSV; false where it is not, or not wholly, plain."""
    plain = reading.plain
    if plain is None:
        return False
    rows = told(from_plain(plain, reading.columns))
    into = TEXT
    is_large = source.path.stat().st_size > LARGE and not source.options.fill
    if is_large:
        into = f"history.{source.dataset.name}"
        rows = typed_select(
            source.dataset, reading.columns, f"({rows})", comma=source.options.has_decimal_comma
        )
    elif len(reading.columns) < len(plain.header):
        kept = ", ".join(map(name, (*reading.columns, *TOLD)))
        rows = f"select {kept} from ({rows})"
    with roomy(connection) if is_large else nullcontext():
        count = inserted(connection, into, rows, source, plain)
    if count is None:
        return False
    source.rows_in = count
    return True


def inserted(
    connection: DuckDBPyConnection, into: str, rows: str, source: Source, plain: Plain
) -> int | None:
    """How many rows a plain CSV gave; none, and none stays, where it is not plain."""
    try:
        connection.execute("begin")
        connection.execute(f"insert into {into} by name {rows}", facts(source))
        count = number_lines(connection, into, source, plain.skipped + 2)
        if count != plain.lines - plain.skipped - 1:
            raise duckdb.InvalidInputException("lines and rows differ")
        connection.execute("commit")
    except (duckdb.InvalidInputException, duckdb.ConversionException):
        connection.execute("rollback")
        return None
    return count


@contextmanager
def roomy(connection: DuckDBPyConnection) -> Iterator[None]:
    """Let two threads write a table of many columns.

    DuckDB writes with one where the memory that it is allowed is little for so many
    columns, though it does not take it: 10 million incidents stay below 1.5 GB.
    """
    before = connection.execute("select current_setting('memory_limit')").fetchall()
    connection.execute(f"set memory_limit = '{ROOM}'")
    try:
        yield
    finally:
        connection.execute(f"set memory_limit = {quoted(before[0][0])}")


def from_plain(plain: Plain, known: list[str]) -> str:
    """DuckDB's own reading of a plain CSV, every column as text."""
    names = [one if one in known else f"__other_{place}" for place, one in enumerate(plain.header)]
    columns = ", ".join(f"{quoted(one)}: 'varchar'" for one in names)
    return (
        f"read_csv($path, {OPTIONS}, skip = {plain.skipped + 1}, "
        f"delim = {quoted(plain.delimiter)}, columns = {{{columns}}})"
    )


def told(table: str, line: str = "null", without: str = "") -> str:
    """Rows of text, with what the loader says of each."""
    return (
        f"select * {without}, $collection::varchar as collection, "
        "$file::varchar as source_file, $arrival::bigint as arrival, "
        "$day::date as received_day, $council::varchar as council_told, "
        f"{line}::bigint as source_row from {table}"
    )


def facts(source: Source, path: Path | None = None) -> dict[str, Any]:
    """What the loader says of a file's rows, and where the file is."""
    return {
        "path": str(path or source.path),
        "collection": source.collection,
        "file": source.name,
        "arrival": source.arrival,
        "day": source.received_on,
        "council": source.options.council or None,
    }


def number_lines(
    connection: DuckDBPyConnection, table: str, source: Source, first_line: int
) -> int:
    """Number a file's rows, which are stored in its order; answers how many.

    They lie together, or it raises: then nothing is known of their lines.
    """
    first, last, count = connection.execute(
        f"select min(rowid), max(rowid), count(*) from {table} where arrival = $1", [source.arrival]
    ).fetchall()[0]
    if count and last - first + 1 != count:
        raise duckdb.InvalidInputException("rows do not lie together")
    connection.execute(
        f"update {table} set source_row = rowid - $first + $line where arrival = $arrival",
        {"first": first or 0, "line": first_line, "arrival": source.arrival},
    )
    return count


def load_records(
    connection: DuckDBPyConnection, source: Source, reading: Reading, scratch: Path
) -> None:
    """Write rows as clean CSV, then let DuckDB read that: nothing is guessed twice.

    The clean file stays until the rows are checked: those set aside are shown from it.
    """
    clean, count = clean_file(source, scratch), 0
    with clean.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for line, cells in reading.records:
            writer.writerow([line, *map(one_kind_of_break, cells)])
            count += 1
    texts = ", ".join(f"{quoted(one)}: 'varchar'" for one in reading.columns)
    table = (
        f"read_csv($path, {OPTIONS}, {LONG}, delim = ',', new_line = '\\n', "
        f"columns = {{'{LINE}': 'varchar', {texts}}})"
    )
    rows = told(table, LINE, f"exclude ({LINE})")
    connection.execute(f"insert into {TEXT} by name {rows}", facts(source, clean))
    source.rows_in = count


def clean_file(source: Source, scratch: Path) -> Path:
    """Where a file's rows are written as clean CSV."""
    return scratch / f"clean-{source.arrival}.csv"


def cells_of(
    source: Source, lines: set[int], scratch: Path
) -> Iterator[tuple[int, dict[str, str]]]:
    """Cells by column of the rows that start on these lines, as they were received."""
    clean = clean_file(source, scratch)
    if clean.exists():
        yield from of_clean(clean, source.columns, lines)
    elif source.plain:
        yield from of_plain(source.path, source.plain, source.columns, lines)


def of_clean(
    clean: Path, columns: list[str], lines: set[int]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a clean CSV, whose first cell is the line."""
    with clean.open(encoding="utf-8", newline="") as file:
        for line, *cells in csv.reader(file):
            if int(line) in lines:
                yield int(line), dict(zip(columns, cells, strict=True))


def of_plain(
    path: Path, plain: Plain, columns: list[str], lines: set[int]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a plain CSV, which has one row a line."""
    with path.open(encoding="utf-8-sig", newline="\n") as file:
        for number, text in enumerate(file, start=1):
            if number in lines:
                cells = next(csv.reader([text], delimiter=plain.delimiter))
                pairs = zip(plain.header, cells, strict=False)
                yield number, {name: cell for name, cell in pairs if name in columns}


def one_kind_of_break(cell: str) -> str:
    """Text of a cell with line feeds only: DuckDB takes a return for a row's end."""
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def name(column: str) -> str:
    """A column's name in quotation marks."""
    return f'"{column}"'


def quoted(text: str) -> str:
    """A literal of SQL."""
    return "'" + text.replace("'", "''") + "'"
