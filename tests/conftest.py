"""Warehouses that several tests read: each is built once, by the real pipeline."""

from collections.abc import Iterator

import pytest

# Fixtures of the reads and pages: the demonstration warehouse.
from tests.support.demo import demo, shown  # noqa: F401
from tests.support.warehouse import Installation


@pytest.fixture
def installation(tmp_path) -> Installation:
    """An installation without a file."""
    return Installation(tmp_path)


@pytest.fixture(scope="session")
def public_record(tmp_path_factory) -> Iterator[Installation]:
    """The committed public record, and nothing else."""
    made = Installation(tmp_path_factory.mktemp("public"), public=True)
    made.build()
    yield made
