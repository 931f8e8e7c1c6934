"""Puts incidents into files: on time, late, corrected or withdrawn."""

from typing import Any

import numpy as np

from demonstration.councils import OLD_CODES, common
from demonstration.incident_facts import facts, yes_no
from demonstration.incidents import Batch, Columns
from demonstration.moments import after
from demonstration.period import file_name, written
from demonstration.world import World


LATE = 0.015
CORRECTED = 0.022
WITHDRAWN = 0.004
MOMENTS = ["occurred_at", "detected_at", "contained_at", "recovered_at", "submitted_at"]


def write_incidents(world: World, batch: Batch) -> np.ndarray:
    """Write one council's incidents; returns their references."""
    found = facts(world, batch)
    rng = world.rng("incident_files", batch.council.gss_code)
    years = found.pop("financial_year")
    refs = references("INC", years)
    columns = batch.columns | found | {"incident_ref": refs}
    columns["submitted_at"] = submitted(batch, rng)
    rows = as_rows(world, batch, columns, rng)
    draws, late = rng.random(len(rows)), rng.random(len(rows)) < LATE
    for year in sorted(set(years.tolist())):
        own = np.flatnonzero(years == year)
        write_year(world, int(year), rows, own, draws, late)
    return refs


def references(prefix: str, years: np.ndarray) -> np.ndarray:
    """The council's own references, counted from 1 in each financial year."""
    seen: dict[int, int] = {}
    made = []
    for year in years.tolist():
        seen[year] = seen.get(year, 0) + 1
        made.append(f"{prefix}-{year}-{seen[year]:04d}")
    return np.array(made, dtype=object)


def submitted(batch: Batch, rng: np.random.Generator) -> np.ndarray:
    """Some days after recovery, or after detection while it continues."""
    over = batch.columns["recovered_at"]
    over = np.where(np.isnat(over), batch.columns["detected_at"], over)
    return after(over, rng.uniform(20, 600, len(batch)))


def as_rows(
    world: World, batch: Batch, columns: Columns, rng: np.random.Generator
) -> list[dict[str, Any]]:
    """The arrays as rows of text."""
    council = batch.council
    with_offset = world.rng("clock", council.gss_code).random() < 0.4
    codes = np.full(len(batch), council.gss_code)
    if council.gss_code in OLD_CODES:
        is_old = rng.random(len(batch)) < 0.06
        codes = np.where(is_old, OLD_CODES[council.gss_code], codes)
    texts = {"gss_code": codes.tolist()}
    for name, values in columns.items():
        if name in MOMENTS:
            texts[name] = written(values, with_offset=with_offset).tolist()
        elif name != "hours":
            values = yes_no(values) if values.dtype == bool else values
            texts[name] = values.tolist()
    head = common(council)
    names = list(texts)
    return [head | dict(zip(names, row, strict=True)) for row in zip(*texts.values(), strict=True)]


def write_year(
    world: World,
    year: int,
    rows: list[dict[str, Any]],
    own: np.ndarray,
    draws: np.ndarray,
    late: np.ndarray,
) -> None:
    """One financial year: what came on time, what came late, what was put right."""
    on_time: list[dict[str, Any]] = []
    tardy: list[dict[str, Any]] = []
    again: list[dict[str, Any]] = []
    for n in own:
        first, second = versions(rows[n], float(draws[n]))
        (tardy if late[n] else on_time).append(first)
        again += second
    world.files.add("incidents", file_name(year, "1"), on_time)
    world.files.add("incidents", file_name(year, "2-late"), tardy)
    world.files.add("incidents", file_name(year, "3-corrections"), again)


def versions(final: dict[str, Any], draw: float) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A row as first sent, and the second version of those that have one."""
    if draw < WITHDRAWN:
        return final, [final | {"record_version": 2, "is_withdrawn": "true"}]
    if draw > CORRECTED:
        return final, []
    first = final | {"recovered_at": "", "contained_at": ""}
    if final["cost_status"] == "outturn":
        first["cost_status"] = "estimate"
        halved = float(final["cost_recovery_gbp"]) / 2
        first["cost_recovery_gbp"] = f"{halved:.2f}"
    return first, [final | {"record_version": 2}]
