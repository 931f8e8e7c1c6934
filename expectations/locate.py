"""Points at the rows that a suite fails: one query compiled from the same rules.

Great Expectations decides and counts; this only finds the rows. The build compares the
two counts for every rule and stops where they differ. It knows the types of rule that
`phrases` makes and no more: another type raises, it never passes quietly.
"""

from typing import Any

from pipelines.errors import BuildError


def locate(schema: str, table: str, rules: list[Any]) -> str:
    """A select of collection, arrival, source_row, rule_id and value, by fault.

    Most rows break no rule, so those that break one are found before they are
    described.
    """
    found = ",\n    ".join(fault(rule) for rule in rules)
    broken = "\n    or ".join(f"({condition(rule)})" for rule in rules)
    return f"""
        with broken as (
            select * from {schema}.{table} where {broken}
        ),
        tested as (
            select collection, arrival, source_row, list_filter([
                {found}
            ], lambda x: x is not null) as faults
            from broken
        )
        select collection, arrival, source_row,
            fault.rule_id as rule_id, fault.value as value
        from (
            select collection, arrival, source_row, unnest(faults) as fault
            from tested
        )"""


def fault(rule: Any) -> str:
    """The rule's name and the value to show, where the rule fails."""
    name = quoted(rule.meta["rule_id"])
    shown = identifier(rule.meta.get("value", rule.meta["column"]))
    return (
        f"case when {condition(rule)} then "
        f"{{'rule_id': {name}, 'value': cast({shown} as varchar)}} end"
    )


def condition(rule: Any) -> str:
    """SQL that is true where the row fails the rule."""
    fails = failing(rule)
    where = rule.row_condition
    if where is None:
        return fails
    if type(where).__name__ != "NullityCondition" or not where.is_null:
        raise BuildError(f"Rule {rule.meta['rule_id']} has a condition not known here.")
    return f"({fails}) and {identifier(where.column.name)} is null"


def failing(rule: Any) -> str:
    """SQL of the failure for each type of rule that `phrases` makes."""
    column = identifier(rule.column)
    match type(rule).__name__:
        case "ExpectColumnValuesToNotBeNull":
            return f"{column} is null"
        case "ExpectColumnValuesToBeNull":
            return f"{column} is not null"
        case "ExpectColumnValuesToBeInSet":
            return f"{column} not in ({', '.join(map(quoted, rule.value_set))})"
        case "ExpectColumnValuesToMatchRegex":
            return f"not regexp_matches({column}, {quoted(rule.regex)})"
        case "ExpectColumnValuesToBeBetween":
            return outside(column, rule.min_value, rule.max_value)
        case "ExpectColumnValueLengthsToBeBetween":
            return outside(f"length({column})", rule.min_value, rule.max_value)
    raise BuildError(f"Rows of rule type {type(rule).__name__} cannot be located.")


def outside(value: str, low: float | None, high: float | None) -> str:
    """SQL for below the least or above the most."""
    parts = [f"{value} < {low}"] if low is not None else []
    parts += [f"{value} > {high}"] if high is not None else []
    return f"({' or '.join(parts)})"


def quoted(value: Any) -> str:
    """A literal; text from closed lists and our own rules only, never from files."""
    if isinstance(value, bool):
        return str(value).lower()
    return "'" + str(value).replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A column's name in quotation marks."""
    return '"' + name.replace('"', '""') + '"'
