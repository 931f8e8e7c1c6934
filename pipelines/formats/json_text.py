"""JSON as text: read with care, and every part's line remembered.

Refuses, in one sentence, a file that is too large or too deep, is not UTF-8 or UTF-16,
is not valid JSON, names a thing twice, or holds a number that no machine can keep.
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from pipelines.errors import FileRefusedError


MAX_BYTES = 50_000_000
MAX_DEPTH = 40
AGAIN = "Export it again, or ask the sender for the whole file."
# An unclosed string runs to the end, so that each character is looked at once.
TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\Z)|[\[\]{}]', re.DOTALL)
SPACE = re.compile(r"[ \t\r\n]*")


def read_text(path: Path) -> str:
    """The characters of a JSON file; one too large or not Unicode is refused."""
    if path.stat().st_size > MAX_BYTES:
        raise FileRefusedError(
            f"This JSON file is larger than {MAX_BYTES // 1_000_000} MB. Send it in parts."
        )
    content = path.read_bytes()
    is_utf_16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileRefusedError(
            f"The characters in line {line} of this JSON file are not UTF-8. {AGAIN}"
        ) from error


def parse(text: str) -> Any:
    """The whole document; numbers with a point are `Decimal`, as they were written."""
    if not text.strip():
        raise FileRefusedError("This file is empty. Send the file again.")
    refuse_depth(text)
    try:
        return DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise FileRefusedError(
            f"This file is not valid JSON: line {error.lineno}, column {error.colno} "
            f"({error.msg}). {AGAIN}"
        ) from error


def refuse_depth(text: str) -> None:
    """Parts within parts within parts would use up the machine before they are read."""
    depth = 0
    for found in TOKEN.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found.group(), 0)
        if depth > MAX_DEPTH:
            line = text.count("\n", 0, found.start()) + 1
            raise FileRefusedError(
                f"This JSON file is nested more than {MAX_DEPTH} deep (line {line}), "
                f"which no format that is taken here is. {AGAIN}"
            )


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names differ; of two values for one name, none can be chosen."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise FileRefusedError(
                f"This JSON file gives {name[:40]!r} twice in one place, so nobody can "
                f"tell which counts. {AGAIN}"
            )
        found[name] = value
    return found


def number(text: str) -> int | Decimal:
    """A number as written; one too large for any machine is refused."""
    exponent = text.lower().partition("e")[2].lstrip("+-0")
    if len(text) > 40 or len(exponent) > 2:
        raise FileRefusedError(
            f"This JSON file holds the number {text[:20]}…, which is too long or too "
            f"large to be one. {AGAIN}"
        )
    return Decimal(text) if set(text) & set(".eE") else int(text)


def refuse_constant(name: str) -> NoReturn:
    """NaN and infinity are no JSON and no fact."""
    raise FileRefusedError(f"This JSON file holds {name}, which is no number. {AGAIN}")


DECODER = json.JSONDecoder(
    object_pairs_hook=once, parse_constant=refuse_constant, parse_float=number, parse_int=number
)


def after(text: str, at: int) -> int:
    """The place of the next character that is no space."""
    found = SPACE.match(text, at)
    return found.end() if found else at


def items(text: str, at: int) -> Iterator[tuple[int, Any]]:
    """Place and value of each item of the array that starts at `at`."""
    at = after(text, at + 1)
    while text[at] != "]":
        value, end = DECODER.raw_decode(text, at)
        yield at, value
        at = after(text, end)
        at = after(text, at + 1) if text[at] == "," else at


def members(text: str, at: int) -> Iterator[tuple[str, int, int, Any]]:
    """Name, its place, the value's place and the value, of the object at `at`."""
    at = after(text, at + 1)
    while text[at] != "}":
        name, end = DECODER.raw_decode(text, at)
        place = after(text, after(text, end) + 1)
        value, end = DECODER.raw_decode(text, place)
        yield name, at, place, value
        at = after(text, end)
        at = after(text, at + 1) if text[at] == "," else at


def numbered(text: str, places: list[int]) -> tuple[list[int], list[str]]:
    """The line of each place, and a remark where lines cannot tell records apart.

    `places` ascend. A row is known by its number, so no two may share one: where
    several records stand on one line, all are counted from 1 instead.
    """
    lines, line, before = [], 1, 0
    for place in places:
        line += text.count("\n", before, place)
        before = place
        lines.append(line)
    if len(set(lines)) == len(lines):
        return lines, []
    return list(range(1, len(places) + 1)), [
        "Several records stand on one line of this file: row numbers count the "
        "records from 1 and are not lines."
    ]
