"""What a build is made from: where files are, and whether any of it changed.

Kept apart from the build itself, which takes seconds to import, so that a dashboard
whose inputs did not change starts at once.
"""

import hashlib
from pathlib import Path

from pipelines.datasets import CONTRACTS
from pipelines.publish import read_pointer
from pipelines.sources import Source, find_sources
from settings import ROOT, Settings


RULES = ("pipelines", "expectations")


def folders(chosen: Settings) -> dict[str, Path]:
    """Where each collection's files are."""
    return {
        "public_record": chosen.public,
        "demonstration": chosen.demonstration,
        "department": chosen.raw,
    }


def published_already(chosen: Settings) -> str:
    """Name of the warehouse file built from exactly these inputs, or nothing."""
    pointer = read_pointer(chosen.warehouse)
    sources = find_sources(folders(chosen))
    if pointer and pointer.fingerprint == fingerprint_of(sources, chosen):
        return pointer.file
    return ""


def fingerprint_of(sources: list[Source], chosen: Settings) -> str:
    """One hash of every input file, reference table and rule."""
    digest = hashlib.sha256()
    for source in sources:
        digest.update(f"{source.collection} {source.name}".encode())
        add_file(digest, source.path)
    inputs = [*chosen.reference.rglob("*.csv"), *CONTRACTS.glob("*.csv")]
    for folder in RULES:
        inputs += [*(ROOT / folder).rglob("*.py"), *(ROOT / folder).rglob("*.sql")]
    for path in sorted(inputs):
        add_file(digest, path)
    return digest.hexdigest()


def add_file(digest: "hashlib._Hash", path: Path) -> None:
    """Name and content of one file."""
    with path.open("rb") as file:
        content = hashlib.file_digest(file, "sha256").digest()
    digest.update(path.name.encode() + content)
