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
needed = {"analytics.ui.caf", "statsmodels.duration.survfunc", "scipy.special",
          "plotly.graph_objs._heatmap"}
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

    monkeypatch.setattr("analytics.reading.reader.query", remember)
    warm.read_once(demo.path)
    assert {"reading/series", "reading/event_series"} & {*read}


def test_estimates_that_pages_open_with_are_there_before_anybody_asks(demo, monkeypatch):
    from analytics.funding.effect import view
    from analytics.reading import effect
    from analytics.ui import store

    asked, estimate = [], effect.estimate

    @wraps(estimate)
    def remember(*given):
        asked.append(given[1:])
        return estimate(*given)

    monkeypatch.setattr(effect, "estimate", remember)
    monkeypatch.setattr(settings, "warehouse", demo.folder)
    store._read.clear()
    view.estimate_ahead()
    assert asked == [(key, view.CONTROL) for key in view.ESTIMATED]
    for page in ("did_it_help", "scenario"):
        assert failures(opened(page)) == []
    assert len(asked) == len(view.ESTIMATED), "a page estimated again what was there"


def test_pages_prepare_once_for_every_new_warehouse(monkeypatch):
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
    monkeypatch.setattr(warm, "LOOK", 0)
    with pytest.raises(NoMoreLooksError):
        warm.prepare_always([lambda: estimated.append(1)])
    assert len(estimated) == 2


def test_what_cannot_be_prepared_is_logged_and_the_server_looks_on(caplog):
    from analytics.ui import warm

    def fail():
        raise ValueError("too few councils")

    warm.prepare_safely(fail)
    assert "could not be made ahead" in caplog.text
    assert "too few councils" in caplog.text
