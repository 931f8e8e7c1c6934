"""360Giving in tests: what the standard asks of a grant, and awards read from a file."""

import csv
from pathlib import Path

from pipelines.datasets import dataset
from pipelines.formats.giving import read_giving_csv
from pipelines.formats.json_file import read_json
from pipelines.formats.reading import Options, Reading
from settings import settings


ORGANISATION = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["id", "name"],
        "properties": {
            "id": {"type": "string", "minLength": 1},
            "name": {"type": "string", "minLength": 1},
        },
    },
}
# What version 1.1 of the standard asks of a grant, in our own words.
GRANT = {
    "type": "object",
    "required": [
        "id",
        "title",
        "description",
        "currency",
        "amountAwarded",
        "awardDate",
        "recipientOrganization",
        "fundingOrganization",
    ],
    "properties": {
        "id": {"type": "string", "minLength": 1},
        "title": {"type": "string", "minLength": 1, "maxLength": 140},
        "description": {"type": "string", "minLength": 1},
        "currency": {"enum": ["GBP"]},
        "amountAwarded": {"type": "number"},
        "awardDate": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
        "recipientOrganization": ORGANISATION,
        "fundingOrganization": ORGANISATION,
    },
}


def read(path: Path, name: str = "awards") -> tuple[list[dict], Reading]:
    """Rows by column, with their `line`, and the reading that gave them."""
    reads = read_json if path.suffix == ".json" else read_giving_csv
    reading = reads(path, dataset(name), Options())
    rows = [
        {"line": line, **dict(zip(reading.columns, cells, strict=True))}
        for line, cells in reading.records
    ]
    return rows, reading


def public() -> list[dict]:
    """The public record's awards."""
    path = settings.public / "reported_awards.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
