"""What it is worth: cost of what changed, two programmes compared, and a scenario."""

from analytics.funding.scenario.compare import compare
from analytics.funding.scenario.found import chosen
from analytics.funding.scenario.units import units
from analytics.funding.scenario.worth import worth
from analytics.ui import layout
from analytics.ui.view import View


def draw(see: View) -> None:
    """Cost per unit, cost-effectiveness of two options, and a scenario of value."""
    found = chosen(see)
    if found.spending.empty:
        layout.empty("nothing_matches")
        return
    units(found)
    compare(found)
    worth(found)
