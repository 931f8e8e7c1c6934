"""Funding impact: what does funding change, and how sure can one be?"""

from analytics.funding.effect.changed import changed
from analytics.funding.effect.estimated import estimated
from analytics.funding.money.view import ledger_view
from analytics.funding.reach.view import reach_view
from analytics.funding.scenario.view import value
from analytics.funding.thread.view import thread
from analytics.overview.objectives import objectives
from analytics.reading.viewer import NotAllowedError
from analytics.record import view as public_pages
from analytics.record.export import export_record
from analytics.ui import gone_funding, layout
from analytics.ui import view as funding
from analytics.ui.view import view


SHOWN = {
    "ledger": ledger_view,
    "reach": reach_view,
    "changed": changed,
    "effect": estimated,
    "thread": thread,
    "value": value,
    "objectives": objectives,
}


see = view("Funding impact", "What does funding change, and how sure can one be?")
if see.is_public:
    public_pages.funding(see)
    export_record(see)
else:
    try:
        SHOWN[gone_funding.choose()](see)
    except NotAllowedError as error:
        funding.refused(see, str(error))
layout.footer()
