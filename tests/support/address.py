"""Small pages with the dashboard's own widgets, for tests of the address."""


def first_page() -> None:
    """A page with one widget of each kind, and a mark to click."""
    from datetime import date

    import streamlit as st

    from analytics.ui import address, filters, layout

    address.opened("First")
    layout.heading("First", "What is chosen?")
    filters.regions(["London", "North East"])
    sizes = {"s": "Small", "l": "Large"}
    filters.one_from("Size", sizes, "size", default="s")
    filters.toggle("Mark events", "marked", default=True)
    filters.day("Since", "since", default=date(2024, 1, 1), last=date(2025, 1, 1))
    chosen = {"region": ["London"], "size": "Large"}
    st.button("Click", key="click", on_click=lambda: filters.choose(**chosen))
    layout.footer()


def second_page() -> None:
    """Another page with one of the same choices."""
    from analytics.ui import address, filters, layout

    address.opened("Second")
    layout.heading("Second", "What came along?")
    filters.one_from("Size", {"s": "Small", "l": "Large"}, "size", default="s")
    layout.footer()


def a_page() -> None:
    """The first page, or the second once the session says so."""
    import streamlit as st

    from tests.support import address

    is_second = st.session_state.get("which") == "second"
    (address.second_page if is_second else address.first_page)()
