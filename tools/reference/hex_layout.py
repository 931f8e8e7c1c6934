"""Moves councils apart until each has the same room, so that a hexagon fits each.

This is the diffusion cartogram of Gastner and Newman (2004): councils spread as heat
does from where they are dense, and carry their points along. The sea starts at the
mean density, so that the coast keeps its shape.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.fft import dctn, idctn
from scipy.ndimage import map_coordinates


Array = NDArray[np.float64]
CELL_KM = 4.0
SEA_KM = 150.0
STEPS = 80
# Slightly closer than they lie, so that the hexagons leave no gaps inland.
TIGHTNESS = 0.95
FAR = 3.0  # hexagons; the mainland has no gap half as wide


def spread(points: Array, areas: Array) -> Array:
    """Points in kilometres with room made for each, in units of one hexagon's width."""
    corner = points.min(axis=0) - SEA_KM
    size = ((points.max(axis=0) + SEA_KM - corner) / CELL_KM).astype(int)
    waves = dctn(density(points - corner, areas, size), norm="ortho")
    moved = diffuse((points - corner) / CELL_KM, waves) * CELL_KM
    # A hexagon of width 1 has an area of half the square root of three.
    width = np.sqrt(areas.sum() / len(areas) / (np.sqrt(3) / 2))
    return ashore(moved / width * TIGHTNESS)


def ashore(places: Array) -> Array:
    """Places with islands brought near: the Isles of Scilly would float alone."""
    gaps = np.linalg.norm(places[:, None, :] - places[None, :, :], axis=2)
    np.fill_diagonal(gaps, np.inf)
    nearest, gap = gaps.argmin(axis=1), gaps.min(axis=1)[:, None]
    mainland = places[nearest]
    return np.where(gap > FAR, mainland + (places - mainland) / gap, places)


def density(points: Array, areas: Array, size: NDArray[np.int_]) -> Array:
    """Councils per square kilometre on a grid, with the sea at the mean."""
    axes = [(np.arange(count) + 0.5) * CELL_KM for count in size]
    east, north = np.meshgrid(*axes, indexing="ij")
    total, cover = np.zeros(east.shape), np.zeros(east.shape)
    for (x, y), area in zip(points, areas, strict=True):
        # No kernel is narrower than a grid cell, or small boroughs would vanish.
        variance = max(area / (2 * np.pi), (1.2 * CELL_KM) ** 2)
        kernel = np.exp(-((east - x) ** 2 + (north - y) ** 2) / (2 * variance))
        kernel /= kernel.sum() * CELL_KM**2
        total += kernel
        cover += area * kernel
    return total + np.clip(1 - cover, 0, 1) * len(areas) / areas.sum()


def diffuse(points: Array, waves: Array) -> Array:
    """Points after the density has evened out, in grid cells."""
    rows, columns = waves.shape
    squares = (np.pi * np.arange(rows) / rows)[:, None] ** 2 + (
        np.pi * np.arange(columns) / columns
    )[None, :] ** 2
    # The steps grow: the gradient is steep only at first.
    times = np.concatenate([[0.0], np.geomspace(0.05, rows**2 / 4, STEPS)])
    for start, end in zip(times[:-1], times[1:], strict=True):
        field = idctn(waves * np.exp(-squares * (start + end) / 2), norm="ortho")
        flow = np.gradient(field)
        place = (points - 0.5).T
        speed = [-map_coordinates(axis, place, order=1, mode="nearest") for axis in flow]
        level = map_coordinates(field, place, order=1, mode="nearest")
        points = points + (end - start) * np.array(speed).T / level[:, None]
    return points


def at(field: Array, place: Array) -> Array:
    """A field's value at each place, between grid cells too."""
    return map_coordinates(field, place, order=1, mode="nearest")
