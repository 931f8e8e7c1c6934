"""Is disruption falling? Month by month with what chance alone would give, and at a glance."""

from analytics.disruption.trend.glance import glance
from analytics.disruption.trend.months import trend
from analytics.ui import parts
from analytics.ui.view import View


PARTS = {"trend": ("Month by month", trend), "glance": ("At a glance", glance)}


def draw(see: View) -> None:
    """The part that is chosen."""
    parts.one_part(see, PARTS)
