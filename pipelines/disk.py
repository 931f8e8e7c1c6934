"""Where a build works: a file and a folder that are gone afterwards, and full disks."""

import errno
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipelines.errors import BuildError
from pipelines.publish import PART
from settings import Settings


@contextmanager
def working_folder(folder: Path) -> Iterator[Path]:
    """A folder for what the build needs on the way; gone afterwards, as is the part."""
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix="building-") as scratch:
            yield Path(scratch)
    finally:
        (folder / PART).unlink(missing_ok=True)
        (folder / f"{PART}.wal").unlink(missing_ok=True)


@contextmanager
def connected(part: Path, chosen: Settings, folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The file being built, with a limit to the memory that it takes."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": chosen.memory,
        "temp_directory": str(folder / "building-spill"),
        # Written out once, when the build is done: a build that is broken off is
        # thrown away, so there is nothing to save on the way.
        "checkpoint_threshold": "1TB",
        # Two threads leave row groups of uneven sizes; merging them at the end would
        # write every row a second time.
        "max_vacuum_tasks": 0,
    }
    with duckdb.connect(str(part), config=config) as connection:
        yield connection


@contextmanager
def no_disk_error(folder: Path) -> Iterator[None]:
    """Say in words that the disk is full or may not be written."""
    try:
        yield
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise BuildError(in_words(error, folder)) from error


def in_words(error: Exception, folder: Path) -> str:
    """What stopped the build, and what to do about it."""
    number = getattr(error, "errno", None)
    text = str(error)
    if (
        number in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
        or "No space" in text
        or ("File too large" in text)
    ):
        what = f"There is no room left on the disk of {folder.name}. Free some space"
    elif number in (errno.EACCES, errno.EPERM, errno.EROFS):
        what = f"{folder.name} cannot be written. Give this user the right to"
    elif isinstance(error, duckdb.OutOfMemoryException):
        doing, _, _ = text.partition(":")
        where = f" ({doing.lower()})" if doing.startswith("While making") else ""
        what = (
            f"The build needs more memory than it may take{where}. Set COUNCIL_MEMORY "
            "to more, such as 2GB"
        )
    else:
        what = f"The build could not go on ({text}). Put that right"
    return f"{what}, then build again. The last published warehouse stays in use."
