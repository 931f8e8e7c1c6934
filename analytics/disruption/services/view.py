"""What do residents lose, and when does it matter most?"""

from analytics.disruption.services.critical import critical_weeks
from analytics.disruption.services.which import services
from analytics.ui import parts
from analytics.ui.view import View


PARTS = {"services": ("Which services", services), "critical": ("Critical weeks", critical_weeks)}


def draw(see: View) -> None:
    """The part that is chosen."""
    parts.one_part(see, PARTS)
