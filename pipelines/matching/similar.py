"""Names that nearly are another: the shortlist by pairs of letters, then the edits."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import OSA


SHORTLIST = 6
LEAST_SHARE = 0.4


def edits(one: str, other: str) -> int:
    """Letters added, dropped, changed or swapped with their neighbour, at the least.

    This is the optimal string alignment distance: no letter is edited twice.
    """
    return OSA.distance(one, other)


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
