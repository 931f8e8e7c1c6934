"""Fits councils to hexagons: near where they lie, region by region, without gaps."""

import math
from random import Random

import numpy as np
from scipy.optimize import linear_sum_assignment

from tools.reference.hex_grid import ROW_HEIGHT, Cell, centre, is_connected, neighbours
from tools.reference.hex_layout import Array


MARGIN = 4
SWAPS = 400_000
# What two touching hexagons are worth against a council's distance from its place:
# one region keeps together, and the land keeps to itself rather than the sea.
SAME_REGION = 0.9
BOTH_LAND = 1.4
HEAT = 1.0
COLDEST = 1e-6
DEEPEST_BAY = 3  # sides of a sea cell that may be land


class Fit:
    """Councils on a grid, and how well they lie."""

    def __init__(self, places: Array, regions: list[str]) -> None:
        """Give each council the cell that keeps the sum of squared distances least."""
        # Rounded, so that every machine chooses alike.
        places = np.round(places, 3)
        self.places = [(float(x), float(y)) for x, y in places]
        self.regions = regions
        self.cells = grid(places)
        centres = np.array([centre(cell) for cell in self.cells])
        costs = ((places[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
        chosen = linear_sum_assignment(np.round(costs, 6))[1]
        self.at = {self.cells[cell]: council for council, cell in enumerate(chosen)}

    def worth(self, cell: Cell) -> float:
        """How well one cell's council lies, with its touching neighbours."""
        council = self.at.get(cell)
        if council is None:
            return 0.0
        around = [self.at[other] for other in neighbours(cell) if other in self.at]
        alike = sum(self.regions[other] == self.regions[council] for other in around)
        gap = math.dist(self.places[council], centre(cell)) ** 2
        return SAME_REGION * alike + BOTH_LAND * len(around) - gap

    def swap(self, one: Cell, other: Cell) -> None:
        """Exchange what two cells hold, be it a council or the sea."""
        held, wanted = self.at.pop(one, None), self.at.pop(other, None)
        if held is not None:
            self.at[other] = held
        if wanted is not None:
            self.at[one] = wanted

    def improve(self, seed: int) -> None:
        """Swap near cells, at first sometimes for the worse, so as not to get stuck."""
        chance = Random(seed)
        for step in range(SWAPS):
            one = self.cells[int(chance.random() * len(self.cells))]
            other = near(one, chance)
            if one in self.at or other in self.at:
                heat = HEAT * (1 - step / SWAPS) ** 2 + COLDEST
                self.attempt(one, other, heat, chance)

    def attempt(self, one: Cell, other: Cell, heat: float, chance: Random) -> None:
        """Swap two cells, and back again if they lie too much worse for the heat."""
        before = self.worth(one) + self.worth(other)
        self.swap(one, other)
        gain = self.worth(one) + self.worth(other) - before
        if gain < 0 and chance.random() >= math.exp(gain / heat):
            self.swap(one, other)


def is_whole(fit: Fit) -> bool:
    """Whether each region is one block and no gap bites into the land."""
    blocks: dict[str, set[Cell]] = {}
    for cell, council in fit.at.items():
        blocks.setdefault(fit.regions[council], set()).add(cell)
    gaps = [
        cell
        for cell in fit.cells
        if cell not in fit.at and sum(other in fit.at for other in neighbours(cell)) > DEEPEST_BAY
    ]
    return not gaps and all(map(is_connected, blocks.values()))


def near(cell: Cell, chance: Random) -> Cell:
    """A cell one or two steps away."""
    other = neighbours(cell)[int(chance.random() * 6)]
    if chance.random() < 0.5:
        return neighbours(other)[int(chance.random() * 6)]
    return other


def grid(places: Array) -> list[Cell]:
    """Every cell that a council could take, with a margin of sea."""
    (left, low), (right, high) = places.min(axis=0), places.max(axis=0)
    rows = range(int(low / ROW_HEIGHT) - MARGIN, int(high / ROW_HEIGHT) + MARGIN)
    columns = range(int(left) - MARGIN, int(right) + MARGIN)
    return [(column, row) for row in rows for column in columns]
