"""Extract: read files as received into text tables, every row with its file and line.

Reads `<folder>/<dataset>/*.csv`. Writes `raw.<dataset>` (text columns of the
contract, `source_file`, `source_row`, `arrival`), `quality.sources` (one row per file)
and `quality.rejects` (rows that could not be read). Refuses a whole file, with a
sentence, when it is not readable text or its columns are not the dataset's.
"""

import contextlib
import csv
import hashlib
import io
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from duckdb import DuckDBPyConnection

from pipelines.datasets import ALL, Dataset
from pipelines.errors import FileRefusedError
from pipelines.sources import Source


DELIMITERS = ",;\t|"
HEADER_SEARCH = 30
LOADER_COLUMNS = ("collection", "source_file", "source_row", "arrival")
NOT_TEXT = {
    b"PK\x03\x04": "a zip or Excel workbook: save the sheet as CSV (UTF-8)",
    b"\x1f\x8b": "compressed: send the CSV itself",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook: save the sheet as CSV (UTF-8)",
    b"%PDF": "a PDF: send the CSV itself",
}


def extract(connection: DuckDBPyConnection, sources: list[Source]) -> None:
    """Load every file's rows as text; a refused file is recorded, not raised."""
    connection.execute("create schema if not exists raw")
    connection.execute("create schema if not exists quality")
    seen: dict[tuple[str, str, str], str] = {}
    for dataset in ALL:
        create_raw_table(connection, dataset)
    for source in sources:
        extract_file(connection, source, seen)
    record_files(connection, sources)
    record_rejects(connection, sources)


def create_raw_table(connection: DuckDBPyConnection, dataset: Dataset) -> None:
    """An empty text table in the contract's order."""
    names = [column.column for column in dataset.columns]
    texts = ", ".join(f'"{name}" varchar' for name in names)
    connection.execute(
        f"create table raw.{dataset.name} ({texts}, collection varchar, "
        "source_file varchar, source_row bigint, arrival bigint)"
    )


def extract_file(
    connection: DuckDBPyConnection,
    source: Source,
    seen: dict[tuple[str, str, str], str],
) -> None:
    """One file into its raw table, unless refused or the same bytes came before."""
    try:
        content = source.path.read_bytes()
        source.sha256 = hashlib.sha256(content).hexdigest()
        records = read_records(decode(content), source)
        key = (source.collection, source.dataset.name, source.sha256)
        source.duplicate_of = seen.setdefault(key, source.name)
        if source.duplicate_of == source.name:
            source.duplicate_of = ""
            load_records(connection, source, records)
        else:
            for _ in records:
                pass  # reading a row counts it, whole or ragged
            source.rejects.clear()
    except FileRefusedError as error:
        source.refused = str(error)


def decode(content: bytes) -> str:
    """Text of a file: UTF-8, with or without a byte order mark, else Windows-1252."""
    for magic, what in NOT_TEXT.items():
        if content.startswith(magic):
            raise FileRefusedError(f"This file is {what}.")
    if not content.strip():
        raise FileRefusedError("This file is empty. Send the file again.")
    is_utf_16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in content and not is_utf_16:
        raise FileRefusedError("This file is not text. Save it as CSV (UTF-8).")
    for encoding in ("utf-16",) if is_utf_16 else ("utf-8-sig", "cp1252"):
        with contextlib.suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise FileRefusedError(
        "This file's characters are damaged. Save it as CSV (UTF-8)."
    )


def read_records(text: str, source: Source) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells, in the contract's column order, of every good row."""
    delimiter, skipped, header = find_header(text, source.dataset)
    lines = islice(io.StringIO(text, newline=""), skipped, None)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    next(reader)
    known = [column.column for column in source.dataset.columns]
    places = [header.index(name) if name in header else -1 for name in known]
    previous = reader.line_num
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = f"The row cannot be read ({error}). Check its quotation marks."
            source.rejects.append((skipped + previous + 1, "", reason))
            source.rows_in += 1
            previous = reader.line_num
            continue
        line, previous = skipped + previous + 1, reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        source.rows_in += 1
        if len(cells) != len(header):
            reason = f"The row has {len(cells)} cells; the header has {len(header)}."
            source.rejects.append((line, delimiter.join(cells), reason))
            continue
        yield line, [cells[place] if place >= 0 else "" for place in places]


def find_header(text: str, dataset: Dataset) -> tuple[str, int, list[str]]:
    """Delimiter, lines above the header, and the header's names."""
    required = set(dataset.required)
    best: set[str] = set()
    lines = islice(io.StringIO(text, newline=""), HEADER_SEARCH)
    for skipped, line in enumerate(lines):
        for delimiter in DELIMITERS:
            names = header_names(line, delimiter)
            if required <= set(names):
                refuse_repeated(names)
                return delimiter, skipped, names
            best = max(best, required & set(names), key=len)
    missing = ", ".join(sorted(required - best))
    raise FileRefusedError(
        f"The columns are not those of {dataset.title}: columns missing: {missing}. "
        f"Get the template with: python -m pipelines template {dataset.name}"
    )


def header_names(line: str, delimiter: str) -> list[str]:
    """Names of a possible header line, in lower case."""
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
    return [cell.strip().lower() for cell in cells]


def refuse_repeated(names: list[str]) -> None:
    """Two columns of one name would hide each other."""
    repeated = sorted({name for name in names if name and names.count(name) > 1})
    if repeated:
        raise FileRefusedError(
            f"Columns named twice: {', '.join(repeated)}. Keep one of each."
        )


def load_records(
    connection: DuckDBPyConnection,
    source: Source,
    records: Iterator[tuple[int, list[str]]],
) -> None:
    """Write rows as clean CSV, then let DuckDB read that: nothing is guessed twice.

    A line break within a cell is one line feed whatever it was: DuckDB takes a
    carriage return for the end of a row.
    """
    with tempfile.TemporaryDirectory() as folder:
        clean = Path(folder) / "rows.csv"
        with clean.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            for line, cells in records:
                loaded = (source.collection, source.name, line, source.arrival)
                writer.writerow([*map(one_kind_of_break, cells), *loaded])
        connection.execute(
            f"insert into raw.{source.dataset.name} select * from read_csv($path, "
            "header = false, delim = ',', quote = '\"', escape = '\"', "
            "all_varchar = true, strict_mode = true, max_line_size = 8000000, "
            "auto_detect = false, new_line = '\\n', columns = $columns)",
            {"path": str(clean), "columns": text_columns(source.dataset)},
        )


def one_kind_of_break(cell: str) -> str:
    """Text of a cell with line feeds only."""
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def text_columns(dataset: Dataset) -> dict[str, str]:
    """Every column as text, contract's first and loader's last."""
    names = [column.column for column in dataset.columns]
    return dict.fromkeys((*names, *LOADER_COLUMNS), "varchar")


def record_files(connection: DuckDBPyConnection, sources: list[Source]) -> None:
    """One row per file, refused and repeated ones included."""
    connection.execute(
        "create table quality.sources (collection varchar, dataset varchar, "
        "source_file varchar, arrival bigint, file_sha256 varchar, received_at "
        "timestamp, rows_in bigint, refused varchar, duplicate_of varchar)"
    )
    rows = [
        (s.collection, s.dataset.name, s.name, s.arrival, s.sha256,
         s.path.stat().st_mtime, s.rows_in, s.refused or None, s.duplicate_of or None)
        for s in sources
    ]  # fmt: skip
    if rows:
        connection.executemany(
            "insert into quality.sources select $1, $2, $3, $4, $5, "
            "to_timestamp($6)::timestamp, $7, $8, $9",
            rows,
        )


def record_rejects(connection: DuckDBPyConnection, sources: list[Source]) -> None:
    """Rows that were no rows: kept with their text and the reason."""
    connection.execute(
        "create table quality.rejects (collection varchar, dataset varchar, "
        "source_file varchar, source_row bigint, raw_row varchar, reason varchar)"
    )
    rows = [
        (source.collection, source.dataset.name, source.name, *reject)
        for source in sources
        for reject in source.rejects
    ]
    if rows:
        connection.executemany(
            "insert into quality.rejects values ($1, $2, $3, $4, $5, $6)", rows
        )
