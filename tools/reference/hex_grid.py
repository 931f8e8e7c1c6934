"""A grid of hexagons: where the centres lie and which cells touch."""

from math import sqrt


Cell = tuple[int, int]
ROW_HEIGHT = sqrt(3) / 2

# Offsets of the six neighbours in even and odd rows; odd rows stand half a cell right.
TOUCHING = (
    ((-1, 0), (1, 0), (-1, -1), (0, -1), (-1, 1), (0, 1)),
    ((-1, 0), (1, 0), (0, -1), (1, -1), (0, 1), (1, 1)),
)


def centre(cell: Cell) -> tuple[float, float]:
    """The middle of a cell: x eastwards, y northwards, one hexagon being 1 wide."""
    column, row = cell
    return column + (row % 2) / 2, row * ROW_HEIGHT


def neighbours(cell: Cell) -> list[Cell]:
    """The six cells that touch a cell."""
    column, row = cell
    return [(column + right, row + up) for right, up in TOUCHING[row % 2]]


def is_connected(cells: set[Cell]) -> bool:
    """Whether one can walk between any two of the cells without leaving them."""
    reached: set[Cell] = set()
    waiting = [min(cells)]
    while waiting:
        cell = waiting.pop()
        reached.add(cell)
        waiting += [n for n in neighbours(cell) if n in cells and n not in reached]
    return reached == cells
