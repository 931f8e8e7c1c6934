"""What a server does before its first visitor: every import, a figure, a read.

Imports, the first Plotly figure and the first read of a table take seconds, once in a
process. Whoever opened a page first would wait for them; so the server does all three
while it starts (`asgi.py`). Estimates of effects take seconds too: what a page names as
`prepare` the server works out right after, and again when a new warehouse is published.
"""

import importlib
import logging
import pkgutil
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

import streamlit as st

import analytics
from analytics.charts import theme
from analytics.reading import lookups, marts, warehouse
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.reading.viewer import LOCAL_ANALYST


LOG = logging.getLogger(__name__)
# Seconds from one look for a new warehouse to the next.
LOOK = 30.0
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
    # Until this was called once, Streamlit takes the files of pages/ for pages of their
    # own and complains of every other address.
    st.navigation([st.Page(nothing, title="Nothing")], position="hidden")
    # Without a warehouse each page says so, and what to do.
    with suppress(warehouse.NoWarehouseError):
        read_once(warehouse.current())


def nothing() -> None:
    """A page that nobody opens."""


def read_once(path: str) -> None:
    """Read one indicator of each collection: DuckDB opens its tables at their first."""
    known = lookups.all_indicators(path, LOCAL_ANALYST)
    for name, span in lookups.collections(path, LOCAL_ANALYST).items():
        if known and name != marts.PUBLIC:
            marts.series(Reader(path, LOCAL_ANALYST, Scope(name, *span)), known[0])


def keep_prepared(prepare: Sequence[Callable[[], None]]) -> None:
    """Work out now, and for every new warehouse, what pages prepare, beside the server."""
    threading.Thread(target=prepare_always, args=(prepare,), name="prepare", daemon=True).start()


def prepare_always(prepare: Sequence[Callable[[], None]]) -> None:
    """Call each of them once for each warehouse that is published, until the server ends."""
    known = ""
    while True:
        with suppress(warehouse.NoWarehouseError):
            if (now := warehouse.current()) != known:
                known = now
                for each in prepare:
                    prepare_safely(each)
        time.sleep(LOOK)


def prepare_safely(each: Callable[[], None]) -> None:
    """Call one; what fails is logged, since the page that asks says it."""
    try:
        each()
    except Exception:
        LOG.exception("What a page prepares could not be made ahead; it makes its own")
