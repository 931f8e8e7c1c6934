"""What an assessment leaves out: systems, outcomes, a lens, or single judgements."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator


# Shares of assessments: A and D only, without a listed system, without some outcomes.
ONLY_COUNCIL = 0.05
NO_SYSTEM = 0.042
NO_OUTCOMES = 0.03
# A few councils leave many outcomes unjudged, most leave next to none.
MANY_UNJUDGED = 0.1
UNJUDGED = {True: 0.07, False: 0.0005}


@dataclass(frozen=True)
class Sent:
    """Systems (row 0 the council) by outcome: whether a row and a level were sent."""

    is_sent: np.ndarray
    is_judged: np.ndarray


def sent(is_whole_council: np.ndarray, most: int, systems: list[int], rng: Generator) -> Sent:
    """Draw what is left out of one assessment of `systems`, of at most `most`."""
    is_sent = np.zeros((most + 1, len(is_whole_council)), dtype=bool)
    is_sent[0] = is_whole_council
    is_sent[systems] = ~is_whole_council
    draws, some = rng.random(3), rng.permutation(len(is_whole_council))
    lost = rng.permutation(np.array(systems, dtype=int))[:1]
    if draws[0] < ONLY_COUNCIL:
        is_sent[1:] = False
    elif draws[1] < NO_SYSTEM / (1 - ONLY_COUNCIL) and len(systems) > 1:
        is_sent[lost] = False
    if draws[2] < NO_OUTCOMES:
        is_sent[:, some[: int(rng.integers(1, 7))]] = False
    unjudged = UNJUDGED[bool(rng.random() < MANY_UNJUDGED)]
    return Sent(is_sent, is_sent & (rng.random(is_sent.shape) >= unjudged))
