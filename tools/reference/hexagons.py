"""The hexagon map: one equal hexagon for each council that serves residents directly.

Computed here from the councils' own positions and areas; no published layout is used.
County councils are left out, for their districts cover the same ground.
"""

from pathlib import Path

import numpy as np

from pipelines.errors import BuildError
from tools.reference.councils import councils
from tools.reference.hex_fit import Fit, is_whole
from tools.reference.hex_grid import Cell, centre
from tools.reference.hex_layout import Array, spread
from tools.reference.tables import Row


SEEDS = range(1, 21)


def hex_map(source: Path) -> list[Row]:
    """One row per lower-tier or unitary council of today, by its code."""
    mapped = [row for row in councils(source) if not row["ended_on"] and row["tier"] != "upper"]
    cells = cells_of(mapped)
    return [hexagon(row["gss_code"], cell) for row, cell in zip(mapped, cells, strict=True)]


def cells_of(mapped: list[Row]) -> list[Cell]:
    """The cell of each council, counted from the south-west corner."""
    points = [[float(row["easting"]), float(row["northing"])] for row in mapped]
    # The smallest councils count as 1 square kilometre, Scilly's islets too.
    areas = [max(float(row["area_km2"]), 1.0) for row in mapped]
    # Metres to kilometres.
    places = spread(np.array(points) / 1000, np.array(areas))
    fit = first_whole(places, [row["region"] for row in mapped])
    left = min(column for column, _ in fit.at)
    low = min(row for _, row in fit.at)
    # An even shift, because odd rows stand half a cell to the right.
    low -= low % 2
    found = {council: (c - left, r - low) for (c, r), council in fit.at.items()}
    return [found[council] for council in range(len(mapped))]


def first_whole(places: Array, regions: list[str]) -> Fit:
    """The first fit that keeps every region in one block, always the same one."""
    for seed in SEEDS:
        fit = Fit(places, regions)
        fit.improve(seed)
        if is_whole(fit):
            return fit
    raise BuildError(
        "No hexagon map keeps every region in one block. "
        "Raise SAME_REGION in tools/reference/hex_fit.py and try again."
    )


def hexagon(gss_code: str, cell: Cell) -> Row:
    """One hexagon in our columns."""
    x, y = centre(cell)
    return {
        "gss_code": gss_code,
        "hex_column": str(cell[0]),
        "hex_row": str(cell[1]),
        "x": f"{x:.1f}",
        "y": f"{y:.4f}",
    }
