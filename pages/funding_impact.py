"""Funding impact: what does funding change, and how sure can one be?"""

from analytics.ui import funding, layout, public_pages
from analytics.ui.funding_changed import changed
from analytics.ui.funding_effect import estimated
from analytics.ui.funding_export import export_record
from analytics.ui.funding_ledger import ledger_view
from analytics.ui.funding_objectives import objectives
from analytics.ui.funding_reach import reach_view
from analytics.ui.funding_thread import thread
from analytics.ui.funding_value import value
from analytics.ui.view import view
from analytics.viewer import NotAllowedError


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
        SHOWN[funding.choose()](see)
    except NotAllowedError as error:
        funding.refused(see, str(error))
layout.footer()
