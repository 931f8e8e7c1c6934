"""Risk maturity: how much of the framework do councils meet, and is it rising?"""

from analytics.ui import layout, maturity, parts, public_pages
from analytics.ui.maturity_actions import actions
from analytics.ui.maturity_assurance import assurance
from analytics.ui.maturity_completeness import completeness
from analytics.ui.maturity_movement import movement
from analytics.ui.maturity_outcomes import outcomes
from analytics.ui.maturity_standing import compared, standing
from analytics.ui.maturity_systems import systems
from analytics.ui.maturity_versions import versions
from analytics.ui.view import View, stop, view
from analytics.viewer import NotAllowedError


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
    chosen, found = maturity.choose(see)
    if found is None:
        layout.empty("nothing_matches")
        return
    parts.note(maturity.about_profile(found))
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
