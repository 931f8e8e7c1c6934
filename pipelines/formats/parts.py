"""Parts of a JSON document of any shape, as text for a cell: wrong shapes are blank."""

import csv
import re
from decimal import Decimal
from functools import cache
from typing import Any

from settings import settings


CONTROL = re.compile(r"[\x00-\x1f\x7f]|[\ud800-\udfff]")


def part(value: Any, *names: str) -> Any:
    """The part of nested objects under these names; none where it is not there."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def group(value: Any, *names: str) -> dict[str, Any]:
    """Such a part where it is an object; else an empty one."""
    found = part(value, *names)
    return found if isinstance(found, dict) else {}


def several(value: Any) -> list[Any]:
    """A list as it is, one value as a list of it, none as an empty one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def cell(value: Any, limit: int = 4000) -> str:
    """Text of one value: no list or object, no control character, no essay."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if not isinstance(value, (str, int)):
        return ""
    return CONTROL.sub(" ", str(value)).strip()[:limit]


def whole(value: Any) -> int | None:
    """A whole number, given as one or as its digits."""
    text = cell(value)
    is_whole = text.isascii() and text.isdigit() and not isinstance(value, bool)
    return int(text) if is_whole else None


@cache
def codes(name: str) -> tuple[str, ...]:
    """Codes of a closed list of `data/reference/lists`, in its order."""
    return tuple(row["code"] for row in rows(f"lists/{name}"))


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Rows of a table of `data/reference`."""
    path = settings.reference / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
