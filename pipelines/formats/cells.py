"""Cells of a workbook as a CSV of the same table would have them."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter


class Unsaved:
    """A formula whose value was never worked out by a spreadsheet."""


UNSAVED = Unsaved()
# Types whose text has a comma for a point where the sender said so.
NUMBERS = ("integer", "decimal", "money", "percent", "hours")
# A number of more digits before or after the point is no quantity of ours.
LARGEST_EXPONENT = 30


class Number(str):
    """A number as a cell holds it: with a point, whatever its sender writes."""


def cell_text(value: Any, type_of_column: str, has_comma: bool = False) -> str:
    """Text of a value; a moment without a time of day is a date but in timestamps.

    `has_comma` says that numbers written as text have decimal commas: a real number is
    then written so too, or it would be read as a thousand times as much.
    """
    if has_comma and isinstance(value, Number) and type_of_column in NUMBERS:
        return value.replace(".", ",")
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        is_day = value.time() == time.min and type_of_column != "timestamp"
        return (value.date() if is_day else value).isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return length_text(value)
    return ""


def length_text(length: timedelta) -> str:
    """Hours, minutes and seconds of a length of time, such as 26:30:00."""
    seconds = round(abs(length.total_seconds()))
    sign = "-" if length < timedelta(0) and seconds else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def number_text(raw: str) -> str:
    """A stored number with at most 15 digits, as Excel shows it: 0.1 + 0.2 is 0.3."""
    if raw.isdigit():
        return raw
    try:
        number = float(raw)
    except ValueError:
        return raw
    said = format(number, ".15g")
    if "e" in said and abs(Decimal(said).adjusted()) <= LARGEST_EXPONENT:
        said = format(Decimal(said), "f")
    return "0" if said == "-0" else said


def place_text(column: int, line: int) -> str:
    """A cell's place as a spreadsheet names it: column 3 (from 0) of row 7 is D7."""
    return f"{get_column_letter(column + 1)}{line}"
