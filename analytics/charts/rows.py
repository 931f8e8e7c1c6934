"""Charts of rows: the axis that names them, and how many there may be.

Most of our charts are rows under one another, named at the left: bars, ranges, spells,
intervals. Rows stand at 0, 1, 2, … from the top.
"""

from collections.abc import Sequence
from typing import Any


def row_axis(names: Sequence[str], **more: Any) -> dict[str, Any]:
    """The upright axis of rows with these names, the first on top; `more` changes it."""
    return {
        "tickvals": list(range(len(names))),
        "ticktext": list(names),
        "range": [len(names) - 0.5, -0.5],
        "showgrid": False,
        "zeroline": False,
    } | more


def hidden_axis(most: float, least: float = 0.0) -> dict[str, Any]:
    """The axis along the rows where values are written beside their marks."""
    return {"visible": False, "range": [least, most]}


def refuse_many(rows: int, most: int, chart: str) -> None:
    """Raise ValueError for more rows than a chart has room for."""
    if rows > most:
        raise ValueError(
            f"The {chart} chart has room for {most} rows, not {rows}: give it the ones that matter."
        )
