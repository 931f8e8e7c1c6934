"""What stands around every page: the rail, the heading, the choices, the footer."""

import streamlit as st

from analytics.reading.viewer import NotAllowedError
from analytics.ui import address, layout, rail, store
from analytics.ui.pages import Page, Theme
from analytics.ui.safe import plain
from analytics.ui.view import refused, stop, view


# What a link to another page carries on: the same data, councils and years.
KEPT = ("data", "from", "to", "region", "type", "council", "events")


def run(themes: tuple[Theme, ...], theme: Theme, page: Page) -> None:
    """One page from the rail to the footer.

    Under the public record it is what the record has on the theme. Where the viewer may
    not see what was chosen, the page says so and what to choose instead. Without
    `themes` there is no rail.
    """
    begin(themes, page.address)
    if page.collections is None:
        department_page(page)
    else:
        is_shared = bool(theme.record) and page.record is None
        see = view(
            page.title,
            page.question,
            record=(theme.title, theme.question) if is_shared else None,
            has_filters=page.has_filters,
            available=page.collections,
        )
        record = page.record or theme.record
        draw = record if see.is_public and record else page.draw
        try:
            draw(see)
        except NotAllowedError as error:
            refused(see, str(error))
    layout.footer()


def begin(themes: tuple[Theme, ...], name: str) -> None:
    """What every page starts with: its address is read, then style and rail are sent."""
    address.opened(name)
    layout.style()
    if themes:
        rail.draw(themes, name, kept_choices())


def department_page(page: Page) -> None:
    """A page of the department's own: no data set is chosen on it."""
    layout.heading(page.title, page.question)
    layout.banner("department")
    try:
        store.viewer().require_department()
    except NotAllowedError as error:
        stop("not_allowed", str(error))
    page.draw()


def kept_choices(*, every: bool = False) -> dict[str, list[str]]:
    """Choices that another page takes over: those of KEPT, or all."""
    names = address.all_names() if every else KEPT
    chosen = {name: list(address.words(name)) for name in names}
    return {name: words for name, words in chosen.items() if words}


def no_such_page(themes: tuple[Theme, ...], asked: str) -> None:
    """Say that there is no page of this name, and which there are."""
    begin(themes, "")
    layout.heading("There is no such page", "")
    named = st.query_params.get("asked", asked)
    there_are = ", ".join(page.title for theme in themes for page in theme.pages)
    st.markdown(plain(f"Nothing stands at “{named}”. The pages that there are: {there_are}."))
    layout.footer()
