"""The data dictionary: one row per column of a dataset, in words for a clerk."""

from collections.abc import Sequence

from pipelines.datasets import Column, Dataset
from pipelines.outgoing.closed_lists import ClosedLists, Entry, used_by
from pipelines.outgoing.words import KINDS, limit_words, sentence


# Longer lists are named, not repeated in every row that uses them.
SHOWN = 12
BLANKS = "A blank cell means that the value is not known; it is never taken for 0."


def dictionary(dataset: Dataset, lists: ClosedLists) -> list[dict[str, str]]:
    """One row per column, in the contract's order; no cell is blank.

    Keys are Column, Meaning, Kind of value, Must be filled in, Allowed values, Limits
    and Example. A list that the contract names and `lists` lacks raises KeyError.
    """
    return [entry(column, lists) for column in dataset.columns]


def entry(column: Column, lists: ClosedLists) -> dict[str, str]:
    """One column's row."""
    allowed = allowed_words(column, lists) if column.allowed else "Any"
    return {
        "Column": column.column,
        "Meaning": column.definition,
        "Kind of value": KINDS[column.type],
        "Must be filled in": column.required,
        "Allowed values": allowed,
        "Limits": sentence(limit_words(column)) or "None",
        "Example": column.example or "(blank)",
    }


def allowed_words(column: Column, lists: ClosedLists) -> str:
    """Codes with their labels, or where a long list is written out."""
    values = lists[column.allowed]
    if len(values) > SHOWN:
        return f"One of the {len(values)} codes of the closed list {column.allowed}"
    return "; ".join(map(coded, values))


def coded(value: Entry) -> str:
    """A code, and its label where that says more."""
    return value.code if value.code == value.label else f"{value.code} ({value.label})"


def dictionary_markdown(dataset: Dataset, lists: ClosedLists) -> str:
    """The dictionary, then each closed list, as Markdown tables for a page."""
    rows = dictionary(dataset, lists)
    parts = [f"## {dataset.title}", BLANKS, table(list(rows[0]), values_of(rows))]
    for name in used_by(dataset):
        parts += [f"### Closed list {name}", list_table(lists[name])]
    return "\n\n".join(parts) + "\n"


def values_of(rows: list[dict[str, str]]) -> list[Sequence[str]]:
    """Cells of each row; names and examples of columns as code."""
    return [[f"`{row['Column']}`", *list(row.values())[1:]] for row in rows]


def list_table(values: Sequence[Entry]) -> str:
    """One closed list as a table."""
    rows = [[f"`{value.code}`", value.label, value.definition] for value in values]
    return table(["Code", "Label", "Meaning"], rows)


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; a bar within a cell would end it, so it is escaped."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(map(escaped, line)) + " |" for line in lines)


def escaped(cell: str) -> str:
    """A cell that stays one cell."""
    return cell.replace("|", "\\|").replace("\n", " ")
