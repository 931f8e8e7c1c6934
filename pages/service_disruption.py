"""Service disruption: what does it cost residents and councils, and is it falling?"""

from analytics.council.timeline import own
from analytics.disruption.causes.view import patterns
from analytics.disruption.costs.view import costs
from analytics.disruption.duration.view import time
from analytics.disruption.explore.rates import rates
from analytics.disruption.explore.view import measures
from analytics.disruption.services.critical import critical_weeks
from analytics.disruption.services.view import services
from analytics.disruption.trend.glance import glance
from analytics.disruption.trend.view import trend
from analytics.reading.viewer import NotAllowedError
from analytics.record import view as public_pages
from analytics.record.shared import shared_record
from analytics.ui import gone_disruption, layout
from analytics.ui.view import stop, view


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
        SHOWN[gone_disruption.choose()](see)
    except NotAllowedError as error:
        stop("not_allowed", str(error))
layout.footer()
