"""Any measure by any split, and rates by size of council."""

from analytics.disruption.explore.measures import measures
from analytics.disruption.explore.rates import rates
from analytics.ui import parts
from analytics.ui.view import View


PARTS = {"measures": ("Incidents and any measure", measures), "rates": ("Rates by size", rates)}


def draw(see: View) -> None:
    """The part that is chosen."""
    parts.one_part(see, PARTS)
