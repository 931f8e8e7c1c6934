"""The list of pages at the left: a heading for each theme, and links below it.

Streamlit's own menu with headings is a list that screen readers cannot read right, and
it folds. This one is plain HTML: a `nav` with headings and lists of links, of which the
open one has `aria-current`. A plain click changes the page without loading the app
again; with a key held down, the link opens a tab as any other.
"""

from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from analytics.ui import links
from analytics.ui.pages import Theme


KEY = "rail"
SCRIPT = Path(__file__).with_name("rail.js").read_text(encoding="utf-8")
NAME = "Council cyber dashboard"


def draw(themes: tuple[Theme, ...], current: str, choices: dict[str, list[str]]) -> None:
    """The rail in the sidebar; `choices` are carried to whatever page is opened."""
    first = themes[0].pages[0].address
    data = {
        "name": NAME,
        "current": current,
        "themes": [
            {
                "title": theme.title,
                "pages": [
                    {
                        "address": page.address,
                        "title": page.title,
                        "href": href("" if page.address == first else page.address, choices),
                    }
                    for page in theme.pages
                ],
            }
            for theme in themes
        ],
    }
    rail = st.components.v2.component("rail", js=SCRIPT, isolate_styles=False)
    with st.sidebar:
        found = rail(data=data, key=KEY, on_go_change=lambda: None)
    if found.go and found.go != current:
        open_page(str(found.go), choices)


def href(address: str, choices: dict[str, list[str]]) -> str:
    """A link beside the page that is open, with the choices."""
    asked = urlencode(choices, doseq=True)
    return (address or "./") + (f"?{asked}" if asked else "")


def open_page(address: str, choices: dict[str, list[str]]) -> None:
    """Change to another page, if there is one of that name."""
    if (there := links.link_to(address)) is not None:
        st.switch_page(there, query_params=choices)
