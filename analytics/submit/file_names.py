"""Names and words that people type, made harmless to a file system and a command."""

import re
import unicodedata


LONGEST_NAME, LONGEST_WORDS = 100, 300


def safe_name(name: str) -> str:
    """The last part of a name, with nothing in it that a file system could obey.

    Letters, digits, spaces and a few marks stay; the ending stays, so that the reader
    still knows a workbook. Empty names become `file`.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = re.sub(r"[^\w .()+&,'-]", "_", last).strip(" .-")
    stem, dot, ending = kept.rpartition(".")
    if not dot:
        return kept[:LONGEST_NAME] or "file"
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"[-LONGEST_NAME:]


def one_line(text: str) -> str:
    """Text without control characters, at most 300 characters long."""
    shown = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(shown.split())[:LONGEST_WORDS]
