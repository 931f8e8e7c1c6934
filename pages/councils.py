"""Councils as a whole, and one council: where do they stand?"""

from analytics.council import view as council
from analytics.overview import view as overview
from analytics.record import view as record
from analytics.ui.pages import Page, Theme


THEME = Theme(
    "Councils",
    (
        Page(
            "overview",
            "Overview",
            "How mature is councils' cyber security, what does disruption cost, "
            "and what does funding change?",
            overview.draw,
            record.overview,
        ),
        Page(
            "your_council",
            "Your council",
            "Where does one council stand beside councils like it, on every measure?",
            council.draw,
            record.benchmark,
        ),
    ),
)
