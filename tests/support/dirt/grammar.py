"""What dirt a file has: drawn by hypothesis in the tests and by a dice in the soak.

`Pick` takes a list, simplest first, and gives one of it: so hypothesis shrinks towards
one clean file. What is drawn is few and whole (an encoding, a kind of row); the many
small choices within a row come from its seed, and seed 0 chooses nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


Pick = Callable[[Sequence[Any]], Any]

ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16-le", "utf-16-be")
DELIMITERS = (",", ";", "\t", "|")
LINE_ENDS = ("\n", "\r\n", "\r", "mixed")
QUOTING = ("least", "all", "some")
HEADERS = ("exact", "spaced", "shouted", "padded", "near")
ENDINGS = ("", "", "", "", "open", "blank lines", "total", "source", "both", "cut")
REFUSALS = (
    "empty",
    "header missing",
    "named twice",
    "nul",
    "utf-16 unmarked",
    "gzip",
    "picture",
    "damaged",
    "only hidden",
)
# Kinds of row. Half are clean, so that what is beside the dirt is seen as well.
NEW = ("clean", "clean", "clean", "fancy", "fancy", "fancy", "slip", "slip")
ODD = ("short", "long", "hollow", "blank", "subtotal", "unclosed")
OLD = ("again", "changed", "newer", "older", "withdrawn")


@dataclass(frozen=True)
class RowRecipe:
    """One row to write; `of` says which of the rows before it an old one repeats."""

    kind: str
    seed: int
    of: int = 0


@dataclass(frozen=True)
class Recipe:
    """One file to write."""

    rows: tuple[RowRecipe, ...]
    seed: int = 0
    encoding: str = "utf-8"
    delimiter: str = ","
    line_end: str = "\n"
    quoting: str = "least"
    header: str = "exact"
    preamble: int = 0
    ending: str = ""
    is_shuffled: bool = False
    extra: int = 0
    left_out: bool = False
    has_comma: bool = False
    is_workbook: bool = False
    refusal: str = ""


def draw_file(pick: Pick, most_rows: int = 8) -> Recipe:
    """One file."""
    rows = tuple(draw_row(pick) for _ in range(pick(range(most_rows + 1))))
    no, yes = False, True
    return Recipe(
        rows,
        seed=pick(range(1000)),
        encoding=pick(ENCODINGS),
        delimiter=pick(DELIMITERS),
        line_end=pick(LINE_ENDS),
        quoting=pick(QUOTING),
        header=pick(HEADERS),
        preamble=pick((0, 0, 0, 1, 2, 5, 20)),
        ending=pick(ENDINGS),
        is_shuffled=pick((no, yes)),
        extra=pick((0, 0, 0, 1, 2, 5)),
        left_out=pick((no, no, yes)),
        has_comma=pick((no, no, no, no, yes)),
        is_workbook=pick((no, no, no, no, no, yes)),
        refusal=pick(("",) * 30 + REFUSALS) if rows else "",
    )


def draw_row(pick: Pick) -> RowRecipe:
    """One row: new, of odd shape, or one that was there before."""
    kind = pick(NEW + NEW + ODD + OLD)
    return RowRecipe(kind, pick(range(1000)), pick(range(20)) if kind in OLD else 0)
