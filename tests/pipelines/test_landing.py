"""The landing: bytes under their hash, receipts in order, nothing overwritten."""

import hashlib
import json
import multiprocessing
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines import landing as module
from pipelines.collect import collect, missing
from pipelines.errors import BuildError
from pipelines.landing import RECEIVED, Landing, Receipt, end_of_day, standing
from pipelines.sources import source_of


@pytest.fixture
def landing(tmp_path) -> Landing:
    """An empty landing."""
    return Landing(tmp_path / "landing")


@pytest.fixture
def file(tmp_path):
    """Makes a file with this text."""

    def write(text: str, name: str = "1.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def receipt(name: str = "1.csv", **facts: object) -> Receipt:
    """A receipt to be written, of one of the department's files."""
    return Receipt(0, RECEIVED, "", "department", "events", name, **facts)


@pytest.fixture
def clock(monkeypatch):
    """Sets what the clock says, to the landing alone."""

    def set_to(text: str) -> None:
        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return datetime.fromisoformat(text).replace(tzinfo=tz)

        monkeypatch.setattr(module, "datetime", Clock)

    return set_to


def numbers(landing: Landing) -> list[int]:
    """The receipts' numbers, in order."""
    return [one.number for one in landing.receipts()]


# Keeping ---------------------------------------------------------------------------


def test_a_file_is_kept_under_its_hash_with_a_receipt_that_says_who_sent_it(landing, file):
    made = landing.land(
        file("a,b\n1,2\n"), receipt(sent_by="Ann", purpose="May", options={"council": "E06000001"})
    )
    expected = hashlib.sha256(b"a,b\n1,2\n").hexdigest()
    assert (made.number, made.sha256, made.size) == (1, expected, 8)
    assert landing.path(expected).read_text() == "a,b\n1,2\n"
    assert landing.path(expected).stat().st_mode & 0o777 == 0o444
    assert landing.receipts() == [made]
    assert landing.receipts()[0].reading.council == "E06000001"
    assert datetime.fromisoformat(made.received_at).tzinfo == UTC
    assert (made.sent_by, made.purpose) == ("Ann", "May")


def test_the_same_bytes_twice_are_kept_once_with_two_receipts(landing, file):
    landing.land(file("same"), receipt("1.csv"))
    kept = landing.path(landing.receipts()[0].sha256).stat()
    landing.land(file("same", "2.csv"), receipt("2.csv"))
    assert [r.name for r in landing.receipts()] == ["1.csv", "2.csv"]
    assert len({r.sha256 for r in landing.receipts()}) == 1
    assert landing.path(landing.receipts()[0].sha256).stat().st_ino == kept.st_ino


def test_receipts_stand_in_order_past_the_tenth(landing, file):
    for number in range(1, 13):
        landing.land(file(f"file {number}"), receipt(f"{number}.csv"))
    assert numbers(landing) == list(range(1, 13))
    assert [r.name for r in landing.receipts()] == [f"{n}.csv" for n in range(1, 13)]
    assert landing.last_number() == 12


def test_an_empty_landing_has_no_receipts_and_nothing_damaged(landing):
    assert (landing.receipts(), landing.last_number(), landing.damaged()) == ([], 0, [])


def test_a_file_that_changes_while_it_is_copied_is_not_kept(landing, file, monkeypatch):
    path = file("before")
    copy = module.shutil.copyfile

    def change_and_copy(source: Path, place: Path) -> None:
        source.write_text("after")
        copy(source, place)

    monkeypatch.setattr(module.shutil, "copyfile", change_and_copy)
    with pytest.raises(BuildError, match="1.csv changed while it was read"):
        landing.land(path, receipt())
    assert landing.receipts() == []
    assert [p for p in landing.folder.glob("files/*/*") if p.is_file()] == []


def test_a_file_that_may_not_be_read_says_so(landing, file, monkeypatch):
    path, usual = file("secret"), Path.open

    def refuse(self: Path, *arguments: object, **options: object) -> object:
        if self == path:
            raise PermissionError(13, "Permission denied", str(self))
        return usual(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(BuildError, match=r"1\.csv in .* cannot be read \(Permission"):
        landing.land(path, receipt())


# Withdrawing -----------------------------------------------------------------------


def test_a_withdrawal_is_a_receipt_and_the_file_stays(landing, file):
    first = landing.land(file("one"), receipt())
    taken = landing.withdraw(1, "Ann", "wrong month")
    assert (taken.number, taken.event, taken.withdraws) == (2, "withdrawn", 1)
    assert (taken.sent_by, taken.purpose) == ("Ann", "wrong month")
    assert landing.receipts() == [first, taken]
    assert landing.path(first.sha256).read_text() == "one"
    assert standing(landing.receipts()) == [first]
    assert module.taken_back(landing.receipts()) == {1}


@pytest.mark.parametrize(
    ("number", "words"), [(1, "withdrawn already"), (2, "not in"), (9, "not in")]
)
def test_only_a_file_that_stands_can_be_withdrawn(landing, file, number, words):
    landing.land(file("one"), receipt())
    landing.withdraw(1, "Ann", "")
    with pytest.raises(BuildError, match=f"Receipt {number} is {words}"):
        landing.withdraw(number, "Ann", "")
    assert numbers(landing) == [1, 2]


# Order and the clock ---------------------------------------------------------------


def test_a_clock_that_goes_back_changes_neither_order_nor_time(landing, file, clock):
    clock("2026-11-22T09:00:00")
    landing.land(file("one"), receipt())
    clock("2026-11-20T09:00:00")
    second = landing.land(file("two"), receipt("2.csv"))
    assert second.number == 2
    assert second.received_at == "2026-11-22T09:00:00+00:00"
    assert second.note == ("The clock said 2026-11-20T09:00:00+00:00, before the receipt 1.")
    taken = landing.withdraw(1, "Ann", "")
    assert (taken.number, taken.received_at) == (3, "2026-11-22T09:00:00+00:00")
    clock("2026-11-23T09:00:00")
    fourth = landing.land(file("four"), receipt("4.csv"))
    assert (fourth.received_at, fourth.note) == ("2026-11-23T09:00:00+00:00", "")


def test_a_clock_that_goes_back_does_not_date_a_collected_file_before_others(
    installation, landing, file, clock
):
    clock("2026-11-22T09:00:00")
    landing.land(file("one"), receipt())
    clock("2026-11-20T09:00:00")
    installation.put("events", [{"event_id": "EVT-0001"}])
    (collected,) = collect(installation.settings)
    assert collected.received_at == "2026-11-22T09:00:00+00:00"
    assert "The clock said 2026-11-20" in collected.note


def test_a_folder_may_say_that_its_files_came_earlier(installation, landing, file):
    landing.land(file("one"), receipt())
    path = installation.put("events", [{"event_id": "EVT-0001"}])
    said = {"events/1.csv": "2024-04-02T10:00:00+00:00"}
    (path.parents[1] / "received.json").write_text(json.dumps(said))
    (collected,) = collect(installation.settings)
    assert (collected.number, collected.note) == (2, "")
    assert collected.received_at == "2024-04-02T10:00:00+00:00"
    until = end_of_day("2024-04-02")
    assert [r.number for r in standing(landing.receipts(), until)] == [2]


@pytest.mark.parametrize("text", ["31/03/2025", "2025-02-30", "yesterday"])
def test_a_day_that_is_none_says_how_to_write_one(text):
    with pytest.raises(BuildError, match="is no date. Write it as 2025-03-31"):
        end_of_day(text)


# Damage ----------------------------------------------------------------------------


def flip(path: Path) -> None:
    """Change the byte in the middle."""
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


@pytest.mark.parametrize(("damage", "state"), [(flip, "damaged in"), (os.remove, "gone from")])
def test_a_damaged_file_is_named_and_the_same_file_handed_in_again_mends_it(
    landing, file, damage, state
):
    landing.land(file("whole"), receipt("whole.csv"))
    made = landing.land(file("some bytes", "2.csv"), receipt("2.csv"))
    damage(landing.path(made.sha256))
    assert landing.damaged() == [made]
    place = f"files/{made.sha256[:2]}/{made.sha256}"
    words = f"2.csv \\(receipt 2\\) is {state} the landing. Nothing was published. "
    with pytest.raises(BuildError, match=f"{words}Put {place} back from a backup"):
        landing.checked(source_of(made, landing.path(made.sha256)))
    landing.land(file("some bytes", "again.csv"), receipt("again.csv"))
    assert landing.damaged() == []
    assert landing.checked(source_of(made, file("any"))) == landing.path(made.sha256)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"number": 1}', "\x00" * 40])
def test_a_damaged_receipt_stops_with_its_name(landing, file, text):
    landing.land(file("one"), receipt())
    (landing.folder / "receipts" / "000001.json").write_text(text)
    words = "Receipt 000001.json of the landing is damaged .* Put it back from a backup"
    with pytest.raises(BuildError, match=words):
        landing.receipts()
    with pytest.raises(BuildError, match=words):
        landing.land(file("two"), receipt("2.csv"))


def test_a_receipt_that_is_gone_is_missed(landing, file):
    for number in range(1, 4):
        landing.land(file(f"file {number}"), receipt(f"{number}.csv"))
    (landing.folder / "receipts" / "000002.json").unlink()
    with pytest.raises(BuildError, match="Receipt 2 is gone from the landing"):
        landing.receipts()


def test_parts_left_over_are_no_receipts_and_go_with_the_next_file(landing, file):
    made = landing.land(file("one"), receipt())
    left = [
        landing.folder / "receipts" / "000002.part",
        landing.path(made.sha256).with_suffix(".part"),
        landing.folder / "files" / "ab" / ("ab" * 32 + ".part"),
    ]
    for path in left:
        path.parent.mkdir(exist_ok=True)
        path.write_text("half of")
    assert landing.receipts() == [made]
    assert landing.damaged() == []
    assert landing.land(file("two"), receipt("2.csv")).number == 2
    assert [path for path in left if path.exists()] == []


# Folders ---------------------------------------------------------------------------


def test_a_file_is_collected_once_whatever_becomes_of_it_there(installation, landing):
    path = installation.put("events", [{"event_id": "EVT-0001"}])
    assert [r.mirrors for r in collect(installation.settings)] == ["events/1.csv"]
    assert collect(installation.settings) == []
    path.unlink()
    assert missing(installation.settings, landing) == []
    installation.put("events", [{"event_id": "EVT-0002"}])
    assert [r.event for r in collect(installation.settings)] == [RECEIVED]
    assert module.taken_back(landing.receipts()) == set()


def test_a_withdrawn_file_that_still_lies_in_its_folder_does_not_come_back(installation, landing):
    path = installation.put("events", [{"event_id": "EVT-0001"}])
    collect(installation.settings)
    landing.withdraw(1, "Ann", "wrong month")
    assert collect(installation.settings) == []
    path.write_text("event_id\nEVT-0002\n")
    assert [r.number for r in collect(installation.settings)] == [3]
    assert module.taken_back(landing.receipts()) == {1}


def test_a_mirrored_file_that_changed_or_went_is_withdrawn(installation, landing):
    path = installation.settings.demonstration / "events" / "1.csv"
    path.parent.mkdir(parents=True)
    path.write_text("one")
    collect(installation.settings)
    path.write_text("two")
    collect(installation.settings)
    path.unlink()
    collect(installation.settings)
    told = [(r.number, r.event, r.withdraws) for r in landing.receipts()]
    assert told == [
        (1, "received", 0),
        (2, "withdrawn", 1),
        (3, "received", 0),
        (4, "withdrawn", 3),
    ]


# Several at once -------------------------------------------------------------------


def land_many(folder: Path, file: Path, count: int) -> None:
    """In a process of its own: hand one file in several times."""
    for _ in range(count):
        Landing(folder).land(file, receipt(file.name))


def test_processes_that_land_at_once_never_share_a_number(landing, file):
    context = multiprocessing.get_context("spawn")
    files = [file(f"from process {n}", f"{n}.csv") for n in range(4)]
    processes = [
        context.Process(target=land_many, args=(landing.folder, path, 10)) for path in files
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * 4
    found = landing.receipts()
    assert [one.number for one in found] == list(range(1, 41))
    assert {path.name: 10 for path in files} == {
        path.name: sum(one.name == path.name for one in found) for path in files
    }
    assert landing.damaged() == []
    assert list(landing.folder.rglob("*.part")) == []
