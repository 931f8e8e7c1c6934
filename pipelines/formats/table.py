"""From records to rows: what is blank, ragged or no row at all, the same in every file.

A record is the line where it starts, its cells, its text, and what is wrong with it (an
empty string if nothing is). Cells are in the order of the file.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from operator import itemgetter

from pipelines.datasets import Dataset
from pipelines.formats.header import Header
from pipelines.formats.reading import Reject


Record = tuple[int, list[str], str, str]
Pick = Callable[[list[str]], list[str]]

# Totals, sources and notes stand in the last rows of a table; real rows end before.
TRAILER_ROWS = 20
LONGEST_TEXT = 10_000
# A hyphen after the word would make it a reference, such as END-0001.
TRAILER = re.compile(
    r"\W*((grand|sub|overall|report|running)?[\s-]*totals?|sum|sources?|(foot)?notes?"
    r"|n\.?b|key|end|report|data|extract(ed)?|produced|prepared|generated|created"
    r"|printed|exported|page|copyright|official|\d+ (rows?|records?))(?![\w-])",
    re.IGNORECASE,
)


class Table:
    """The rows under one header: reads records, keeps rejects and remarks."""

    def __init__(
        self, header: Header, dataset: Dataset, rejects: list[Reject], remarks: list[str]
    ) -> None:
        self.header = header
        self.dataset = dataset
        self.rejects = rejects
        self.remarks = remarks
        self.columns = [c.column for c in dataset.columns if c.column in header.places]
        self.read = set(header.places.values())
        self.most = len(header.cells)
        self.least = header.least
        self.has_outside = False

    @cached_property
    def types(self) -> list[str]:
        """Type of the contract's column in each place; empty where there is none."""
        of = {column.column: column.type for column in self.dataset.columns}
        return [of.get(name, "") for name in self.header.names]

    def rows(self, records: Iterable[Record]) -> Iterator[tuple[int, list[str]]]:
        """Line and cells, in the order of `columns`, of every good row."""
        pick = picker([self.header.places[name] for name in self.columns])
        most, unnamed, count = self.most, self.header.unnamed, 0
        before = len(self.rejects)
        for line, cells, text, trouble in self.until_trailer(records):
            if len(cells) != most or trouble:
                trouble = trouble or self.fit(cells, text)
                if trouble:
                    self.reject(line, text, trouble)
                    continue
            if unnamed and any(cells[p].strip() for p in unnamed if p < len(cells)):
                self.remark_outside(line)
            count += 1
            yield line, pick(cells)
        if not count and len(self.rejects) == before:
            self.remarks.append("The file has a header and no rows.")

    def until_trailer(self, records: Iterable[Record]) -> Iterator[Record]:
        """Records in their order, but for those at the end that are no rows."""
        source = iter(records)
        held = deque(islice(source, TRAILER_ROWS))
        for record in source:
            held.append(record)
            yield held.popleft()
        trailer: list[Record] = []
        while held and self.is_trailer(held[-1][1]):
            trailer.append(held.pop())
        yield from held
        for line, _, text, _ in reversed(trailer):
            self.reject(line, text, "This is no row of data: a total or a note below the table.")

    def is_trailer(self, cells: Sequence[str]) -> bool:
        """Words where a key should be, and most of what a row must have is blank."""
        places = [self.header.places[name] for name in self.dataset.required]
        filled = [place for place in places if cells[place : place + 1]]
        filled = [place for place in filled if cells[place].strip()]
        if 2 * len(filled) > len(places):
            return False
        said = [place for place, cell in enumerate(cells) if cell.strip()]
        if not said:
            return False
        first = cells[said[0]].strip()
        if TRAILER.match(first):
            return True
        return len(said) == 1 and " " in first and not self.is_key(said[0], first)

    def is_key(self, place: int, cell: str) -> bool:
        """Whether a cell fits the pattern of the column that it stands in."""
        for column in self.dataset.columns:
            if self.header.places.get(column.column) == place and column.pattern:
                return re.search(column.pattern, cell) is not None
        return False

    def fit(self, cells: list[str], text: str) -> str:
        """Cut a row that is longer by blanks alone; say what is wrong with others."""
        if self.least <= len(cells) <= self.most:
            return ""
        if len(cells) > self.most and not any(map(str.strip, cells[self.most :])):
            del cells[self.most :]
            return ""
        said = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
        reason = f"The row has {said}; the header has {self.most}."
        if text.endswith(("\n", "\r")):
            return reason
        return f"{reason} The file ends here without a line end: it may be cut off."

    def remark_outside(self, line: int) -> None:
        """Say once that there are cells without a column's name above them."""
        if not self.has_outside:
            self.has_outside = True
            self.remarks.append(f"Cells without a column name were left out, first on line {line}.")

    def reject(self, line: int, text: str, reason: str) -> None:
        """Keep a record that is no row, with its text or the beginning of it."""
        text = text.rstrip("\r\n")
        if len(text) > LONGEST_TEXT:
            text = text[:LONGEST_TEXT] + "…"
        self.rejects.append(Reject(line, text, reason))


def picker(places: list[int]) -> Pick:
    """A function that takes these cells of a row, as fast as can be."""
    if places == list(range(len(places))):
        width = len(places)
        return lambda cells: cells[:width]
    if len(places) == 1:
        return lambda cells: [cells[places[0]]]
    take = itemgetter(*places)
    return lambda cells: list(take(cells))
