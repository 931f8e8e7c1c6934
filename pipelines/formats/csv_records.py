"""Lines to records: cells between delimiters, quotation marks, and broken ones.

A record starts where its first line does. One whose quotation mark is never closed is
set aside with that line alone, and reading goes on with the line after it, so a slip of
one hand does not swallow the rest of a file.
"""

import csv
from collections import deque
from collections.abc import Iterator

from pipelines.errors import FileRefusedError
from pipelines.formats.scan import SPACES
from pipelines.formats.table import Record
from pipelines.formats.text import LONGEST_LINE


DELIMITERS = ",;\t|"
LONGEST_CELL = 131_072
# Characters read in vain, in search of a closing quotation mark, before giving up.
PATIENCE = 256_000_000
TOO_LONG = f"A cell has more than {LONGEST_CELL:,} characters."
NOT_CLOSED = "A quotation mark is opened on this line and not closed. Check its quotation marks."
NOT_ENDED = "Text follows a closing quotation mark on this line. Check its quotation marks."


def records(lines: Iterator[str], delimiter: str) -> Iterator[Record]:
    """Every record that is not blank."""
    feed = Feed(lines)
    hollow = SPACES + delimiter
    number = 0
    for line in feed.every():
        number += 1
        if '"' not in line:
            if line.strip(hollow):
                cells = line.rstrip("\r\n").split(delimiter)
                is_long = len(line) > LONGEST_CELL
                yield number, cells, line, trouble_of_length(cells) if is_long else ""
            continue
        cells, trouble, taken = feed.quoted(line, delimiter)
        if trouble or any(map(str.strip, cells)):
            yield number, cells, "".join([line, *taken]), trouble
        number += len(taken)


class Feed:
    """Lines of a file, some of which were read too far and are given again."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.waiting: deque[str] = deque()
        self.in_vain = 0

    def every(self) -> Iterator[str]:
        """Each line that no record has taken, in the order of the file."""
        for line in self.lines:
            yield line
            while self.waiting:
                yield self.waiting.popleft()

    def quoted(self, line: str, delimiter: str) -> tuple[list[str], str, list[str]]:
        """Cells of a record with quotation marks, its trouble, and more lines taken."""
        csv.field_size_limit(LONGEST_CELL)
        taken: list[str] = []
        more = self.take(line, taken)
        try:
            cells = next(csv.reader(more, delimiter=delimiter, strict=True))
        except csv.Error as error:
            self.put_back(taken)
            return [], trouble_of(error, bool(taken)), []
        if taken:
            cells = [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in cells]
        return cells, "", taken

    def take(self, line: str, taken: list[str]) -> Iterator[str]:
        """This line and those after it, as many as a record may have."""
        length = 0
        following: str | None = line
        while following is not None and length <= LONGEST_LINE:
            yield following
            length += len(following)
            following = self.next_line()
            if following is not None:
                taken.append(following)

    def next_line(self) -> str | None:
        """The line after those given so far, or none at the end."""
        return self.waiting.popleft() if self.waiting else next(self.lines, None)

    def put_back(self, taken: list[str]) -> None:
        """Give these lines again; a file that is all broken quotations is refused."""
        self.waiting.extendleft(reversed(taken))
        self.in_vain += sum(map(len, taken))
        if self.in_vain > PATIENCE:
            raise FileRefusedError(
                "This file has too many quotation marks that are opened and not "
                "closed. Save it as CSV (UTF-8) again, or send the Excel workbook."
            )


def trouble_of_length(cells: list[str]) -> str:
    """What is wrong with the cells of a very long line, if anything."""
    return TOO_LONG if max(map(len, cells)) > LONGEST_CELL else ""


def trouble_of(error: csv.Error, has_more_lines: bool) -> str:
    """What the error means for whoever has to mend the row."""
    said = str(error)
    if "field limit" in said and not has_more_lines:
        return TOO_LONG
    if "expected after" in said and not has_more_lines:
        return NOT_ENDED
    return NOT_CLOSED
