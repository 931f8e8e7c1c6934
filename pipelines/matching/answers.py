"""Matches as the matcher makes them: found, refused, agreed between parts of a text."""

from collections.abc import Sequence

from pipelines.matching.index import Council
from pipelines.matching.outcome import LIKELY, NONE, Match


def found(council: Council, certainty: str, how: str, among: Sequence[Council] = ()) -> Match:
    """A match with a council, and others that have the same name."""
    labels = (council.label, *(other.label for other in among))
    return Match(council.gss_code, certainty, how, council.name, labels[:3])


def refused(reason: str, candidates: tuple[str, ...] = ()) -> Match:
    """No match, and why."""
    return Match("", NONE, reason, "", candidates[:3])


def another(body: str, candidates: tuple[str, ...] = ()) -> Match:
    """No match: the name of something else."""
    return refused(f"is {body}, not an English principal council", candidates)


def agreed(matches: Sequence[Match]) -> Match | None:
    """The least sure of matches that all mean one council."""
    codes = {match.gss_code for match in matches}
    if "" in codes or len(codes) != 1:
        return None
    return max(matches, key=lambda match: match.certainty == LIKELY)


def disagreed(reason: str, matches: Sequence[Match]) -> Match:
    """No match, because parts of a text mean different councils, which are named."""
    labels = (match.candidates[0] for match in matches if match.gss_code)
    return refused(reason, tuple(dict.fromkeys(labels)))
