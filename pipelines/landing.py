"""The landing: every file that came, unchanged under its hash, and who sent it when.

`files/ab/<sha256>` holds bytes, written once and never changed. `receipts/000017.json`
says what arrived, from whom, what for and how it is to be read; receipts are only ever
added. The warehouse can be made again from this folder alone.

The order of arrival is the number of the receipt, not the clock: a clock that goes back
changes no figure.
"""

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from pipelines.errors import BuildError
from pipelines.formats.reading import Options
from pipelines.locks import only_one


RECEIVED, WITHDRAWN = "received", "withdrawn"
FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


@dataclass(frozen=True)
class Receipt:
    """One thing that happened: a file received, or an earlier one withdrawn.

    `mirrors` is the path of the file within the folder that it was picked up from, if
    it was, and `changed_at` when it was changed there (nanoseconds); `withdraws` is the
    number of the receipt taken back.
    """

    number: int
    event: str
    received_at: str
    collection: str = ""
    dataset: str = ""
    name: str = ""
    sha256: str = ""
    size: int = 0
    sent_by: str = ""
    purpose: str = ""
    mirrors: str = ""
    withdraws: int = 0
    options: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    changed_at: int = 0

    @property
    def reading(self) -> Options:
        """How the file is to be read."""
        return Options.of(self.options)


class Received(Protocol):
    """What is needed to find a file that was received."""

    sha256: str
    name: str
    arrival: int


class Landing:
    """One landing folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the bytes with this hash are."""
        return self.folder / "files" / sha256[:2] / sha256

    def receipts(self) -> list[Receipt]:
        """Every receipt, in order of arrival."""
        found = sorted((self.folder / "receipts").glob("*.json"))
        receipts = [read_receipt(path) for path in found]
        for number, receipt in enumerate(receipts, start=1):
            if receipt.number != number:
                raise BuildError(
                    f"Receipt {number} is gone from the landing. Nothing was "
                    "published. Put it back from a backup."
                )
        return receipts

    def last_number(self) -> int:
        """The number of the last receipt, or 0."""
        last = max((self.folder / "receipts").glob("*.json"), default=None)
        return int(last.stem) if last else 0

    def land(self, path: Path, receipt: Receipt) -> Receipt:
        """Keep a file and its receipt; answers the receipt with its number and hash."""
        with self.writing():
            sha256, size = self.keep(path)
            return self.add(replace(receipt, sha256=sha256, size=size))

    def withdraw(self, number: int, sent_by: str, purpose: str) -> Receipt:
        """Record that a file no longer counts; its bytes and receipt stay."""
        with self.writing():
            receipts = self.receipts()
            taken = {r.withdraws for r in receipts if r.event == WITHDRAWN}
            found = [r for r in receipts if r.number == number and r.event == RECEIVED]
            if not found or number in taken:
                state = "withdrawn already" if found else "not in the landing"
                raise BuildError(
                    f"Receipt {number} is {state}. List them: python -m pipelines receipts"
                )
            return self.add(withdrawal(found[0], sent_by, purpose))

    def add(self, receipt: Receipt) -> Receipt:
        """One more receipt; it appears whole or not at all."""
        folder = self.folder / "receipts"
        folder.mkdir(parents=True, exist_ok=True)
        last = max(folder.glob("*.json"), default=None)
        numbered = in_order(receipt, read_receipt(last) if last else None)
        part = folder / f"{numbered.number:06}.part"
        with part.open("w", encoding="utf-8") as file:
            json.dump(asdict(numbered), file, indent=1, ensure_ascii=False)
            settle(file)
        part.replace(folder / f"{numbered.number:06}.json")
        return numbered

    def keep(self, path: Path) -> tuple[str, int]:
        """Copy the bytes under their hash; bytes that are there and whole stay."""
        sha256 = hash_of(path)
        place = self.path(sha256)
        if not place.exists() or hash_of(place) != sha256:
            self.copy(path, place, sha256)
        return sha256, place.stat().st_size

    def copy(self, path: Path, place: Path, sha256: str) -> None:
        """Copy, compare, and only then give the name that readers look for."""
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_suffix(".part")
        try:
            shutil.copyfile(path, part)
            with part.open("rb+") as file:
                settle(file)
            if hash_of(part) != sha256:
                raise BuildError(f"{path.name} changed while it was read. Hand it in again.")
            part.chmod(0o444)
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)

    def checked(self, receipt: Received) -> Path:
        """The receipt's file, if its bytes are still those that came."""
        place = self.path(receipt.sha256)
        if place.exists() and hash_of(place) == receipt.sha256:
            return place
        state = "is damaged in" if place.exists() else "is gone from"
        raise BuildError(
            f"{receipt.name} (receipt {receipt.arrival}) {state} the landing. Nothing "
            f"was published. Put {place.relative_to(self.folder).as_posix()} back from "
            "a backup, or hand the same file in again: python -m pipelines submit FILE"
        )

    def damaged(self) -> list[Receipt]:
        """Receipts whose bytes are gone or changed; reads every file."""

        def whole(receipt: Receipt) -> bool:
            place = self.path(receipt.sha256)
            return place.exists() and hash_of(place) == receipt.sha256

        return [r for r in self.receipts() if r.event == RECEIVED and not whole(r)]

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Only one process adds at a time; a folder that cannot be written says so."""
        try:
            with only_one(self.folder, "adding files to the landing"):
                remove_parts(self.folder)
                yield
        except OSError as error:
            raise BuildError(in_words(error, self.folder)) from error


def in_words(error: OSError, folder: Path) -> str:
    """What kept a file from being taken in, and what to do about it."""
    if error.errno in FULL:
        return (
            f"There is no room left on the disk of the landing folder {folder.name}. "
            "The file was not taken in. Free some space, then try again."
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"The landing folder {folder.name} cannot be written ({error.strerror}). "
            "Nothing was taken in. Give this user the right to write there, then try "
            "again."
        )
    return f"The file could not be taken in ({error}). Put that right, then try again."


def in_order(receipt: Receipt, last: Receipt | None) -> Receipt:
    """The next number, and a time that is not before the last one's."""
    number = last.number + 1 if last else 1
    said = receipt.received_at or datetime.now(UTC).isoformat(timespec="seconds")
    is_now = not receipt.received_at
    if last and is_now and moment(said) < moment(last.received_at):
        note = f"The clock said {said}, before the receipt {last.number}."
        return replace(receipt, number=number, received_at=last.received_at, note=note)
    return replace(receipt, number=number, received_at=said)


def withdrawal(receipt: Receipt, sent_by: str, purpose: str) -> Receipt:
    """The receipt that takes back another."""
    return replace(
        receipt,
        event=WITHDRAWN,
        withdraws=receipt.number,
        sent_by=sent_by,
        purpose=purpose,
        received_at="",
        note="",
    )


def moment(text: str) -> datetime:
    """The instant that a receipt names; without an offset it is UTC."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def standing(receipts: list[Receipt], until: datetime | None = None) -> list[Receipt]:
    """Receipts of files in order of arrival, as things stood at a moment."""
    known = [r for r in receipts if until is None or moment(r.received_at) < until]
    return [r for r in known if r.event == RECEIVED]


def taken_back(receipts: list[Receipt], until: datetime | None = None) -> set[int]:
    """Numbers of the receipts withdrawn by a moment."""
    return {
        r.withdraws
        for r in receipts
        if r.event == WITHDRAWN and (until is None or moment(r.received_at) < until)
    }


def end_of_day(text: str) -> datetime:
    """The first moment after a day such as 2025-03-31 in UTC."""
    try:
        day = datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        raise BuildError(f"{text!r} is no date. Write it as 2025-03-31.") from None
    return day + timedelta(days=1)


def read_receipt(path: Path) -> Receipt:
    """One receipt; a damaged one stops, since the order of all hangs on it."""
    try:
        return Receipt(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise BuildError(
            f"Receipt {path.name} of the landing is damaged ({error}). Nothing was "
            "published. Put it back from a backup."
        ) from error


def remove_parts(folder: Path) -> None:
    """What an interrupted run left behind was never part of the landing."""
    for part in [*folder.glob("receipts/*.part"), *folder.glob("files/*/*.part")]:
        part.unlink(missing_ok=True)


def hash_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except PermissionError as error:
        raise BuildError(
            f"{path.name} in {path.parent.name} cannot be read ({error.strerror}). "
            "Give this user the right to read it, then try again."
        ) from error


def settle(file: Any) -> None:
    """Hand what was written to the disk, not only to the system's memory."""
    file.flush()
    os.fsync(file.fileno())
