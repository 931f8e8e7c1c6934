"""Bytes to text: which encoding a file has, and its lines in little memory.

A byte order mark says UTF-8 or UTF-16. Without one the whole file is UTF-8, or else
Windows-1252; what is neither is refused. No more than a few megabytes are held.
"""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.errors import FileRefusedError
from pipelines.formats.scan import AGAIN, Facts, scan, whole_lines


# No table has a line of eight million characters; a file without line ends has.
LONGEST_LINE = 8_000_000
CHUNK = 1 << 20
UTF_8 = "utf-8-sig"
UTF_16 = "utf-16"
WINDOWS = "cp1252"
UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
# UTF-8 within a file of Windows-1252: a pound sign, an accent, a quotation mark.
MIXED = re.compile(rb"\xc2[\xa0-\xbf]|\xc3[\x80-\xbf]|\xe2\x80[\x93-\x9e\xa2\xa6]|\xe2\x82\xac")


@dataclass
class Text:
    """A file of text: how it is encoded, what was odd, and facts of its bytes."""

    path: Path
    encoding: str
    facts: Facts
    remarks: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Physical lines with their ends, as an editor numbers them."""
        errors = "replace" if self.facts.is_cut else "strict"
        with self.path.open(encoding=self.encoding, errors=errors, newline="") as file:
            yield from split_lines(iter(lambda: file.read(CHUNK), ""))


def read_text(path: Path) -> Text:
    """The file's encoding, found from all of its bytes; refuses what is no text."""
    with path.open("rb") as file:
        head = file.read(2)
    if head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        refuse_unless_utf_16(path)
        return Text(path, UTF_16, Facts(is_utf_8=False))
    facts = scan(path)
    if not facts.is_utf_8:
        said = "The file was read as Windows-1252: it is not UTF-8."
        damage = look_at_windows(path)
        return Text(path, WINDOWS, facts, [said, *remark_damage(damage)])
    cut = ["The file breaks off within a character: it may be cut short."]
    remarks = remark_damage(facts.damage) + cut * facts.is_cut
    return Text(path, UTF_8, facts, remarks)


def refuse_unless_utf_16(path: Path) -> None:
    """UTF-16 must decode to its end, and hold no NUL character."""
    try:
        with path.open(encoding=UTF_16, newline="") as file:
            while chunk := file.read(CHUNK):
                if "\x00" in chunk:
                    raise FileRefusedError(
                        f"This file is not text: it holds NUL characters. {AGAIN}"
                    )
    except UnicodeDecodeError as error:
        raise FileRefusedError(
            f"This file's characters are damaged: its UTF-16 breaks off. {AGAIN}"
        ) from error


def look_at_windows(path: Path) -> tuple[int, str] | None:
    """Line and text of the first UTF-8 within Windows-1252, if there is any.

    Windows-1252 leaves five bytes undefined: with one of them a file is refused.
    """
    line, damage = 1, None
    for piece in whole_lines(path):
        if not piece.isascii():
            undefined = UNDEFINED.search(piece)
            if undefined:
                line += piece.count(b"\n", 0, undefined.start())
                raise FileRefusedError(
                    f"This file's characters are damaged: line {line} is neither "
                    f"UTF-8 nor Windows-1252. {AGAIN}"
                )
            found = None if damage else MIXED.search(piece)
            if found:
                at = line + piece.count(b"\n", 0, found.start())
                damage = at, found.group().decode(WINDOWS)
        line += piece.count(b"\n")
    return damage


def remark_damage(damage: tuple[int, str] | None) -> list[str]:
    """A sentence about characters that were read in the wrong encoding."""
    if not damage:
        return []
    line, seen = damage
    return [
        f"Some characters look damaged, such as '{seen}' on line {line}: text was "
        "saved in two encodings. Check names and pound signs."
    ]


def split_lines(chunks: Iterator[str]) -> Iterator[str]:
    """Lines of text that comes in pieces; LF, CRLF and CR each end one.

    Byte order marks are left out: files that were joined have them inside.
    """
    rest = ""
    for chunk in chunks:
        text = rest + chunk
        # A CR at the very end may be the first half of a CRLF.
        cut = max(text.rfind("\n"), text.rfind("\r", 0, -1)) + 1
        rest = text[cut:]
        if len(rest) > LONGEST_LINE:
            raise FileRefusedError(
                f"This file has a line of more than {LONGEST_LINE:,} characters, so it "
                f"is no table. {AGAIN}"
            )
        yield from io.StringIO(text[:cut].replace("\ufeff", ""), newline="")
    yield from io.StringIO(rest.replace("\ufeff", ""), newline="")
