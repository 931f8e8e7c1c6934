"""Faults: whatever befalls a build, the last warehouse serves and no row is lost."""

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.reading.warehouse import NoWarehouseError, current
from pipelines.landing import RECEIVED, Landing, Receipt
from pipelines.publish import POINTER, published, read_pointer
from tests.support.compare import differences
from tests.support.faulty import Command, Limits
from tests.support.killing import Trial, leftovers
from tests.support.rows import award, payment, write
from tests.support.warehouse import Installation, opened


pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="kills, limits and mounts are Linux's own"
)
PAID = "select payment_id, amount_paid_gbp::integer from core.award_payments order by 1"
FIRST = [("PAY-0001", 100), ("PAY-0002", 200)]
BOTH = [*FIRST, ("PAY-0003", 300)]
SUBMIT = ("--dataset", "award_payments")
LANDED = Receipt(0, RECEIVED, "", "department", "award_payments")


class Department(Installation):
    """An installation to whose commands things happen."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder
        self.landing = Landing(self.settings.landing)

    def start(self, *words: object, **limits: object) -> Command:
        """A command that runs while the test goes on."""
        count = len(list(self.folder.glob("told-*")))
        told = self.folder / f"told-{count}.txt"
        return Command(self.settings, [words], told, Limits(**limits))

    def run(self, *words: object, **limits: object) -> tuple[int, str]:
        """A command's exit code and all that it said, as one line."""
        command = self.start(*words, **limits)
        return command.wait(), command.said

    def file(self, number: int, amount: int) -> Path:
        """A file with one payment."""
        name = f"PAY-{number:04}"
        row = payment(payment_id=name, amount_paid_gbp=amount)
        return write(self.folder / "outbox" / f"{number}.csv", [row])

    def submit(self, number: int, amount: int, **limits: object) -> tuple[int, str]:
        """Hand in a file with one payment."""
        return self.run("submit", self.file(number, amount), *SUBMIT, **limits)

    def served(self) -> list[tuple]:
        """Payments in the file that readers open."""
        path = current(self.settings.warehouse)
        with opened(path) as connection:
            return connection.execute(PAID).fetchall()

    def rebuilt(self) -> "Department":
        """The same landing with an empty warehouse and no folder to look in."""
        other = Department(self.folder)
        for name in ("warehouse", "raw"):
            setattr(other.settings, name, self.folder / f"{name}-apart")
        return other


@pytest.fixture(scope="module")
def published_twice(tmp_path_factory) -> Path:
    """A department that published two payments, one after the other."""
    made = Department(tmp_path_factory.mktemp("department"))
    made.put("awards", [award()])
    assert made.submit(1, 100)[0] == 0
    assert made.submit(2, 200)[0] == 0
    assert made.served() == FIRST
    return made.folder


@pytest.fixture
def department(published_twice, tmp_path) -> Department:
    """That department's files, to do harm to."""
    shutil.copytree(published_twice, tmp_path / "department")
    return Department(tmp_path / "department")


# Killed ----------------------------------------------------------------------------

# Where a kill is most likely to leave a half: the warehouse not yet named, or named but
# not pointed to; bytes not yet kept, or kept without a receipt. `benchmarks/faults.py`
# kills at 200 moments.
WORST = (
    "os.rename of building.part",
    "os.rename of CURRENT.part",
    "os.rename of <hash>.part",
    "os.rename of <number>.part",
    "at a random moment",
)


def test_a_killed_command_leaves_the_figures_of_before_or_of_after(tmp_path):
    trial = Trial(tmp_path / "trial", seed=3)
    rounds = [trial.round(how, trial.new_file()) for how in WORST]
    assert [fault for one in rounds for fault in one.wrong] == []
    # A trial in which nobody died would prove nothing; a random moment may be too late.
    assert [one.step for one in rounds[:-1]] == [f"before {how}" for how in WORST[:-1]]
    assert {one.state for one in rounds} <= {"before", "after"}


# Disk full -------------------------------------------------------------------------


def test_a_file_too_large_for_the_landing_is_not_taken_in(department):
    large = [payment(payment_id=f"PAY-{n:06}") for n in range(10_000, 20_000)]
    path = department.put("award_payments", large, "large.csv")
    receipts = department.landing.receipts()
    code, said = department.run("build", largest=path.stat().st_size // 2)
    assert code == 1
    assert (
        "Stopped: There is no room left on the disk of the landing folder landing. The "
        "file was not taken in. Free some space, then try again." in said
    )
    assert (department.served(), department.landing.receipts()) == (FIRST, receipts)
    assert list(department.settings.landing.rglob("*.part")) == []
    assert department.run("build")[0] == 0
    assert len(department.served()) == 10_002


def test_a_disk_too_small_for_the_warehouse_leaves_the_last_one(department):
    code, said = department.submit(3, 300, largest=2_000_000)
    assert code == 1
    assert "There is no room left on the disk of" in said
    code, said = department.run("submit", department.file(3, 300), *SUBMIT, "--no-build")
    assert (code, department.served()) == (0, FIRST)
    code, said = department.run("build", largest=4_000_000)
    assert code == 1
    assert (
        "Stopped: There is no room left on the disk of warehouse. Free some space, "
        "then build again. The last published warehouse stays in use." in said
    )
    assert department.served() == FIRST
    assert leftovers(department.settings.warehouse) == []
    assert department.run("build")[0] == 0
    assert department.served() == BOTH


@pytest.fixture
def small_disk():
    """Gives a folder a disk of its own; skips where this user may not mount one."""
    mounted: list[Path] = []

    def mount(folder: Path, size: str) -> None:
        words = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        if os.geteuid() != 0 or subprocess.run(words, capture_output=True).returncode:
            pytest.skip("SKIPPED: a small disk needs root and the right to mount")
        mounted.append(folder)

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def enlarge(folder: Path, size: str) -> None:
    """Free some space."""
    words = ["mount", "-o", f"remount,size={size}", str(folder)]
    subprocess.run(words, check=True)


@pytest.mark.parametrize("name", ["landing", "warehouse"])
def test_a_full_disk_is_named_and_the_next_build_completes(department, small_disk, name):
    folder = department.settings.landing.parent / name
    full = folder.with_name("full")
    folder.rename(full)
    folder.mkdir()
    used = sum(path.stat().st_size for path in full.rglob("*") if path.is_file())
    # Whole pages are taken; a warehouse needs room for a second one.
    small_disk(folder, f"{used // 1024 + (80 if name == 'landing' else 1024)}k")
    shutil.copytree(full, folder, dirs_exist_ok=True)
    rows = [payment(payment_id="PAY-0003", amount_paid_gbp=300)] * 2_000
    path = write(department.folder / "outbox" / "3.csv", rows)
    code, said = department.run("submit", path, *SUBMIT)
    assert code == 1
    place = "the landing folder landing" if name == "landing" else "warehouse"
    assert f"There is no room left on the disk of {place}." in said
    assert department.served() == FIRST
    enlarge(folder, "200m")
    code, said = department.run("submit", path, *SUBMIT)
    assert (code, department.served()) == (0, BOTH)


# Read-only -------------------------------------------------------------------------


def read_only(folder: Path) -> None:
    """Nothing more may be written in a folder."""
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)


def writable(folder: Path) -> None:
    """All may be written again."""
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_landing_that_cannot_be_written_says_so_and_serves(department):
    read_only(department.settings.landing)
    code, said = department.submit(3, 300, is_tied=True)
    assert code == 1
    assert (
        "Stopped: The landing folder landing cannot be written (Permission denied). "
        "Nothing was taken in. Give this user the right to write there, then try again." in said
    )
    assert department.served() == FIRST
    code, said = department.run("build", is_tied=True)
    assert (code, "Nothing changed" in said) == (0, True)
    writable(department.settings.landing)
    assert department.submit(3, 300, is_tied=True)[0] == 0
    assert department.served() == BOTH


def test_a_warehouse_folder_that_cannot_be_written_says_so_and_serves(department):
    read_only(department.settings.warehouse)
    code, said = department.submit(3, 300, is_tied=True)
    assert code == 1
    assert (
        "Stopped: warehouse cannot be written. Give this user the right to, then build "
        "again. The last published warehouse stays in use." in said
    )
    assert (department.served(), len(department.landing.receipts())) == (FIRST, 4)
    writable(department.settings.warehouse)
    assert department.run("build", is_tied=True)[0] == 0
    assert department.served() == BOTH


# Two at once -----------------------------------------------------------------------


def test_a_second_build_is_told_who_builds_and_else_waits(department):
    department.put("award_payments", [payment(payment_id="PAY-0003", amount_paid_gbp=300)])
    first = department.start("build")
    first.wait_for("Checking every rule")
    first.signal(signal.SIGSTOP)
    code, said = department.run("build", "--wait", "1")
    assert code == 1
    assert "Stopped: Somebody else is building the warehouse in warehouse (" in said
    assert f"process {first.process.pid}, since 20" in said
    assert said.split("Nothing was changed.")[0].endswith("then try again. ")
    assert department.served() == FIRST
    second = department.start("build")
    second.process.join(1)
    assert second.process.is_alive(), "the second build did not wait"
    first.signal(signal.SIGCONT)
    assert (first.wait(), second.wait()) == (0, 0)
    assert "Published warehouse-000003" in first.said
    assert "Nothing changed." in second.said
    assert department.served() == BOTH


def test_a_build_that_died_keeps_nobody_waiting(department):
    path = department.file(3, 300)
    department.run("submit", path, *SUBMIT, "--no-build")
    first = department.start("build")
    first.wait_for("Checking every rule")
    assert first.kill() == -signal.SIGKILL
    code, said = department.run("build", "--wait", "1")
    assert code == 0
    assert "An earlier build was broken off; it left no trace." in said
    assert department.served() == BOTH


# Damage ----------------------------------------------------------------------------


def flip(path: Path) -> None:
    """Change a byte in the middle."""
    path.chmod(0o644)
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        byte = file.read(1)[0]
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 0xFF]))


def truncate(path: Path) -> None:
    """Lose the second half."""
    path.chmod(0o644)
    os.truncate(path, path.stat().st_size // 2)


@pytest.mark.parametrize("damage", [truncate, os.remove])
def test_a_damaged_warehouse_is_replaced_by_the_one_before(department, damage):
    pointer = read_pointer(department.settings.warehouse)
    damage(department.published)
    assert Path(current(department.settings.warehouse)).name == pointer.previous
    assert department.served() == FIRST[:1]


def test_a_damaged_warehouse_is_made_again(department):
    whole = shutil.copy(department.published, department.folder / "whole.duckdb")
    pointer = read_pointer(department.settings.warehouse)
    flip(department.published)
    assert department.served() == FIRST[:1]
    code, said = department.run("build")
    assert code == 0
    words = "is gone or damaged: the warehouse was made again from the landing."
    assert f"{pointer.file} {words}" in said
    assert department.served() == FIRST
    assert differences(Path(whole), department.published) == []
    # What is damaged must not be what serves if the new file is damaged too.
    after = read_pointer(department.settings.warehouse)
    assert after.previous == pointer.previous
    flip(department.published)
    assert department.served() == FIRST[:1]


@pytest.mark.parametrize("text", ["", "{", "\x00" * 200, '{"file": 1}', "[]"])
def test_a_damaged_pointer_leaves_the_newest_warehouse_serving(department, text):
    (department.settings.warehouse / POINTER).write_text(text)
    assert department.served() == FIRST


def test_a_build_makes_a_damaged_pointer_again(department):
    before = department.published.name
    (department.settings.warehouse / POINTER).write_text('{"file": ')
    code, said = department.run("build")
    assert code == 0
    assert "CURRENT is gone or damaged: the warehouse was made again from the landing." in said
    assert department.served() == FIRST
    assert department.published.name > before


def test_without_any_whole_warehouse_the_reader_says_what_to_do(department):
    for path in department.settings.warehouse.glob("warehouse-*"):
        path.unlink()
    with pytest.raises(NoWarehouseError, match="is gone. Run: python -m pipelines"):
        current(department.settings.warehouse)


def test_a_damaged_landing_file_stops_only_a_build_that_reads_it(department):
    receipt = department.landing.receipts()[-1]
    flip(department.landing.path(receipt.sha256))
    third = [payment(payment_id="PAY-0003", amount_paid_gbp=300)]
    department.put("award_payments", third)
    assert department.run("build")[0] == 0
    assert department.served() == BOTH
    apart = department.rebuilt()
    code, said = apart.run("build", "--from-landing")
    assert code == 1
    place = f"files/{receipt.sha256[:2]}/{receipt.sha256}"
    assert "Stopped: 2.csv (receipt 3) is damaged in the landing." in said
    assert "Nothing was published." in said
    assert place in said.replace(" ", "")
    assert published(apart.settings.warehouse) is None
    assert department.served() == BOTH
    code, said = department.run("verify")
    assert code == 1
    assert "Gone or damaged in the landing: 2.csv (receipt 3)" in said
    path = department.file(2, 200)
    assert department.run("submit", path, *SUBMIT, "--no-build")[0] == 0
    assert department.run("verify")[0] == 0
    assert apart.run("build", "--from-landing")[0] == 0
    assert apart.served() == BOTH


def test_a_damaged_receipt_stops_the_build_and_the_last_warehouse_serves(department):
    path = department.settings.landing / "receipts" / "000002.json"
    text = path.read_text()
    path.write_text(text[: len(text) // 2])
    department.put("award_payments", [payment(payment_id="PAY-0003")])
    code, said = department.run("build")
    assert code == 1
    assert "Stopped: Receipt 000002.json of the landing is damaged" in said
    assert department.served() == FIRST
    path.write_text(text)
    assert department.run("build")[0] == 0
    assert len(department.served()) == 3


def test_a_landing_older_than_the_warehouse_loses_no_row(department):
    """An old backup of the landing must not give a lost receipt's number away."""
    last = department.settings.landing / "receipts" / "000003.json"
    last.unlink()
    code, said = department.run("build")
    assert code == 1
    words = "Stopped: The warehouse knows receipt 3, and the landing has lost it."
    assert words in said
    for number in (3, 4):
        path = department.file(number, number * 100)
        department.landing.land(path, replace(LANDED, name=path.name))
    code, said = department.run("build")
    assert (code, words in said) == (1, True)
    assert department.served() == FIRST
