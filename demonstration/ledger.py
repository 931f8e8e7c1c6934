"""Payments on the awards, and the budgets that they count against: £85m in all."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import numpy as np

from demonstration.councils import common
from demonstration.funding import FIRST_YEAR
from demonstration.period import label, year_of
from demonstration.world import World


# Programme, objective and envelope in pounds for 2022/23, 2023/24 and 2024/25: £85m.
BUDGETS = [
    ("cyber_support", 1, 9_000_000, 12_000_000, 10_000_000),
    ("cyber_support", 2, 2_000_000, 3_000_000, 3_000_000),
    ("local_digital_fund", 3, 7_000_000, 4_000_000, 4_500_000),
    ("local_digital_fund", 5, 3_000_000, 2_500_000, 2_500_000),
    ("future_councils", 3, 6_500_000, 500_000, 500_000),
    ("caf", 1, 500_000, 1_500_000, 4_500_000),
    ("training", 4, 1_000_000, 1_000_000, 1_000_000),
    ("other", 4, 1_500_000, 2_000_000, 2_000_000),
]


def write_payments(world: World, awards: list[dict[str, Any]]) -> None:
    """One to three payments an award, adding up to most or all of it."""
    councils = {each.gss_code: each for each in world.councils}
    files: dict[int, list[dict[str, Any]]] = {}
    number = 0
    for row in awards:
        if not row.get("amount_awarded_gbp"):
            continue
        rng = world.rng("award_payments", row["award_id"])
        for paid_on, amount in payments(row, rng):
            number += 1
            council = councils[row["gss_code"]]
            # A council that was abolished meanwhile can no longer be paid.
            if not council.exists_on(paid_on):
                continue
            paid = common(council) | {
                "payment_id": f"PAY-{number:06d}",
                "award_id": row["award_id"],
                "gss_code": row["gss_code"],
                "paid_on": paid_on,
                "amount_paid_gbp": f"{amount:.2f}",
                "handling": "OFFICIAL",
            }
            files.setdefault(year_of(paid_on), []).append(paid)
    for year in sorted(files):
        world.files.add("award_payments", f"{year}-1", files[year], least=1)


def payments(row: dict[str, Any], rng: np.random.Generator) -> Iterator[tuple[dt.date, float]]:
    """Equal parts, the last one left out for one award in six."""
    parts = int(rng.integers(1, 4))
    unpaid = rng.random() < 0.17
    amount = float(row["amount_awarded_gbp"]) // parts
    for n in range(parts - (unpaid and parts > 1)):
        waited = int(rng.integers(14, 60)) + n * 150
        part = amount * 0.9 if unpaid and parts == 1 else amount
        yield row["awarded_on"] + dt.timedelta(days=waited), part


def write_budgets(world: World) -> None:
    """The envelope by programme, objective and year."""
    rows = [
        {
            "programme": programme,
            "financial_year": label(FIRST_YEAR + n),
            "objective": objective,
            "envelope_gbp": f"{amount:.2f}",
            "record_version": 1,
            "is_withdrawn": "false",
            "share_level": "public",
            "handling": "OFFICIAL",
        }
        for programme, objective, *amounts in BUDGETS
        for n, amount in enumerate(amounts)
    ]
    world.files.add("programme_budgets", "2022-1", rows)
