"""The dashboard's pages in their order, and the way to one that a link names."""

from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from settings import ROOT


PAGES = {
    "overview": "Overview",
    "risk_maturity": "Risk maturity",
    "service_disruption": "Service disruption",
    "funding_impact": "Funding impact",
    "benchmark": "Benchmark",
    "submit_data": "Submit data",
    "data_quality": "Data quality",
    "methods": "Methods",
}
ROUTED = "routed"


def page(name: str) -> st.Page:
    """One page of the dashboard; the first is the one that opens by itself."""
    is_first = name == next(iter(PAGES))
    return st.Page(path(name), title=PAGES[name], default=is_first)


def path(name: str) -> Path:
    """The file of a page."""
    return ROOT / "pages" / f"{name}.py"


def navigation() -> st.Page:
    """The menu on top; answers the page that was asked for."""
    st.session_state[ROUTED] = True
    return st.navigation([page(name) for name in PAGES], position="top")


def ask_for_router() -> None:
    """Go through dashboard.py when a link reached a page before that ever ran.

    Until one session has called st.navigation, Streamlit serves the files of pages/ by
    themselves, under a menu of file names. A page that is run on its own, as in tests,
    goes on without the menu.
    """
    if ROUTED in st.session_state:
        return
    st.session_state[ROUTED] = False
    name = urlsplit(st.context.url or "").path.rpartition("/")[2]
    if name in PAGES:
        asked = {key: st.query_params.get_all(key) for key in st.query_params}
        navigation()
        st.session_state[ROUTED] = False
        st.switch_page(page(name), query_params=asked)
