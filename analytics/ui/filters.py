"""The choices that every page shares: kept from page to page, and in the address.

A widget shows what the address says (`address.py`), so a link restores the whole view;
a value that is not an option falls back to the default.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from analytics.ui import address


COLLECTIONS = {
    "public_record": "Public record",
    "demonstration": "Demonstration data",
    "department": "Department's own files",
}


# Widths in pixels: two years fit side by side on a phone, and all five on a laptop.
NARROW, WIDE = 120, 205
# Kinds of event that lines in time may mark; the first two are marked unasked.
EVENTS = {
    "caf_version": "CAF versions",
    "programme_change": "Programme changes",
    "cyber_event": "Cyber events",
    "reorganisation": "Reorganisations",
    "other": "Other events",
}
USUAL_EVENTS = list(EVENTS.values())[:2]
NONE = "none"
COMPARE = {"region": "Region", "type": "Type of council"}


def collection(available: Sequence[str]) -> str:
    """The switch between collections; a department's files come first once loaded."""
    options = {name: label for name, label in COLLECTIONS.items() if name in available}
    first = "department" if "department" in options else "demonstration"
    default = first if first in options else next(iter(options))
    return one_of("Data shown", options, "data", default=default)


def years_from(first: date, last: date) -> str:
    """The financial year to start from."""
    labels = financial_years(first, last)
    return _select("From", labels, labels[0], "from", width=NARROW)


def years_to(first: date, last: date) -> str:
    """The financial year to end with."""
    labels = financial_years(first, last)
    return _select("To", labels, labels[-1], "to", width=NARROW)


def span(start: str, end: str) -> tuple[date, date]:
    """First and last month of two financial years, whichever comes first."""
    low, high = sorted([first_year(start), first_year(end)])
    return date(low, 4, 1), date(high + 1, 3, 1)


def regions(options: Sequence[str]) -> tuple[str, ...]:
    """Regions to look at; none chosen means all."""
    return _several("Region", options, "region", "All regions")


def groups(options: dict[str, str]) -> tuple[str, ...]:
    """Types of council to look at (code to label); none chosen means all."""
    labels = list(options.values())
    chosen = _several("Type of council", labels, "type", "All types")
    return tuple(code for code, label in options.items() if label in chosen)


def council(councils: pd.DataFrame) -> tuple[str, str]:
    """Code and name of the council to pick out; both empty when none is chosen."""
    names = councils.sort_values("council_name")
    label, shown = "Council to pick out", names["council_name"].tolist()
    chosen = _maybe(label, shown, "council", "No council", WIDE)
    if not chosen:
        return "", ""
    return names.set_index("council_name")["gss_code"][chosen], chosen


def one_of(label: str, options: dict[str, str], key: str, *, default: str = "") -> str:
    """One of a few choices (code to label) that belongs to the page."""
    first = options[default or next(iter(options))]
    shown = list(options.values())
    on_change = _shows(key, first, lambda word: word if word in shown else None)
    chosen = st.segmented_control(label, shown, required=True, key=key, on_change=on_change)
    return _code(options, str(chosen or first))


def one_from(
    label: str, options: dict[str, str], key: str, *, default: str, width: int = 480
) -> str:
    """One of many choices (code to label) that belongs to the page."""
    shown = list(options.values())
    return _code(options, _select(label, shown, options[default], key, width=width))


def maybe_one(label: str, options: dict[str, str], key: str, *, placeholder: str) -> str:
    """One of many (code to label) or none, which is the empty string."""
    chosen = _maybe(label, list(options.values()), key, placeholder, 480)
    return _code(options, chosen) if chosen else ""


def day(label: str, key: str, *, default: date, last: date) -> date:
    """A day up to the last one that can be chosen."""

    def read(word: str) -> date | None:
        with suppress(ValueError):
            return found if (found := date.fromisoformat(word)) <= last else None
        return None

    on_change = _shows(key, default, read)
    found = st.date_input(
        label, max_value=last, key=key, format="DD/MM/YYYY", width=WIDE, on_change=on_change
    )
    return found if isinstance(found, date) else default


def number(label: str, key: str, *, default: int, least: int = 0, most: int, step: int = 1) -> int:
    """A whole number within limits that belongs to the page; an empty box is the
    default."""
    found = _number(label, key, default, least, most, step, None)
    return default if found is None else found


def maybe_number(
    label: str, key: str, *, least: int = 0, most: int, step: int = 1, placeholder: str
) -> int | None:
    """A whole number within limits, or None while the box is empty."""
    return _number(label, key, None, least, most, step, placeholder)


def events() -> tuple[str, ...]:
    """Kinds of event to mark on every axis of time; none at all is a choice too."""
    shown = list(EVENTS.values())
    on_change = _shows("events", USUAL_EVENTS, lambda word: word if word in shown else None)
    with st.popover("Events marked", width="content"):
        chosen = st.pills(
            "Mark on charts over time",
            shown,
            selection_mode="multi",
            key="events",
            on_change=on_change,
        )
        st.caption(
            "A dotted upright or a sign stands where something happened that may "
            "explain a change, or may not. Its name and month are below the chart."
        )
    return tuple(code for code, label in EVENTS.items() if label in chosen)


def toggle(label: str, key: str, *, default: bool) -> bool:
    """Yes or no."""
    on_change = _shows(key, default, {"true": True, "false": False}.get)
    return st.toggle(label, key=key, on_change=on_change)


def choose(**choices: Any) -> None:
    """What a click does: make choices of these names as their widgets would."""
    address.choose({key: _words(value) for key, value in choices.items()})


def _shows(key: str, default: Any, read: Callable[[str], Any]) -> Callable[[], None]:
    """Make the widget of a key show what the address says; gives its `on_change`.

    `read` makes a value of what the address says, or None of what it does not know.
    """
    found = address.words(key)
    is_none = bool(default) and isinstance(default, list) and found == (NONE,)
    read_of = {word: read(word) for word in found}
    known = [value for value in read_of.values() if value is not None]
    if len(known) < len(found) and not is_none:
        kept = tuple(word for word, value in read_of.items() if value is not None)
        address.correct(key, kept)
    if isinstance(default, list):
        value = [] if is_none else known or default
    else:
        value = known[0] if known else default
    # The widget of another page under the same key is another widget.
    has_it = key in st.session_state and not address.is_new_page()
    if not has_it or st.session_state[key] != value:
        st.session_state[key] = value

    def on_change() -> None:
        chosen = st.session_state[key]
        if default and chosen == []:
            address.choose({key: (NONE,)})
        else:
            address.choose({key: () if chosen == default else _words(chosen)})

    return on_change


def _words(chosen: Any) -> tuple[str, ...]:
    """A choice as the address writes it."""
    if chosen is None or chosen == "":
        return ()
    if isinstance(chosen, bool):
        return (str(chosen).lower(),)
    return tuple(map(str, chosen)) if isinstance(chosen, list) else (str(chosen),)


def _number(
    label: str,
    key: str,
    default: int | None,
    least: int,
    most: int,
    step: int,
    placeholder: str | None,
) -> int | None:
    def read(word: str) -> int | None:
        with suppress(ValueError):
            return found if least <= (found := int(word)) <= most else None
        return None

    on_change = _shows(key, default, read)
    found = st.number_input(
        label,
        min_value=least,
        max_value=most,
        step=step,
        key=key,
        width=WIDE,
        value=None if default is None else "min",
        placeholder=placeholder,
        on_change=on_change,
    )
    return None if found is None else int(found)


def _code(options: dict[str, str], label: str) -> str:
    return next(code for code, shown in options.items() if shown == label)


def _select(label: str, options: Sequence[str], default: str, key: str, *, width: int) -> str:
    on_change = _shows(key, default, lambda word: word if word in options else None)
    return st.selectbox(label, options, key=key, width=width, on_change=on_change)


def _maybe(
    label: str, options: Sequence[str], key: str, placeholder: str, width: int
) -> str | None:
    on_change = _shows(key, None, lambda word: word if word in options else None)
    return st.selectbox(
        label,
        options,
        index=None,
        key=key,
        placeholder=placeholder,
        width=width,
        on_change=on_change,
    )


def _several(label: str, options: Sequence[str], key: str, placeholder: str) -> tuple[str, ...]:
    on_change = _shows(key, [], lambda word: word if word in options else None)
    chosen = st.multiselect(
        label, options, key=key, placeholder=placeholder, width=WIDE, on_change=on_change
    )
    return tuple(chosen)


def financial_years(first: date, last: date) -> list[str]:
    """Labels of the financial years that two dates span, such as 2021/22."""
    start, end = (d.year if d.month >= 4 else d.year - 1 for d in (first, last))
    return [f"{year}/{(year + 1) % 100:02d}" for year in range(start, end + 1)]


def first_year(label: str) -> int:
    """The calendar year in which a financial year starts."""
    return int(label[:4])
