"""What follows from sums that somebody sees: for attempts to break disclosure."""

from collections.abc import Hashable, Iterable

import numpy as np


Cell = frozenset[Hashable]
# What is left of a vector by rounding.
ROUNDING = 1e-6


class Seen:
    """Cells as sets of what they add up, those shown with their sum and those not."""

    def __init__(self) -> None:
        self.shown: dict[Cell, float] = {}
        self.withheld: dict[Cell, list[str]] = {}

    def add(self, cell: Iterable[Hashable], value: float, note: str, name: str) -> None:
        """A cell of a read, with its note; what is unknown is left out."""
        atoms = frozenset(cell)
        if note == "[c]":
            assert np.isnan(value), f"{name} is withheld and has a number"
            self.withheld.setdefault(atoms, []).append(name)
        elif not np.isnan(value):
            self.shown[atoms] = value

    def found(self) -> list[str]:
        """Names of withheld cells that follow from those shown.

        Sums are taken from one another in any way; where a sum is 0, so is each part.
        """
        none = {a for cell, value in self.shown.items() if value == 0 for a in cell}
        left = [cell - none for cell in self.shown if cell - none]
        atoms = sorted({a for cell in [*left, *self.withheld] for a in cell - none}, key=repr)
        place = {atom: n for n, atom in enumerate(atoms)}

        def vector(cell: Cell) -> np.ndarray:
            row = np.zeros(len(atoms))
            row[[place[atom] for atom in cell - none]] = 1
            return row

        _, sizes, ways = np.linalg.svd(
            np.array([vector(cell) for cell in left] or [np.zeros(len(atoms))]), full_matrices=True
        )
        free = ways[(sizes > ROUNDING).sum() :]
        return [
            name
            for cell, names in self.withheld.items()
            for name in names
            if np.abs(free @ vector(cell)).max(initial=0) < ROUNDING
        ]
