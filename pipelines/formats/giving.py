"""360Giving grants, JSON and CSV, as rows of awards.

The description is free text and is not read. Columns of ours that the standard has no
field for are read from the extension that `giving_export` writes (`councilFunding` in
JSON, `Council Funding:<column>` in CSV). A file of somebody else has none: its
recipient is then the lead, and what the standard does not say stays blank for the rules
to name.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines.datasets import Dataset
from pipelines.errors import FileRefusedError
from pipelines.formats.giving_export import APART, write_giving
from pipelines.formats.giving_fields import (
    CsvGrant,
    Grant,
    JsonGrant,
    Unfit,
    award,
    plain,
    reported_award,
)
from pipelines.formats.json_text import after, items, members, numbered
from pipelines.formats.reading import Options, Reading, Reject


__all__ = ["is_giving_csv", "is_giving_header", "read_giving", "read_giving_csv", "write_giving"]
NEEDED = {plain(name) for name in ("Identifier", "Amount Awarded", "Award Date")}
RECIPIENT = {plain(f"Recipient Org:{name}") for name in ("Identifier", "Name")}
HEADER_SEARCH = 30
ROWS = {"awards": award, "reported_awards": reported_award}
JSON_PARTS = {"amountAwarded", "awardDate", "recipientOrganization"}


def is_grant(value: Any) -> bool:
    """An object with an id and a part that only a grant has."""
    return isinstance(value, dict) and "id" in value and bool(JSON_PARTS & set(value))


def is_giving(document: Any) -> bool:
    """A package of grants, or an array that holds one."""
    grants = document.get("grants") if isinstance(document, dict) else document
    return isinstance(grants, list) and any(is_grant(each) for each in grants)


def is_giving_header(names: list[str]) -> bool:
    """Whether these are column titles of 360Giving."""
    found = {plain(name) for name in names}
    return found >= NEEDED and bool(RECIPIENT & found)


def read_giving(text: str, document: Any, dataset: Dataset, options: Options) -> Reading:
    """One row per grant of a JSON package or array."""
    found = list(grants_of(text, document))
    lines, remarks = numbered(text, [place for place, _ in found])
    grants = [
        (line, JsonGrant(value) if is_grant(value) else None)
        for line, (_, value) in zip(lines, found, strict=True)
    ]
    return reading_of(iter(grants), dataset, remarks)


def grants_of(text: str, document: Any) -> Iterator[tuple[int, Any]]:
    """Place and value of each grant, those kept apart as incomplete included."""
    start = after(text, 0)
    if isinstance(document, list):
        yield from items(text, start)
        return
    for name, _, place, value in members(text, start):
        if name in ("grants", APART) and isinstance(value, list):
            yield from items(text, place)


def reading_of(
    grants: Iterator[tuple[int, Grant | None]], dataset: Dataset, remarks: list[str]
) -> Reading:
    """Grants as a reading of one dataset."""
    names = [column.column for column in dataset.columns]
    reading = Reading(names, iter(()), remarks=remarks)
    reading.records = records(grants, dataset, reading)
    return reading


def records(
    grants: Iterator[tuple[int, Grant | None]], dataset: Dataset, reading: Reading
) -> Iterator[tuple[int, list[str]]]:
    """Rows; what cannot be one goes to the rejects under its id, never its text."""
    for line, grant in grants:
        if grant is None:
            reason = "The item is no 360Giving grant. Send the grants alone."
            reading.rejects.append(Reject(line, "", reason))
            continue
        try:
            row = ROWS[dataset.name](grant)
        except Unfit as reason:
            reading.rejects.append(Reject(line, grant.said("id")[:60], str(reason)))
            continue
        yield line, [row.get(column, "") for column in reading.columns]


def is_giving_csv(path: Path, dataset: Dataset) -> bool:
    """Whether a text file for a dataset of awards has the standard's titles."""
    if dataset.name not in ROWS:
        return False
    with path.open("rb") as file:
        start = file.read(1_000_000)
    try:
        find_header(start.decode("utf-8-sig", errors="replace"))
    except (FileRefusedError, csv.Error):
        return False
    return True


def read_giving_csv(path: Path, dataset: Dataset, options: Options) -> Reading:
    """One row per grant of a CSV with the standard's titles, wherever they stand."""
    if dataset.name not in ROWS:
        raise FileRefusedError(
            f"This file holds 360Giving grants, which belong to awards, not to {dataset.name}."
        )
    text = csv_text(path.read_bytes())
    delimiter, skipped, header = find_header(text)
    reading = reading_of(iter(()), dataset, [])
    grants = csv_grants(text, delimiter, skipped, header, reading)
    reading.records = records(grants, dataset, reading)
    return reading


def csv_text(content: bytes) -> str:
    """UTF-8, with or without its mark, else Windows-1252."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefusedError("This file's characters are damaged. Save it as CSV (UTF-8).")


def find_header(text: str) -> tuple[str, int, list[str]]:
    """Delimiter, lines above the titles, and the titles."""
    lines = io.StringIO(text, newline="").readlines(1_000_000)[:HEADER_SEARCH]
    for skipped, line in enumerate(lines):
        for delimiter in ",;\t|":
            names = next(csv.reader([line], delimiter=delimiter), [])
            if is_giving_header(names):
                return delimiter, skipped, names
    raise FileRefusedError(
        "This CSV has no 360Giving titles: Identifier, Award Date, Amount Awarded and "
        "Recipient Org:Identifier are missing from its first lines."
    )


def csv_grants(
    text: str, delimiter: str, skipped: int, header: list[str], reading: Reading
) -> Iterator[tuple[int, Grant | None]]:
    """Line and grant of each row of whole length; the others go to the rejects."""
    file = io.StringIO(text, newline="")
    for _ in range(skipped):
        file.readline()
    rows = csv.reader(file, delimiter=delimiter, strict=True)
    next(rows)
    before = rows.line_num
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            cells, reason = [], f"The row cannot be read ({error}). Check its quotes."
        else:
            reason = f"The row has {len(cells)} cells; the header has {len(header)}."
        line, before = skipped + before + 1, rows.line_num
        if cells and not any(cell.strip() for cell in cells):
            continue
        if len(cells) == len(header):
            yield line, CsvGrant(dict(zip(map(plain, header), cells, strict=True)))
        elif cells or reason.startswith("The row cannot"):
            reading.rejects.append(Reject(line, "", reason))
