"""Risk maturity: how much of the framework do councils meet, and is it rising?"""

from analytics.maturity.actions import view as actions
from analytics.maturity.movement import view as movement
from analytics.maturity.outcomes import view as outcomes
from analytics.maturity.standing import view as standing
from analytics.maturity.systems import view as systems
from analytics.maturity.trust import view as trust
from analytics.record import view as record
from analytics.ui.caf import judged_view
from analytics.ui.pages import Page, Theme


THEME = Theme(
    "Risk maturity",
    (
        Page(
            "standing",
            "Standing",
            "How many councils meet the profile, and which?",
            judged_view(standing.draw),
        ),
        Page(
            "outcomes",
            "Outcomes",
            "Which outcomes of the framework are met least?",
            judged_view(outcomes.draw),
        ),
        Page(
            "systems",
            "Systems",
            "Which critical systems hold councils back?",
            judged_view(systems.draw),
        ),
        Page("trust", "Trust", "How far can the results be trusted?", judged_view(trust.draw)),
        Page(
            "movement",
            "Movement",
            "Which councils rose, and which slipped?",
            judged_view(movement.draw),
        ),
        Page("actions", "Actions", "What is being done, and by when?", judged_view(actions.draw)),
    ),
    "How much of the Cyber Assessment Framework (CAF) do councils meet, and is it rising?",
    record.maturity,
)
