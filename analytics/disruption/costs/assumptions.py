"""What costs that nobody reported might be: arithmetic on assumptions, no result."""

from typing import NamedTuple


class Assumed(NamedTuple):
    """What a scenario assumes: incidents without a cost, the share of them that cost
    anything (percent), and what one of those costs: low, central and high."""

    incidents: float
    share: float
    low: float
    central: float
    high: float


def scenario(assumed: Assumed) -> tuple[float, float, float]:
    """What incidents without a reported cost might add: low, central, high, in pounds.

    Incidents x share x cost of one.
    ValueError where the share is no percentage or the costs are not in order.
    """
    if not 0 <= assumed.share <= 100:
        raise ValueError(f"A share of {assumed.share} is not between 0 and 100.")
    if not 0 <= assumed.low <= assumed.central <= assumed.high:
        raise ValueError("Costs are not in order: low, central, high.")
    costing = assumed.incidents * assumed.share / 100
    return costing * assumed.low, costing * assumed.central, costing * assumed.high
