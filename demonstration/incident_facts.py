"""What a council writes down about its incidents: costs, reports, causes."""

from typing import Any

import numpy as np

from demonstration.councils import Council
from demonstration.incidents import Batch, Columns
from demonstration.kinds import kinds
from demonstration.period import label, to_local
from demonstration.systems import listed, system_id
from demonstration.world import World


def facts(world: World, batch: Batch) -> Columns:
    """All columns that follow from the kind, effects and times of the incidents."""
    rng = world.rng("incident_facts", batch.council.gss_code)
    local = to_local(batch.columns["detected_at"])
    years = local.astype("datetime64[M]").astype(int) // 12 + 1970
    years = years - (local.astype("datetime64[M]").astype(int) % 12 < 3)
    text = {name: each[batch.kind] for name, each in kinds().text.items()}
    lost = batch.columns["is_availability_lost"]
    text["availability_effect"] = np.where(lost, text["availability_effect"], "")
    del text["kind"], text["cause_class"]
    return {
        **text,
        "financial_year": years,
        **data_subjects(batch, rng),
        **reports(batch, rng),
        **category(batch, rng),
        **costs(batch, years, rng),
        **root_cause(world, batch, years, rng),
        "system_ids": systems(world, batch.council, local, rng),
    }


def is_kind(batch: Batch, name: str) -> np.ndarray:
    """True for the incidents of one kind."""
    return batch.kind == kinds().at(name)


def data_subjects(batch: Batch, rng: np.random.Generator) -> Columns:
    """People whose data was involved: one or two mostly, thousands at times."""
    few = rng.lognormal(0.9, 1.3, len(batch))
    many = rng.lognormal(6.5, 1.6, len(batch))
    is_cyber = kinds().text["category"][batch.kind] == "Cyber"
    people = np.where(is_cyber & (rng.random(len(batch)) < 0.35), many, few)
    people = np.minimum(np.ceil(people), batch.council.population).astype(int)
    known = batch.columns["is_confidentiality_lost"] & (rng.random(len(batch)) < 0.85)
    return {"data_subjects_affected": blank(people, known)}


def reports(batch: Batch, rng: np.random.Generator) -> Columns:
    """Who was told, and how soon: the duty is 72 hours, and some miss it."""
    draw = rng.random((3, len(batch)))
    leaked, count = batch.columns["is_confidentiality_lost"], len(batch)
    ransom = is_kind(batch, "ransomware")
    real = np.isin(batch.columns["incident_status"], ["Confirmed", "Suspected"])
    to_ico = real & leaked & (draw[0] < np.where(ransom, 0.95, 0.24))
    cyber = real & (kinds().text["category"][batch.kind] == "Cyber")
    hours = np.round(np.minimum(rng.lognormal(3.4, 0.75, count), 900), 1)
    return {
        "is_reported_to_ico": to_ico,
        "is_reported_to_ncsc": cyber & (draw[1] < np.where(ransom, 0.95, 0.07)),
        "is_reported_to_police": real & (draw[2] < np.where(ransom, 0.9, 0.06)),
        "ico_report_hours": blank(hours, to_ico & (rng.random(count) < 0.9)),
        "is_ransom_demanded": ransom & (rng.random(count) < 0.9),
    }


def category(batch: Batch, rng: np.random.Generator) -> Columns:
    """NCSC category of a few: mostly the council's own estimate."""
    ransom = is_kind(batch, "ransomware")
    confirmed = batch.columns["incident_status"] == "Confirmed"
    cyber = confirmed & (kinds().text["category"][batch.kind] == "Cyber")
    given = cyber & (rng.random(len(batch)) < np.where(ransom, 0.9, 0.15))
    usual = rng.choice([4, 5, 6], len(batch), p=[0.06, 0.34, 0.6])
    number = np.where(ransom, rng.choice([3, 4, 5], len(batch), p=[0.3, 0.5, 0.2]), usual)
    official = rng.random(len(batch)) < np.where(ransom, 0.5, 0.08)
    source = np.where(official, "ncsc_or_law_enforcement", "council_estimate")
    return {
        "ncsc_category": blank(number, given),
        "ncsc_category_source": np.where(given, source, ""),
    }


def costs(batch: Batch, years: np.ndarray, rng: np.random.Generator) -> Columns:
    """Costs with a heavy tail, known for some of the real incidents."""
    count, table = len(batch), kinds().number
    size = np.exp(0.35 * batch.council.size)
    total = table["cost"][batch.kind] * size
    total = total * rng.lognormal(0, table["cost_spread"][batch.kind])
    total = np.minimum(total, 14_000_000)
    real = np.isin(batch.columns["incident_status"], ["Confirmed", "Suspected"])
    known = real & (rng.random(count) < np.where(is_kind(batch, "ransomware"), 0.92, 0.55))
    parts = rng.dirichlet([4.0, 5.0, 1.2], count).T
    lost = batch.columns["is_availability_lost"] & (rng.random(count) < 0.5)
    status = np.where(rng.random(count) < 0.35, "estimate", "outturn")
    basis = np.array([label(int(year)) for year in years] or [""])[: len(years)]
    return {
        "cost_response_gbp": blank(money(total * parts[0]), known),
        "cost_recovery_gbp": blank(money(total * parts[1]), known),
        "cost_lost_income_gbp": blank(money(total * parts[2]), known & lost),
        "cost_status": np.where(known, status, ""),
        "price_basis": np.where(known, basis, ""),
    }


def root_cause(world: World, batch: Batch, years: np.ndarray, rng: np.random.Generator) -> Columns:
    """The outcome that failed: of the kind's candidates, the weaker more often."""
    codes, versions = [""] * len(batch), [""] * len(batch)
    confirmed = batch.columns["incident_status"] == "Confirmed"
    habits = world.maturity[batch.council.gss_code].habits[0]
    draws = rng.gumbel(size=(len(batch), 6))
    named = confirmed & (rng.random(len(batch)) < 0.6)
    for n in np.flatnonzero(named):
        version = world.framework.of(int(years[n]))
        able = [c for c in kinds().outcomes[batch.kind[n]] if c in version.codes]
        weak = [
            draws[n, k] - habits[version.thread[version.codes.index(code)]]
            for k, code in enumerate(able)
        ]
        codes[n], versions[n] = able[int(np.argmax(weak))], version.name
    return {
        "root_cause_outcome": np.array(codes, dtype=object),
        "caf_version": np.array(versions, dtype=object),
    }


def systems(
    world: World, council: Council, local: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Critical systems affected: none for most, one, or two at times."""
    first = np.array(listed(world, council), "datetime64[D]")
    wanted = rng.choice(3, len(local), p=[0.62, 0.31, 0.07])
    chosen = [""] * len(local)
    for n in np.flatnonzero(wanted):
        able = np.flatnonzero(first <= local[n]) + 1
        some = sorted(rng.permutation(able)[: wanted[n]])
        chosen[n] = "|".join(system_id(council, int(each)) for each in some)
    return np.array(chosen, dtype=object)


def money(amounts: np.ndarray) -> np.ndarray:
    """Amounts in pounds, as text with two decimals."""
    return np.array([f"{amount:.2f}" for amount in amounts], dtype=object)


def blank(values: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Values where known, and blank elsewhere."""
    return np.where(known, values.astype(object), "")


def yes_no(values: Any) -> np.ndarray:
    """Booleans as they are written."""
    return np.where(values, "true", "false")
