"""Overview: the three questions, and the five objectives with one figure each."""

from analytics.overview.view import main_figures
from analytics.record import view as public_pages
from analytics.ui import layout
from analytics.ui.view import view


see = view(
    "Cyber risk and disruption in English councils",
    "How mature is councils' cyber security, what does disruption cost, "
    "and what does funding change?",
)
if see.is_public:
    public_pages.overview(see)
else:
    main_figures(see)
layout.footer()
