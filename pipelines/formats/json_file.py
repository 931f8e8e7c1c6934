"""JSON files: whose format it is, and whether that is what the dataset takes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.datasets import Dataset
from pipelines.errors import FileRefusedError
from pipelines.formats import giving, json_text, veris, webcaf
from pipelines.formats.reading import Options, Reading


class Shape(NamedTuple):
    """One format: its name, the datasets that take it, how to know and to read it."""

    title: str
    datasets: tuple[str, ...]
    fits: Callable[[Any], bool]
    read: Callable[[str, Any, Dataset, Options], Reading]


SHAPES = (
    Shape("a WebCAF review", ("assessments",), webcaf.is_review, webcaf.read_review),
    Shape("a WebCAF assessment", ("assessments",), webcaf.is_assessment, webcaf.read_assessment),
    Shape("VERIS incidents", ("incidents",), veris.is_veris, veris.read_veris),
    Shape("360Giving grants", ("awards", "reported_awards"), giving.is_giving, giving.read_giving),
)
TAKEN = (
    "JSON is taken for assessments (a WebCAF assessment or review), incidents (VERIS, "
    "one incident or an array) and awards (360Giving grants)."
)


def read_json(path: Path, dataset: Dataset, options: Options) -> Reading:
    """Rows of a JSON file in the contract's columns; another format is refused.

    Row numbers are the lines where the records start, unless several share a line.
    No free text of a file is kept, not even in the rows set aside.
    """
    text = json_text.read_text(path)
    document = json_text.parse(text)
    for shape in SHAPES:
        if shape.fits(document):
            refuse_misfit(shape, dataset)
            return shape.read(text, document, dataset, options)
    raise FileRefusedError(f"This JSON file is of no format known here. {TAKEN}")


def refuse_misfit(shape: Shape, dataset: Dataset) -> None:
    """A file of incidents is no file of awards."""
    if dataset.name not in shape.datasets:
        raise FileRefusedError(
            f"This file holds {shape.title}, which belongs to {shape.datasets[0]}, "
            f"not to {dataset.name}. {TAKEN}"
        )
