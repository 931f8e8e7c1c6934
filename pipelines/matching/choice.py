"""One council among those that a name could mean: by kind, then by the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.matching.index import Council
from pipelines.matching.kinds import CONTRADICTS, UNUSUAL, Kinds, fit
from pipelines.matching.outcome import CERTAIN, LIKELY


@dataclass(frozen=True)
class Choice:
    """The council chosen and how surely, or why none was, with those it was among."""

    council: Council | None
    certainty: str
    reason: str
    among: tuple[Council, ...]
    is_unusual: bool = False


def choose(holders: Sequence[Council], kinds: Kinds, day: date | None, certainty: str) -> Choice:
    """Choose between the holders of a name; the day decides only between several.

    `certainty` is what the name itself deserves; an unusual kind makes it likely.
    """
    fits = [fit(kinds, each.kinds, each.council_type) for each in holders]
    best = max(fits)
    among = tuple(holders)
    if best == CONTRADICTS:
        reason = "names a kind of council that the place does not have"
        return Choice(None, "", reason, among)
    left = [each for each, how in zip(holders, fits, strict=True) if how == best]
    if len(left) > 1 and day:
        left = [each for each in left if each.existed(day)]
    if len(left) != 1:
        return Choice(None, "", "could be more than one council", among)
    sure = CERTAIN if certainty == CERTAIN and best > UNUSUAL else LIKELY
    return Choice(left[0], sure, "", among, is_unusual=best == UNUSUAL)
