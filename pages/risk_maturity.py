"""Risk maturity: how much of the framework do councils meet, and is it rising?"""

from analytics.maturity.actions.view import actions
from analytics.maturity.movement.view import movement
from analytics.maturity.outcomes.view import outcomes
from analytics.maturity.standing.view import compared, standing
from analytics.maturity.systems.view import systems
from analytics.maturity.trust.assurance import assurance
from analytics.maturity.trust.completeness import completeness
from analytics.maturity.trust.versions import versions
from analytics.reading.viewer import NotAllowedError
from analytics.record import view as public_pages
from analytics.ui import caf, layout, parts
from analytics.ui.view import View, stop, view


SHOWN = {
    "standing": standing,
    "councils": compared,
    "outcomes": outcomes,
    "systems": systems,
    "assurance": assurance,
    "movement": movement,
    "versions": versions,
    "actions": actions,
    "completeness": completeness,
}


def main_figures(see: View) -> None:
    """The page's own choices, then the view that was chosen and no other."""
    chosen, found = caf.choose(see)
    if found is None:
        layout.empty("nothing_matches")
        return
    parts.note(caf.about_profile(found))
    SHOWN[chosen](found)


see = view(
    "Risk maturity",
    "How much of the Cyber Assessment Framework (CAF) do councils meet, and is it rising?",
)
if see.is_public:
    public_pages.maturity(see)
else:
    try:
        main_figures(see)
    except NotAllowedError as error:
        stop("not_allowed", str(error))
layout.footer()
