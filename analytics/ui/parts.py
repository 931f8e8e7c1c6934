"""Small parts between figures: a section, a note, a way on to another page."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.ui import download as csv_file
from analytics.ui import filters, frame, layout, links
from analytics.ui.safe import plain
from analytics.words.marking import caption


MOST_SHOWN = 2000
# Tables of more columns than these keep their width on a phone, and scroll.
WIDE, WIDEST = 4, 7


def section(title: str, text: str = "") -> None:
    """Begin a part of the page, with a sentence on what it holds."""
    st.header(plain(title), anchor=False, divider="gray")
    if text:
        st.markdown(plain(text))


def row() -> DeltaGenerator:
    """Widgets beside one another, as many as there is room for."""
    return st.container(horizontal=True, vertical_alignment="bottom")


def note(text: str) -> None:
    """Something a reader must know before looking at the figures."""
    with st.container(key=f"note-{abs(hash(text))}", border=True):
        st.markdown(plain(text))


def link(page: str, label: str) -> None:
    """A link to another page of the dashboard, keeping the choices made."""
    # A page that is run on its own, outside dashboard.py, has no other page to go to.
    if (there := links.link_to(page)) is not None:
        st.page_link(there, label=label, query_params=frame.kept_choices())


def one_part(see: Any, known: Mapping[str, tuple[str, Callable[[Any], None]]]) -> None:
    """One part of a view, the one chosen: each has a name and is drawn by a function."""
    chosen = filters.one_of("Part", {code: name for code, (name, _) in known.items()}, "section")
    known[chosen][1](see)


def facts(pairs: dict[str, str]) -> None:
    """Short facts, each under its name."""
    lines = [f"**{plain(name)}.** {plain(text)}" for name, text in pairs.items()]
    st.markdown("\n\n".join(lines))


def listing(
    data: pd.DataFrame,
    *,
    title: str,
    sentence: str,
    period: str,
    coverage: str,
    source: str,
    collection: str,
    key: str,
    is_headed: bool = True,
) -> None:
    """A table that is a figure of its own: sentence, rows, caption and download.

    Of a long table the first rows are shown; the download has all. Right below a
    section that says the same it needs no heading.
    """
    if is_headed:
        st.subheader(plain(title), anchor=False)
    st.markdown(plain(sentence))
    if len(data) > MOST_SHOWN:
        st.markdown(
            f"The first {MOST_SHOWN:,} of {len(data):,} rows are shown; the download has all."
        )
    facts = csv_file.Facts(title, period, coverage, source, collection)
    columns = data.shape[1]
    wide = "widest-" if columns > WIDEST else "wide-" if columns > WIDE else ""
    with st.container(key=f"scroll-{wide}{key}"):
        layout.table(data.head(MOST_SHOWN), alt=f"Table: {title}", has_links=False)
        layout.download_button("Download these rows (CSV)", data, facts, key=key)
    st.caption(plain(caption(period, coverage, source, collection)))


def download(data: pd.DataFrame, title: str, collection: str) -> None:
    """A button that gives a table as CSV, with its marking on top."""
    facts = csv_file.Facts(title, "", "", "", collection)
    layout.download_button("Download these rows (CSV)", data, facts, key=title)
