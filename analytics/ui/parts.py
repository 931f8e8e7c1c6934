"""Small parts between figures: a section, a note, a way on to another page."""

import contextlib

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.errors import StreamlitPageNotFoundError

from analytics.ui import address, layout, router
from analytics.ui import download as csv_file
from analytics.ui.safe import plain
from analytics.words.marking import caption


# What a link carries on, so that the next page looks at the same councils and years.
KEPT = ("data", "from", "to", "region", "type", "council")
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
    chosen = {key: list(address.words(key)) for key in KEPT}
    kept = {key: value for key, value in chosen.items() if value}
    # A page that is run on its own, outside dashboard.py, has no other page to go to.
    with contextlib.suppress(StreamlitPageNotFoundError):
        st.page_link(router.path(page), label=label, query_params=kept)


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
