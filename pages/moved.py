"""Addresses of before, and where what stood there is now: old links keep working."""

from analytics.ui.pages import Moved


MATURITY, DISRUPTION, FUNDING = "risk_maturity", "service_disruption", "funding_impact"


# The first of each page is where the page without a view leads.
MOVED = (
    Moved(MATURITY, "Where councils stand", "standing"),
    Moved(MATURITY, "Councils compared", "standing", "Councils compared"),
    Moved(MATURITY, "Outcomes", "outcomes"),
    Moved(MATURITY, "Critical systems", "systems"),
    Moved(MATURITY, "Self and assured", "trust"),
    Moved(MATURITY, "What moved", "movement"),
    Moved(MATURITY, "CAF 3.2 and 4.0", "trust", "CAF 3.2 and 4.0"),
    Moved(MATURITY, "Actions", "actions"),
    Moved(MATURITY, "Completeness", "trust", "Completeness"),
    Moved(DISRUPTION, "At a glance", "is_it_falling", "At a glance"),
    Moved(DISRUPTION, "Incidents and any measure", "explore"),
    Moved(DISRUPTION, "Is it falling?", "is_it_falling"),
    Moved(DISRUPTION, "How long it lasts", "how_long"),
    Moved(DISRUPTION, "Which services", "services"),
    Moved(DISRUPTION, "Critical weeks", "services", "Critical weeks"),
    Moved(DISRUPTION, "Rates by size", "explore", "Rates by size"),
    Moved(DISRUPTION, "How it happens", "causes"),
    Moved(DISRUPTION, "What it costs", "costs"),
    Moved(DISRUPTION, "One council's timeline", "your_council", "Timeline"),
    Moved(FUNDING, "The money", "the_money"),
    Moved(FUNDING, "Who got what", "who_got_what"),
    Moved(FUNDING, "Before and after", "did_it_help", "Before and after"),
    Moved(FUNDING, "Estimated effect", "did_it_help"),
    Moved(FUNDING, "The thread", "the_thread"),
    Moved(FUNDING, "What it is worth", "scenario"),
    Moved(FUNDING, "Objectives", "overview", "Objectives"),
    Moved("benchmark", "", "your_council"),
)
