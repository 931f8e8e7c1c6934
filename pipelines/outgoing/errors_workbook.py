"""The workbook that goes back to a council: what happened, errors, rows to mend.

The rows set aside stand in the shape of the contract behind two columns of ours, Line
and Why, which the reader passes over: the council mends them there and sends the
workbook back.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipelines.datasets import Dataset, dataset
from pipelines.outgoing.sheets import Book, Table
from settings import settings


SET_ASIDE = "set aside"
ERRORS, MEND = "Errors", "Rows to mend"
OURS = ("Line", "Why")
# Rows of a sheet. A file with more faults than anyone mends by hand has one cause; the
# list of errors as CSV has them all.
MOST = 10_000
Row = Mapping[str, Any]


def write_workbook(rows: Sequence[Row], columns: Sequence[str], facts: Row, path: Path) -> None:
    """Write it; `columns` are the keys of `rows` that the sheet of errors shows."""
    kind = dataset(facts["dataset"])
    marking = "OFFICIAL" if kind.is_public else "OFFICIAL-SENSITIVE"
    every = by_line([row for row in rows if row["What happened"] == SET_ASIDE])
    aside = dict(list(every.items())[:MOST])
    with Book(path, f"Errors found in {facts['source_file']}", marking) as book:
        book.prose("What happened", cover(facts, kind, marking, len(aside), len(rows)))
        if rows:
            book.table(errors_table(rows[:MOST], columns))
        if aside:
            book.table(mend_table(aside, kind))


def by_line(rows: Sequence[Row]) -> dict[Any, list[Row]]:
    """Faults of each row set aside, by its line."""
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(row["Line"], []).append(row)
    return found


def errors_table(rows: Sequence[Row], columns: Sequence[str]) -> Table:
    """One line per fault."""
    above = [
        "One line per fault; a row may have several. A blank value was a blank cell.",
        "An apostrophe before a value that begins with =, +, - or @ is ours: it keeps "
        "the value from running as a formula.",
    ]
    cells = [[row[name] for name in columns] for row in rows]
    widths = (30, 8, 26, 34, 50, 60, 22, 28)
    return Table(ERRORS, "Errors found", above, "errors", columns, cells, widths)


def mend_table(aside: Mapping[Any, Sequence[Row]], kind: Dataset) -> Table:
    """The rows set aside, as received, with what is wrong in front."""
    names = [column.column for column in kind.columns]
    cells = [
        [line, why(faults), *(faults[0]["Cells"].get(name, "") for name in names)]
        for line, faults in aside.items()
    ]
    above = [
        "Mend the cells and send this workbook back. Line and Why are ours and are "
        "passed over; leave the header as it is.",
        "A blank cell was blank in the file that was sent.",
    ]
    return Table(
        MEND,
        f"{kind.title}: rows set aside",
        above,
        "rows_to_mend",
        (*OURS, *names),
        cells,
        (8, 60, *(max(14, len(name) + 4) for name in names)),
    )


def why(faults: Sequence[Row]) -> str:
    """What is wrong with one row, and the row itself where it was no row."""
    said = list(dict.fromkeys(sentence(fault) for fault in faults))
    if not faults[0]["Cells"] and faults[0]["Value received"]:
        said.append(f"The row as received: {faults[0]['Value received']}")
    return " ".join(said)


def sentence(fault: Row) -> str:
    """One fault: the column and what to write."""
    return f"{fault['Column']}: {fault['How to mend it']}"


def cover(facts: Row, kind: Dataset, marking: str, listed: int, faults: int) -> list[str]:
    """What came in, what became of it, what to do next and whom to ask."""
    return [
        "What happened to the file",
        f"Marking: {marking}.",
        f"File: {facts['source_file']}",
        f"Kind of data: {kind.title}",
        f"Received: {facts.get('received_at') or 'not recorded'}",
        "# Every row accounted for",
        "{rows_in:,} rows came in = {accepted:,} accepted + {quarantined:,} set aside "
        "+ {superseded:,} superseded.".format(**facts),
        "Set aside: kept and not counted until it is mended. Superseded: a later "
        "version of the row counts instead.",
        "# What to do next",
        *next_steps(facts, listed, faults),
        "# Whom to ask",
        f"Ask {settings.contact}.",
    ]


def next_steps(facts: Row, listed: int, faults: int) -> list[str]:
    """What the council has to do, by what became of the file."""
    if facts["status"] == "refused":
        return [
            f"The file could not be read: {facts['reason']}",
            "Mend the file and send the whole of it again.",
        ]
    steps = []
    if facts["status"] == "repeated":
        steps.append(f"{facts['reason']} Nothing has to be done.")
    if listed:
        steps += [
            f"Mend the rows on the sheet {MEND}: its column Why says what to write. "
            "Send the workbook back.",
            "Or mend your own file and send the whole of it again; rows that did not "
            "change are not counted twice.",
        ]
    if listed < facts["quarantined"]:
        steps.append(
            f"This workbook lists {listed:,} of the {facts['quarantined']:,} rows set "
            "aside. The list of errors as CSV has more; most of the others may have "
            "the same cause."
        )
    if faults and not listed:
        steps.append(f"Read the sheet {ERRORS}; its rows were accepted with a note.")
    return steps or ["Nothing has to be done: every row was accepted."]
