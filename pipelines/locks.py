"""One process at a time: a lock that the system lets go when its holder dies."""

import getpass
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines.errors import BuildError


@contextmanager
def only_one(folder: Path, doing: str, wait: float = 60) -> Iterator[None]:
    """Hold the folder's lock; whoever waits too long is told who holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock", timeout=wait)
    try:
        lock.acquire()
    except Timeout:
        raise BuildError(
            f"Somebody else is {holder(folder)}. Wait until that has ended, then try "
            "again. Nothing was changed."
        ) from None
    try:
        say_who(folder, doing)
        yield
    finally:
        with suppress(OSError):
            (folder / ".lock-holder").unlink()
        lock.release()


def say_who(folder: Path, doing: str) -> None:
    """Leave word of who holds the lock, for those who wait."""
    who = {
        "doing": doing,
        "user": user(),
        "machine": socket.gethostname(),
        "process": os.getpid(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    # On a full disk whoever waits is told less; the work itself says what is wrong.
    with suppress(OSError):
        (folder / ".lock-holder").write_text(json.dumps(who), encoding="utf-8")


def holder(folder: Path) -> str:
    """What the holder of a lock is doing, and who it is, in words."""
    try:
        text = (folder / ".lock-holder").read_text(encoding="utf-8")
        return (
            "{doing} in {folder} ({user} on {machine}, process {process}, since {since})"
        ).format(folder=folder.name, **json.loads(text))
    except (OSError, ValueError, KeyError):
        return f"writing in {folder.name}"


def user() -> str:
    """Who runs this, or nobody where the system cannot say."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown user"
