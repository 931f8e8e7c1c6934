"""What the views of the page Funding impact share: their list and the choice."""

from analytics.ui import filters


VIEWS = {
    "ledger": "The money",
    "reach": "Who got what",
    "changed": "Before and after",
    "effect": "Estimated effect",
    "thread": "The thread",
    "value": "What it is worth",
    "objectives": "Objectives",
}


def choose() -> str:
    """Draw the choice of view, which the address holds; answers its code."""
    return filters.one_of("Question", VIEWS, "view")
