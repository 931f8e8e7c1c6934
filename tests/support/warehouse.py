"""Tiny installations: folders of CSV files, built by the real pipeline, then read."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import duckdb
import pytest

from pipelines.datasets import Dataset, dataset
from pipelines.extract import extract
from pipelines.locks import only_one
from pipelines.match import match
from pipelines.matching import Matcher
from pipelines.publish import published
from pipelines.reference_tables import load_reference
from pipelines.sources import Source
from pipelines.stage import SQL, prepare, stage
from settings import Settings, settings
from tests.support.rows import Row, write


if TYPE_CHECKING:
    from pipelines.report import Report


@contextmanager
def opened(path: Path | str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A published warehouse, open to read with any settings.

    It is attached to an engine of its own: DuckDB refuses a second connection to a file
    that this process has open with other settings, as the dashboard's reads may have.
    """
    with duckdb.connect() as connection:
        connection.execute(f"attach '{path}' as warehouse (read_only)")
        connection.execute("use warehouse")
        yield connection


def once(factory: pytest.TempPathFactory, name: str, fill: Callable[[Path], None]) -> Path:
    """A folder that the first process of a run to ask for it fills; the others wait."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = shared / name, shared / f"{name}-done"
    with only_one(shared / f"{name}-lock", f"making {name}", wait=600):
        if not done.exists():
            # What a failed attempt left must not hide why it failed.
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            fill(folder)
            done.touch()
    return folder


@contextmanager
def counting() -> Iterator[None]:
    """Builds in here count faults by the rows found; Great Expectations is not asked."""
    from tests.support.counting import CountingValidator

    with (
        patch("pipelines.check.Validator", CountingValidator),
        patch("pipelines.relate.Validator", CountingValidator),
    ):
        yield


class Installation:
    """Settings of an empty installation, with what tests do to it."""

    def __init__(self, folder: Path, *, public: bool = False, counts_faults: bool = False) -> None:
        """`counts_faults` leaves Great Expectations out, where rules are no subject."""
        self.counts_faults = counts_faults
        self.settings = Settings(
            raw=folder / "raw",
            demonstration=folder / "demonstration",
            public=settings.public if public else folder / "public",
            landing=folder / "landing",
            warehouse=folder / "warehouse",
        )

    def put(self, name: str, rows: Iterable[Row], file: str = "1.csv") -> Path:
        """Rows of a council dataset as one of the department's files."""
        return write(self.settings.raw / name / file, rows)

    def publish_record(self, name: str, rows: Iterable[Row]) -> Path:
        """Rows of a public dataset."""
        return write(self.settings.public / f"{name}.csv", rows)

    def build(self, **options: Any) -> "Report":
        """The whole road, from these files to a published warehouse."""
        # Great Expectations takes seconds to import, and most tests build nothing.
        from pipelines.build import build

        with counting() if self.counts_faults else nullcontext():
            return build(self.settings, **options)

    @property
    def published(self) -> Path:
        """The warehouse file in use."""
        path = published(self.settings.warehouse)
        assert path, "nothing is published"
        return path

    def read(self, select: str) -> list[tuple]:
        """Rows of a select on the published warehouse."""
        with opened(self.published) as connection:
            return connection.execute(select).fetchall()

    def dicts(self, select: str) -> list[dict]:
        """Rows of a select, by name."""
        with opened(self.published) as connection:
            answer = connection.execute(select)
            names = [column[0] for column in answer.description or []]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


class Extracted:
    """Files read into typed rows, and staged if asked; nothing is checked."""

    def __init__(self, name: str, *paths: Path, scratch: Path | None = None) -> None:
        self.dataset: Dataset = dataset(name)
        self.sources = [
            Source(
                "department",
                self.dataset,
                path,
                place,
                path.name,
                received_at="2026-11-22T09:00:00+00:00",
            )
            for place, path in enumerate(paths, start=1)
        ]
        self.connection = duckdb.connect()
        load_reference(self.connection, settings.reference)
        self.connection.execute("create schema quality")
        self.connection.execute((SQL / "quality.sql").read_text(encoding="utf-8"))
        prepare(self.connection)
        self.scratch = scratch or paths[0].parent
        extract(self.connection, self.sources, self.scratch)

    def stage(self) -> "Extracted":
        """Councils found, and the views that the rules look at."""
        arrivals = [source.arrival for source in self.sources]
        matcher = Matcher.read(settings.reference)
        match(self.connection, matcher, self.dataset, arrivals)
        stage(self.connection, arrivals, (self.dataset,))
        return self

    def rows(self, *columns: str, schema: str = "history") -> list[tuple]:
        """These columns of every row, in the order of lines."""
        return self.connection.execute(
            f"select {', '.join(columns)} from {schema}.{self.dataset.name} "
            "order by arrival, source_row"
        ).fetchall()


@cache
def closed_lists() -> dict[str, list[str]]:
    """Codes of every closed list."""
    with duckdb.connect() as connection:
        return load_reference(connection, settings.reference)
