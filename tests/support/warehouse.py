"""Tiny installations: folders of CSV files, built by the real pipeline, then read."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from pipelines.datasets import Dataset, dataset
from pipelines.extract import extract
from pipelines.publish import read_pointer
from pipelines.reference_tables import load_reference
from pipelines.sources import Source
from pipelines.stage import stage
from settings import Settings, settings
from tests.support.rows import Row, write


if TYPE_CHECKING:
    from pipelines.build import Report


class Installation:
    """Settings of an empty installation, with what tests do to it."""

    def __init__(self, folder: Path, *, public: bool = False) -> None:
        self.settings = Settings(
            raw=folder / "raw",
            demonstration=folder / "demonstration",
            public=settings.public if public else folder / "public",
            warehouse=folder / "warehouse",
        )

    def put(self, name: str, rows: Iterable[Row], file: str = "1.csv") -> Path:
        """Rows of a council dataset as one of the department's files."""
        return write(self.settings.raw / name / file, rows)

    def publish_record(self, name: str, rows: Iterable[Row]) -> Path:
        """Rows of a public dataset."""
        return write(self.settings.public / f"{name}.csv", rows)

    def build(self) -> "Report":
        """The whole road, from these files to a published warehouse."""
        # Great Expectations takes seconds to import, and most tests build nothing.
        from pipelines.build import build

        return build(self.settings)

    @property
    def published(self) -> Path:
        """The warehouse file in use."""
        pointer = read_pointer(self.settings.warehouse)
        assert pointer, "nothing is published"
        return self.settings.warehouse / pointer.file

    def read(self, select: str) -> list[tuple]:
        """Rows of a select on the published warehouse."""
        with duckdb.connect(str(self.published), read_only=True) as connection:
            return connection.execute(select).fetchall()

    def dicts(self, select: str) -> list[dict]:
        """Rows of a select, by name."""
        with duckdb.connect(str(self.published), read_only=True) as connection:
            answer = connection.execute(select)
            names = [column[0] for column in answer.description or []]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


class Extracted:
    """Files read as text, and staged if asked; nothing is checked."""

    def __init__(self, name: str, *paths: Path) -> None:
        self.dataset: Dataset = dataset(name)
        self.sources = [
            Source("department", self.dataset, path, place, path.name)
            for place, path in enumerate(paths)
        ]
        self.connection = duckdb.connect()
        extract(self.connection, self.sources)

    def stage(self) -> "Extracted":
        """Text turned into values."""
        load_reference(self.connection, settings.reference)
        stage(self.connection, (self.dataset,))
        return self

    def rows(self, *columns: str, schema: str = "raw") -> list[tuple]:
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
