"""To be written."""

from analytics.ui import layout
from analytics.ui.view import View


def rates(see: View) -> None:
    """To be written."""
    layout.empty("being_built")
