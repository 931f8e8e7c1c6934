"""The reference tables as look-ups: codes, names, other bodies, words of names."""

import csv
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipelines.errors import BuildError
from pipelines.matching.kinds import Kinds, Words, forms, spelled_out
from pipelines.matching.words import joined, words


TABLES = ("councils", "council_aliases", "council_name_variants", "other_bodies")
Row = dict[str, str]


@dataclass
class Council:
    """A council: what is needed to tell it from others."""

    gss_code: str
    name: str
    council_type: str
    started_on: date
    ended_on: date
    kinds: Kinds = frozenset()

    @property
    def label(self) -> str:
        return f"{self.name} ({self.gss_code})"

    def existed(self, day: date) -> bool:
        """Whether there was such a council on a day."""
        return self.started_on <= day <= self.ended_on


@dataclass
class Index:
    """Look-ups by code and by the joined words of a name.

    `names` has every name and what is left of it without words for a kind; `ways` says
    how a whole name is known. `stems` are the shortest forms, with their words.
    """

    councils: dict[str, Council] = field(default_factory=dict)
    codes: dict[str, tuple[str, str]] = field(default_factory=dict)
    word_codes: set[str] = field(default_factory=set)
    names: dict[str, list[str]] = field(default_factory=dict)
    ways: dict[tuple[str, str], str] = field(default_factory=dict)
    shortened: dict[str, list[str]] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    body_words: list[tuple[Words, str]] = field(default_factory=list)
    kind_words: dict[str, str] = field(default_factory=dict)
    place_words: dict[str, Words] = field(default_factory=dict)
    stems: dict[str, Words] = field(default_factory=dict)
    vocabulary: set[str] = field(default_factory=set)

    def written_out(self, text: str) -> Words:
        """The words of a text, with the abbreviations of kinds written out."""
        return spelled_out(words(text), self.kind_words)


def read_index(folder: Path) -> Index:
    """The look-ups of a reference folder. Refuses when a table is missing."""
    tables = {name: read(folder / f"{name}.csv") for name in TABLES}
    index = Index()
    add_variants(index, tables["council_name_variants"])
    add_bodies(index, tables["other_bodies"])
    for row in tables["councils"]:
        add_council(index, row)
    for row in tables["council_aliases"]:
        add_alias(index, row)
    for row in tables["council_name_variants"]:
        if row["variant_kind"] == "name":
            add_name(index, row["variant"], row["gss_code"], "known name")
    return index


def read(path: Path) -> list[Row]:
    """Rows of one table."""
    if not path.exists():
        raise BuildError(
            f"Reference table {path.name} is missing, so councils cannot be matched. "
            "Restore it from the repository."
        )
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def add_variants(index: Index, rows: list[Row]) -> None:
    """Abbreviations of kinds and places, and shortened names."""
    for row in rows:
        key = joined(words(row["variant"]))
        if row["variant_kind"] == "kind_word":
            index.kind_words[key] = row["meaning"]
        if row["variant_kind"] == "place_word":
            index.place_words[key] = words(row["meaning"])
        if row["variant_kind"] == "short":
            index.shortened.setdefault(key, []).append(row["gss_code"])
        if row["variant_kind"] == "word_code":
            index.word_codes.add(row["variant"])


def add_bodies(index: Index, rows: list[Row]) -> None:
    """Names, and words in names, of what is no English principal council."""
    for row in rows:
        if row["matched_on"] == "name":
            name = words(row["name"])
            index.bodies[joined(name)] = row["body"]
            add_stem(index, name)
        else:
            index.body_words.append((words(row["name"]), row["body"]))


def add_council(index: Index, row: Row) -> None:
    """A council with its own codes and names."""
    code = row["gss_code"]
    index.councils[code] = Council(
        code,
        row["council_name"],
        row["council_type"],
        date.fromisoformat(row["started_on"]) if row["started_on"] else date.min,
        date.fromisoformat(row["ended_on"]) if row["ended_on"] else date.max,
    )
    index.codes[code] = (code, "ONS code")
    index.codes[row["council_code"]] = (code, "three-letter code")
    add_name(index, row["council_name"], code, "official name")
    add_name(index, row["short_name"], code, "short name")


ALIAS_CODES = {
    "gss_code": "older ONS code",
    "council_code": "three-letter code",
    "mhclg_code": "MHCLG code",
}


def add_alias(index: Index, row: Row) -> None:
    """Another code or name of a council."""
    if row["alias_kind"] in ALIAS_CODES:
        found = (row["gss_code"], ALIAS_CODES[row["alias_kind"]])
        index.codes.setdefault(row["alias"].upper(), found)
    else:
        add_name(index, row["alias"], row["gss_code"], "known name")


def add_name(index: Index, text: str, code: str, way: str) -> None:
    """A name and its shorter forms, unless they are another body's or shared."""
    name = index.written_out(text)
    for left, kinds in forms(name, index.kind_words):
        key = joined(left)
        if left != name and (key in index.bodies or key in index.shortened):
            continue
        holders = index.names.setdefault(key, [])
        if code not in holders:
            holders.append(code)
        if left == name and way:
            index.ways.setdefault((key, code), way)
        index.councils[code].kinds |= kinds
        stem = left
    add_stem(index, stem)


def add_stem(index: Index, name: Words) -> None:
    """The shortest form of a name, for typing errors, and its words."""
    index.stems[joined(name)] = name
    index.vocabulary.update(name)
