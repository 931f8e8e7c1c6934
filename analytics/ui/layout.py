"""The parts that every page is made of: heading, banner, cards, figures, footer."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analytics.charts import marks, theme
from analytics.reading.indicators import Indicator
from analytics.ui import address, download, store
from analytics.ui.safe import inert, plain
from analytics.words import labels
from analytics.words.marking import BANNERS, caption, marking
from settings import ROOT, settings


STYLE = Path(__file__).with_name("style.css")
LONGEST_TABLE = 50

Direction = Literal["better", "worse", "higher", "lower", "same", "unknown"]
Reason = Literal["no_data", "nothing_matches", "not_allowed", "being_built"]

COLOURS: dict[str, Any] = {"better": "green", "worse": "red"}
WORDS = {"better": "Better: ", "worse": "Worse: "}
STATES: dict[str, tuple[str, str]] = {
    "no_data": (
        "There is no data for this yet.",
        "Load data on the Data page, or choose another collection.",
    ),
    "nothing_matches": (
        "Nothing matches these filters.",
        "Widen the period, the regions or the types of council, or clear the filters.",
    ),
    "not_allowed": (
        "You may not see this.",
        "It is about councils whose data is not shared with you. "
        "Choose your own council or a larger group.",
    ),
    "being_built": (
        "This part is still being built.",
        "Nothing is missing from your data. Look again after the next release.",
    ),
}


@dataclass(frozen=True)
class Card:
    """One headline figure: what it is, how much, how it moved and who it covers."""

    label: str
    value: str
    change: str = ""
    coverage: str = ""
    note: str = ""
    direction: Direction = "unknown"


def style() -> None:
    """Send the style sheet, before anything that it dresses."""
    st.html(STYLE)


def heading(title: str, question: str) -> None:
    """The name of a page, and the question that it answers."""
    st.title(plain(title), anchor=False)
    with st.container(key="lead"):
        st.markdown(plain(question))


def banner(collection: str) -> None:
    """Say across the page what kind of data it shows, and its marking."""
    words = BANNERS[collection]
    with st.container(key=f"banner-{collection}"):
        st.markdown(f"**{words}**  \nMarking: {marking(collection)}")


def headlines(cards: Sequence[Card]) -> None:
    """Show cards side by side, as many to a row as there is room for."""
    # Five stand in one row on a laptop; fewer are given the room.
    width = 170 if len(cards) > 4 else 225
    grid = st.grid("auto", min_column_width=width, gap="small", border=True)
    for card in cards:
        with grid.cell():
            _card(card)


def figure(
    chart: go.Figure,
    *,
    title: str,
    sentence: str,
    about: Indicator | None,
    data: pd.DataFrame,
    coverage: str,
    period: str,
    source: str,
    collection: str,
    alt: str,
    key: str,
    on_select: Callable[[str], None] | None = None,
) -> None:
    """Show a chart with its sentence, caption, table, download and definition.

    `on_select` is called with the key of the mark that somebody clicks; the same choice
    has to be offered by a widget too, for those who do not use a mouse. Events that
    the chart marks are named below it and in the text alternative.
    """
    facts = download.Facts(title, period, coverage, source, collection)
    events = marks.named(chart)
    alt = f"{alt} {events}".strip()
    with st.container(key=f"figure-{key}"):
        st.header(plain(title), anchor=False)
        with st.container(key=f"sentence-{key}"):
            st.markdown(plain(sentence))
        if on_select is None:
            st.plotly_chart(chart, key=key, theme=None, config=theme.CONFIG, alt=alt)
        else:
            st.plotly_chart(
                chart,
                key=key,
                theme=None,
                config=theme.CONFIG,
                alt=alt,
                on_select=partial(_selected, key, on_select),
                selection_mode="points",
            )
        st.caption(plain(caption(period, coverage, source, collection)))
        if events:
            st.caption(plain(events))
        with st.expander("Table, download and definition", key=f"more-{key}"):
            with st.container(key=f"scroll-{key}"):
                table(data, about=about, alt=f"Table: {title}")
                what = "Download this table (CSV)"
                download_button(what, data, facts, about=about, key=key)
            if about is not None:
                definition(about)


def _selected(key: str, act: Callable[[str], None]) -> None:
    """Hand on the key of the mark that was clicked; a click on nothing is nothing."""
    chosen = st.session_state.get(key) or {}
    points = chosen.get("selection", {}).get("points", [])
    if points and points[0].get("customdata"):
        found = points[0]["customdata"]
        act(str(found if isinstance(found, str) else found[0]))


def table(
    data: pd.DataFrame, *, about: Indicator | None = None, alt: str, has_links: bool = True
) -> None:
    """Show a frame as a table with headings for people.

    Without `has_links` an address in a cell is text like any other.
    """
    shown = store.for_people(data, about)
    if len(shown) <= LONGEST_TABLE:
        safe = shown.map(plain if has_links else inert).rename(columns=plain)
        st.table(safe, hide_index=True, border="horizontal", alt=alt)
    else:
        st.dataframe(shown, hide_index=True, alt=alt)
    if shown.isin([labels.NOT_AVAILABLE, labels.WITHHELD]).any(axis=None):
        st.caption(plain(labels.SHORTHAND))


def definition(about: Indicator) -> None:
    """Say what a measure is, what is divided by what, and what to beware of."""
    parts = {
        "What it measures": about.definition,
        "Counted": about.numerator,
        "Out of": about.denominator,
        "Beware": about.caveat,
    }
    said = [f"**{part}.** {plain(words)}" for part, words in parts.items() if words]
    st.markdown("\n\n".join(said))


def empty(reason: Reason) -> None:
    """Say why there is nothing here, and what to do next."""
    what, next_step = STATES[reason]
    with st.container(border=True):
        st.markdown(f"**{what}**  \n{next_step}")


def footer() -> None:
    """Close a page: its address, licence, contact and version."""
    address.closed()
    with st.container(key="footer"):
        st.caption(
            "Code under the MIT licence. Public data under the Open Government "
            "Licence v3.0 and the licences named in NOTICE.  \n"
            f"Questions and corrections: {plain(settings.contact)}.  \n"
            f"Version {_version()}."
        )


def _card(card: Card) -> None:
    change = f"{WORDS.get(card.direction, '')}{card.change}" if card.change else None
    arrows: dict[str, Any] = {"up": "up", "down": "down"}
    st.metric(
        plain(card.label),
        plain(card.value),
        plain(change) if change else None,
        delta_color=COLOURS.get(card.direction, "gray"),
        delta_arrow=arrows.get(card.change.split(" ")[0].lower(), "off"),
    )
    for words in (card.coverage, card.note):
        if words:
            st.caption(plain(words))


def download_button(
    label: str,
    data: pd.DataFrame,
    facts: download.Facts,
    *,
    about: Indicator | None = None,
    key: str,
) -> None:
    """Show a button that gives a table as CSV, with its marking on top."""
    st.download_button(
        label,
        data=lambda: download.csv(data, facts, about),
        file_name=download.file_name(facts),
        mime="text/csv",
        on_click="ignore",
        key=f"download-{key}",
    )


@st.cache_data(show_spinner=False)
def _version() -> str:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["project"]["version"]
