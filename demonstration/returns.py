"""Returns: what each council sent for each period, so that zero is not unknown."""

import datetime as dt
from typing import Any

import numpy as np

from demonstration.councils import Council, common
from demonstration.incidents import Batch
from demonstration.moments import month_index
from demonstration.period import file_name, to_local, year_of
from demonstration.reporting import months_of, reported
from demonstration.world import World


def write_monthly_returns(world: World, batch: Batch, disrupted: np.ndarray) -> None:
    """Write one council's returns; `disrupted` is when its disruptions started."""
    detected = to_local(batch.columns["detected_at"])
    monthly(world, batch.council, "incidents", detected)
    monthly(world, batch.council, "disruptions", disrupted)


def monthly(world: World, council: Council, dataset: str, local: np.ndarray) -> None:
    """Write one row a month that the council reports: data where there are rows."""
    rng = world.rng(f"returns_{dataset}", council.gss_code)
    months = months_of(world, council)
    index = month_index(months, local)
    counts = np.bincount(index[index >= 0], minlength=len(months))
    files: dict[int, list[dict[str, Any]]] = {}
    waits = np.minimum(rng.lognormal(2.3, 0.6, len(months)), 200).astype(int) + 2
    for n in np.flatnonzero(reported(world, council)):
        kind = "data" if counts[n] else "nil"
        received = next_month(months[n]) + dt.timedelta(days=int(waits[n]))
        row = entry(council, dataset, months[n], kind, received)
        files.setdefault(year_of(months[n]), []).append(row)
    for year in sorted(files):
        world.files.add("returns", file_name(year, "1"), files[year])


def write_yearly_return(world: World, council: Council, year: int, received: dt.date) -> None:
    """Write the return of one assessment."""
    row = entry(council, "assessments", dt.date(year, 4, 1), "data", received)
    world.files.add("returns", file_name(year, "2-assessments"), [row])


def entry(
    council: Council, dataset: str, starts: dt.date, kind: str, received: dt.date
) -> dict[str, Any]:
    """One return."""
    return common(council) | {
        "gss_code": council.gss_code,
        "dataset": dataset,
        "period_starts_on": starts,
        "return_kind": kind,
        "received_on": received,
    }


def next_month(first: dt.date) -> dt.date:
    """First day of the month after."""
    return (first + dt.timedelta(days=32)).replace(day=1)
