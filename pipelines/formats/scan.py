"""One fast pass over a file's bytes: is it UTF-8, and how plain is it?

Nothing here loops over lines or characters in Python: a gigabyte takes a second or so.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import FileRefusedError


PIECE = 1 << 20
MARK = codecs.BOM_UTF8
AGAIN = "Save it as CSV (UTF-8) and send it again."
# Longer lines may hold longer cells than a reader takes; twice this always does.
LONG_LINE = 1 << 16
# UTF-8 that was read as Windows-1252 and saved as UTF-8 again: a pound sign becomes two
# characters, a curly quotation mark three.
DAMAGE = re.compile(
    rb"\xc3\x82\xc2[\xa0-\xbf]|\xc3\x83(?:\xc2[\xa0-\xbf]|\xc6\x92)"
    rb"|\xc3\xa2\xe2\x82\xac(?:[\xc2\xc5\xcb][\x80-\xbf]|\xe2[\x80-\xbf]{2})"
)
# Bytes of spaces, delimiters and quotation marks: a line of nothing else may be a blank
# row. Some such lines are none, so a match only says that a file is not plain.
SPACES = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
HOLLOW = re.compile(
    b"\n[" + re.escape(bytes(sorted({*(SPACES + ',;|"\ufeff').encode()}))) + b"]*\n"
)


@dataclass
class Facts:
    """What a pass over a file found; `damage` is its line and text, if any."""

    line_feeds: int = 0
    returns: int = 0
    pairs: int = 0
    has_loose_quote: bool = False
    has_hollow_line: bool = False
    has_long_line: bool = False
    has_mark_inside: bool = False
    is_utf_8: bool = True
    has_wide: bool = False
    is_cut: bool = False
    is_last_line_open: bool = False
    damage: tuple[int, str] | None = None


def scan(path: Path) -> Facts:
    """Facts of a whole file; a NUL byte refuses it. Stops early if it is not UTF-8."""
    facts = Facts()
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    is_first = True
    for piece in whole_lines(path):
        refuse_nul(piece, facts.line_feeds + 1)
        try:
            look_at_characters(piece, facts, decoder, is_first)
        except UnicodeDecodeError:
            facts.is_utf_8 = False
        look_at_lines(piece, facts)
        is_first = False
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        # UTF-8 throughout but for its last bytes: the file was cut within a character.
        facts.is_utf_8 = facts.is_cut = facts.is_utf_8 and facts.has_wide
    return facts


def whole_lines(path: Path) -> Iterator[bytes]:
    """The file's bytes in pieces that end with a line feed, where lines are short."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece if piece.endswith(b"\n") else piece + file.readline(PIECE)


def look_at_characters(
    piece: bytes, facts: Facts, decoder: codecs.IncrementalDecoder, is_first: bool
) -> None:
    """Whether it is UTF-8 so far, and damaged; raises UnicodeDecodeError if it is not.

    Plain ASCII needs no decoding, unless a character is left open from before.
    """
    if not facts.is_utf_8 or (piece.isascii() and not decoder.getstate()[0]):
        return
    facts.has_wide |= not decoder.decode(piece).isascii()
    body = piece.removeprefix(MARK) if is_first else piece
    facts.has_mark_inside |= MARK in body
    found = None if facts.damage else DAMAGE.search(piece)
    if found:
        line = facts.line_feeds + 1 + piece.count(b"\n", 0, found.start())
        facts.damage = line, found.group().decode(errors="replace")


def look_at_lines(piece: bytes, facts: Facts) -> None:
    """Line ends, quotation marks, hollow and long lines of a piece."""
    facts.line_feeds += piece.count(b"\n")
    if b"\r" in piece:
        facts.returns += piece.count(b"\r")
        facts.pairs += piece.count(b"\r\n")
    if b'"' in piece and not facts.has_loose_quote:
        # A space beside a quotation mark: DuckDB drops it, and csv does not.
        facts.has_loose_quote = b' "' in piece or b'" ' in piece
    # Pieces begin where a line does, so a line feed in front changes nothing else.
    first = piece[: piece.find(b"\n") + 1]
    is_hollow = HOLLOW.match(b"\n" + first) or HOLLOW.search(piece)
    facts.has_hollow_line |= is_hollow is not None
    facts.has_long_line |= any(
        piece.find(b"\n", start, start + LONG_LINE) < 0
        for start in range(0, len(piece) - LONG_LINE, LONG_LINE)
    )
    facts.has_long_line |= len(piece) > PIECE + LONG_LINE
    facts.is_last_line_open = not piece.endswith(b"\n")


def refuse_nul(piece: bytes, line: int) -> None:
    """NUL bytes mean UTF-16 without its mark, or no text at all."""
    place = piece.find(b"\x00")
    if place < 0:
        return
    start = max(0, place - 200) & ~1
    nearby = piece[start : start + 400]
    if max(nearby[::2].count(0), nearby[1::2].count(0)) * 3 > len(nearby):
        raise FileRefusedError(
            "This file is UTF-16 without a byte order mark, so its characters cannot "
            f"be read for certain. {AGAIN}"
        )
    line += piece.count(b"\n", 0, place)
    raise FileRefusedError(
        f"This file is not text: there is a NUL character on line {line}. {AGAIN}"
    )
