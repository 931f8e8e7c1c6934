"""Incidents of one council: drawn all at once, as arrays."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np

from demonstration.councils import Council
from demonstration.kinds import kinds
from demonstration.maturity import HOURS_FACTOR, hours_factor_from
from demonstration.moments import after, in_months, month_index, season
from demonstration.period import to_local
from demonstration.reporting import months_of, reported
from demonstration.shared_events import SharedEvent
from demonstration.systems import SUPPLIER_SHARE, SUPPLIERS
from demonstration.world import World


# What had not happened by then is not in the files: those rows are still open.
CUT = np.datetime64("2026-04-12T17:00", "m")
RATE = 0.45
KIND_RATE = {"district": 0.85, "unitary": 1.15, "metropolitan": 1.2, "london": 1.15, "county": 1.0}
STATUSES = np.array(["Confirmed", "Suspected", "Near miss", "False positive"])
Columns = dict[str, np.ndarray]


@dataclass(frozen=True)
class Batch:
    """All incidents of one council, one array per column, and the kind of each."""

    council: Council
    kind: np.ndarray
    columns: Columns

    def __len__(self) -> int:
        return len(self.kind)


def monthly_rate(world: World, council: Council) -> float:
    """Reported incidents a month: councils that watch better report more."""
    watching = world.maturity[council.gss_code].monitoring(world.framework.threads)
    deprived = 1 + 0.05 * (3 - council.quintile)
    size = float(np.exp(0.38 * council.size))
    bias = float(np.exp(0.16 * np.clip(watching + 0.6, -2, 2)))
    return RATE * KIND_RATE[council.kind] * deprived * size * bias


def incidents(world: World, council: Council, shared: list[SharedEvent]) -> Batch:
    """Incidents in the months that the council reports, in order of detection."""
    rng = world.rng("incidents", council.gss_code)
    months, sends = months_of(world, council), reported(world, council)
    rate = monthly_rate(world, council) * world.scale * season(months) * sends
    index = np.repeat(np.arange(len(months)), rng.poisson(rate))
    detected = in_months(months, index, rng)
    kind = rng.choice(len(kinds().chance), len(index), p=kinds().chance)
    own = [each for each in shared if council.gss_code in each.gss_codes]
    own = [each for each in own if sends[at_month(months, each)]]
    detected = np.append(detected, np.array([each.at for each in own], "datetime64[m]"))
    kind = np.append(kind, np.full(len(own), kinds().at("supplier_breach"))).astype(int)
    event = np.append(np.full(len(index), -1), np.arange(len(own))).astype(int)
    order = np.argsort(detected, kind="stable")
    columns: Columns = {"detected_at": detected[order]}
    columns |= suppliers(kind[order], event[order], own, rng)
    batch = Batch(council, kind[order], columns)
    return fill(world, batch, event[order] >= 0, rng)


def at_month(months: list[dt.date], event: SharedEvent) -> int:
    """Month that a shared event falls in."""
    return int(month_index(months, to_local(np.array([event.at])))[0])


def suppliers(kind: np.ndarray, event: np.ndarray, own: list[SharedEvent], rng: Any) -> Columns:
    """Whether a supplier was involved, which, and in which shared event."""
    partner = kinds().text["actor"][kind] == "partner"
    involved = partner | (event >= 0) | (rng.random(len(kind)) < 0.07)
    names = np.where(involved, rng.choice(SUPPLIERS, len(kind), p=SUPPLIER_SHARE), "")
    shared_names = np.array([*(each.supplier_name for each in own), ""])
    shared_ids = np.array([*(each.shared_event_id for each in own), ""])
    return {
        "is_supplier_involved": involved,
        "supplier_name": np.where(event >= 0, shared_names[event], names),
        "shared_event_id": shared_ids[event],
    }


def fill(world: World, batch: Batch, is_shared: np.ndarray, rng: Any) -> Batch:
    """Add status, effects and times."""
    table, kind = kinds(), batch.kind
    chance = {name: table.number[name][kind] for name in table.number}
    status = rng.choice(STATUSES, len(kind), p=[0.72, 0.14, 0.09, 0.05])
    status = np.where(is_shared, "Confirmed", status)
    happened = np.isin(status, ["Confirmed", "Suspected"])
    effects = {
        name: happened & (rng.random(len(kind)) < chance[name])
        for name in ("confidentiality", "integrity", "availability")
    }
    effects["availability"] |= is_shared
    none = ~np.any(list(effects.values()), axis=0)
    # A confirmed incident has at least one effect: take the kind's likeliest.
    likeliest = np.argmax([chance[name] for name in effects], axis=0)
    for n, name in enumerate(effects):
        effects[name] |= (status == "Confirmed") & none & (likeliest == n)
    columns = {f"is_{name}_lost": each for name, each in effects.items()}
    columns |= {"incident_status": status} | times(world, batch, chance, rng)
    return Batch(batch.council, kind, batch.columns | columns)


def times(world: World, batch: Batch, chance: Columns, rng: Any) -> Columns:
    """When it began, was contained and was over; blank (NaT) for what is unknown."""
    own, count = world.maturity[batch.council.gss_code], len(batch)
    watching = own.monitoring(world.framework.threads)
    detected = batch.columns["detected_at"]
    slow = np.exp(-0.35 * np.clip(watching + 0.6, -2, 2))
    delay = chance["detect_hours"] * slow * rng.lognormal(0, 1.1, count)
    usual = -0.08 * (own.base + 0.6)
    spread = np.exp(chance["spread"] * rng.normal(0, 1, count) + usual)
    unaided = np.minimum(chance["recover_hours"] * spread, 24 * 330)
    start = hours_factor_from(world.support.get(batch.council.gss_code))
    hours = np.where(detected >= start, unaided * HOURS_FACTOR, unaided)
    occurred = after(detected, np.zeros(count)) - delay_minutes(delay)
    contained = after(detected, hours * rng.uniform(0.1, 0.7, count))
    recovered = after(detected, hours)
    unknown = np.datetime64("NaT", "m")
    return {
        "occurred_at": np.where(rng.random(count) < 0.2, unknown, occurred),
        "contained_at": np.where(contained > CUT, unknown, contained),
        "recovered_at": np.where(recovered > CUT, unknown, recovered),
        "hours": unaided,
    }


def delay_minutes(hours: np.ndarray) -> np.ndarray:
    """Hours before detection in whole minutes, at most a year."""
    return np.round(np.minimum(hours, 8760) * 60).astype(int) * np.timedelta64(1, "m")
