"""What the views of the page Service disruption share: their list and the choice."""

from analytics.ui import filters


VIEWS = {
    "glance": "At a glance",
    "measures": "Incidents and any measure",
    "trend": "Is it falling?",
    "time": "How long it lasts",
    "services": "Which services",
    "critical": "Critical weeks",
    "rates": "Rates by size",
    "patterns": "How it happens",
    "costs": "What it costs",
    "timeline": "One council's timeline",
}


def choose() -> str:
    """Draw the choice of view, which the address holds; answers its code."""
    return filters.one_of("Question", VIEWS, "view")
