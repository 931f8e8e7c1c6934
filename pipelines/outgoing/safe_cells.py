"""Cells that a spreadsheet could run as a formula, made harmless on the way out.

The dashboard's downloads do the same (`analytics/ui/safe.py`); the two halves of the
project share no code, and a test holds the two functions to the same answers.
"""

import re
from typing import Any


RUNS = ("=", "+", "-", "@")
BREAKS = ("\t", "\r", "\n")


def neutral(cell: Any) -> Any:
    """Put an apostrophe before text that would run; numbers are left alone."""
    return f"'{cell}" if isinstance(cell, str) and runs(cell) else cell


def restored(cell: Any) -> Any:
    """Take off the apostrophe that `neutral` put on, when a sheet comes back."""
    if isinstance(cell, str) and cell.startswith("'") and runs(cell[1:]):
        return cell[1:]
    return cell


def runs(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula."""
    if re.fullmatch(r"[+-]?\d[\d,]*(\.\d+)?", text):
        return False
    return text.startswith(BREAKS) or text.lstrip().startswith(RUNS)
