"""Collect: take files that lie in the folders into the landing, each once.

`data/raw` is where a department puts files: what was taken in stays, whatever becomes
of the file there. The folders of the demonstration and of the public record say all
that there is: a file that was removed or changed there is withdrawn.
"""

import json
from dataclasses import replace
from pathlib import Path

from pipelines.datasets import ALL, Dataset
from pipelines.errors import BuildError
from pipelines.landing import Landing, Receipt, hash_of, standing, taken_back
from pipelines.landing import withdrawal as withdrawal_of
from settings import Settings


MIRRORED = ("public_record", "demonstration")
# A folder may say when its files came, as an archive that is moved here would.
DATES = "received.json"


def folders(chosen: Settings) -> dict[str, Path]:
    """Where each collection's files are put."""
    return {
        "public_record": chosen.public,
        "demonstration": chosen.demonstration,
        "department": chosen.raw,
    }


def collect(chosen: Settings) -> list[Receipt]:
    """Take in what is new; answers the receipts written."""
    landing = Landing(chosen.landing)
    wanted = missing(chosen, landing)
    if not wanted:
        return []
    with landing.writing():
        # Looked at again under the lock: another process may have been quicker.
        return [take_in(landing, one) for one in missing(chosen, landing)]


def take_in(landing: Landing, wanted: Receipt) -> Receipt:
    """Keep the bytes of a received file, then its receipt."""
    if not wanted.withdraws:
        sha256, size = landing.keep(Path(wanted.note))
        wanted = replace(wanted, sha256=sha256, size=size, note="")
    return landing.add(wanted)


def missing(chosen: Settings, landing: Landing) -> list[Receipt]:
    """Receipts that the folders call for and the landing does not have.

    A receipt to write carries the path to copy from in its note.
    """
    receipts = landing.receipts()
    gone = taken_back(receipts)
    # A file that was withdrawn and still lies in `data/raw` must not come back.
    standing_now = {
        (r.collection, r.mirrors): r
        for r in standing(receipts)
        if r.mirrors and (r.number not in gone or r.collection not in MIRRORED)
    }
    wanted: list[Receipt] = []
    for collection, folder in folders(chosen).items():
        if folder.exists():
            refuse_strays(collection, folder)
            wanted += of_folder(collection, folder, standing_now)
    return wanted


def of_folder(
    collection: str, folder: Path, standing_now: dict[tuple[str, str], Receipt]
) -> list[Receipt]:
    """What one folder has that is not landed, and what it no longer has."""
    received, withdrawn, seen = [], [], set()
    dates = read_dates(folder)
    for dataset, path in files_of(collection, folder):
        place = path.relative_to(folder).as_posix()
        key = (collection, place)
        seen.add(key)
        known = standing_now.get(key)
        if known and known.dataset == dataset.name and is_same(path, known):
            continue
        if known and collection in MIRRORED:
            withdrawn.append(no_longer(known))
        received.append(
            Receipt(
                0,
                "received",
                dates.get(place, ""),
                collection,
                dataset.name,
                f"{folder.name}/{place}",
                sent_by="folder",
                purpose=f"put into {folder.name}",
                mirrors=place,
                note=str(path),
                changed_at=path.stat().st_mtime_ns,
            )
        )
    for key, known in standing_now.items():
        if key[0] == collection in MIRRORED and key not in seen:
            withdrawn.append(no_longer(known))
    return withdrawn + received


def is_same(path: Path, known: Receipt) -> bool:
    """Whether a file is the one received: neither size nor time changed, or no byte.

    So a build need not read every file that ever came to find the new one.
    """
    found = path.stat()
    if found.st_size != known.size:
        return False
    return found.st_mtime_ns == known.changed_at or hash_of(path) == known.sha256


def no_longer(known: Receipt) -> Receipt:
    """The withdrawal of a file that its folder has no longer."""
    return withdrawal_of(known, "folder", "changed or removed there")


def read_dates(folder: Path) -> dict[str, str]:
    """When files came, by path, where the folder says so."""
    path = folder / DATES
    if not path.exists():
        return {}
    return json.loads(path.read_text(encoding="utf-8"))


def files_of(collection: str, folder: Path) -> list[tuple[Dataset, Path]]:
    """Every file of the folder with its dataset, in the order of datasets and names.

    Hidden files and the metadata that may lie beside a CSV are no data.
    """
    found: list[tuple[Dataset, Path]] = []
    for dataset in ALL:
        if dataset.is_public != (collection == "public_record"):
            continue
        if dataset.is_public:
            found += [(dataset, p) for p in folder.glob(f"{dataset.name}.csv")]
            continue
        inside = sorted((folder / dataset.name).glob("*"))
        found += [(dataset, path) for path in inside if is_data(path)]
    return found


def is_data(path: Path) -> bool:
    """Whether a file in a dataset's folder is to be taken in."""
    return (
        path.is_file()
        and not path.name.startswith((".", "~"))
        and not path.name.endswith("-metadata.json")
    )


def refuse_strays(collection: str, folder: Path) -> None:
    """Stop at a folder that is no dataset's: its files would be overlooked."""
    if collection != "department":
        return
    known = {dataset.name for dataset in ALL if not dataset.is_public}
    for path in sorted(folder.iterdir()):
        is_known = (path.is_dir() and path.name in known) or path.name == DATES
        if not path.name.startswith(".") and not is_known:
            raise BuildError(
                f"{path.name} in {folder.name} belongs to no dataset. Files go into a "
                "folder named after theirs: python -m pipelines list"
            )
