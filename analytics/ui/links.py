"""Ways from one page to another, by address."""

import streamlit as st


# What a session remembers: the pages that there are, and the one to open next.
SERVED, GO_TO = "pages_served", "go_to"


def link_to(address: str) -> st.Page | None:
    """The page of an address; None where a page is run on its own, as in tests."""
    return st.session_state.get(SERVED, {}).get(address)


def title_of(address: str) -> str:
    """What a page is called, for words that point to it."""
    found = link_to(address)
    return found.title if found else address.replace("_", " ").capitalize()


def go_to(address: str) -> None:
    """From a callback: open another page with all that is chosen now."""
    st.session_state[GO_TO] = address
