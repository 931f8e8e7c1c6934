"""A server makes itself ready before its first visitor."""

import os
import subprocess
import sys
from functools import wraps

import pytest

from settings import ROOT, settings
from tests.support.pages import failures, opened


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
    from analytics.reading import warehouse
    from analytics.ui import warm

    read = []
    query = warehouse.query

    def remember(name, path, **parameters):
        read.append(name)
        return query(name, path, **parameters)

    monkeypatch.setattr("analytics.marts.query", remember)
    warm.read_once(demo.path)
    assert "series" in read or "event_series" in read


def test_estimates_that_pages_open_with_are_there_before_anybody_asks(demo, monkeypatch):
    from analytics.reading import effect
    from analytics.ui import store, warm

    asked, estimate = [], effect.estimate

    @wraps(estimate)
    def remember(*given):
        asked.append(given[3:])
        return estimate(*given)

    monkeypatch.setattr(effect, "estimate", remember)
    monkeypatch.setattr(settings, "warehouse", demo.folder)
    store._read.clear()
    warm.estimate_once()
    assert asked == [(key, warm.CONTROL) for key in warm.ESTIMATED]
    for view in ("Estimated effect", "What it is worth"):
        assert failures(opened("funding_impact", view=view)) == []
    assert len(asked) == len(warm.ESTIMATED), "a page estimated again what was there"


def test_every_new_warehouse_is_estimated_once(monkeypatch):
    from analytics.reading import warehouse
    from analytics.ui import warm

    class NoMoreLooksError(Exception):
        """The test is over."""

    looks, estimated = iter(["one", "one", "", "two", "two"]), []

    def current():
        found = next(looks, None)
        if found is None:
            raise NoMoreLooksError
        if not found:
            raise warehouse.NoWarehouseError("none")
        return found

    monkeypatch.setattr(warehouse, "current", current)
    monkeypatch.setattr(warm, "estimate_once", lambda: estimated.append(1))
    monkeypatch.setattr(warm, "LOOK", 0)
    with pytest.raises(NoMoreLooksError):
        warm.estimate_always()
    assert len(estimated) == 2


def test_an_estimate_that_fails_is_logged_and_the_server_looks_on(monkeypatch, caplog):
    from analytics.ui import warm

    def fail():
        raise ValueError("too few councils")

    monkeypatch.setattr(warm, "estimate_once", fail)
    warm.estimate_safely()
    assert "could not be made ahead" in caplog.text
    assert "too few councils" in caplog.text
