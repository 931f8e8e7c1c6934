"""Awards under the £85m provision, invented; the Future Councils sites are real."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from demonstration.councils import Council, common
from demonstration.period import year_of
from demonstration.support import PILOT_BEGAN_ON, PILOT_SITES, is_pilot
from demonstration.world import World


FIRST_YEAR = 2022
FUNDER_THEN = "Department for Levelling Up, Housing and Communities"
FUNDER_NOW = "Ministry of Housing, Communities and Local Government"
RENAMED_ON = dt.date(2024, 7, 9)


def write_funding(world: World) -> list[dict[str, Any]]:
    """Write the awards and return them; remember which council had which, and when."""
    awards = sorted(all_awards(world), key=lambda row: (row["awarded_on"], row["award_id"]))
    by_council: dict[str, list[tuple[str, dt.date]]] = {}
    for row in awards:
        found = by_council.setdefault(row["gss_code"], [])
        found.append((row["award_id"], row["awarded_on"]))
    world.truths["awards_by_council"] = by_council
    write_awards(world, awards)
    return awards


def write_awards(world: World, awards: list[dict[str, Any]]) -> None:
    """One file for each year of award, and a later one with new end dates."""
    rng = world.rng("awards_extended")
    extended = []
    for year in sorted({year_of(row["awarded_on"]) for row in awards}):
        own = [row for row in awards if year_of(row["awarded_on"]) == year]
        world.files.add("awards", f"{year}-1", own, least=1)
        for row in own:
            if rng.random() < 0.02:
                ends_on = row["ends_on"] + dt.timedelta(days=183)
                extended.append(row | {"record_version": 2, "ends_on": ends_on})
    world.files.add("awards", "2025-2-extended", extended)


def all_awards(world: World) -> Iterator[dict[str, Any]]:
    """Every programme's awards."""
    yield from cyber_support(world)
    yield from future_councils(world)
    yield from local_digital_fund(world)
    yield from others(world)


def award(council: Council, award_id: str, days: tuple[dt.date, ...], **rest: Any) -> Any:
    """A row; `days` are awarded, starts and ends."""
    awarded_on, starts_on, ends_on = days
    return common(council) | {
        "award_id": award_id,
        "gss_code": council.gss_code,
        "currency": "GBP",
        "awarded_on": awarded_on,
        "role": "lead",
        "funding_org_name": FUNDER_THEN if awarded_on < RENAMED_ON else FUNDER_NOW,
        "funding_model": "continuous",
        "starts_on": starts_on,
        "ends_on": ends_on,
        "handling": "OFFICIAL",
        **rest,
    }


def cyber_support(world: World) -> Iterator[dict[str, Any]]:
    """One grant for each treated council outside Future Councils."""
    treated = [each for each in world.councils if each.gss_code in world.support]
    number = 0
    for council in treated:
        if is_pilot(council):
            continue
        number += 1
        rng = world.rng("awards", council.gss_code)
        first = world.support[council.gss_code]
        awarded = max(first - dt.timedelta(days=int(rng.integers(18, 60))), open_on())
        yield award(
            council,
            f"AWD-CS-{number:04d}",
            (awarded, awarded + dt.timedelta(days=10), first + dt.timedelta(days=365)),
            title="Cyber Support grant",
            amount_awarded_gbp=pounds(rng.normal(135_000, 30_000), 5_000),
            programme="cyber_support",
            objective=1 if rng.random() < 0.8 else 2,
            first_support_on=first,
        )


def open_on() -> dt.date:
    """First day of the provision: nothing is awarded before it."""
    return dt.date(FIRST_YEAR, 4, 1)


def future_councils(world: World) -> Iterator[dict[str, Any]]:
    """Eight awards to nine councils; the joint one's amount is on the lead's row."""
    councils = {each.gss_code: each for each in world.councils}
    for number, (site, codes) in enumerate(PILOT_SITES.items(), 1):
        for code in codes:
            is_lead = code == codes[0]
            yield award(
                councils[code],
                f"AWD-FC-{number:04d}",
                (dt.date(2023, 3, 13), dt.date(2023, 3, 27), dt.date(2024, 9, 30)),
                title=f"Future Councils pilot: {site}",
                amount_awarded_gbp="750000.00" if is_lead else "",
                role="lead" if is_lead else "partner",
                partnership_id="PSH-0001" if len(codes) > 1 else "",
                programme="future_councils",
                objective=3,
                first_support_on=PILOT_BEGAN_ON,
            )


def local_digital_fund(world: World) -> Iterator[dict[str, Any]]:
    """Rounds 5 and 6 with one or two partners each, then continuous funding."""
    rng = world.rng("awards", "local_digital_fund")
    days = {5: dt.date(2022, 5, 16), 6: dt.date(2022, 11, 14)}
    for number in range(1, 61):
        round_no = 5 if number <= 16 else 6 if number <= 32 else None
        late = int(rng.integers(0, 710))
        awarded = days.get(round_no or 0, dt.date(2023, 4, 3) + dt.timedelta(days=late))
        able = [each for each in world.councils if each.exists_on(awarded)]
        chosen = rng.choice(len(able), int(rng.integers(1, 4)), replace=False)
        amount = pounds(rng.normal(240_000, 60_000), 10_000)
        objective = 3 if rng.random() < 0.65 else 5
        for n, index in enumerate(chosen):
            yield award(
                able[int(index)],
                f"AWD-LDF-{number:04d}",
                (awarded, awarded + dt.timedelta(28), awarded + dt.timedelta(393)),
                title=f"Local Digital Fund project {number}",
                amount_awarded_gbp=amount if n == 0 else "",
                role="lead" if n == 0 else "partner",
                partnership_id=f"PSH-{1000 + number}" if len(chosen) > 1 else "",
                programme="local_digital_fund",
                funding_model="round" if round_no else "continuous",
                round_no=round_no or "",
                objective=objective,
            )


def others(world: World) -> Iterator[dict[str, Any]]:
    """Support for the CAF in 2024/25, and training in each year."""
    rng = world.rng("awards", "others")
    plans = [("caf", 1, 2024, 120, 30_000), ("training", 4, 2022, 30, 12_000)]
    plans += [("training", 4, 2023, 30, 12_000), ("training", 4, 2024, 30, 12_000)]
    for programme, objective, year, count, usual in plans:
        day = dt.date(year, 6, 1)
        able = [each for each in world.councils if each.exists_on(day.replace(year + 1))]
        able = [each for each in able if each.exists_on(day)]
        for n, index in enumerate(sorted(rng.choice(len(able), count, replace=False)), 1):
            awarded = day + dt.timedelta(days=int(rng.integers(0, 270)))
            yield award(
                able[int(index)],
                f"AWD-{programme.upper()[:3]}-{year}-{n:03d}",
                (awarded, awarded + dt.timedelta(14), awarded + dt.timedelta(200)),
                title="CAF support" if programme == "caf" else "Cyber training places",
                amount_awarded_gbp=pounds(rng.normal(usual, usual / 4), 500),
                programme=programme,
                objective=objective,
            )


def pounds(amount: float, step: int) -> str:
    """An amount in pounds, rounded as grants are."""
    return f"{max(round(amount / step), 1) * step:.2f}"
