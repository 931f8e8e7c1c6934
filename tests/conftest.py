"""Warehouses that several tests read: each is built once a run, by the real pipeline."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from analytics.reading import warehouse
from tests.support.demo import demo, shown  # noqa: F401
from tests.support.invented import Made, make
from tests.support.warehouse import Installation, once


MAIN = sys.modules["__main__"]
# Fixtures that take many seconds: what needs one is left out of `make check`. So are the
# tests of a module that builds warehouses of its own.
COSTLY = {"demo", "shown", "chromium", "address", "made", "public_record", "installation"}
BUILDER = "Installation"

# The same examples in every run, so that a red build is red again when it is looked into.
settings.register_profile("ci", max_examples=100, derandomize=True, deadline=None)
settings.register_profile("full", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker, for unknown ones are refused."""
    config.addinivalue_line("markers", "whole: needs a browser, the demonstration or many builds")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a costly fixture, so that no list of files is kept by hand."""
    for item in items:
        builds = hasattr(getattr(item, "module", None), BUILDER)
        if builds or COSTLY & set(getattr(item, "fixturenames", ())):
            item.add_marker("whole")


@pytest.fixture(autouse=True)
def own_main() -> Iterator[None]:
    """A page that ran leaves itself as the main module, which processes started later
    would run again; after each test it is pytest's once more."""
    yield
    sys.modules["__main__"] = MAIN


@pytest.fixture
def installation(tmp_path) -> Installation:
    """An installation without a file, for tests whose subject is not the rules."""
    return Installation(tmp_path, counts_faults=True)


@pytest.fixture(scope="session")
def public_record(tmp_path_factory) -> Installation:
    """The committed public record, and nothing else."""
    folder = once(tmp_path_factory, "public", lambda new: record_of(new).build())
    return record_of(folder)


def record_of(folder: Path) -> Installation:
    """An installation that has the committed public record."""
    return Installation(folder, public=True)


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Made:
    """Several hundred seeded rows, for the SQL and for its twins."""
    return make(Installation(tmp_path_factory.mktemp("invented")))


def pytest_sessionfinish() -> None:
    """Close what the reads keep open; DuckDB complains of connections left at exit."""
    warehouse.connect.cache_clear()
