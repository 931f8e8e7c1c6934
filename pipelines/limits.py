"""Limits of dates: the SQL that says whether a typed date is a possible one.

A contract's `minimum` and `maximum` of a date or timestamp column is a day, such as
2000-01-01, or the word `received`: the day on which the file arrived, which staging
holds as `received_day`. Days are London days; timestamps are UTC.
"""

from datetime import date

from pipelines.datasets import Column


TIMES = ("date", "timestamp")
RECEIVED = "received"


def possible(column: Column) -> str | None:
    """SQL that is true where a typed date is blank or within its limits.

    It belongs where the column is typed and `received_day` stands beside it. Nothing
    for a column without limits or of another type. A limit that is neither a day nor
    `received` raises ValueError.
    """
    if column.type not in TIMES or not (column.minimum or column.maximum):
        return None
    parts = [low(column)] if column.minimum else []
    parts += [high(column)] if column.maximum else []
    return f"coalesce({' and '.join(parts)}, true)"


def low(column: Column) -> str:
    """SQL for not before the least day."""
    name, day = f'"{column.column}"', limit_day(column.minimum)
    if column.type == "date":
        return f"{name} >= {day}"
    return f"{name} >= {midnight(day)}"


def high(column: Column) -> str:
    """SQL for not after the last day, all of which is allowed.

    What is before midnight UTC is no later in London than one o'clock of that day, so
    most timestamps need no conversion, which costs ten times as much.
    """
    name, day = f'"{column.column}"', limit_day(column.maximum)
    if column.type == "date":
        return f"{name} <= {day}"
    return f"({name} < {day} or {name} < {midnight(f'{day} + 1')})"


def midnight(day: str) -> str:
    """SQL for the UTC moment at which a London day begins."""
    return f"timezone('UTC', timezone('Europe/London', cast({day} as timestamp)))"


def limit_day(limit: str) -> str:
    """SQL for the day of a limit."""
    if limit == RECEIVED:
        return "received_day"
    return f"date '{date.fromisoformat(limit).isoformat()}'"


def limit_words(column: Column) -> str:
    """Both limits as a person reads them, such as `from 2000 to the day that ...`."""
    low = f"from {day_words(column.minimum)}" if column.minimum else ""
    high = f"to {day_words(column.maximum)}" if column.maximum else ""
    return " ".join(part for part in (low, high) if part)


def day_words(limit: str) -> str:
    """One limit in words; the first of January is its year."""
    if limit == RECEIVED:
        return "the day that the file was received"
    return limit.removesuffix("-01-01")
