"""Contracts in plain words: what a clerk is told of types, patterns and limits."""

import re

from pipelines import limits
from pipelines.datasets import Column
from pipelines.limits import TIMES


KINDS = {
    "text": "Text",
    "council": "ONS code of a council: E and eight digits, such as E06000001",
    "integer": "Whole number",
    "decimal": "Number, with a full stop before the decimals",
    "percent": "Percentage, such as 45 or 45%",
    "hours": "Time in hours, such as 20.5 or 2h 30m",
    "money": "Pounds, such as 1250 or 1,250.50",
    "date": "Date, written 2025-03-31 or 31/03/2025",
    "timestamp": "Date and time, written 2025-03-31T14:05:00Z; without Z or an "
    "offset it is taken for London time",
    "boolean": "true or false",
    "list": "One or more values with | between them",
}
OUTCOME = "a letter A to D, a digit, a full stop and a small letter"
PATTERNS = {
    "^[a-z][a-z0-9_]{2,39}$": "3 to 40 small letters, digits or underscores, starting "
    "with a letter",
    r"^[A-D][1-6]\.[a-f]$": f"a CAF outcome: {OUTCOME}",
    "^20[0-9]{2}/[0-9]{2}$": "a financial year: four digits, a slash and two digits",
    "^EV-[A-Z0-9-]+$": "EV- and then capital letters, digits or hyphens",
    "^[A-Z0-9]+$": "capital letters and digits",
}


def label(column: str) -> str:
    """A column's name as a person reads it, such as `Council code`."""
    words = column.removesuffix("_gbp").replace("gss_code", "council_code")
    return words.replace("_", " ").capitalize()


def pattern_words(pattern: str) -> str:
    """A contract's pattern in words; a pattern not known here gives nothing."""
    reference = re.fullmatch(r"\^\[A-Z0-9-\]\{(\d+),(\d+)\}\$", pattern)
    if reference:
        return "{} to {} capital letters, digits or hyphens".format(*reference.groups())
    number = re.fullmatch(r"\^([A-Z])\[0-9\]\{3\}\$", pattern)
    if number:
        return f"{number[1]} and three digits"
    return PATTERNS.get(pattern, "")


def range_words(column: Column) -> str:
    """The least and the most in words, or nothing; for text the greatest length."""
    if column.type == "text":
        return f"at most {column.maximum} characters" if column.maximum else ""
    if column.type in TIMES:
        return limits.limit_words(column)
    parts = [f"at least {column.minimum}" if column.minimum else ""]
    parts.append(f"at most {column.maximum}" if column.maximum else "")
    return " and ".join(part for part in parts if part)


def limit_words(column: Column) -> str:
    """Every limit of a column in words, or nothing."""
    shape = pattern_words(column.pattern)
    if column.pattern and not shape:
        shape = f"shaped like {column.example}"
    parts = [shape, range_words(column)]
    return "; ".join(part for part in parts if part)


def sentence(words: str) -> str:
    """Words with a capital letter in front and a full stop behind."""
    start = words[:1].upper() + words[1:]
    return start if start.endswith((".", "?", "!")) or not start else f"{start}."
