"""What a server does before its first visitor: every import, a figure, a read.

Imports, the first Plotly figure and the first read of a table take seconds, once in a
process. Whoever opened a page first would wait for them; so the server does all three
while it starts (`asgi.py`). Estimates of effects take seconds too: the server works out
those that a page opens with right after, and again when a new warehouse is published.
"""

import importlib
import logging
import pkgutil
import threading
import time
from contextlib import suppress

import analytics
from analytics.charts import theme
from analytics.reading import effect, lookups, marts, warehouse
from analytics.reading.effect_panel import OUTCOMES
from analytics.reading.scope import Scope
from analytics.reading.viewer import LOCAL_ANALYST
from analytics.ui import store
from analytics.ui.view import default_profile


LOG = logging.getLogger(__name__)
# Seconds from one look for a new warehouse to the next.
LOOK = 30.0
# What views of the page Funding impact open with: outcomes, and who is compared with.
ESTIMATED = (next(iter(OUTCOMES)), "profile_outcomes_met", "hours_disrupted")
CONTROL = "not_yet_treated"
# Modules that functions of `analytics` import only when they are called.
LATE = ("scipy.special", "statsmodels.duration.survfunc", "statsmodels.stats.proportion")


def up() -> None:
    """Import all that pages use, draw a figure, and read the published warehouse."""
    for module in pkgutil.walk_packages(analytics.__path__, "analytics."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in LATE:
        importlib.import_module(name)
    theme.draw_once()
    # Without a warehouse each page says so, and what to do.
    with suppress(warehouse.NoWarehouseError):
        read_once(warehouse.current())


def read_once(path: str) -> None:
    """Read one indicator of each collection: DuckDB opens its tables at their first."""
    known = lookups.all_indicators(path, LOCAL_ANALYST)
    for name, span in lookups.collections(path, LOCAL_ANALYST).items():
        if known and name != marts.PUBLIC:
            marts.series(path, LOCAL_ANALYST, Scope(name, *span), known[0])


def estimate_once() -> None:
    """Estimate what pages open with, so that it is kept for whoever opens them.

    The scope is that of a page without a choice; a visitor who comes meanwhile waits
    for this one and does not start another.
    """
    for name, (since, until) in store.read(lookups.collections).items():
        if name == marts.PUBLIC:
            continue
        scope = Scope(name, since, until, profile=default_profile(name))
        for key in ESTIMATED:
            store.read(effect.estimate, scope, key, CONTROL)


def keep_estimated() -> None:
    """Estimate now and for every new warehouse, beside the server, until it ends."""
    threading.Thread(target=estimate_always, name="estimates", daemon=True).start()


def estimate_always() -> None:
    """As `estimate_once`, for each warehouse that is published."""
    known = ""
    while True:
        with suppress(warehouse.NoWarehouseError):
            if (now := warehouse.current()) != known:
                known = now
                estimate_safely()
        time.sleep(LOOK)


def estimate_safely() -> None:
    """As `estimate_once`; what fails is logged, since the page that asks says it."""
    try:
        estimate_once()
    except Exception:
        LOG.exception("Estimates could not be made ahead; pages make their own")
