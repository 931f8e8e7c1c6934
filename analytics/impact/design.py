"""How far a comparison can speak of cause: its level, its wording, its confidence.

Levels are those of the Maryland scientific methods scale, as the Magenta Book uses it.
The level is a matter of how councils came to be compared, and no result can raise it;
confidence is how well an estimate of that level stands, from facts that can be counted.
"""

import math
from typing import NamedTuple

from analytics.impact.inference import FEWEST_CLUSTERS


class Level(NamedTuple):
    """One level: what is compared, the words that a figure may use, and a caution."""

    level: int
    name: str
    wording: str
    caution: str

    @property
    def label(self) -> str:
        return f"Level {self.level} of 5 on the Maryland scale: {self.name}."


ALONGSIDE = "changed alongside"
LEVELS = {
    level.level: level
    for level in (
        Level(
            1,
            "the same councils before and after, or funded and other councils once",
            ALONGSIDE,
            "What else happened in those years cannot be told apart from funding.",
        ),
        Level(
            2,
            "funded councils beside others that differed to begin with",
            ALONGSIDE,
            "The two sides may have been going different ways already.",
        ),
        Level(
            3,
            "funded councils beside others like them in what is known",
            "associated with",
            "What is not known of the councils may differ between the sides.",
        ),
        Level(
            4,
            "changes of funded councils against changes of others not funded by then",
            "estimated effect, if trends would have been parallel",
            "Holds only if both sides would have moved alike without funding.",
        ),
        Level(
            5,
            "councils funded by lot",
            "effect",
            "Holds for councils like those among which lots were drawn.",
        ),
    )
}
LOW, MEDIUM, HIGH = "low", "medium", "high"
# Choices, not standards. The first bound divides low from medium, the second medium
# from high.
CLUSTERS = (FEWEST_CLUSTERS, 50)
PRE_TREND = (0.05, 0.2)
ATTRITION = (0.2, 0.05)
COHORT = (5, 10)


class Confidence(NamedTuple):
    """low, medium or high, and a sentence for each fact that it rests on."""

    level: str
    reasons: tuple[str, ...]


def design(level: int) -> Level:
    """One level of the scale, 1 to 5; ValueError for another."""
    if level not in LEVELS:
        raise ValueError(f"level {level} is not one of 1 to 5")
    return LEVELS[level]


def confidence_rubric(
    clusters: int,
    pre_trend_p: float | None,
    attrition: float | None,
    smallest_cohort: int,
    level: int = 4,
) -> Confidence:
    """How much an estimate can bear: the worst of four facts that were counted.

    `clusters` vary apart from each other; `pre_trend_p` is the p-value of no trend
    before funding; `attrition` the share (0 to 1) of councils that drop out of the
    data; `smallest_cohort` the councils in the smallest cohort. A p-value or share
    that is not known (None or NaN) allows medium at best. Designs of level 1 or 2 say
    nothing of cause, so confidence in an effect is low there whatever else holds.
    """
    judged = [
        more(clusters, CLUSTERS, f"{clusters} clusters"),
        trend(pre_trend_p),
        lost(attrition),
        more(smallest_cohort, COHORT, f"Smallest cohort of {smallest_cohort} councils"),
    ]
    if design(level).level <= 2:
        words = f"Design of level {level}, which cannot tell funding from other causes"
        judged.append((LOW, words))
    order = (LOW, MEDIUM, HIGH)
    worst = min((word for word, _ in judged), key=order.index)
    return Confidence(worst, tuple(f"{why}: {word}." for word, why in judged))


def more(count: float, bounds: tuple[int, int], words: str) -> tuple[str, str]:
    """The word for a count of which more is better."""
    if count < bounds[0]:
        return LOW, f"{words}, fewer than {bounds[0]}"
    if count < bounds[1]:
        return MEDIUM, f"{words}, fewer than {bounds[1]}"
    return HIGH, words


def trend(chance: float | None) -> tuple[str, str]:
    """The word for the test of trends before funding."""
    if chance is None or math.isnan(chance):
        return MEDIUM, "Trends before funding not tested"
    words = f"Trends before funding: p = {chance:.2f}"
    if chance < PRE_TREND[0]:
        return LOW, f"{words}, so the sides were already moving apart"
    if chance < PRE_TREND[1]:
        return MEDIUM, f"{words}, which leaves doubt"
    return HIGH, f"{words}, no sign of moving apart"


def lost(share: float | None) -> tuple[str, str]:
    """The word for the share of councils that drop out."""
    if share is None or math.isnan(share):
        return MEDIUM, "Share of councils that drop out not known"
    words = f"{share:.0%} of councils drop out of the data"
    if share > ATTRITION[0]:
        return LOW, words
    return (MEDIUM if share > ATTRITION[1] else HIGH), words
