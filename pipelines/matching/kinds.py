"""Kinds of council: the words for them in a name, and whether they fit a council."""

from collections.abc import Iterator, Mapping


Words = tuple[str, ...]
Kinds = frozenset[str]

PLAIN = {"council", "authority", "local"}
KINDS = {
    "borough",
    "city",
    "corporation",
    "county",
    "district",
    "london",
    "metropolitan",
    "royal",
    "unitary",
}
LEADS = {("london", "borough"), ("royal", "borough")}
# What a council of each type is in law, whatever its name says.
LEGAL = {
    "NMD": {"district"},
    "MD": {"metropolitan", "borough", "district"},
    "LBO": {"london", "borough"},
    "CTY": {"county"},
    "UA": {"unitary"},
    "CC": {"city", "corporation"},
}
CONTRADICTS, UNUSUAL, LEGALLY, BY_NAME = range(4)


def spelled_out(name: Words, kind_words: Mapping[str, str]) -> Words:
    """A name with abbreviations of one meaning written out: "mbc" and the like."""
    found: list[str] = []
    for word in name:
        meaning = kind_words.get(word, word)
        is_whole = word in {"bc", "dc", "mbc", "mdc", "lbc"}
        found += [word] if "|" in meaning else meaning.split()
        found += ["council"] if is_whole else []
    return tuple(found)


def forms(name: Words, kind_words: Mapping[str, str]) -> Iterator[tuple[Words, frozenset[str]]]:
    """A name, then the same without more and more of its words for a kind.

    Gives what is left and the kinds taken off: ("stoke", "on", "trent") and {"city"}.
    """
    for left, kinds in without_end(name, kind_words):
        yield left, kinds
        rest, more = without_start(left, kind_words)
        if rest != left:
            yield rest, kinds | more


def without_end(name: Words, kind_words: Mapping[str, str]) -> Iterator[tuple[Words, Kinds]]:
    """A name without none, one, two ... of the kind words that end it."""
    taken: set[str] = set()
    yield name, frozenset()
    inverted = len(name) > 2 and name[-1] == "of"
    left = name[:-1] if inverted else name
    while len(left) > 1 and ends_in_kind(left, taken, kind_words):
        taken |= kind_of(left[-1], kind_words)
        left = left[:-1]
        yield left, frozenset(taken)


def ends_in_kind(left: Words, taken: set[str], kind_words: Mapping[str, str]) -> bool:
    """Whether the last word speaks of a kind and not of a place.

    "london" does so before "borough" alone, and "and" between two kinds.
    """
    word = left[-1]
    if word == "london":
        return "borough" in taken
    if word == "and":
        return bool(taken) and left[-2] in KINDS
    return word in KINDS or word in PLAIN or "|" in kind_words.get(word, "")


def without_start(name: Words, kind_words: Mapping[str, str]) -> tuple[Words, frozenset[str]]:
    """A name without the kind words that begin it: "city of", "london borough"."""
    taken: set[str] = set()
    end = 0
    while end < len(name) and is_lead(name[end], kind_words):
        taken |= kind_of(name[end], kind_words)
        end += 1
    if end and name[end : end + 1] == ("of",):
        end += 2 if name[end + 1 : end + 2] == ("the",) else 1
    elif name[:end] not in LEADS:
        return name, frozenset()
    return (name[end:], frozenset(taken)) if end < len(name) else (name, frozenset())


def is_lead(word: str, kind_words: Mapping[str, str]) -> bool:
    """Whether a word can stand in front of "of"."""
    return word in KINDS or word in PLAIN or word in ("and", *kind_words)


def kind_of(word: str, kind_words: Mapping[str, str]) -> set[str]:
    """The kinds that one word stands for; either of two as "city|county"."""
    meaning = kind_words.get(word, word)
    return {meaning} if "|" in meaning else set(meaning.split()) & KINDS


def fit(kinds: Kinds, own: Kinds, council_type: str) -> int:
    """How well the kinds in a text fit a council: a greater number fits better.

    `own` are the kinds in the council's known names. A word of two meanings is
    never better than unusual.
    """
    for kind in kinds:
        if "|" in kind:
            rest = kinds - {kind}
            read = [rest | {*meaning.split()} for meaning in kind.split("|")]
            return min(UNUSUAL, max(fit(each, own, council_type) for each in read))
    if kinds <= own:
        return BY_NAME
    if {"city", "county"} <= kinds and "city" in own:
        return fit(kinds - {"county"}, own, council_type)
    if kinds <= own | LEGAL[council_type]:
        return LEGALLY
    strange = kinds - own - LEGAL[council_type]
    return CONTRADICTS if contradicts(strange, own, council_type) else UNUSUAL


def contradicts(strange: Kinds, own: Kinds, council_type: str) -> bool:
    """Whether kinds that are not a council's own speak of another council.

    A county council is nothing else. A unitary council may be called the county that
    it covers, but not when it is a city or a borough: Leicester is not Leicestershire.
    """
    if council_type == "CTY" or strange & {"london", "metropolitan", "royal"}:
        return True
    if "county" in strange:
        return council_type != "UA" or bool(own & {"city", "borough"})
    return "unitary" in strange and council_type == "NMD"
