"""Reads source files and writes our tables, both as plain lists of rows."""

import csv
from pathlib import Path

from pipelines.errors import BuildError


Row = dict[str, str]


def read(*parts: str | Path) -> list[Row]:
    """Rows of a source file, as text and without stray spaces."""
    path = Path(*parts)
    if not path.is_file():
        raise BuildError(
            f"{path.name} is missing: expected it at {path}. "
            "Point --from at the folder that holds data/public and domain."
        )
    # Some publishers begin a file with a byte order mark; utf-8-sig drops it.
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            {column: " ".join((value or "").split()) for column, value in row.items()}
            for row in csv.DictReader(file)
        ]


def write(path: Path, rows: list[Row]) -> int:
    """Write rows with a header and Unix line ends, and count them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)


def boolean(value: bool) -> str:
    """A boolean as our files spell it."""
    return "true" if value else "false"


def whole(value: str) -> str:
    """A number without the decimals that the source adds; blank stays blank."""
    return f"{float(value):.0f}" if value else ""


def rounded(value: str, places: int) -> str:
    """A number to so many places, so that later copies compare equal."""
    return f"{float(value):.{places}f}" if value else ""
