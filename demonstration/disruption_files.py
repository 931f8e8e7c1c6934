"""Writes disruptions: which service, how badly, through which channel."""

from typing import Any

import numpy as np

from demonstration.councils import OLD_CODES, Council, common
from demonstration.disruptions import disruptions
from demonstration.incident_facts import blank, yes_no
from demonstration.incident_files import references
from demonstration.incidents import Batch, Columns
from demonstration.moments import after
from demonstration.period import file_name, to_local, written
from demonstration.services import CORPORATE, services_of
from demonstration.systems import SUPPLIER_SHARE, SUPPLIERS
from demonstration.truths import Tally
from demonstration.world import World


LATE = 0.015
CORRECTED = 0.02
OVERLAPPING = 0.06
SEVERITIES = ["unavailable", "degraded", "manual_workaround"]
CHANNELS = ["online", "phone", "face_to_face", "back_office", "all"]
RTO = np.array([4, 8, 24, 48, 72])


def write_disruptions(world: World, batch: Batch, refs: np.ndarray, tally: Tally) -> np.ndarray:
    """Write one council's disruptions; returns the local moments they started."""
    council = batch.council
    rng = world.rng("disruption_files", council.gss_code)
    columns = disruptions(world, batch, tally)
    count = len(columns["started_at"])
    incident = columns.pop("incident")
    columns["incident_ref"] = np.append(refs, "")[incident]
    columns |= supplied(batch, incident, columns["cause_class"], rng)
    columns |= services(world, council, count, rng)
    overlap(columns, rng)
    local = to_local(columns["started_at"])
    months = local.astype("datetime64[M]").astype(int)
    years = 1970 + months // 12 - (months % 12 < 3)
    columns["disruption_id"] = references("DIS", years)
    columns |= consequences(council, columns, count, rng)
    write_rows(world, council, columns, years, rng)
    return local


def supplied(
    batch: Batch, incident: np.ndarray, cause: np.ndarray, rng: np.random.Generator
) -> Columns:
    """Supplier and shared event: the incident's, or one drawn for supplier faults."""
    drawn = rng.choice(SUPPLIERS, len(incident), p=SUPPLIER_SHARE).astype(object)
    own = np.where(cause == "supplier", drawn, "")
    names = np.append(batch.columns["supplier_name"], "")[incident]
    shared = np.append(batch.columns["shared_event_id"], "")[incident]
    return {"supplier_name": np.where(incident >= 0, names, own), "shared_event_id": shared}


def services(world: World, council: Council, count: int, rng: np.random.Generator) -> Columns:
    """A service for residents (LGSL) or an internal one; never both."""
    able = [each for each in services_of(council) if each in world.live_services]
    corporate = rng.random(count) < 0.38
    lgsl = rng.choice(able, count)
    inner = rng.choice(list(CORPORATE), count, p=list(CORPORATE.values()))
    return {
        "lgsl_id": np.where(corporate, "", lgsl.astype(object)),
        "corporate_service": np.where(corporate, inner, ""),
    }


def overlap(columns: Columns, rng: np.random.Generator) -> None:
    """Let a few report the same service as the row before while that is still out.

    Summing such rows counts their hours twice: they must be united first.
    """
    starts, ends = columns["started_at"], columns["restored_at"]
    draws = rng.random(len(starts))
    for n in np.flatnonzero(draws < OVERLAPPING):
        if n == 0 or not starts[n] < ends[n - 1]:
            continue
        columns["lgsl_id"][n] = columns["lgsl_id"][n - 1]
        columns["corporate_service"][n] = columns["corporate_service"][n - 1]


def consequences(
    council: Council, columns: Columns, count: int, rng: np.random.Generator
) -> Columns:
    """Severity, channel, targets and who could not be served."""
    corporate = columns["corporate_service"] != ""
    rto = rng.choice(RTO, count, p=[0.12, 0.25, 0.33, 0.18, 0.12])
    has_target = rng.random(count) < 0.68
    people = np.minimum(rng.lognormal(5.2, 1.5, count), council.population).astype(int)
    lost = rng.lognormal(3.3, 1.3, count).astype(int)
    seen = ~corporate & (rng.random(count) < 0.62)
    ends = columns["restored_at"]
    ends = np.where(np.isnat(ends), columns["started_at"], ends)
    channel = rng.choice(CHANNELS, count, p=[0.46, 0.16, 0.08, 0.12, 0.18])
    return {
        "severity": rng.choice(SEVERITIES, count, p=[0.52, 0.33, 0.15]),
        "channel": np.where(corporate, "back_office", channel),
        "rto_hours": blank(rto, has_target),
        "mtpd_hours": blank(rto * rng.choice([2, 3], count), has_target),
        "transactions_lost": blank(lost, seen),
        "residents_affected": blank(people, seen),
        "submitted_at": after(ends, rng.uniform(20, 500, count)),
    }


def write_rows(
    world: World, council: Council, columns: Columns, years: np.ndarray, rng: np.random.Generator
) -> None:
    """Each year's rows: on time, late, and corrections of what was still open."""
    rows = as_rows(world, council, columns, rng)
    draws = rng.random((2, len(rows)))
    for year in sorted(set(years.tolist())):
        on_time: list[dict[str, Any]] = []
        tardy: list[dict[str, Any]] = []
        again: list[dict[str, Any]] = []
        for n in np.flatnonzero(years == year):
            first = rows[n]
            if draws[0, n] < CORRECTED:
                first = first | {"restored_at": "", "transactions_lost": ""}
                again.append(rows[n] | {"record_version": 2})
            (tardy if draws[1, n] < LATE else on_time).append(first)
        for part, some in (("1", on_time), ("2-late", tardy), ("3-corrections", again)):
            world.files.add("disruptions", file_name(int(year), part), some)


def as_rows(
    world: World, council: Council, columns: Columns, rng: np.random.Generator
) -> list[dict[str, Any]]:
    """The arrays as rows of text."""
    with_offset = world.rng("clock", council.gss_code).random() < 0.4
    texts = {}
    for name, values in columns.items():
        if values.dtype.kind == "M":
            values = written(values, with_offset=with_offset)
        texts[name] = (yes_no(values) if values.dtype == bool else values).tolist()
    head = common(council) | {"gss_code": council.gss_code}
    old = {"gss_code": OLD_CODES.get(council.gss_code, council.gss_code)}
    is_old = (rng.random(len(columns["severity"])) < 0.06).tolist()
    names = list(texts)
    return [
        head | (old if was else {}) | dict(zip(names, row, strict=True))
        for was, row in zip(is_old, zip(*texts.values(), strict=True), strict=True)
    ]
