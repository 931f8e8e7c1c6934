"""Wording shared by the suites: each phrase is one Great Expectations rule.

Every rule carries `meta`: `rule_id` (unique), `column` (whose value is shown beside
the message) and nothing that Great Expectations makes up by itself.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from great_expectations import ExpectationSuite
from great_expectations.expectations import (
    ExpectColumnValueLengthsToBeBetween,
    ExpectColumnValuesToBeBetween,
    ExpectColumnValuesToBeInSet,
    ExpectColumnValuesToBeNull,
    ExpectColumnValuesToMatchRegex,
    ExpectColumnValuesToNotBeNull,
)
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.row_conditions import Column as Where

from pipelines.limits import TIMES, limit_words


Lists = Mapping[str, Sequence[str]]
READS = {
    "integer": "a whole number",
    "decimal": "a number",
    "money": "an amount in pounds such as 1250 or 1,250.50",
    "date": "a date such as 2025-03-31 or 31/03/2025",
    "timestamp": "a date and time such as 2025-03-31T14:05:00Z",
    "boolean": "true or false",
    "percent": "a percentage such as 45%",
    "hours": "a time in hours such as 20.5 or 2h 30m",
}


def label(column: str) -> str:
    """A column's name as a person reads it."""
    words = column.removesuffix("_gbp").replace("gss_code", "council_code")
    return words.replace("_", " ").capitalize()


def common(rule: str, column: str, says: str, severity: str) -> dict[str, Any]:
    """What every rule carries besides its own arguments."""
    meta = {"rule_id": rule, "column": column}
    return {"description": says, "severity": severity, "meta": meta}


def required(column: str, typed: bool) -> Expectation:
    """The cell is filled; one that is filled but unreadable has a rule of its own."""
    unread = Where(f"{column}__unread")
    readable: dict[str, Any] = {"row_condition": unread.is_null()} if typed else {}
    says = f"{label(column)} is filled in."
    kept = common(f"{column}.required", column, says, "warning")
    return ExpectColumnValuesToNotBeNull(column=column, **readable, **kept)


def readable(column: str, type: str) -> Expectation:
    """No text is left that could not be read as the column's type."""
    says = f"{label(column)} is {READS[type]}."
    kept = common(f"{column}.readable", f"{column}__unread", says, "warning")
    return ExpectColumnValuesToBeNull(column=f"{column}__unread", **kept)


def one_of(column: str, values: Sequence[str]) -> Expectation:
    """The value is in its closed list."""
    some = ", ".join(str(value) for value in values[:8])
    says = f"{label(column)} is one of: {some}{' …' if len(values) > 8 else ''}."
    kept = common(f"{column}.allowed", column, says, "warning")
    return ExpectColumnValuesToBeInSet(column=column, value_set=list(values), **kept)


def matches(column: str, pattern: str, example: str) -> Expectation:
    """The value has the shape of the example."""
    says = f"{label(column)} looks like {example}."
    kept = common(f"{column}.pattern", column, says, "warning")
    return ExpectColumnValuesToMatchRegex(column=column, regex=pattern, **kept)


def between(column: str, low: float | None, high: float | None) -> Expectation:
    """The number is within its limits."""
    parts = [f"at least {low:g}" if low is not None else ""]
    parts.append(f"at most {high:g}" if high is not None else "")
    says = f"{label(column)} is {' and '.join(part for part in parts if part)}."
    kept = common(f"{column}.between", column, says, "warning")
    return ExpectColumnValuesToBeBetween(column=column, min_value=low, max_value=high, **kept)


def possible(column: Any) -> Expectation:
    """The date is within its limits; staging says so in `<column>__possible`."""
    name = column.column
    says = f"{label(name)} is a date {limit_words(column)}."
    kept = common(f"{name}.possible", name, says, "warning")
    held = f"{name}__possible"
    return ExpectColumnValuesToBeInSet(column=held, value_set=[True], **kept)


def no_longer_than(column: str, most: int) -> Expectation:
    """The text is short enough."""
    says = f"{label(column)} has at most {most} characters."
    kept = common(f"{column}.length", column, says, "warning")
    return ExpectColumnValueLengthsToBeBetween(column=column, max_value=most, **kept)


def true(
    column: str, says: str, shows: str, *, severity: str = "warning", value: str = ""
) -> Expectation:
    """A yes-or-no column of staging holds; `shows` names the column that is shown, and
    `value` the one whose value is, where that is another."""
    kept = common(column, shows, says, severity)
    if value:
        kept["meta"]["value"] = value
    return ExpectColumnValuesToBeInSet(column=column, value_set=[True], **kept)


def council() -> list[Expectation]:
    """The council is known, without doubt, and existed on the row's day."""
    return [
        true(
            "is_council_known",
            "The council code is the ONS code of an English council, now or before.",
            "gss_code",
            value="gss_code_given",
        ),
        certain_council(),
        true("is_council_of_the_day", "The council existed on the date of the row.", "gss_code"),
    ]


def certain_council() -> Expectation:
    """The name given can mean no other council; a likely one is listed."""
    return true(
        "is_council_certain",
        "The council is named by its code or by a name that means no other.",
        "gss_code",
        value="gss_code_given",
        severity="info",
    )


def one_version(key: Sequence[str]) -> Expectation:
    """A file does not give the same key and version twice with differing values."""
    keys = " and ".join(label(name).lower() for name in key)
    says = f"A file gives each {keys} once; a correction has a higher record version."
    return true("is_sole_version", says, key[-1])


def contract(dataset: Any, lists: Lists) -> list[Expectation]:
    """Every rule that a dataset's contract states, in the order of its columns."""
    rules: list[Expectation] = []
    for column in dataset.columns:
        rules += of_column(column, lists)
    if not dataset.is_public and "gss_code" in [c.column for c in dataset.columns]:
        rules += council()
    return [*rules, one_version(dataset.key)]


def of_column(column: Any, lists: Lists) -> list[Expectation]:
    """The rules that one line of a contract states."""
    name, rules = column.column, []
    typed = column.type in READS
    if typed:
        rules.append(readable(name, column.type))
    if column.is_required:
        rules.append(required(name, typed))
    if column.allowed:
        rules.append(one_of(name, lists[column.allowed]))
    if column.pattern:
        rules.append(matches(name, column.pattern, column.example))
    return rules + limits(column)


def limits(column: Any) -> list[Expectation]:
    """The rule of a column's minimum and maximum: a date, a length or a number."""
    if not column.minimum and not column.maximum:
        return []
    if column.type in TIMES:
        return [possible(column)]
    if column.type == "text":
        return [no_longer_than(column.column, int(column.maximum))]
    return [between(column.column, number(column.minimum), number(column.maximum))]


def number(text: str) -> float | None:
    """A limit of a contract, or none."""
    return float(text) if text else None


def named(name: str, rules: Sequence[Expectation]) -> ExpectationSuite:
    """A suite that kept every rule it was given, each under a name of its own.

    Great Expectations drops a rule of a type that it does not know and says so in a
    log alone, and a suite without rules passes any table: both raise here.
    """
    if not rules:
        raise ValueError(f"The suite {name} has no rules and would pass any file.")
    suite = ExpectationSuite(name=name, expectations=list(rules))
    names = {rule.meta["rule_id"] for rule in suite.expectations if rule.meta}
    if len(suite.expectations) != len(rules) or len(names) != len(rules):
        raise ValueError(f"The suite {name} lost or repeated a rule.")
    return suite
