"""What did funding change, and how sure can one be? Estimates, and before and after."""

from analytics.funding.effect.changed import changed
from analytics.funding.effect.estimated import estimated
from analytics.reading import effect, lookups, marts
from analytics.reading.effect_panel import OUTCOMES
from analytics.reading.scope import Scope
from analytics.ui import parts, store
from analytics.ui.view import View, default_profile


PARTS = {"effect": ("Estimated effect", estimated), "changed": ("Before and after", changed)}
# What the views open with: outcomes, and who is compared with.
ESTIMATED = (next(iter(OUTCOMES)), "profile_outcomes_met", "hours_disrupted")
CONTROL = "not_yet_treated"


def draw(see: View) -> None:
    """The part that is chosen."""
    parts.one_part(see, PARTS)


def estimate_ahead() -> None:
    """Estimate what the view opens with, so that it is kept for whoever opens it.

    The scope is that of a page without a choice; a visitor who comes meanwhile waits
    for this one and does not start another.
    """
    for name, (since, until) in store.read(lookups.collections).items():
        if name == marts.PUBLIC:
            continue
        scope = Scope(name, since, until, profile=default_profile(name))
        for key in ESTIMATED:
            store.read(effect.estimate, scope, key, CONTROL)
