"""What a server does before its first visitor: every import, a figure, a read.

Imports, the first Plotly figure and the first read of a table take seconds, once in a
process. Whoever opened a page first would wait for them; so the server does all three
while it starts (`asgi.py`).
"""

import importlib
import pkgutil
from contextlib import suppress

import analytics
from analytics import lookups, marts, warehouse
from analytics.charts import theme
from analytics.scope import Scope
from analytics.viewer import LOCAL_ANALYST


# Modules that functions of `analytics` import only when they are called.
LATE = (
    "scipy.special",
    "statsmodels.duration.survfunc",
    "statsmodels.stats.proportion",
)


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
