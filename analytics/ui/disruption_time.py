"""To be written."""

from analytics.ui import layout
from analytics.ui.view import View


def time(see: View) -> None:
    """To be written."""
    layout.empty("being_built")
