"""Warehouses that several tests read: each is built once, by the real pipeline."""

import sys
from collections.abc import Iterator

import pytest

from analytics.reading import warehouse
from tests.support.demo import demo, shown  # noqa: F401
from tests.support.invented import Made, make
from tests.support.warehouse import Installation


MAIN = sys.modules["__main__"]


@pytest.fixture(autouse=True)
def own_main() -> Iterator[None]:
    """A page that ran leaves itself as the main module, which processes started later
    would run again; after each test it is pytest's once more."""
    yield
    sys.modules["__main__"] = MAIN


@pytest.fixture
def installation(tmp_path) -> Installation:
    """An installation without a file."""
    return Installation(tmp_path)


@pytest.fixture(scope="session")
def public_record(tmp_path_factory) -> Installation:
    """The committed public record, and nothing else."""
    made = Installation(tmp_path_factory.mktemp("public"), public=True)
    made.build()
    return made


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Made:
    """Several hundred seeded rows, for the SQL and for its twins."""
    return make(Installation(tmp_path_factory.mktemp("invented")))


def pytest_sessionfinish() -> None:
    """Close what the reads keep open; DuckDB complains of connections left at exit."""
    warehouse.connect.cache_clear()
