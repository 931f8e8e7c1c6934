"""Runs files through the pipeline and says where it and the oracle differ."""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import duckdb

from pipelines.datasets import dataset
from pipelines.formats.reading import Options
from pipelines.ledger import Work
from pipelines.rows import rows
from pipelines.sources import Source
from settings import settings
from tests.support.dirt.book import workbook
from tests.support.dirt.facts import columns
from tests.support.dirt.grammar import Recipe
from tests.support.dirt.meant import Meant
from tests.support.dirt.oracle import ONE_VERSION, Place, Truth, truth
from tests.support.dirt.render import Line, Made, render
from tests.support.dirt.sheet import lay_out


RECEIVED = "2026-11-22T09:00:00+00:00"
Found = dict[str, dict]


def make(name: str, recipes: list[Recipe]) -> list[Made]:
    """The files of these recipes, in order of arrival."""
    earlier: list[Meant] = []
    made = []
    for number, recipe in enumerate(recipes):
        if recipe.refusal == "only hidden":
            recipe = replace(recipe, is_workbook=True)
        elif recipe.refusal:
            recipe = replace(recipe, is_workbook=False)
        if recipe.refusal == "damaged":
            recipe = replace(recipe, encoding="utf-8")
        before = list(earlier)
        sheet = lay_out(name, recipe, number, earlier)
        made.append(workbook(sheet) if recipe.is_workbook else render(sheet))
        if recipe.refusal:
            earlier[:] = before
    return made


def judged(name: str, files: list[Made]) -> Found:
    """What the pipeline made of files: rows, files and quarantine, by their places."""
    from pipelines.judge import judge

    kind = dataset(name)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        sources = []
        for arrival, made in enumerate(files, start=1):
            path = scratch / f"{arrival}.{'xlsx' if made.recipe.is_workbook else 'csv'}"
            path.write_bytes(made.data)
            options = Options(has_decimal_comma=made.recipe.has_comma)
            sources.append(
                Source(
                    "department",
                    kind,
                    path,
                    arrival,
                    path.name,
                    received_at=RECEIVED,
                    options=options,
                )
            )
        work = Work(sources=sources, changed={name})
        with duckdb.connect() as connection:
            judge(connection, work, kind, settings, scratch, lambda step: None)
            return read(connection, name)


def read(connection: Any, name: str) -> Found:
    """The tables of a connection in which files were judged."""
    found: Found = {"accepted": {}, "files": {}, "aside": {}}
    for row in rows(connection, f"select * from accepted.{name}"):
        found["accepted"][row["arrival"], row["source_row"]] = row
    for row in rows(connection, "select * from quality.files"):
        found["files"][row["arrival"]] = row
    for row in rows(connection, "select * from quality.quarantine"):
        place = row["arrival"], row["source_row"]
        found["aside"].setdefault(place, {})[row["rule_id"]] = row
    return found


def differences(name: str, files: list[Made], found: Found) -> dict[int, list[str]]:
    """Where the pipeline and the oracle differ, in words, by arrival."""
    right = truth(name, files)
    said: dict[int, list[str]] = {}
    for arrival, words in [
        *of_values(name, right, found["accepted"]),
        *of_places(right, found),
        *of_files(files, right, found["files"]),
        *of_faults(right, found["aside"]),
    ]:
        said.setdefault(arrival, []).append(words)
    return said


def of_files(files: list[Made], right: Truth, found: dict[int, dict]) -> Iterator[tuple[int, str]]:
    """Files refused or not, and the counts of each."""
    parts = {"accepted": right.counted, "quarantined": right.aside, "superseded": right.superseded}
    for arrival, made in enumerate(files, start=1):
        row = found[arrival]
        if (row["status"] == "refused") != made.is_refused:
            must = "be refused" if made.is_refused else "not be refused"
            yield arrival, f"must {must}: {row['status']}, {row['reason']}"
        if made.is_refused and not row["reason"]:
            yield arrival, "refused without a reason"
        counts = {key: sum(place[0] == arrival for place in part) for key, part in parts.items()}
        counts["rows_in"] = len(made.lines)
        for key, count in counts.items():
            if row[key] != count:
                yield arrival, f"{key} must be {count} and is {row[key]}"


def of_places(right: Truth, found: Found) -> Iterator[tuple[int, str]]:
    """Which lines were accepted, superseded and set aside."""
    current = {place for place, row in found["accepted"].items() if row["is_current"]}
    for what, must, been in (
        ("counted", set(right.counted), current),
        ("superseded", set(right.superseded), set(found["accepted"]) - current),
        ("set aside", set(right.aside), set(found["aside"])),
    ):
        for arrival, line in sorted(must - been):
            yield arrival, f"line {line} must be {what} and is not"
        for arrival, line in sorted(been - must):
            why = [*found["aside"].get((arrival, line), {})]
            yield arrival, f"line {line} is {what} and must not be {why}"


def of_values(name: str, right: Truth, found: dict[Place, dict]) -> Iterator[tuple[int, str]]:
    """Every value of every row accepted."""
    for place, line in {**right.counted, **right.superseded}.items():
        for column in columns(name):
            must = line.values[column]
            been = found.get(place, {column: must})[column]
            if been != must or type(been) is not type(must):
                words = f"{column} must be {must!r} and is {been!r}"
                said = f"the cell says {line.cells.get(column)!r}"
                yield place[0], f"line {place[1]}: {words}; {said}"


def of_faults(right: Truth, found: dict[Place, dict[str, dict]]) -> Iterator[tuple[int, str]]:
    """The rules, values and text of every row set aside."""
    for (arrival, number), line in right.aside.items():
        rules = found.get((arrival, number))
        if not rules:
            continue
        for words in (*of_rules(line, rules), *of_text(line, rules)):
            yield arrival, f"line {number}: {words}"


def of_rules(line: Line, found: dict[str, dict]) -> Iterator[str]:
    """Each rule that was broken on purpose, and no other rule of one column."""
    if line.rules is None:
        return
    for rule, value in line.rules.items():
        if rule not in found:
            yield f"{rule} is not among {sorted(found)}"
        elif rule != ONE_VERSION and found[rule]["value"] != value:
            yield f"{rule} must show {value!r} and shows {found[rule]['value']!r}"
    touched = {rule.partition(".")[0] for rule in line.rules}
    for rule in found.keys() - line.rules.keys():
        if "." in rule and rule.partition(".")[0] not in touched:
            yield f"{rule} was not broken; it shows {found[rule]['value']!r}"


def of_text(line: Line, found: dict[str, dict]) -> Iterator[str]:
    """The row as it is shown to whoever sent it."""
    for row in found.values():
        raw = row["raw_row"]
        if row["rule_id"] == "row.readable":
            if line.text and as_read(raw) != as_read(line.text):
                yield f"the text must be {line.text!r} and is {raw!r}"
        elif line.fate == "row":
            shown = json.loads(raw) if raw else {}
            # Of a workbook only the texts are known as they stand.
            others = shown.keys() - line.cells.keys() if line.text else ()
            for column in (*line.cells, *others):
                must, been = line.cells.get(column, ""), shown.get(column, "")
                if as_read(must) != as_read(been):
                    yield f"{column} must be shown as {must!r} and is {been!r}"


def as_read(text: str) -> str:
    """Text with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def complaint(name: str, files: list[Made], said: dict[int, list[str]]) -> str:
    """The first file that differs: what is wrong, its recipe and its bytes."""
    arrival = min(said, key=lambda one: len(files[one - 1].data))
    made = files[arrival - 1]
    body = "a workbook" if made.recipe.is_workbook else repr(made.data)
    lines = "\n".join(f"  {line}" for line in made.lines)
    words = "\n".join(said[arrival][:8])
    return (
        f"{name}: {len(said)} of {len(files)} files differ. The smallest is file "
        f"{arrival}:\n{words}\n{made.recipe}\n{body}\nWhat the oracle says:\n{lines}"
    )


def check_recipes(name: str, recipes: list[Recipe]) -> str:
    """Nothing, or what is wrong with what the pipeline made of these files."""
    files = make(name, recipes)
    try:
        found = judged(name, files)
    except Exception as error:
        return crash(name, files, error)
    said = differences(name, files, found)
    return complaint(name, files, said) if said else ""


def smallest(name: str, recipes: list[Recipe], tries: int = 60) -> str:
    """What is wrong with as little of these files as can be found in so many tries."""
    wrong = check_recipes(name, recipes)
    for fewer in ([recipe] for recipe in recipes):
        if wrong and len(recipes) > 1 and (found := check_recipes(name, fewer)):
            recipes, wrong = fewer, found
            break
    is_smaller = bool(wrong)
    while is_smaller and tries > 0:
        is_smaller = False
        for less in simpler(recipes):
            tries -= 1
            if tries >= 0 and (found := check_recipes(name, less)):
                recipes, wrong, is_smaller = less, found, True
                break
    return wrong


def simpler(recipes: list[Recipe]) -> Iterator[list[Recipe]]:
    """These files with one file, one row or one kind of dirt less."""
    for place, recipe in enumerate(recipes):
        others = recipes[:place], recipes[place + 1 :]
        if len(recipes) > 1:
            yield [*others[0], *others[1]]
        for n in range(len(recipe.rows)):
            rows = recipe.rows[:n] + recipe.rows[n + 1 :]
            yield [*others[0], replace(recipe, rows=rows), *others[1]]
        for one in fields(Recipe)[1:]:
            if getattr(recipe, one.name) != one.default:
                cleaner: dict[str, Any] = {one.name: one.default}
                less = replace(recipe, **cleaner)
                yield [*others[0], less, *others[1]]


def crash(name: str, files: list[Made], error: Exception) -> str:
    """The first file that stops the pipeline by itself, if one does."""
    for arrival, made in enumerate(files, start=1):
        try:
            judged(name, [made])
        except Exception as alone:
            words = f"stops with {type(alone).__name__}: {alone}"
            return complaint(name, files, {arrival: [words]})
    return f"{name}: these files stop together: {type(error).__name__}: {error}"
