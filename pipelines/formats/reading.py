"""What every reader of files gives: named cells, row by row, each with its line.

A reader never guesses what a value means and never drops a row without a word: what
cannot be a row goes to `rejects` with a reason, what was matched or skipped on the way
to the rows goes to `remarks`.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from typing import Any, NamedTuple


class Reject(NamedTuple):
    """A row that could not be read: where it starts, its text, and what to do."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True)
class Options:
    """What the person who hands in a file must say, because the file does not.

    `fill` gives a value by column of the contract, for cells that are blank or columns
    that are missing.
    """

    sheet: str = ""
    council: str = ""
    system: str = ""
    period: str = ""
    assessment: str = ""
    caf_version: str = ""
    has_decimal_comma: bool = False
    fill: dict[str, str] = field(default_factory=dict)

    @property
    def said(self) -> frozenset[str]:
        """Columns that the file need not have."""
        return frozenset(self.fill) | {"gss_code"} if self.council else frozenset(self.fill)

    def given(self) -> dict[str, Any]:
        """Those that were said, by name."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def of(cls, said: dict[str, Any]) -> "Options":
        """Options from their names; one that does not exist raises."""
        unknown = said.keys() - {field.name for field in fields(cls)}
        if unknown:
            raise ValueError(f"Unknown options: {', '.join(sorted(unknown))}.")
        return cls(**said)


@dataclass(frozen=True)
class Plain:
    """A CSV so plain that DuckDB may read it: UTF-8, one row a line, `skipped` lines
    above the header, `lines` line ends in all."""

    delimiter: str
    skipped: int
    header: tuple[str, ...]
    lines: int


@dataclass
class Reading:
    """One file being read.

    `columns` are the contract's columns that the file has; `records` gives the line and
    the cells of each good row in that order, and fills `rejects` as it goes. `plain` is
    set where the engine may read the file itself and get the same rows.
    """

    columns: list[str]
    records: Iterator[tuple[int, list[str]]]
    rejects: list[Reject] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    plain: Plain | None = None
