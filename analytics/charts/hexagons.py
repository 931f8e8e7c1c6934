"""The geometry of a hexagon map: cells whose centres in a row are 1 apart."""

import math

import pandas as pd


SIZE = 1 / math.sqrt(3)
CORNERS = [
    (math.sin(math.radians(60 * n)) * SIZE, math.cos(math.radians(60 * n)) * SIZE) for n in range(7)
]
Point = tuple[float, float]


def paths(cells: pd.DataFrame) -> tuple[list[float | None], list[float | None]]:
    """Walk round each hexagon, with a gap between one and the next."""
    x: list[float | None] = []
    y: list[float | None] = []
    for across, up in zip(cells["x"], cells["y"], strict=True):
        x += [*(across + dx for dx, _ in CORNERS), None]
        y += [*(up + dy for _, dy in CORNERS), None]
    return x, y


def outer_edges(area: pd.DataFrame) -> list[tuple[Point, Point]]:
    """Find the edges that only one hexagon of an area has: the area's outline."""
    seen: dict[tuple[Point, ...], tuple[Point, Point]] = {}
    for across, up in zip(area["x"], area["y"], strict=True):
        ring = [(round(across + dx, 3), round(up + dy, 3)) for dx, dy in CORNERS]
        for start, end in zip(ring, ring[1:], strict=False):
            key = tuple(sorted([start, end]))
            if seen.pop(key, None) is None:
                seen[key] = (start, end)
    return list(seen.values())
