"""The label that every figure of impact carries: its design, its words, its caution."""

from analytics import impact
from analytics.ui import parts


def label(level: int) -> str:
    """The sentence under a figure of this level of design."""
    found = impact.design(level)
    return f'{found.label} Say "{found.wording}". {found.caution}'


def short(level: int) -> str:
    """The level and its wording, for the sentence above a figure."""
    found = impact.design(level)
    return f"Design: level {found.level} of 5 on the Maryland scale ({found.wording})."


def note(level: int, more: str = "") -> None:
    """A box that says how far the figures below can speak of cause."""
    parts.note(f"{label(level)} {more}".strip())
