"""What a build's answers hang on besides the files: one hash a part.

A dataset whose own rules changed is read and checked again; a change of SQL that only
measures makes the figures again; any other change of the pipeline, of the reference
tables or of DuckDB reads every file again.
"""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pipelines.datasets import ALL, CONTRACTS, read_contract
from settings import ROOT, Settings


PIPELINES, EXPECTATIONS = ROOT / "pipelines", ROOT / "expectations"
MEASURES = ("core", "linked", "indicators", "marts")
# What never changes an answer: the commands, and what makes other files.
APART = ("demonstration", "reference", "outgoing", "commands", "__main__.py")
LIBRARIES = ("duckdb", "great-expectations")


def hashes(chosen: Settings) -> dict[str, str]:
    """A hash of each part: `engine`, `measures`, and one by dataset."""
    own = {dataset.name: rules_of(dataset.name, chosen) for dataset in ALL}
    measures = [p for name in MEASURES for p in (PIPELINES / "sql" / name).rglob("*")]
    measures += [PIPELINES / "sql" / "measures.sql", PIPELINES / "measure.py"]
    taken = {path for paths in own.values() for path in paths} | set(measures)
    parts = {name: digest(paths) for name, paths in own.items()}
    parts["measures"] = digest(measures)
    parts["engine"] = digest(
        [path for path in everything(chosen) if path not in taken], libraries()
    )
    return parts


def rules_of(name: str, chosen: Settings) -> list[Path]:
    """Files that state the rules of one dataset and of no other."""
    suite = EXPECTATIONS / f"{name}.py"
    lists = {column.allowed for column in read_contract(name) if column.allowed}
    return [
        CONTRACTS / f"{name}.csv",
        PIPELINES / "sql" / "staging" / f"{name}.sql",
        suite if suite.exists() else EXPECTATIONS / "others.py",
        *(chosen.reference / "lists" / f"{one}.csv" for one in sorted(lists)),
    ]


def everything(chosen: Settings) -> list[Path]:
    """Every file that an answer may hang on."""
    found = [*chosen.reference.rglob("*.csv")]
    for folder in (PIPELINES, EXPECTATIONS):
        for ending in ("py", "sql", "csv"):
            found += folder.rglob(f"*.{ending}")
    return [path for path in found if not is_apart(path)]


def is_apart(path: Path) -> bool:
    """Whether a file of the pipeline has no say in what a build answers."""
    if PIPELINES not in path.parents:
        return False
    return path.relative_to(PIPELINES).parts[0] in APART


@cache
def libraries() -> str:
    """Versions of the libraries that read, type and check."""
    return " ".join(f"{name} {version(name)}" for name in LIBRARIES)


def digest(paths: list[Path], also: str = "") -> str:
    """One hash of the names and contents of files."""
    found = hashlib.sha256(also.encode())
    for path in sorted({path for path in paths if path.is_file()}):
        found.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()
