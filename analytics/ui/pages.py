"""What a page is: an address of its own, the question that it answers, who draws it.

`pages/<theme>.py` lists the pages of a theme; `router.py` serves them and `frame.py`
draws what stands around them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from analytics.reading import lookups
from analytics.ui.view import View


@dataclass(frozen=True)
class Page:
    """One view: its address, its name in the rail, its question, and who draws it.

    `record` draws what the public record has to say to the same question, if anything.
    `has_filters` says whether years, places and councils are chosen above it, and
    `collections` reads the data sets that there are to choose from; a page that shows
    none (`collections=None`) is the department's own, and `draw` is given nothing.
    `prepare` is worked out before anybody comes: when a server starts and after each
    new warehouse.
    """

    address: str
    title: str
    question: str
    draw: Callable[..., None]
    record: Callable[[View], None] | None = None
    has_filters: bool = True
    collections: Callable[..., dict] | None = lookups.collections
    prepare: Callable[[], None] | None = None


@dataclass(frozen=True)
class Theme:
    """Pages under one heading.

    `record` draws what the public record has on all of them, as the answer to
    `question`; a page with a record of its own shows that instead.
    """

    title: str
    pages: tuple[Page, ...]
    question: str = ""
    record: Callable[[View], None] | None = None


@dataclass(frozen=True)
class Moved:
    """Where something stood before: an old page and view; its page and part now."""

    page: str
    view: str
    address: str
    section: str = ""


def addresses(themes: tuple[Theme, ...]) -> dict[str, tuple[Theme, Page]]:
    """Every page by its address, with its theme."""
    found = [(page.address, (theme, page)) for theme in themes for page in theme.pages]
    known: dict[str, Any] = dict(found)
    if len(known) < len(found):
        raise ValueError("Two pages have one address: " + ", ".join(name for name, _ in found))
    return known
