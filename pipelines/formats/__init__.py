"""Readers of files: whatever a council sends becomes rows with their lines.

Which reader a file gets depends on what is in it and never on how it is named.
"""

from pathlib import Path

from pipelines.datasets import Dataset, partly_told
from pipelines.errors import FileRefusedError
from pipelines.formats.magic import kind_of
from pipelines.formats.reading import Options, Reading


MAX_BYTES = 4_000_000_000
SAID = {
    "workbook": ("an Excel workbook", (".xlsx", ".xlsm")),
    "json": ("JSON", (".json",)),
    "text": ("CSV", (".csv", ".txt", ".tsv", ".tab", ".psv")),
}


def open_file(path: Path, dataset: Dataset, options: Options, name: str = "") -> Reading:
    """Rows of a file of any kind; refuses, in a sentence, one that has none to give.

    `name` is what the sender called it, if `path` does not say so.
    """
    if path.stat().st_size > MAX_BYTES:
        raise FileRefusedError(
            f"This file is larger than {MAX_BYTES / 1e9:g} GB. Send it in parts, each "
            "with the header."
        )
    dataset = partly_told(dataset, options.said)
    kind = kind_of(path)
    reading = read(kind, path, dataset, options)
    what, endings = SAID[kind]
    ending = Path(name or path.name).suffix.lower()
    if ending and ending not in endings:
        reading.remarks.insert(0, f"The file was read as {what}, not as {ending}.")
    return reading


def read(kind: str, path: Path, dataset: Dataset, options: Options) -> Reading:
    """Rows of a file of a known kind; only that kind's reader is imported."""
    if kind == "workbook":
        from pipelines.formats.workbook import read_workbook

        return read_workbook(path, dataset, options)
    if kind == "json":
        from pipelines.formats.json_file import read_json

        return read_json(path, dataset, options)
    from pipelines.formats.giving import is_giving_csv, read_giving_csv

    if is_giving_csv(path, dataset):
        return read_giving_csv(path, dataset, options)
    from pipelines.formats.csv_file import read_csv_file

    return read_csv_file(path, dataset, options)
