"""Is a CSV so plain that DuckDB reads the very same rows from it?

Only what `tests/test_read_csv.py` compares with DuckDB's own reading counts as plain;
anything else is read row by row, more slowly and with a reason for each row set aside.
"""

from pipelines.formats.csv_records import records
from pipelines.formats.reading import Plain
from pipelines.formats.scan import PIECE
from pipelines.formats.table import Table
from pipelines.formats.text import UTF_8, Text


def plain_of(text: Text, table: Table, delimiter: str, line: int) -> Plain | None:
    """How DuckDB reads the file, its header on this line, or none if it must not."""
    facts = text.facts
    lines = facts.line_feeds + facts.is_last_line_open
    has_one_line_end = facts.returns == facts.pairs and facts.pairs in (0, facts.line_feeds)
    is_plain = (
        text.encoding == UTF_8
        and has_one_line_end
        and lines > line
        and not table.header.unnamed
        and not facts.has_loose_quote
        and not facts.has_hollow_line
        and not facts.has_long_line
        and not facts.has_mark_inside
        and not facts.is_cut
        and ends_with_a_row(text, table, delimiter)
    )
    if not is_plain:
        return None
    return Plain(delimiter, line - 1, table.header.names, lines)


def ends_with_a_row(text: Text, table: Table, delimiter: str) -> bool:
    """Whether the last line is a row: no note, no total, not blank."""
    size = text.path.stat().st_size
    with text.path.open("rb") as file:
        file.seek(max(0, size - PIECE))
        last = file.read().rstrip(b"\r\n").rpartition(b"\n")[2]
    found = list(records(iter([last.decode()]), delimiter))
    return len(found) == 1 and not table.is_trailer(found[0][1])
