"""What the public record shows on the pages of each theme."""

from analytics.record import view
from analytics.record.export import export_record
from analytics.record.shared import shared_record
from analytics.ui.view import View


def disruption(see: View) -> None:
    """Incidents that were reported, what was reported of them, and shared events."""
    view.disruption(see)
    shared_record(see)


def funding(see: View) -> None:
    """Awards that were announced, and their files to take away."""
    view.funding(see)
    export_record(see)
