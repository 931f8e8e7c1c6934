"""Councils that send files of payments, and a twin that says what must come of them.

The twin reads receipts and knows what each file said; it shares no code with the build.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipelines.landing import Landing, Receipt, hash_of
from tests.support.rows import Row, award, payment, write
from tests.support.warehouse import Installation


COUNCILS = ("E06000001", "E09000012", "E08000007")
DATASET = ("--dataset", "award_payments")
FIGURES = {
    "payments": "select collection, payment_id, record_version, amount_paid_gbp "
    "from core.award_payments order by all",
    "files": "select arrival, rows_in, accepted, quarantined, superseded "
    "from quality.files where dataset = 'award_payments' order by all",
    "paid": "select coalesce(sum(numerator), 0)::decimal(18, 2) "
    "from marts.indicator_values where indicator = 'amount_paid'",
}
Lines = list[list[str]]
Figures = dict[str, list[tuple]]


@dataclass
class Sender:
    """Whoever sends files to one installation, at random but the same for a seed."""

    installation: Installation
    seed: int
    contents: dict[str, list[Row]] = field(default_factory=dict)
    versions: Counter[str] = field(default_factory=Counter)
    files: list[Path] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.outbox = self.installation.settings.landing.parent / "outbox"
        # Payments count in a council's months from its first award on.
        self.installation.put("awards", [award(gss_code=code) for code in COUNCILS])

    @property
    def landing(self) -> Landing:
        """Where the files go."""
        return Landing(self.installation.settings.landing)

    def act(self) -> Lines:
        """Something that happens: command lines that tell the pipeline of it."""
        standing = still_counted(self.landing.receipts())
        chance = self.random.random()
        if chance < 0.12 and len(standing) > 3:
            number = self.random.choice(standing).number
            return [["withdraw", str(number), "--reason", "test"], ["build"]]
        if chance < 0.3:
            self.make(self.installation.settings.raw / "award_payments")
            return [["build"]]
        if chance < 0.4 and self.files:
            return self.submit(self.random.choice(self.files))
        return self.submit(self.make(self.outbox))

    def submit(self, path: Path) -> Lines:
        """Hand one file in."""
        return [["submit", str(path), *DATASET, "--sent-by", "a council"]]

    def make(self, folder: Path) -> Path:
        """A file of new payments, corrections, withdrawals and a broken row or two."""
        known = sorted(self.versions)
        some = self.random.sample(known, min(len(known), self.random.randint(0, 2)))
        fresh = [f"PAY-{len(known) + n:06}" for n in range(self.random.randint(1, 3))]
        rows = [self.row(name) for name in [*some, *fresh]]
        path = write(folder / f"{len(self.contents) + 1}.csv", rows)
        self.contents[hash_of(path)] = rows
        if folder == self.outbox:
            self.files.append(path)
        return path

    def row(self, name: str) -> Row:
        """One payment; now and then with the version that it had, or an amount below
        nothing, which no rule allows."""
        if name not in self.versions or self.random.random() < 0.7:
            self.versions[name] += 1
        pence = self.random.randint(1, 10_000_00)
        is_broken = self.random.random() < 0.15
        return payment(
            payment_id=name,
            gss_code=self.random.choice(COUNCILS),
            amount_paid_gbp=Decimal(-pence if is_broken else pence) / 100,
            record_version=self.versions[name],
            is_withdrawn="true" if self.random.random() < 0.1 else "false",
        )

    def expected(self) -> Figures:
        """What the warehouse must say of the receipts that are there."""
        return figures_of(self.landing.receipts(), self.contents)

    def read(self, warehouse: Path) -> Figures:
        """What a warehouse file says."""
        import duckdb

        with duckdb.connect(str(warehouse), read_only=True) as connection:
            return {name: connection.execute(select).fetchall() for name, select in FIGURES.items()}


def still_counted(receipts: list[Receipt]) -> list[Receipt]:
    """Files received and not withdrawn."""
    gone = {receipt.withdraws for receipt in receipts}
    return [r for r in payments(receipts) if r.number not in gone]


def payments(receipts: list[Receipt]) -> list[Receipt]:
    """Files of payments received, whether or not they were withdrawn since."""
    return [r for r in receipts if not r.withdraws and r.dataset == "award_payments"]


def figures_of(receipts: list[Receipt], contents: dict[str, list[Row]]) -> Figures:
    """The slow, obvious way: go through every row of every file that counts."""
    gone = {receipt.withdraws for receipt in receipts if receipt.withdraws}
    read, repeats, seen = [], set(), set()
    for receipt in payments(receipts):
        if receipt.number not in gone and receipt.sha256 in seen:
            repeats.add(receipt.number)
            continue
        if receipt.number not in gone:
            seen.add(receipt.sha256)
        read += [(receipt.number, line, row) for line, row in enumerate(contents[receipt.sha256])]
    good = [one for one in read if not is_broken(one[2])]
    current = newest(good, gone)
    counted = [row for _, _, row in current if row["is_withdrawn"] == "false"]
    return {
        "payments": sorted(
            (
                "department",
                row["payment_id"],
                int(row["record_version"]),
                Decimal(row["amount_paid_gbp"]).quantize(Decimal("0.01")),
            )
            for row in counted
        ),
        "files": [
            account(r, len(contents[r.sha256]), r.number in repeats, good, current)
            for r in payments(receipts)
        ],
        "paid": [(sum((Decimal(r["amount_paid_gbp"]) for r in counted), Decimal(0)),)],
    }


def is_broken(row: Row) -> bool:
    """Whether a rule sets the row aside."""
    return row["amount_paid_gbp"].startswith("-")


def newest(rows: list[tuple[int, int, Row]], gone: set[int]) -> list[Any]:
    """Of the rows with one key the one that counts: latest version, latest arrival."""
    by_key: dict[str, list[tuple[int, int, Row]]] = {}
    for one in rows:
        if one[0] not in gone:
            by_key.setdefault(one[2]["payment_id"], []).append(one)
    return [
        max(several, key=lambda one: (int(one[2]["record_version"]), one[0], one[1]))
        for several in by_key.values()
    ]


def account(
    receipt: Receipt, rows_in: int, is_repeat: bool, good: list, current: list
) -> tuple[int, int, int, int, int]:
    """Arrival, rows in, accepted, quarantined, superseded."""
    number = receipt.number
    if is_repeat:
        return number, rows_in, 0, 0, rows_in
    kept = sum(arrival == number for arrival, _, _ in good)
    counted = sum(arrival == number for arrival, _, _ in current)
    return number, rows_in, counted, rows_in - kept, kept - counted
