"""The choices that every page shares: kept from page to page, and in the address.

Each widget is bound to a query parameter, so a link restores the whole view; a value
that is not an option falls back to the default. Setting a key to itself just before
drawing keeps it when another page is opened.
"""

import contextlib
from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.errors import StreamlitAPIException


COLLECTIONS = {
    "public_record": "Public record",
    "demonstration": "Demonstration data",
    "department": "Department's own files",
}


# Widths in pixels: two years fit side by side on a phone, and all five on a laptop.
NARROW, WIDE = 130, 235
COMPARE = {"region": "Region", "type": "Type of council"}


def keep(key: str, default: Any = None) -> None:
    """Hold what was chosen on another page, and put it back into the address there."""
    if key not in st.session_state:
        return
    chosen = st.session_state[key]
    st.session_state[key] = chosen
    if chosen and chosen != default and key not in st.query_params:
        # The address says a collection by its label, as the widget itself does.
        is_collection = isinstance(chosen, str) and chosen in COLLECTIONS
        # A widget already drawn in this session writes its own part of the address.
        with contextlib.suppress(StreamlitAPIException):
            st.query_params[key] = COLLECTIONS[chosen] if is_collection else chosen


def collection(available: Sequence[str]) -> str:
    """The switch between collections; a department's files come first once loaded."""
    options = [name for name in COLLECTIONS if name in available]
    first = "department" if "department" in options else "demonstration"
    default = first if first in options else options[0]
    if st.session_state.get("data") not in options:
        # Chosen on a page that has more of them.
        st.session_state.pop("data", None)
    keep("data", default)
    chosen = st.segmented_control(
        "Data shown",
        options,
        default=default,
        required=True,
        format_func=lambda name: COLLECTIONS[name],
        key="data",
        bind="query-params",
    )
    return str(chosen or default)


def years_from(first: date, last: date) -> str:
    """The financial year to start from."""
    labels = financial_years(first, last)
    keep("from", labels[0])
    return _select("From", labels, 0, "from", width=NARROW)


def years_to(first: date, last: date) -> str:
    """The financial year to end with."""
    labels = financial_years(first, last)
    keep("to", labels[-1])
    return _select("To", labels, len(labels) - 1, "to", width=NARROW)


def span(start: str, end: str) -> tuple[date, date]:
    """First and last month of two financial years, whichever comes first."""
    low, high = sorted([first_year(start), first_year(end)])
    return date(low, 4, 1), date(high + 1, 3, 1)


def regions(options: Sequence[str]) -> tuple[str, ...]:
    """Regions to look at; none chosen means all."""
    keep("region")
    chosen = st.multiselect(
        "Region",
        options,
        key="region",
        bind="query-params",
        placeholder="All regions",
        width=WIDE,
    )
    return tuple(chosen)


def groups(options: dict[str, str]) -> tuple[str, ...]:
    """Types of council to look at (code to label); none chosen means all."""
    keep("type")
    chosen = st.multiselect(
        "Type of council",
        list(options.values()),
        key="type",
        bind="query-params",
        placeholder="All types",
        width=WIDE,
    )
    return tuple(code for code, label in options.items() if label in chosen)


def council(councils: pd.DataFrame) -> tuple[str, str]:
    """Code and name of the council to pick out; both empty when none is chosen."""
    names = councils.sort_values("council_name")
    keep("council")
    chosen = st.selectbox(
        "Council to pick out",
        names["council_name"].tolist(),
        index=None,
        key="council",
        bind="query-params",
        placeholder="No council",
        width=WIDE,
    )
    if not chosen:
        return "", ""
    return names.set_index("council_name")["gss_code"][chosen], chosen


def one_of(label: str, options: dict[str, str], key: str, *, default: str = "") -> str:
    """One of a few choices (code to label) that belongs to the page."""
    first = default or next(iter(options))
    keep(key, options[first])
    chosen = st.segmented_control(
        label,
        list(options.values()),
        default=options[first],
        required=True,
        key=key,
        bind="query-params",
    )
    codes = {shown: code for code, shown in options.items()}
    return codes.get(str(chosen), first)


def one_from(
    label: str, options: dict[str, str], key: str, *, default: str, width: int = 480
) -> str:
    """One of many choices (code to label) that belongs to the page."""
    keep(key, options[default])
    shown = list(options.values())
    chosen = _select(label, shown, shown.index(options[default]), key, width=width)
    return next(code for code, name in options.items() if name == chosen)


def maybe_one(
    label: str, options: dict[str, str], key: str, *, placeholder: str
) -> str:
    """One of many (code to label) or none, which is the empty string."""
    if st.session_state.get(key) not in options.values():
        st.session_state.pop(key, None)
    keep(key)
    chosen = st.selectbox(
        label,
        list(options.values()),
        index=None,
        key=key,
        bind="query-params",
        placeholder=placeholder,
        width=480,
    )
    return next((code for code, name in options.items() if name == chosen), "")


def day(label: str, key: str, *, default: date, last: date) -> date:
    """A day up to the last one that can be chosen."""
    chosen = st.session_state.get(key)
    if isinstance(chosen, date) and chosen > last:
        st.session_state.pop(key)
    keep(key, default)
    found = st.date_input(
        label,
        value=default,
        max_value=last,
        key=key,
        format="DD/MM/YYYY",
        bind="query-params",
        width=WIDE,
    )
    return found if isinstance(found, date) else default


def _select(
    label: str, options: Sequence[Any], index: int, key: str, *, width: int
) -> Any:
    # Another collection has other years; a year that is not among them is forgotten.
    if st.session_state.get(key) not in options:
        st.session_state.pop(key, None)
    return st.selectbox(
        label, options, index=index, key=key, bind="query-params", width=width
    )


def financial_years(first: date, last: date) -> list[str]:
    """Labels of the financial years that two dates span, such as 2021/22."""
    start, end = (d.year if d.month >= 4 else d.year - 1 for d in (first, last))
    return [f"{year}/{(year + 1) % 100:02d}" for year in range(start, end + 1)]


def first_year(label: str) -> int:
    """The calendar year in which a financial year starts."""
    return int(label[:4])
