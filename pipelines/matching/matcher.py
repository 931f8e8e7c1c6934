"""Matches one text: codes first, then whole names, then shorter and mistyped ones.

What is sure is tried before what is not, and the first answer stands. A name that is
another body's, or that contradicts the only council it could mean, ends the search: a
text is never passed on to a vaguer rule because a surer one refused it.
"""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipelines.matching.answers import agreed, another, disagreed, found, refused
from pipelines.matching.choice import choose
from pipelines.matching.codes import by_code, codes_in
from pipelines.matching.index import Council, Index, read_index
from pipelines.matching.kinds import Kinds, Words, forms
from pipelines.matching.mistyped import Speller
from pipelines.matching.outcome import CERTAIN, LIKELY, Match
from pipelines.matching.words import joined, words


SEVERAL = "names more than one council"
# Fewer letters are like everything.
SHORTEST = 4
BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")


class Matcher:
    """Answers which council a text means, on the day that the row speaks of."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.speller = Speller(index)
        self.known: dict[tuple[str, date | None], Match] = {}

    @classmethod
    def read(cls, folder: Path) -> "Matcher":
        """A matcher on a folder of reference tables."""
        return cls(read_index(folder))

    def match(self, text: str, day: date | None) -> Match:
        """The council that a text means; `day` only decides between several."""
        if (text, day) not in self.known:
            self.known[text, day] = replace(self.find(text, day), given=text)
        return self.known[text, day]

    def find(self, text: str, day: date | None) -> Match:
        """The first rule that has an answer, or none with the nearest names."""
        if hit := by_code(text, self.index):
            return found(self.index.councils[hit.gss_code], hit.certainty, hit.how)
        name = self.index.written_out(text)
        if not name:
            return refused("")
        return (
            self.with_code(text, day)
            or self.by_name(name, day)
            or self.of_another_body(name)
            or self.by_parts(text, day)
            or self.by_abbreviation(name, day)
            or self.by_likeness(name, day)
            or refused("", self.nearest(name))
        )

    def with_code(self, text: str, day: date | None) -> Match | None:
        """A code beside a name: both must mean the same council."""
        codes = codes_in(text)
        if not codes:
            return None
        rest = text
        for code in codes:
            rest = rest.replace(code, " ")
        if not words(rest):
            return refused("is no code of an English principal council")
        matches = [self.find(part, day) for part in (*codes, rest)]
        return agreed(matches) or disagreed("has a name and a code that do not agree", matches)

    def by_name(
        self, name: Words, day: date | None, certainty: str = CERTAIN, how: str = ""
    ) -> Match | None:
        """The whole name, or what is left of it without words for a kind."""
        for left, kinds in forms(name, self.index.kind_words):
            key = joined(left)
            if key in self.index.names:
                return self.chosen(key, name, kinds, day, certainty, how)
            if key in self.index.shortened:
                return self.chosen(key, name, kinds, day, LIKELY, "shortened name")
            if key in self.index.bodies:
                return another(self.index.bodies[key])
        return None

    def chosen(
        self, key: str, name: Words, kinds: Kinds, day: date | None, certainty: str, how: str
    ) -> Match:
        """One of the councils that hold a key, or why it is none of them."""
        codes = self.index.names.get(key) or self.index.shortened[key]
        choice = choose(self.councils(codes), kinds, day, certainty)
        if choice.council is None:
            labels = [council.label for council in choice.among]
            near = [*labels, *self.nearest(name)]
            return refused(choice.reason, tuple(dict.fromkeys(near)))
        if other := self.in_its_place(choice.council, name, day):
            return found(other, LIKELY, "place name, on that day")
        if any("|" in kind for kind in kinds):
            how = "abbreviated name"
        way = self.index.ways.get((key, choice.council.gss_code), "place name")
        if choice.is_unusual:
            way = "place name, though the kind of council differs"
        elif kinds:
            way = "place name and kind of council"
        among = [each for each in choice.among if each is not choice.council]
        return found(choice.council, choice.certainty, how or way, among)

    def councils(self, codes: list[str]) -> list[Council]:
        """Councils by their codes."""
        return [self.index.councils[code] for code in codes]

    def in_its_place(self, council: Council, name: Words, day: date | None) -> Council | None:
        """The council of the same place on a day when the one named was not there.

        "Somerset Council" meant the county council until there was one of that name.
        Only names that say no kind are read so.
        """
        if not day or council.existed(day):
            return None
        codes = [
            code
            for left, kinds in forms(name, self.index.kind_words)
            for code in self.index.names.get(joined(left), ())
            if not kinds
        ]
        there = {c.gss_code: c for c in self.councils(codes) if c.existed(day)}
        return there.popitem()[1] if len(there) == 1 else None

    def of_another_body(self, name: Words) -> Match | None:
        """Words that no council's name has: police, parish, NHS ..."""
        spaced = f" {' '.join(name)} "
        for word, body in self.index.body_words:
            if f" {' '.join(word)} " in spaced:
                return another(body, self.nearest(name))
        return None

    def by_parts(self, text: str, day: date | None) -> Match | None:
        """Two names with a stroke between them, or a name and one in brackets."""
        matches = [self.find(part, day) for part in text.split("/") if "/" in text]
        matches = [match for match in matches if match.gss_code]
        if len(matches) > 1:
            return agreed(matches) or disagreed(SEVERAL, matches)
        inside = " ".join(BRACKETS.findall(text))
        outside = BRACKETS.sub(" ", text)
        if not inside.strip() or not outside.strip():
            return None
        match, other = self.find(outside, day), self.find(inside, day)
        if not match.gss_code or other.gss_code == match.gss_code:
            return match if match.gss_code else None
        if other.gss_code:
            return disagreed(SEVERAL, (match, other))
        how = f"{match.how}, without its brackets"
        return replace(match, certainty=LIKELY, how=how)

    def by_abbreviation(self, name: Words, day: date | None) -> Match | None:
        """Counties and points of the compass written out: Bucks, N Yorks."""
        whole = self.speller.places_written_out(name)
        if whole == name:
            return None
        return self.by_name(whole, day, LIKELY, "abbreviated name")

    def by_likeness(self, name: Words, day: date | None) -> Match | None:
        """A typing error in the words for a kind, or in the place."""
        whole = self.speller.places_written_out(name)
        mended = self.speller.kinds_mended(whole)
        is_mended = mended != whole
        if is_mended and (hit := self.by_name(mended, day, LIKELY, "similar name")):
            return hit
        key = self.speller.meant(mended)
        if key in self.index.bodies:
            return another(self.index.bodies[key])
        if not key:
            return None
        *_, (left, kinds) = forms(mended, self.index.kind_words)
        match = self.chosen(key, mended, kinds, day, LIKELY, "similar name")
        near = dict.fromkeys((*match.candidates, *self.nearest(name)))
        return replace(match, candidates=tuple(near)[:3])

    def nearest(self, name: Words) -> tuple[str, ...]:
        """Labels of the councils with the names most alike, at most three."""
        if len(joined(name)) < SHORTEST:
            return ()
        whole = self.speller.kinds_mended(self.speller.places_written_out(name))
        keys = self.speller.nearest(whole)
        codes = dict.fromkeys(code for key in keys for code in self.index.names[key])
        return tuple(self.index.councils[code].label for code in codes)[:3]
