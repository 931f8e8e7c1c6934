"""Order: which file of SQL runs before which, told by the tables that each one reads.

A file's path is its table (`core/gaps.sql` is `core.gaps`), and it names the tables
that it reads in full. Refuses a file that reads a table nobody makes, and files that
read one another in a circle.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from pipelines.errors import BuildError


READ = re.compile(r"\b(?:core|marts)\.[a-z_]+")
# A table named in a comment or in quoted text is not read.
UNREAD = re.compile(r"/\*.*?\*/|--[^\n]*|'[^']*'", re.DOTALL)


def in_order(paths: Iterable[Path], there: Collection[str] = ()) -> list[Path]:
    """The files, each after those whose tables it reads; `there` are tables made before.

    Among files that could stand in any order the alphabet decides, so that two builds
    run the same way.
    """
    files = {table_of(path): path for path in sorted(paths)}
    reads = {table: tables_read(path) for table, path in files.items()}
    for table, path in files.items():
        refuse_unknown(path, reads[table] - files.keys() - set(there))
    sorter = TopologicalSorter({t: sorted(found & files.keys()) for t, found in reads.items()})
    try:
        return [files[table] for table in alphabetical(sorter)]
    except CycleError as error:
        circle = " reads ".join(shown(files[table]) for table in reversed(error.args[1]))
        raise BuildError(f"These files read one another in a circle: {circle}.") from None


def alphabetical(sorter: TopologicalSorter[str]) -> Iterator[str]:
    """What can stand first by the alphabet, then what can stand after it, and so on."""
    sorter.prepare()
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        yield from ready
        sorter.done(*ready)


def tables_read(path: Path) -> set[str]:
    """Tables of `core` and `marts` that a file reads."""
    return set(READ.findall(UNREAD.sub(" ", path.read_text(encoding="utf-8"))))


def table_of(path: Path) -> str:
    """The table that a file describes."""
    return f"{path.parent.name}.{path.stem}"


def shown(path: Path) -> str:
    """A file as people look for it, below `sql`."""
    return f"{path.parent.name}/{path.name}"


def refuse_unknown(path: Path, unknown: set[str]) -> None:
    """Stop at a table that no file makes."""
    if unknown:
        names = ", ".join(sorted(unknown))
        raise BuildError(
            f"{shown(path)} reads {names}, and no file makes that table. "
            "Correct the name, or add the file."
        )
