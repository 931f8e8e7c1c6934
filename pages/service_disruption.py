"""Service disruption: what does it cost residents and councils, and is it falling?"""

from analytics.ui import disruption, layout, public_pages
from analytics.ui.disruption_costs import costs
from analytics.ui.disruption_critical import critical_weeks
from analytics.ui.disruption_glance import glance
from analytics.ui.disruption_measures import measures
from analytics.ui.disruption_patterns import patterns
from analytics.ui.disruption_patterns_shared import shared_record
from analytics.ui.disruption_rates import rates
from analytics.ui.disruption_services import services
from analytics.ui.disruption_time import time
from analytics.ui.disruption_timeline import own
from analytics.ui.disruption_trend import trend
from analytics.ui.view import stop, view
from analytics.viewer import NotAllowedError


SHOWN = {
    "glance": glance,
    "measures": measures,
    "trend": trend,
    "time": time,
    "services": services,
    "critical": critical_weeks,
    "rates": rates,
    "patterns": patterns,
    "costs": costs,
    "timeline": own,
}


see = view(
    "Service disruption", "What does disruption cost residents and councils, and is it falling?"
)
if see.is_public:
    public_pages.disruption(see)
    shared_record(see)
else:
    try:
        SHOWN[disruption.choose()](see)
    except NotAllowedError as error:
        stop("not_allowed", str(error))
layout.footer()
