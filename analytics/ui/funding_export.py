"""The awards to take away as 360Giving grants, those that may be named only."""

from functools import partial

import streamlit as st

from analytics import formats, giving, ledger
from analytics.ui import parts, store
from analytics.ui.marking import INVENTED, caption, marking
from analytics.ui.safe import plain
from analytics.ui.view import View


FORMS = {
    "csv": ("Download awards (360Giving CSV)", "text/csv", giving.as_csv),
    "json": ("Download awards (360Giving JSON)", "application/json", giving.as_json),
}


def export(see: View) -> None:
    """Two downloads of the same awards, and what is in them."""
    found = store.read(ledger.awards, see.scope)
    parts.section("Take the awards away", said(len(found), see))
    if found.empty:
        return
    mark = marking(see.collection)
    with parts.row():
        for form, (label, mime, write) in FORMS.items():
            st.download_button(
                label, data=partial(write, found, see.collection, mark),
                file_name=file_name(see.collection, form), mime=mime,
                on_click="ignore", key=f"giving-{form}",
            )  # fmt: skip
    councils = f"{formats.count(found['gss_code'].nunique())} councils named"
    st.caption(plain(caption(see.period, councils, "Awards ledger", see.collection)))


def said(rows: int, see: View) -> str:
    """What the files hold, in sentences."""
    if not rows:
        return "No award in this scope may be named to you."
    invented = (
        f" {INVENTED}, and every award in the files says so in its identifier, title, "
        "description and funder."
        if see.collection == "demonstration"
        else ""
    )
    return (
        f"{formats.count(rows)} grants in the 360Giving standard, one for each council "
        "in an award: a joint award has its amount at the lead, and 0 at partners. "
        f"Only awards that you may see by name are in the files.{invented}"
    )


def file_name(collection: str, form: str) -> str:
    """The name of a file: its marking first, and whether it is invented."""
    kind = "INVENTED-demonstration" if collection == "demonstration" else collection
    name = f"{marking(collection)}-{kind}-awards-360giving.{form}"
    return name.replace("_", "-")
