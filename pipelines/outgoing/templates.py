"""Templates: an empty file of a dataset, as CSV or as a workbook to fill in.

The workbook's example stands on a sheet of its own, on its side (one line per column):
it cannot be sent in by accident, and no second sheet has the dataset's header, by which
the reader finds the rows.
"""

import csv
import io
from pathlib import Path

from pipelines.datasets import Column, Dataset
from pipelines.outgoing.closed_lists import ClosedLists, used_by
from pipelines.outgoing.cover import cover
from pipelines.outgoing.dictionary import BLANKS, dictionary
from pipelines.outgoing.fill_in import fill_in_sheet
from pipelines.outgoing.sheets import Book, Table


COLUMNS, EXAMPLE, LISTS, COVER = "Columns", "Example", "Closed lists", "About this file"


def template_csv(dataset: Dataset) -> str:
    """The header and one example row, as the text of a CSV file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.column for column in dataset.columns])
    writer.writerow([column.example for column in dataset.columns])
    return text.getvalue()


def template_workbook(dataset: Dataset, lists: ClosedLists, path: Path) -> None:
    """Write the workbook: rows to fill in, columns, example, closed lists, about it.

    The sheet to fill in is the first, so that `Save as CSV` saves that one.
    """
    marking = "OFFICIAL" if dataset.is_public else "OFFICIAL-SENSITIVE once filled in"
    with Book(path, f"Template: {dataset.title}", marking) as book:
        places = list_places(dataset, lists)
        fill_in_sheet(book, dataset, places, LISTS)
        book.table(columns_table(dataset, lists))
        book.table(example_table(dataset, lists))
        if places:
            book.table(lists_table(dataset, lists))
        book.prose(COVER, cover(dataset, marking))


def columns_table(dataset: Dataset, lists: ClosedLists) -> Table:
    """The data dictionary."""
    rows = dictionary(dataset, lists)
    return Table(
        COLUMNS,
        f"{dataset.title}: what each column means",
        [BLANKS],
        f"{dataset.name}_columns",
        list(rows[0]),
        [list(row.values()) for row in rows],
        (26, 50, 34, 12, 50, 34, 28),
    )


def example_table(dataset: Dataset, lists: ClosedLists) -> Table:
    """One whole row that passes every rule, a line per column."""
    rows = [
        (column.column, column.example or "(blank)", meaning(column, lists))
        for column in dataset.columns
    ]
    above = ["One row, turned on its side: each line is a cell. Invented; do not send."]
    return Table(
        EXAMPLE,
        f"{dataset.title}: an example",
        above,
        f"{dataset.name}_example",
        ("Column", "What is written", "What it says"),
        rows,
        (28, 40, 60),
    )


def meaning(column: Column, lists: ClosedLists) -> str:
    """The label of an example's code, or what its column is for."""
    values = {value.code: value.label for value in lists.get(column.allowed, ())}
    return values.get(column.example) or column.definition


def list_places(dataset: Dataset, lists: ClosedLists) -> dict[str, tuple[int, int]]:
    """First and last row (from 1) of each list on its sheet, under title and header."""
    places, row = {}, 4
    for name in used_by(dataset):
        places[name] = (row, row + len(lists[name]) - 1)
        row += len(lists[name])
    return places


def lists_table(dataset: Dataset, lists: ClosedLists) -> Table:
    """Every value of every list that the dataset uses."""
    rows = [(name, *value) for name in used_by(dataset) for value in lists[name]]
    return Table(
        LISTS,
        f"{dataset.title}: the values that columns may hold",
        ["Write the code; the label and the meaning are for reading."],
        f"{dataset.name}_closed_lists",
        ("List", "Code", "Label", "Meaning"),
        rows,
        (26, 36, 36, 80),
    )
