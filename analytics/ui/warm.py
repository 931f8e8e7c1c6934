"""What a server does before its first visitor comes: every import, and one figure.

Imports and the first Plotly figure take seconds, once in a process. Whoever opened a
page first would wait for them; so the server does both while it starts (`asgi.py`).
"""

import importlib
import pkgutil

import analytics
from analytics import warehouse
from analytics.charts import theme


# Modules that functions of `analytics` import only when they are called.
LATE = (
    "scipy.special",
    "statsmodels.duration.survfunc",
    "statsmodels.stats.proportion",
)


def up() -> None:
    """Import all that pages use, draw one figure, and open the published warehouse."""
    for module in pkgutil.walk_packages(analytics.__path__, "analytics."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in LATE:
        importlib.import_module(name)
    theme.draw_once()
    try:
        warehouse.connect(warehouse.current())
    except warehouse.NoWarehouseError:
        return  # Each page says so, and what to do.
