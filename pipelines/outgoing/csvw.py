"""CSV on the Web metadata for a dataset: what a file of it must look like.

The words and shapes are those of the W3C's Metadata Vocabulary for Tabular Data.
"""

import re
from typing import Any

from pipelines.datasets import Column, Dataset, dataset
from pipelines.limits import TIMES
from pipelines.outgoing.closed_lists import ClosedLists
from pipelines.outgoing.csvw_links import LINKS, beside, foreign_key, is_unique, named, stem
from pipelines.outgoing.dictionary import BLANKS
from pipelines.outgoing.words import label


CONTEXT = "http://www.w3.org/ns/csvw"
# Of any country: the public record names councils outside England, to set them aside.
COUNCIL = "^[ENSW][0-9]{8}$"
PLAIN = {"decimalChar": ".", "groupChar": ","}
BASES: dict[str, dict[str, Any]] = {
    "text": {"base": "string"},
    "list": {"base": "string"},
    "council": {"base": "string", "format": COUNCIL},
    "integer": {"base": "integer", "format": PLAIN},
    "decimal": {"base": "decimal", "format": PLAIN},
    "hours": {"base": "decimal", "format": PLAIN},
    "percent": {"base": "decimal", "format": PLAIN},
    "money": {"base": "decimal", "format": PLAIN},
    "date": {"base": "date", "format": "yyyy-MM-dd"},
    "timestamp": {"base": "datetime", "format": "yyyy-MM-ddTHH:mm:ssXXX"},
    "boolean": {"base": "boolean", "format": "true|false"},
}
RIGHTS = {
    True: "Compiled from published sources; NOTICE names the licence of each kind.",
    False: "The council's own data, sent for the department's use. Not licensed for "
    "reuse or publication.",
}
MARKINGS = {True: "OFFICIAL", False: "OFFICIAL-SENSITIVE"}


def csvw_metadata(kind: Dataset, lists: ClosedLists, url: str) -> dict[str, Any]:
    """Metadata of the CSV at `url`, as an object to be written as JSON.

    A table where the dataset stands alone, else a group of tables that holds those it
    refers to as well, each beside `url` under its dataset's name, as the vocabulary
    demands of a foreign key.
    """
    described = table(kind, lists, url)
    keys = [
        foreign_key(each, beside(url, each.parent))
        for each in LINKS.get(kind.name, [])
        if is_unique(each)
    ]
    if not keys:
        return {"@context": CONTEXT, **described}
    described["tableSchema"]["foreignKeys"] = keys
    parents = dict.fromkeys(key["reference"]["resource"] for key in keys)
    others = [table(dataset(stem(each)), lists, each) for each in parents]
    return {"@context": CONTEXT, "tables": [described, *others]}


def table(kind: Dataset, lists: ClosedLists, url: str) -> dict[str, Any]:
    """One table: who may see it, how the file is written, and its columns."""
    return {
        "url": url,
        "dc:title": kind.title,
        "dc:identifier": kind.name,
        "dc:language": "en-GB",
        "dc:rights": RIGHTS[kind.is_public],
        "dc:accessRights": MARKINGS[kind.is_public],
        "lang": "en",
        "null": "",
        "notes": notes(kind),
        "dialect": {
            "encoding": "utf-8",
            "delimiter": ",",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
            "headerRowCount": 1,
            "skipBlankRows": True,
        },
        "tableSchema": {
            "columns": [described(column, lists) for column in kind.columns],
            "primaryKey": primary_key(kind),
        },
    }


def described(column: Column, lists: ClosedLists) -> dict[str, Any]:
    """One column. Its own name is the first title: validators compare the header."""
    about: dict[str, Any] = {
        "name": column.column,
        "titles": [column.column, label(column.column)],
        "dc:description": column.definition,
        "datatype": datatype(column, lists),
        "required": column.is_required,
    }
    return about | ({"separator": "|"} if column.type == "list" else {})


def datatype(column: Column, lists: ClosedLists) -> dict[str, Any]:
    """Base, format and limits. A closed list becomes a pattern of its codes."""
    about = dict(BASES[column.type])
    if column.allowed:
        codes = "|".join(literal(value.code) for value in lists[column.allowed])
        about["format"] = f"^({codes})$"
    if column.pattern:
        about["format"] = column.pattern
    if column.type == "text":
        return about | ({"maxLength": int(column.maximum)} if column.maximum else {})
    if column.type in TIMES:
        return about | earliest(column)
    limits = {"minimum": column.minimum, "maximum": column.maximum}
    return about | {name: figure(text) for name, text in limits.items() if text}


def earliest(column: Column) -> dict[str, str]:
    """The first day that is possible; the last, the day received, is no fixed date."""
    if not column.minimum:
        return {}
    day = column.minimum
    return {"minimum": day if column.type == "date" else f"{day}T00:00:00Z"}


def literal(code: str) -> str:
    """A code within an ECMAScript pattern, which knows fewer escapes than Python."""
    return re.sub(r"([\\^$.*+?()\[\]{}|/])", r"\\\1", code)


def figure(text: str) -> int | float:
    """A limit as a number of JSON."""
    return float(text) if "." in text else int(text)


def primary_key(kind: Dataset) -> list[str]:
    """What no two rows share; a council dataset keeps each version of a row."""
    return [*kind.key, *([] if kind.is_public else ["record_version"])]


def notes(kind: Dataset) -> list[dict[str, str]]:
    """What a reader must know that the vocabulary has no property for."""
    said = [BLANKS]
    if not kind.is_public:
        said.append("Times without Z or an offset are taken for London time.")
        said.append("A blank record_version is version 1.")
    said += [named(each) for each in LINKS.get(kind.name, []) if not is_unique(each)]
    return [{"dc:description": each} for each in said]
