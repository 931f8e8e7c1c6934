"""Names as words: capitals, accents, apostrophes and spacing out of the way."""

import re
import unicodedata


# Dropped before accents are, for the acute accent as a letter of its own stands for an
# apostrophe and would otherwise part a word.
APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´′\u200b\u200c\u200d\u2060\ufeff\u00ad"))
SAME = {"upon": "on", "saint": "st"}
BREAKS = re.compile(r"[\W_]+")


def words(text: str) -> tuple[str, ...]:
    """The words of a name, as every spelling of it has them.

    "St. Helens", "ST HELENS " and "Saint Helen’s" give the same two words.
    """
    text = text.translate(APOSTROPHES).replace("&amp;", "&").replace("&", " and ")
    plain = unicodedata.normalize("NFKD", text.replace("+", " and ")).casefold()
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    found = [SAME.get(word, word) for word in BREAKS.split(letters) if word]
    return tuple(found[1:] if found[:1] == ["the"] else found)


def joined(name: tuple[str, ...]) -> str:
    """The key of a name: its words without spaces, which people put anywhere."""
    return "".join(name)
