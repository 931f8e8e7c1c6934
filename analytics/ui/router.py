"""Which page an address asks for: one that there is, one that moved, or none.

Every page is drawn by a function; Streamlit's own menu is hidden, and `rail.py` draws
ours. The first page opens by itself, at the address without a name.
"""

from collections.abc import Callable, Sequence
from functools import partial
from urllib.parse import unquote, urlsplit

import streamlit as st

from analytics.ui import frame
from analytics.ui.links import GO_TO, SERVED
from analytics.ui.pages import Moved, Page, Theme, addresses


def run(themes: tuple[Theme, ...], moved: Sequence[Moved]) -> None:
    """Run the page that the address asks for, within the frame."""
    served = pages_of(themes)
    st.session_state[SERVED] = served
    extra = [
        st.Page(there, title=name, url_path=name) for name, there in others(themes, served, moved)
    ]
    page = st.navigation([*served.values(), *extra], position="hidden")
    st.set_page_config(
        page_title=f"{page.title} – Council cyber dashboard",
        layout="wide",
        initial_sidebar_state="auto",
    )
    asked = st.session_state.pop(GO_TO, None)
    if asked in served:
        st.switch_page(served[asked], query_params=frame.kept_choices(every=True))
    page.run()


def pages_of(themes: tuple[Theme, ...]) -> dict[str, st.Page]:
    """Every page by its address; the first is the one that opens by itself."""
    served: dict[str, st.Page] = {}
    for name, (theme, page) in addresses(themes).items():
        draw = partial(frame.run, themes, theme, page)
        # Streamlit keeps the name of the page at the root for itself and answers it with
        # "Page not found", so that page is given a name that nobody asks for.
        path = name if served else "-"
        served[name] = st.Page(draw, title=page.title, url_path=path, default=not served)
    return served


def others(
    themes: tuple[Theme, ...], served: dict[str, st.Page], moved: Sequence[Moved]
) -> list[tuple[str, Callable[[], None]]]:
    """Addresses that are no page of today: old ones, and the one asked for if unknown."""
    old = {one.page for one in moved} - served.keys()
    found: list[tuple[str, Callable[[], None]]] = [
        (name, partial(go_on, served, moved, name)) for name in sorted(old)
    ]
    first = next(iter(served))
    found.append((first, partial(st.switch_page, served[first])))
    asked = asked_for()
    if asked and asked not in served and asked not in old:
        found.append((asked, partial(frame.no_such_page, themes, asked)))
    return found


def asked_for() -> str:
    """The last part of the address in the browser."""
    return unquote(urlsplit(st.context.url or "").path.rpartition("/")[2])


def go_on(served: dict[str, st.Page], moved: Sequence[Moved], name: str) -> None:
    """Go on from an old address to the new one, with the choices that it held."""
    asked = {key: st.query_params.get_all(key) for key in st.query_params}
    address, choices = translate(moved, name, asked)
    st.switch_page(served[address], query_params=choices)


def translate(
    moved: Sequence[Moved], name: str, asked: dict[str, list[str]]
) -> tuple[str, dict[str, list[str]]]:
    """The address of today for an old page, and its choices; the view is no choice more."""
    view = (asked.get("view") or [""])[0]
    there = [one for one in moved if one.page == name]
    found = next((one for one in there if one.view == view), there[0])
    kept = {key: words for key, words in asked.items() if key != "view"}
    return found.address, kept | ({"section": [found.section]} if found.section else {})


def walk(themes: tuple[Theme, ...]) -> list[Page]:
    """All pages in their order."""
    return [page for theme in themes for page in theme.pages]
