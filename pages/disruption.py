"""Service disruption: what does it cost residents and councils, and is it falling?"""

from analytics.disruption.causes import view as causes
from analytics.disruption.costs import view as costs
from analytics.disruption.duration import view as duration
from analytics.disruption.explore import view as explore
from analytics.disruption.services import view as services
from analytics.disruption.trend import view as trend
from analytics.record import themes as record
from analytics.ui.pages import Page, Theme


THEME = Theme(
    "Service disruption",
    (
        Page("is_it_falling", "Is it falling?", "Is disruption falling?", trend.draw),
        Page("explore", "Explore", "How does any measure differ between councils?", explore.draw),
        Page("how_long", "How long", "How long does it take to restore a service?", duration.draw),
        Page(
            "services",
            "Services",
            "Which services do residents lose, and when does it matter most?",
            services.draw,
        ),
        Page("causes", "Causes", "How do incidents happen?", causes.draw),
        Page("costs", "Costs", "What do incidents cost councils?", costs.draw),
    ),
    "What does disruption cost residents and councils, and is it falling?",
    record.disruption,
)
