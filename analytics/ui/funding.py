"""What the views of the page Funding impact share: their list and the choice."""

import streamlit as st

from analytics.ui import filters, layout
from analytics.ui.safe import plain
from analytics.ui.view import View


VIEWS = {
    "ledger": "The money",
    "reach": "Who got what",
    "changed": "Before and after",
    "effect": "Estimated effect",
    "thread": "The thread",
    "value": "What it is worth",
    "objectives": "Objectives",
}


def choose() -> str:
    """Draw the choice of view, which the address holds; answers its code."""
    return filters.one_of("Question", VIEWS, "view")


def refused(see: View, why: str) -> None:
    """Say what may not be seen and what to do, with a button that does it."""
    layout.empty("not_allowed")
    st.caption(plain(why))
    if see.scope.regions or see.scope.groups:
        st.button("Show all of England", on_click=widen)


def widen() -> None:
    """Clear the region and the type."""
    filters.choose(region="", type="")
