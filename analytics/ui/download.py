"""Files to take away: the marking and the facts first, then the table."""

import csv as writer
import io
import re
from typing import NamedTuple

import pandas as pd

from analytics.reading.indicators import Indicator
from analytics.ui.safe import neutral
from analytics.words import labels
from analytics.words.marking import INVENTED, marking


class Facts(NamedTuple):
    """What a reader of the file has to know before the numbers."""

    title: str
    period: str
    coverage: str
    source: str
    collection: str


def csv(data: pd.DataFrame, facts: Facts, about: Indicator | None = None) -> bytes:
    """Write the table as CSV under lines that say what it is and how it is marked.

    It starts with a byte order mark, without which Excel spoils the pound sign.
    """
    rows = labels.for_files(data, about)
    text = io.StringIO()
    lines = writer.writer(text, lineterminator="\r\n")
    lines.writerows([neutral(cell) for cell in line] for line in _header(facts, about))
    lines.writerow([])
    lines.writerow([neutral(name) for name in rows.columns])
    lines.writerows([neutral(cell) for cell in row] for row in rows.to_numpy().tolist())
    return text.getvalue().encode("utf-8-sig")


def file_name(facts: Facts) -> str:
    """Name the file after the figure, with what it is in front."""
    words = re.sub(r"[^a-z0-9]+", "-", facts.title.lower()).strip("-")[:60]
    return f"{facts.collection.replace('_', '-')}-{words}.csv"


def _header(facts: Facts, about: Indicator | None) -> list[list[str]]:
    lines = [[marking(facts.collection)]]
    if facts.collection == "demonstration":
        lines.append([INVENTED])
    lines += [
        ["Title", facts.title],
        ["Period", facts.period],
        ["Coverage", facts.coverage],
        ["Source", facts.source],
    ]
    if about is not None:
        lines += [["Definition", about.definition], ["Beware", about.caveat]]
    lines.append(["Shorthand", labels.SHORTHAND])
    return [line for line in lines if line[-1]]
