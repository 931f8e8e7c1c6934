"""What a match is, the sentence that people read about it, and rows for a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol


CERTAIN, LIKELY, NONE = "certain", "likely", "none"


@dataclass(frozen=True)
class Match:
    """The council that a text was taken to mean, or none with the nearest ones.

    `gss_code` and `council_name` are blank when `certainty` is "none"; `how` then says
    why. `candidates` are labels such as "Stoke-on-Trent City Council (E06000021)".
    """

    gss_code: str
    certainty: str
    how: str
    council_name: str
    candidates: tuple[str, ...] = ()
    given: str = ""


class Matches(Protocol):
    """Anything that matches one text on one day."""

    def match(self, text: str, day: date | None) -> Match:
        """The match of one text."""


def describe(match: Match) -> str:
    """The sentence shown beside a row: what was read as what, and how."""
    given = f"'{shown(match.given)}'"
    if match.certainty == NONE:
        return f"{refusal(given, match.how)}{nearest(match.candidates)}"
    council = f"{match.council_name} ({match.gss_code})"
    return f"{given} was taken to be {council}, by {match.how}."


def shown(text: str) -> str:
    """A text short enough for a sentence, without line breaks."""
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:77]}..."


def refusal(given: str, how: str) -> str:
    """Why a text has no council."""
    if given == "''":
        return "No council is named."
    return f"{given} {how}." if how else f"No council is called {given}."


def nearest(candidates: tuple[str, ...]) -> str:
    """The nearest councils, as the end of a sentence."""
    return f" Nearest: {'; '.join(candidates)}." if candidates else ""


def matches_for(
    pairs: Iterable[tuple[str, date | None]], matcher: Matches
) -> list[dict[str, str | date | None]]:
    """One row per distinct text and day, in the order first met, to load as a table.

    Columns: given, day, gss_code, certainty, how, council_name and candidates (joined
    by "; ").
    """
    rows: list[dict[str, str | date | None]] = []
    for text, day in dict.fromkeys(pairs):
        match = matcher.match(text, day)
        rows.append(
            {
                "given": text,
                "day": day,
                "gss_code": match.gss_code,
                "certainty": match.certainty,
                "how": match.how,
                "council_name": match.council_name,
                "candidates": "; ".join(match.candidates),
            }
        )
    return rows
