"""Which files there are to load, and what became of each."""

from dataclasses import dataclass, field
from pathlib import Path

from pipelines.datasets import ALL, Dataset
from pipelines.errors import BuildError


@dataclass
class Source:
    """One file to load, and what became of it."""

    collection: str
    dataset: Dataset
    path: Path
    arrival: int
    name: str
    sha256: str = ""
    rows_in: int = 0
    refused: str = ""
    duplicate_of: str = ""
    rejects: list[tuple[int, str, str]] = field(default_factory=list)


def find_sources(folders: dict[str, Path]) -> list[Source]:
    """Files of each collection's folder; the order of names is the order of arrival.

    A public dataset is one file `<folder>/<dataset>.csv`; a council dataset is a
    folder of files.
    """
    sources: list[Source] = []
    for collection, folder in folders.items():
        for dataset in ALL:
            if dataset.is_public != (collection == "public_record"):
                continue
            for path in files_of(folder, dataset):
                name = path.relative_to(folder.parent).as_posix()
                sources.append(Source(collection, dataset, path, len(sources), name))
        refuse_strays(collection, folder)
    return sources


def files_of(folder: Path, dataset: Dataset) -> list[Path]:
    """Every file of a dataset, whatever its ending: one that is no CSV is refused.

    Hidden files and the metadata that may lie beside a CSV are no data.
    """
    if dataset.is_public:
        return sorted(folder.glob(f"{dataset.name}.csv"))
    inside = sorted((folder / dataset.name).glob("*"))
    return [
        path
        for path in inside
        if path.is_file()
        and not path.name.startswith((".", "~"))
        and not path.name.endswith("-metadata.json")
    ]


def refuse_strays(collection: str, folder: Path) -> None:
    """Stop at a folder that is no dataset's: its files would be overlooked."""
    if collection != "department" or not folder.exists():
        return
    known = {dataset.name for dataset in ALL if not dataset.is_public}
    for path in sorted(folder.iterdir()):
        if not path.name.startswith(".") and not (path.is_dir() and path.name in known):
            raise BuildError(
                f"{path.name} in {folder.name} belongs to no dataset. Files go into a "
                "folder named after theirs: python -m pipelines list"
            )
