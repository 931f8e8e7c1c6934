"""Publish: give a finished warehouse its name and point to it, all at once.

A build writes to `building.part`, a copy of the last warehouse or a new file. When it
is whole it becomes `warehouse-<number>-<rules>.duckdb`, read-only, and the pointer
`CURRENT` names it. A file name is never used twice: a reader that has the old file
open keeps it, and the next run of a page opens the new one. The one published before
is kept, so that there is another if the newest is damaged.
"""

import contextlib
import json
import os
import zlib
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from agreed.pointer import CHUNK, POINTER, WAREHOUSES, checksum_of
from pipelines.landing import settle


PART = "building.part"
DAMAGED = "damaged-"


@dataclass(frozen=True)
class Pointer:
    """What CURRENT says: the file, its bytes, and what it was built from.

    `receipt` is the number of the last receipt that it knows, `rules` a hash by part of
    the pipeline, `previous` the file before it, `number` rises by one each time.
    """

    file: str
    number: int
    built_at: str
    receipt: int
    rules: dict[str, str]
    size: int = 0
    checksum: int = 0
    previous: str = ""


def read_pointer(folder: Path) -> Pointer | None:
    """The published warehouse, or none; a pointer that cannot be read is none."""
    try:
        return Pointer(**json.loads((folder / POINTER).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def lost_pointer(folder: Path) -> list[str]:
    """What to say where warehouses are there and the pointer to them is not."""
    if read_pointer(folder) or not any(folder.glob(WAREHOUSES)):
        return []
    return [f"{POINTER} is gone or damaged: the warehouse was made again from the landing."]


def published(folder: Path) -> Path | None:
    """The published file, if it is there."""
    pointer = read_pointer(folder)
    path = folder / pointer.file if pointer else None
    return path if path and path.exists() else None


def copy_whole(pointer: Pointer, folder: Path, part: Path) -> bool:
    """Copy the published file to work on; false where its bytes are not what they were.

    The checksum tells of damage, not of malice: the file lies where only the build
    writes.
    """
    checksum = 0
    try:
        with (folder / pointer.file).open("rb") as old, part.open("wb") as new:
            while chunk := old.read(CHUNK):
                checksum = zlib.crc32(chunk, checksum)
                new.write(chunk)
    except FileNotFoundError:
        return False
    except OSError:
        # A full disk must not stay full of half a copy.
        part.unlink(missing_ok=True)
        raise
    if checksum == pointer.checksum:
        return True
    part.unlink()
    put_aside(folder / pointer.file)
    return False


def put_aside(path: Path) -> None:
    """A damaged warehouse must not serve, not even as the one before the newest."""
    with contextlib.suppress(PermissionError):
        path.replace(path.with_name(f"{DAMAGED}{path.name}"))


def publish(part: Path, folder: Path, receipt: int, rules: dict[str, str], number: int) -> Pointer:
    """A finished file under its own name, then the pointer to it."""
    before = read_pointer(folder)
    pointer = Pointer(
        file=f"warehouse-{number:06}-{rules['engine'][:8]}.duckdb",
        number=number,
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        receipt=receipt,
        rules=rules,
        size=part.stat().st_size,
        checksum=checksum_of(part),
        previous=still_there(before, folder),
    )
    part.chmod(0o444)
    part.replace(folder / pointer.file)
    move_pointer(folder, pointer)
    remove_old(folder, {pointer.file, pointer.previous})
    return pointer


def still_there(before: Pointer | None, folder: Path) -> str:
    """Name of the file that serves where the newest is damaged, or nothing."""
    names = [before.file, before.previous] if before else []
    return next((name for name in names if name and (folder / name).exists()), "")


def next_number(folder: Path) -> int:
    """One more than any warehouse had, whatever the pointer and the clock say."""
    numbers = [number_of(path) for path in folder.glob(WAREHOUSES)]
    pointer = read_pointer(folder)
    return max([0, *numbers, pointer.number if pointer else 0]) + 1


def number_of(path: Path) -> int:
    """The number in a warehouse's file name."""
    part = path.name.split("-")[1]
    return int(part) if part.isdigit() else 0


def write_meta(connection: DuckDBPyConnection, number: int, receipt: int) -> None:
    """One row about this build, for the pages to quote."""
    connection.execute("create schema if not exists meta")
    connection.execute(
        "create or replace table meta.build as select $number as number, "
        "$receipt as receipt, cast($built_at as timestamptz) as built_at",
        {
            "number": number,
            "receipt": receipt,
            "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
        },
    )


def move_pointer(folder: Path, pointer: Pointer) -> None:
    """Readers see the old pointer or the new one, never half of one."""
    part = folder / f"{POINTER}.part"
    with part.open("w", encoding="utf-8") as file:
        file.write(json.dumps(asdict(pointer), indent=1) + "\n")
        settle(file)
    os.replace(part, folder / POINTER)  # noqa: PTH105 - replaces on every system


def remove_old(folder: Path, kept: set[str]) -> None:
    """All files but those that serve; one still open on Windows stays until next time.

    A build that was killed may have left a newer file that was never published: the
    number in a name does not tell which file serves.
    """
    old = [*folder.glob(WAREHOUSES), *folder.glob(f"{DAMAGED}*")]
    for path in old:
        if path.name not in kept:
            with contextlib.suppress(PermissionError):
                path.unlink()


def remove_leftovers(folder: Path) -> bool:
    """What a build that was broken off left behind; says whether there was any."""
    left = [*folder.glob("*.part*"), *folder.glob("building-*")]
    for path in left:
        remove(path)
    return bool(left)


def remove(path: Path) -> None:
    """A file, or a folder with what is in it."""
    if path.is_dir():
        for inside in path.iterdir():
            remove(inside)
        path.rmdir()
    else:
        path.unlink(missing_ok=True)
