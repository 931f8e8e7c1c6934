"""What a mistyped name most likely was, and the names nearest to it."""

from os.path import commonprefix

from pipelines.matching.index import Index
from pipelines.matching.kinds import KINDS, PLAIN, Words, forms
from pipelines.matching.similar import Similar, edits
from pipelines.matching.words import joined


# A name this long may have so many errors. A short one only with its kind beside it,
# for Malton is one letter from Halton and both are places.
LONG, MEDIUM, SHORT = 12, 8, 5
# The second nearest name must be further by this many edits.
MARGIN = 2
ALIKE = 0.4


class Speller:
    """Reads names with abbreviations and typing errors, on the index's own words."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.similar = Similar(index.stems)
        self.mended: dict[str, str] = {}

    def places_written_out(self, name: Words) -> Words:
        """A name with the abbreviations of places written out."""
        places = self.index.place_words
        return tuple(each for word in name for each in places.get(word, (word,)))

    def kinds_mended(self, name: Words) -> Words:
        """A name in which "Coucil" and "Brough" are the words that they were to be."""
        for word in name:
            if word not in self.mended:
                self.mended[word] = self.kind_mended(word)
        return tuple(self.mended[word] for word in name)

    def kind_mended(self, word: str) -> str:
        """One word, put right when it is one edit from one word for a kind."""
        if len(word) < 4 or word in self.index.vocabulary or word in KINDS | PLAIN:
            return word
        near = [
            kind
            for kind in KINDS | PLAIN
            if abs(len(kind) - len(word)) < 2 and edits(kind, word) == 1
        ]
        return near[0] if len(near) == 1 else word

    def meant(self, name: Words) -> str:
        """The key of the one name that a mistyped one was to be, or nothing."""
        *_, (left, kinds) = forms(name, self.index.kind_words)
        key = joined(left)
        allowed = edits_allowed(key, is_kind_said=bool(kinds))
        if not allowed:
            return ""
        shortlist = self.similar.shortlist(key)
        ranked = sorted((edits(key, near), near) for _, near in shortlist)
        (fewest, best), *rest = ranked or [(9, "")]
        is_clear = not rest or self.next_of(best, rest) >= fewest + MARGIN
        is_slip = fewest <= allowed and best[:1] == key[:1]
        return best if is_slip and is_clear and self.is_a_slip(left, best) else ""

    def next_of(self, best: str, rest: list[tuple[int, str]]) -> int:
        """Edits to the nearest name of another council or body."""
        own = self.index.names.get(best)
        others = [n for n, key in rest if not own or self.index.names.get(key) != own]
        return min(others, default=99)

    def is_a_slip(self, left: Words, best: str) -> bool:
        """Whether the words that differ are no words of other names.

        "Mid Essex" is near "Mid Sussex", but Essex is no slip of the finger.
        """
        meant = self.index.stems[best]
        return not any(word in self.index.vocabulary for word in left if word not in meant)

    def nearest(self, name: Words) -> list[str]:
        """Keys of councils' names that are most alike, best first.

        Names that begin alike go first: Lancaster is nearer Lancashire than Doncaster.
        """
        *_, (left, _) = forms(name, self.index.kind_words)
        key = joined(left)
        alike = [
            (likeness + len(commonprefix([key, near])) / len(key) / 2, near)
            for likeness, near in self.similar.shortlist(key)
            if likeness >= ALIKE and near in self.index.names
        ]
        return [near for _, near in sorted(alike, reverse=True)]


def edits_allowed(key: str, *, is_kind_said: bool) -> int:
    """How many errors a name of this length may have."""
    if len(key) >= LONG:
        return 2
    if len(key) >= MEDIUM or (len(key) >= SHORT and is_kind_said):
        return 1
    return 0
