"""Text from data made harmless to what shows it: Markdown and spreadsheets."""

import re
from typing import Any


SPACE = "\u200b"


def plain(text: Any) -> str:
    """Make Streamlit show text as it stands, whatever Markdown it holds."""
    escaped = re.sub(r"([\\`*_\[\]<>$~|])", r"\\\1", str(text))
    escaped = re.sub(r":(?=[a-zA-Z])", r"\\:", escaped)
    return re.sub(r"^(\s*\d*)([#+-]|(?<=\d)[.)])(?=\s)", r"\1\\\2", escaped)


def inert(text: Any) -> str:
    """As `plain`, and an address in it is no link: what a council sent leads nowhere.

    Streamlit makes a link of anything that looks like an address, escaped or not, so
    an unseen space stands where it would begin.
    """
    return re.sub(r"(?<=:)(?=//)|(?i:(?<=www))(?=\.)|(?<=@)", SPACE, plain(text))


def neutral(cell: Any) -> Any:
    """Stop a spreadsheet from running a cell as a formula; numbers are left alone."""
    if not isinstance(cell, str) or _is_number(cell):
        return cell
    starts_badly = cell[:1] in ("\t", "\r", "\n") or cell.lstrip()[:1] in tuple("=+-@")
    return f"'{cell}" if cell and starts_badly else cell


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[+-]?\d[\d,]*(\.\d+)?", text) is not None
