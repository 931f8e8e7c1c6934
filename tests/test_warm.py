"""A server makes itself ready before its first visitor."""

import os
import subprocess
import sys

from settings import ROOT


READY = """
import sys
from analytics.ui import warm
warm.up()
needed = {"analytics.ui.maturity", "statsmodels.duration.survfunc", "scipy.special",
          "plotly.graph_objs._sankey"}
print(sorted(needed - sys.modules.keys()))
"""


def test_all_that_pages_import_is_there_and_no_warehouse_is_no_fault(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-c", READY],
        cwd=ROOT,
        env={**os.environ, "COUNCIL_WAREHOUSE": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "[]"


def test_a_warehouse_is_read_before_anybody_asks(demo, monkeypatch):
    from analytics import warehouse
    from analytics.ui import warm

    read = []
    query = warehouse.query

    def remember(name, path, **parameters):
        read.append(name)
        return query(name, path, **parameters)

    monkeypatch.setattr("analytics.marts.query", remember)
    warm.read_once(demo.path)
    assert "series" in read or "event_series" in read
