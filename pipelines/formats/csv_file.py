"""CSV files: delimiter and header are found, and every row keeps its line."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pipelines.datasets import Dataset
from pipelines.errors import FileRefusedError
from pipelines.formats.csv_records import DELIMITERS, records
from pipelines.formats.header import HEADER_SEARCH, Header, accept_header, match_header
from pipelines.formats.plain import plain_of
from pipelines.formats.reading import Options, Reading, Reject
from pipelines.formats.scan import SPACES
from pipelines.formats.table import Record, Table
from pipelines.formats.text import Text, read_text


def read_csv_file(path: Path, dataset: Dataset, options: Options) -> Reading:
    """A CSV file's rows; refuses what is no text or has not the dataset's columns."""
    text = read_text(path)
    line, delimiter, header = find_header(text, dataset)
    accept_header(header, dataset)
    remarks = [*text.remarks, *skipped_lines(line), *header.remarks]
    rejects: list[Reject] = []
    table = Table(header, dataset, rejects, remarks)
    plain = plain_of(text, table, delimiter, line)
    rows = table.rows(below(text, delimiter, line))
    return Reading(table.columns, rows, rejects, remarks, plain)


def below(text: Text, delimiter: str, header_line: int) -> Iterator[Record]:
    """Records under the header."""
    every = records(text.lines(), delimiter)
    return (record for record in every if record[0] > header_line)


def skipped_lines(header_line: int) -> list[str]:
    """A remark on what stands above the header."""
    above = header_line - 1
    if not above:
        return []
    said = "1 line" if above == 1 else f"{above} lines"
    return [f"{said} above the header skipped."]


def find_header(text: Text, dataset: Dataset) -> tuple[int, str, Header]:
    """Line and delimiter of the first record that names every required column.

    If there is none, the record that names most of them is given: it says what is
    missing. A file without any record is refused.
    """
    best: tuple[int, int, str, Header] | None = None
    for delimiter in DELIMITERS:
        beginning = islice(records(text.lines(), delimiter), HEADER_SEARCH)
        for line, cells, said, _ in beginning:
            # Rows of blanks of another delimiter are no rows of this one.
            if not said.strip(SPACES + DELIMITERS):
                continue
            header = match_header(cells, dataset)
            missing = len(header.missing(dataset))
            if best is None or (missing, line) < best[:2]:
                best = missing, line, delimiter, header
            if not missing:
                break
    if best is None:
        raise FileRefusedError("This file is empty. Send the file again.")
    return best[1:]
