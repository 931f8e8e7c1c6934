"""Ledger: a build reads what is new, and says what one of everything would say."""

import random
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from pipelines import build as builder
from pipelines import landing as landing_module
from pipelines import measure, publish
from pipelines.errors import BuildError
from pipelines.landing import RECEIVED, Landing, Receipt
from pipelines.rules import hashes
from tests.support.compare import differences
from tests.support.rows import Row, action, award, payment, returned, write
from tests.support.warehouse import Installation


PAID = "select payment_id, amount_paid_gbp::integer from core.award_payments order by 1"


class Department(Installation):
    """An installation that receives files one by one."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, counts_faults=True)
        self.folder = folder
        self.landing = Landing(self.settings.landing)

    def send(self, name: str, *rows: Row) -> Receipt:
        """One file of a dataset, straight into the landing."""
        count = self.landing.last_number() + 1
        path = write(self.folder / "outbox" / f"{count}.csv", rows)
        return self.landing.land(path, Receipt(0, RECEIVED, "", "department", name, path.name))

    def pay(self, amount: int, number: int = 1, **cells: object) -> Receipt:
        """A file with one payment."""
        name = f"PAY-{number:04}"
        row = payment(payment_id=name, amount_paid_gbp=amount, **cells)
        return self.send("award_payments", row)

    def hide(self, *receipts: Receipt) -> None:
        """Move landed files away: whoever reads them fails."""
        for receipt in receipts:
            path = self.landing.path(receipt.sha256)
            path.rename(path.with_name("hidden"))

    def paid(self) -> list[tuple]:
        """Payments that count."""
        return self.read(PAID)

    def statuses(self) -> list[str]:
        """What became of each file, in order of arrival."""
        found = self.read("select status from quality.files order by arrival")
        return [status for (status,) in found]

    def whole(self) -> Installation:
        """The same landing, read as a whole into a warehouse of its own."""
        made = Installation(self.folder, counts_faults=True)
        made.settings.raw = self.folder / "nothing"
        made.settings.warehouse = self.folder / "whole"
        made.build(from_landing=True)
        return made


@pytest.fixture
def department(tmp_path) -> Department:
    """A department that has received nothing."""
    return Department(tmp_path)


# What is read ----------------------------------------------------------------------


def test_the_same_bytes_are_not_read_again(department):
    first = department.pay(100)
    department.build()
    again = department.pay(100)
    assert again.sha256 == first.sha256
    department.hide(first)
    report = department.build()
    assert [f["status"] for f in report.files] == ["repeated"]
    assert department.read(
        "select rows_in, accepted, superseded from quality.files order by arrival"
    ) == [(1, 1, 0), (1, 0, 1)]
    assert department.paid() == [("PAY-0001", 100)]


def test_nothing_new_publishes_nothing(department):
    department.pay(100)
    name = department.build().published
    report = department.build()
    assert (report.published, report.messages) == ("", ("Nothing changed.",))
    assert department.published.name == name


def test_a_new_file_and_a_changed_rule_read_only_what_they_touch(tmp_path):
    department = Department(tmp_path)
    reference = shutil.copytree(department.settings.reference, tmp_path / "reference")
    department.settings.reference = reference
    awards = department.send(
        "awards", award(), award(award_id="AWD-0002", funding_model="loan", round_no="")
    )
    paid = department.pay(100)
    department.build()
    assert department.read("select award_id from core.awards") == [("AWD-CS-0012",)]

    # A new file reads itself alone.
    department.hide(awards, paid)
    department.pay(200, number=2)
    report = department.build()
    assert [file["arrival"] for file in report.files] == [3]
    assert department.paid() == [("PAY-0001", 100), ("PAY-0002", 200)]

    # A rule of awards reads the awards again, and no payment.
    path = reference / "lists" / "funding_model.csv"
    path.write_text(path.read_text() + "loan,Loan,9,To be paid back.\n")
    with pytest.raises(BuildError, match=rf"{awards.name} \(receipt 1\) is gone from"):
        department.build()
    assert department.paid() == [("PAY-0001", 100), ("PAY-0002", 200)]
    place = department.landing.path(awards.sha256)
    place.with_name("hidden").rename(place)
    report = department.build()
    assert [file["arrival"] for file in report.files] == [1]
    assert department.read("select award_id from core.awards order by 1") == [
        ("AWD-0002",),
        ("AWD-CS-0012",),
    ]
    assert department.read("select * from quality.quarantine") == []


def test_changed_measures_measure_again_and_read_nothing(department, monkeypatch):
    department.hide(department.send("awards", award()), department.pay(100))
    for path in department.settings.landing.glob("files/*/hidden"):
        path.rename(path.with_name(landing_module.hash_of(path)))
    department.build()
    before = shutil.copy(department.published, department.folder / "before.duckdb")
    department.hide(*department.landing.receipts())
    measured: list[str] = []
    usual = measure.measure_one

    def measure_and_tell(connection, path):
        measured.append(path.stem)
        usual(connection, path)

    monkeypatch.setattr(measure, "measure_one", measure_and_tell)
    monkeypatch.setattr(builder, "hashes", lambda chosen: {**hashes(chosen), "measures": "others"})
    report = department.build()
    assert (report.files, bool(report.published)) == ([], True)
    indicators = department.read("select key from marts.indicators order by 1")
    assert [(key,) for key in sorted(measured)] == indicators
    assert differences(Path(before), department.published) == []


# What counts -----------------------------------------------------------------------


def test_a_withdrawn_file_gives_way_to_the_earlier_one_until_it_is_sent_again(department):
    department.pay(100)
    correction = department.pay(150, record_version=2)
    department.build()
    assert department.paid() == [("PAY-0001", 150)]
    department.landing.withdraw(correction.number, "Ann", "too early")
    department.build()
    assert department.paid() == [("PAY-0001", 100)]
    assert department.statuses() == ["loaded", "withdrawn"]
    department.pay(150, record_version=2)
    department.build()
    assert department.paid() == [("PAY-0001", 150)]
    assert department.statuses() == ["loaded", "withdrawn", "loaded"]
    assert differences(department.whole().published, department.published) == []


def test_a_repeat_takes_the_place_of_an_original_that_is_withdrawn(department):
    first = department.pay(100)
    department.pay(100)
    department.build()
    assert department.statuses() == ["loaded", "repeated"]
    department.landing.withdraw(first.number, "Ann", "sent twice")
    department.build()
    assert department.paid() == [("PAY-0001", 100)]
    assert department.statuses() == ["withdrawn", "loaded"]
    department.landing.withdraw(2, "Ann", "wrong altogether")
    department.build()
    assert department.paid() == []
    assert department.statuses() == ["withdrawn", "withdrawn"]
    assert differences(department.whole().published, department.published) == []


# Step by step and as a whole -------------------------------------------------------

COUNCILS = ("E06000001", "E09000012", "E08000007", "Stoke City Council", "E06000099")


def an_award(rng: random.Random) -> Row:
    return award(
        award_id=f"AWD-{rng.randint(1, 6):04}",
        gss_code=rng.choice(COUNCILS[:4]),
        amount_awarded_gbp=rng.choice(["1000", "£2,500", "-1", ""]),
        record_version=rng.randint(1, 3),
    )


def a_payment(rng: random.Random) -> Row:
    return payment(
        payment_id=f"PAY-{rng.randint(1, 8):04}",
        award_id=f"AWD-{rng.randint(1, 9):04}",
        gss_code=rng.choice(COUNCILS),
        paid_on=rng.choice(["2024-03-28", "1 April 2025", "1999-12-31", "soon"]),
        amount_paid_gbp=rng.choice([100, 250, -5]),
        record_version=rng.randint(1, 3),
        is_withdrawn=rng.choice(["false", "false", "true"]),
    )


def an_action(rng: random.Random) -> Row:
    return action(
        action_id=f"ACT-{rng.randint(1, 6):04}",
        gss_code=rng.choice(COUNCILS),
        record_version=rng.randint(1, 2),
        action_status=rng.choice(["open", "done"]),
    )


def a_return(rng: random.Random) -> Row:
    return returned(
        gss_code=rng.choice(COUNCILS[:3]),
        period_starts_on=f"2025-{rng.randint(1, 6):02}-01",
        record_version=rng.randint(1, 2),
    )


KINDS: dict[str, Callable[[random.Random], Row]] = {
    "awards": an_award,
    "award_payments": a_payment,
    "actions": an_action,
    "returns": a_return,
}


def happen(department: Department, rng: random.Random) -> None:
    """A file, the same file again, a file that is none, or a withdrawal."""
    receipts = department.landing.receipts()
    gone = {receipt.withdraws for receipt in receipts}
    standing = [r for r in receipts if not r.withdraws and r.number not in gone]
    chance = rng.random()
    if chance < 0.2 and standing:
        department.landing.withdraw(rng.choice(standing).number, "Ann", "at random")
    elif chance < 0.4 and standing:
        one = rng.choice([r for r in receipts if not r.withdraws])
        copy = department.folder / "again.csv"
        shutil.copyfile(department.landing.path(one.sha256), copy)
        sent = Receipt(0, RECEIVED, "", one.collection, one.dataset, "again.csv")
        department.landing.land(copy, sent)
    elif chance < 0.5:
        department.send(rng.choice(list(KINDS)), {"no": "such", "columns": "here"})
    else:
        name = rng.choice(list(KINDS))
        rows = [KINDS[name](rng) for _ in range(rng.randint(1, 5))]
        department.send(name, *rows)


@pytest.mark.parametrize("seed", [1, 2])
def test_files_one_by_one_give_what_the_landing_alone_gives(department, seed):
    rng = random.Random(seed)
    for _ in range(3):
        for _ in range(rng.randint(4, 8)):
            happen(department, rng)
        department.build()
    whole = department.whole()
    assert differences(whole.published, department.published) == []
    counts = whole.read(
        "select count(distinct status), sum(accepted), sum(quarantined), "
        "sum(superseded) from quality.files"
    )[0]
    # A sequence without repeats, withdrawals and quarantine would prove little.
    assert all(counts), counts
    assert counts[0] >= 4


# At a time -------------------------------------------------------------------------


@pytest.fixture
def clock(monkeypatch):
    """Sets what the clock says to the landing and to whoever publishes."""

    def set_to(text: str) -> None:
        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return datetime.fromisoformat(text).replace(tzinfo=tz)

        monkeypatch.setattr(landing_module, "datetime", Clock)
        monkeypatch.setattr(publish, "datetime", Clock)

    return set_to


def test_figures_as_at_a_day_are_those_that_were_built_on_it(department, clock):
    clock("2025-04-01T12:00:00")
    first = department.pay(100)
    department.pay(200, number=2)
    department.build()
    monday = shutil.copy(department.published, department.folder / "monday.duckdb")

    clock("2025-04-02T12:00:00")
    department.landing.withdraw(first.number, "Ann", "wrong")
    department.pay(250, number=2, record_version=2)
    department.build()
    tuesday = shutil.copy(department.published, department.folder / "tuesday.duckdb")

    clock("2025-04-03T12:00:00")
    department.pay(100)
    department.pay(300, number=3)
    department.build()
    assert department.paid() == [("PAY-0001", 100), ("PAY-0002", 250), ("PAY-0003", 300)]

    for day, built in (("2025-04-01", monday), ("2025-04-02", tuesday)):
        report = department.build(as_at=day)
        made = department.settings.warehouse / "as-at" / day / report.published
        assert differences(Path(built), made) == []
    assert len(department.paid()) == 3


def test_a_clock_that_goes_back_changes_no_figure_and_no_order(department, clock):
    clock("2026-11-22T12:00:00")
    department.pay(100, paid_on="2026-11-20")
    first = department.build().published
    clock("2020-01-01T12:00:00")
    # Paid after what the clock says: the rule knows when the last file came.
    second = department.pay(150, paid_on="2026-11-20")
    department.put(
        "award_payments",
        [payment(payment_id="PAY-0002", amount_paid_gbp=200, paid_on="2026-11-21")],
    )
    assert department.build().published > first
    assert department.paid() == [("PAY-0001", 150), ("PAY-0002", 200)]
    assert "The clock said 2020-01-01" in second.note
    assert department.read("select * from quality.quarantine") == []
    times = department.read("select distinct received_at::date::text from quality.files")
    assert times == [("2026-11-22",)]
