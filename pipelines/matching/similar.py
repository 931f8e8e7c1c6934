"""Names that nearly are another: the shortlist by pairs of letters, then the edits."""

from collections import Counter, defaultdict
from collections.abc import Iterable


SHORTLIST = 6
LEAST_SHARE = 0.4


def edits(one: str, other: str) -> int:
    """Letters added, dropped, changed or swapped with their neighbour, at the least.

    Hyyrö's bit-parallel form of the optimal string alignment distance: one whole number
    holds a column of the usual table, one bit a letter. The table itself is in the
    tests, and is six times slower.
    """
    size, full = len(one), (1 << len(one)) - 1
    places: dict[str, int] = {}
    for i, letter in enumerate(one):
        places[letter] = places.get(letter, 0) | 1 << i
    up, down, same, before = full, 0, 0, 0
    last, count = 1 << (size - 1) if size else 0, size
    for letter in other:
        here = places.get(letter, 0)
        swapped = ((~same & here) << 1) & before
        same = (((here & up) + up) ^ up) | here | down | swapped
        right, left = down | ~(same | up), same & up
        count += bool(right & last) - bool(left & last)
        right, left = (right << 1) | 1, left << 1
        up, down = (left | ~(same | right)) & full, right & same
        before = here
    return count if size else len(other)


def pairs(key: str) -> set[str]:
    """Neighbouring letters of a name, its ends marked."""
    marked = f"^{key}$"
    return {marked[i : i + 2] for i in range(len(marked) - 1)}


class Similar:
    """Names found by how many pairs of letters they share with a text."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.sizes = {key: len(pairs(key)) for key in keys}
        self.by_pair: dict[str, list[str]] = defaultdict(list)
        self.known: dict[str, list[tuple[float, str]]] = {}
        for key in self.sizes:
            for pair in pairs(key):
                self.by_pair[pair].append(key)

    def shortlist(self, key: str) -> list[tuple[float, str]]:
        """The most alike names with their likeness, 0 to 1 (Dice), best first."""
        if key not in self.known:
            self.known[key] = self.ranked(key)
        return self.known[key]

    def ranked(self, key: str) -> list[tuple[float, str]]:
        """The short list, worked out."""
        own = pairs(key)
        shared = Counter[str]()
        for pair in own:
            shared.update(self.by_pair.get(pair, ()))
        # Most names share a pair or two by chance; they are never near the top.
        enough = max(shared.values(), default=0) * LEAST_SHARE
        alike = [
            (-2 * count / (len(own) + self.sizes[name]), name)
            for name, count in shared.items()
            if count >= enough
        ]
        return [(-likeness, name) for likeness, name in sorted(alike)[:SHORTLIST]]
