"""What a council could find by subtraction from sums that it sees, and how it is kept.

Cells of a table add up in lines: regions of a month to England, months of a cause to
its quarter, its quarters to its year. A cell that is withheld is safe where it stands
in a ring of withheld cells (or none of its lines has a sum that is shown); where it
does not, more cells go. What is worked out here hangs on nothing that a viewer chooses.
"""

from collections.abc import Hashable, Iterator, Sequence
from functools import reduce
from typing import Any

import pandas as pd

from analytics.reading.disclosure import LAST, MEETING, is_next_of


# Lines whose sum nobody sees meet in one node: what they hold together may be found.
OPEN = "open"


def keys(frame: pd.DataFrame, names: Sequence[str]) -> pd.Series:
    """One text for each row that tells lines apart."""
    texts = [frame[name].astype(str) for name in names]
    return reduce(lambda one, other: one + "\x1f" + other, texts)


def nested(
    frame: pd.DataFrame,
    shown: pd.Series,
    rows: pd.Series,
    levels: Sequence[tuple[pd.Series, set[str]]] = (),
    *,
    is_of_groups: bool = False,
) -> pd.Series:
    """Which cells stay shown, so that none withheld follows from sums of cells.

    `frame` has `contributors` and `numerator`, and `group_code` of a group of councils.
    `rows` names the line of each cell across groups or parts (missing: its sum is not
    shown). `levels` are the sums that it is part of in time, the shortest first, and
    which of them are withheld: of a sum that is withheld a cell is too.
    `is_of_groups` says that the cells of a row are of other councils each.
    """
    for key, gone in levels:
        shown = shown & ~is_largest_of(frame, shown, key.where(key.isin(gone)))
    sums = pd.Series(None, index=frame.index, dtype=object)
    for key, gone in levels:
        sums = sums.where(sums.notna() | key.isin(gone), key)
    size = sizes(frame)
    # A part of a sum that is shown to be nought is nought, and hides nothing.
    amount = frame["numerator"].where(shown, 1).fillna(0)
    size = size.mask(amount.groupby(sums).transform("max") == 0)
    return withhold_lines(frame, shown, size, [rows, sums], is_of_groups)


def withhold_lines(
    frame: pd.DataFrame,
    shown: pd.Series,
    size: pd.Series,
    lines: Sequence[pd.Series],
    is_of_groups: bool,
) -> pd.Series:
    """Which cells stay shown once no line can be completed from its sum.

    In a line where one cell is withheld, or several of fewer than five councils, the
    next smallest goes too, which may leave one alone in another line. `size` says
    which is smallest; cells without one are never taken.
    """
    # Councils of several causes or months may be the same few.
    before = -1.0
    while before != shown.sum():
        before = shown.sum()
        for place, line in enumerate(lines):
            is_overlapping = not (is_of_groups and place == 0)
            shown = shown & ~is_next_of(frame["contributors"], size, shown, line, is_overlapping)
        if before == shown.sum():
            shown = shown & ~is_beside_a_bridge(size, shown, lines)
    return shown


def sizes(frame: pd.DataFrame) -> pd.Series:
    """What the next smallest is told by: councils behind a cell, then its amount.

    A nought goes last but one, and London last: as a region and as a type it would be
    read in the other of the two.
    """
    amount = frame["numerator"]
    size = frame["contributors"] + amount.rank(method="first", pct=True).fillna(0) / 2
    size += LAST / 10 * (amount == 0)
    if "group_code" in frame:
        size += LAST * frame["group_code"].isin(MEETING)
    return size + LAST * 10 * (frame["contributors"] == 0)


def is_largest_of(frame: pd.DataFrame, shown: pd.Series, line: pd.Series) -> pd.Series:
    """The largest cell of each line of which every cell is shown."""
    amount = frame["numerator"].fillna(0)
    if "group_code" in frame:
        amount = amount.mask(frame["group_code"].isin(MEETING), -1)
    whole = shown.groupby(line).transform("all").eq(True)
    return whole & (amount == amount.groupby(line).transform("max"))


def is_beside_a_bridge(size: pd.Series, shown: pd.Series, lines: Sequence[pd.Series]) -> pd.Series:
    """The smallest cells shown of the first line of each cell that could be found."""
    chosen = pd.Series(False, index=shown.index)
    for place in found_out(shown, lines):
        for line in lines:
            others = size[shown & (line == line.at[place])].dropna()
            if len(others):
                chosen[others.index[others == others.min()]] = True
                break
    return chosen


def found_out(shown: pd.Series, lines: Sequence[pd.Series]) -> list[Any]:
    """Withheld cells that follow from the sums of two sets of lines.

    Lines are nodes and withheld cells the edges between them: a cell is found where it
    is on no ring, that is where it is a bridge (Tarjan's low points).
    """
    if len(lines) != 2:
        return []
    hidden = shown.index[~shown]
    first, second = (
        line[hidden].fillna(OPEN).map(lambda key, n=n: (n, key)) for n, line in enumerate(lines)
    )
    ends = dict(zip(hidden, zip(first, second, strict=True), strict=True))
    beside: dict[Hashable, list[tuple[Hashable, Hashable]]] = {}
    for edge, (one, other) in ends.items():
        beside.setdefault(one, []).append((other, edge))
        beside.setdefault(other, []).append((one, edge))
    return list(bridges(beside))


def bridges(beside: dict[Hashable, list[tuple[Hashable, Hashable]]]) -> Iterator[Hashable]:
    """Edges of a graph that are on no ring; `beside` gives a node's ways on."""
    seen: dict[Hashable, int] = {}
    low: dict[Hashable, int] = {}
    for start in beside:
        if start in seen:
            continue
        seen[start] = low[start] = len(seen)
        came_by: Hashable = None
        path = [(start, came_by, iter(beside[start]))]
        while path:
            node, came_by, ways = path[-1]
            for other, edge in ways:
                if edge == came_by:
                    continue
                if other in seen:
                    low[node] = min(low[node], seen[other])
                    continue
                seen[other] = low[other] = len(seen)
                path.append((other, edge, iter(beside[other])))
                break
            else:
                path.pop()
                if path:
                    before = path[-1][0]
                    low[before] = min(low[before], low[node])
                    if low[node] > seen[before]:
                        yield came_by
