"""The two buttons that give awards as 360Giving files, named by their marking."""

from collections.abc import Callable, Mapping

import streamlit as st

from analytics.ui import parts
from analytics.ui.safe import plain
from analytics.ui.view import View
from analytics.words import numbers
from analytics.words.marking import caption, marking


LABELS = {
    "csv": ("Download awards (360Giving CSV)", "text/csv"),
    "json": ("Download awards (360Giving JSON)", "application/json"),
}


def buttons(
    see: View, writers: Mapping[str, Callable[[], bytes]], councils: int, source: str
) -> None:
    """A button for each form of the file, and the line that says what it is."""
    with parts.row():
        for form, (label, mime) in LABELS.items():
            st.download_button(
                label,
                data=writers[form],
                file_name=file_name(see.collection, form),
                mime=mime,
                on_click="ignore",
                key=f"giving-{form}",
            )
    named = f"{numbers.count(councils)} councils named"
    st.caption(plain(caption(see.period, named, source, see.collection)))


def file_name(collection: str, form: str) -> str:
    """The name of a file: its marking first, and whether it is invented."""
    kind = "INVENTED-demonstration" if collection == "demonstration" else collection
    name = f"{marking(collection)}-{kind}-awards-360giving.{form}"
    return name.replace("_", "-")
