"""The four rules by which a control chart tells a signal from noise, in words."""

import numpy as np


BEYOND = "beyond a limit"
ONE_SIDE = "7 on one side"
MOVING = "7 rising or falling"
NEAR = "2 of 3 beyond two thirds"
RULES = (BEYOND, ONE_SIDE, MOVING, NEAR)
RUN = 7
# Differences this small, beside the numbers they come from, are rounding.
ROUNDING = 1e-12


def rules_fired(
    values: np.ndarray, centre: float, reach: np.ndarray
) -> tuple[tuple[str, ...], ...]:
    """The rules that each point is part of, in the order of RULES; none for unknown.

    `reach` is the distance from the centre to a limit, per point, before a limit is cut
    off at 0. Every point of a run is marked, not only the one that completes it. A gap
    (NaN) breaks runs; a point on the centre is on neither side and breaks them too. The
    two of three lie on one side; a point beyond the limit is beyond two thirds as well.
    """
    off = values - centre
    off[np.abs(off) <= ROUNDING * (abs(centre) + np.abs(values))] = 0
    found = {
        BEYOND: np.abs(off) > reach * (1 + ROUNDING),
        ONE_SIDE: long_runs(off > 0, RUN) | long_runs(off < 0, RUN),
        MOVING: moving(values, +1) | moving(values, -1),
        NEAR: two_of_three(off, reach) | two_of_three(-off, reach),
    }
    return tuple(tuple(rule for rule in RULES if found[rule][at]) for at in range(len(values)))


def long_runs(holds: np.ndarray, length: int) -> np.ndarray:
    """Places that are part of at least so many in a row."""
    marked = np.zeros(len(holds), dtype=bool)
    for start in range(len(holds) - length + 1):
        if holds[start : start + length].all():
            marked[start : start + length] = True
    return marked


def moving(values: np.ndarray, direction: int) -> np.ndarray:
    """Points of seven that each go further than the last: six steps, both ends."""
    steps = long_runs(np.diff(values) * direction > 0, RUN - 1)
    marked = np.zeros(len(values), dtype=bool)
    marked[:-1] |= steps
    marked[1:] |= steps
    return marked


def two_of_three(off: np.ndarray, reach: np.ndarray) -> np.ndarray:
    """Points above two thirds of the way to the limit, two in three known ones."""
    far = off > reach * 2 / 3
    marked = np.zeros(len(off), dtype=bool)
    for start in range(len(off) - 2):
        window = slice(start, start + 3)
        if far[window].sum() >= 2 and not np.isnan(off[window]).any():
            marked[window] |= far[window]
    return marked
