"""Codes of councils, alone or inside a longer text."""

import re
from dataclasses import dataclass

from pipelines.matching.index import Index
from pipelines.matching.outcome import CERTAIN, LIKELY


ONS = re.compile(r"\b[A-Z]\d{2}[ \xa0]?\d{3}[ \xa0]?\d{3}\b", re.I)
# What registers and 360Giving put before the three letters.
PREFIX = re.compile(r"^(?:GB-LAE-|local-authority(?:-eng)?:)", re.I)


@dataclass(frozen=True)
class CodeHit:
    """A council by its code."""

    gss_code: str
    certainty: str
    how: str


def by_code(text: str, index: Index) -> CodeHit | None:
    """A text that is a code and nothing else, with any capitals and spaces."""
    bare = "".join(PREFIX.sub("", text.strip()).split())
    hit = index.codes.get(bare.upper())
    if not hit:
        return None
    gss_code, how = hit
    if bare != text.strip() or not bare.isalpha():
        return CodeHit(gss_code, CERTAIN, how)
    # Three letters may be a word that means something else: "ALL" is Allerdale's code,
    # and "Ede" is no code but half of Eden.
    if bare.istitle():
        return None
    is_word = bare in index.word_codes or not bare.isupper()
    return CodeHit(gss_code, LIKELY if is_word else CERTAIN, how)


def codes_in(text: str) -> list[str]:
    """ONS codes that stand inside a longer text, as written there."""
    return ONS.findall(text)
