"""What a check said of a file, and what became of it once submitted."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics.submit.submission import Outcome, Upload, Verdict
from analytics.ui import layout, parts
from analytics.ui.layout import Card
from analytics.ui.safe import plain


MOST_SHOWN = 500


def rows(number: int) -> str:
    """A number of rows in words."""
    return f"{number:,} row{'' if number == 1 else 's'}"


def headline(found: Verdict) -> str:
    """The verdict in one or two sentences."""
    if found.stopped:
        return f"The file could not be checked. {found.stopped}"
    if found.status == "refused":
        return f"The file is refused: no row of it can be loaded. {found.reason}"
    if not found.rows_in:
        return "The file has no rows."
    said = f"{found.accepted:,} of {rows(found.rows_in)} would be accepted"
    aside = "is" if found.quarantined == 1 else "are"
    said += f"; {found.quarantined:,} {aside} set aside" if found.quarantined else ""
    if found.superseded:
        verb = "is" if found.superseded == 1 else "are"
        said += f"; {found.superseded:,} {verb} replaced by a later row of the file"
    return said + "."


def show(upload: Upload, found: Verdict) -> None:
    """The verdict: headline, counts that add up, remarks, and what is to be mended."""
    parts.section("The verdict")
    with st.container(key="sentence-verdict"):
        st.markdown(f"**{plain(headline(found))}**")
    st.caption(plain(f"{upload.name}. Nothing has been loaded or kept."))
    if found.stopped or found.status == "refused":
        downloads(upload, found)
        return
    cards(found)
    if found.reason:
        parts.facts({"Matched or skipped": found.reason})
    faults(upload, found)
    notes(found)


def cards(found: Verdict) -> None:
    """Rows in are accepted, set aside or superseded, and nothing else."""
    layout.headlines(
        [
            Card("Rows in the file", f"{found.rows_in:,}"),
            Card("Accepted", f"{found.accepted:,}", note="Every rule is kept"),
            Card("Set aside", f"{found.quarantined:,}", note="A rule is broken"),
            Card("Superseded", f"{found.superseded:,}", note="A later row replaces it"),
        ]
    )
    st.caption(
        f"{found.rows_in:,} = {found.accepted:,} accepted + {found.quarantined:,} set "
        f"aside + {found.superseded:,} superseded."
    )


def faults(upload: Upload, found: Verdict) -> None:
    """The rows set aside, each with its line and how to mend it."""
    st.subheader("What to mend", anchor=False)
    if found.faults.empty:
        st.markdown("Nothing: no row is set aside.")
        downloads(upload, found)
        return
    some(found.faults, "Rows set aside", upload, found)


def notes(found: Verdict) -> None:
    """Rows that count and deserve a second look, with the councils matched."""
    if found.notes.empty:
        return
    with st.expander(f"Accepted with a note ({len(found.notes):,})", key="noted"):
        some(found.notes, "Rows accepted with a note")


def some(
    data: pd.DataFrame, title: str, upload: Upload | None = None, found: Verdict | None = None
) -> None:
    """The first rows of a list, with its downloads where it can be scrolled."""
    if len(data) > MOST_SHOWN:
        st.markdown(
            f"The first {MOST_SHOWN:,} of {len(data):,} are shown; the list to take away has all."
        )
    shown = data.head(MOST_SHOWN).astype(object).map(text_of)
    with st.container(key=f"scroll-widest-{title.lower().replace(' ', '-')}"):
        layout.table(shown, alt=f"Table: {title}", has_links=False)
        if upload and found:
            downloads(upload, found)


def text_of(cell: Any) -> str:
    """A cell as text; a blank says so."""
    return "" if pd.isna(cell) else str(cell)


def downloads(upload: Upload, found: Verdict) -> None:
    """The list to send back to the council, as CSV and as a workbook."""
    stem = f"errors-{upload.dataset.replace('_', '-')}"
    with st.container(horizontal=True, key="take-away"):
        if found.errors_csv:
            st.download_button(
                "Download the errors (CSV)",
                lambda: found.errors_csv,
                f"{stem}.csv",
                "text/csv",
                on_click="ignore",
                key="errors-csv",
            )
        if found.errors_workbook:
            st.download_button(
                "Download the workbook to mend (Excel)",
                lambda: found.errors_workbook,
                f"{stem}.xlsx",
                on_click="ignore",
                key="errors-workbook",
            )


def aside_words(found: Verdict) -> str:
    """What happens to the rows set aside, should the file be submitted."""
    if not found.quarantined:
        return "All rows will count."
    is_one = found.quarantined == 1
    return (
        f"{rows(found.accepted)} will count. The {rows(found.quarantined)} set aside "
        f"{'stays' if is_one else 'stay'} in the file and on the page Data quality, "
        f"and {'counts' if is_one else 'count'} in no figure until the council sends "
        f"{'it' if is_one else 'them'} again, mended."
    )


def became(done: Outcome) -> None:
    """The receipt's number and what the build did, or why there is neither."""
    if done.stopped:
        taken = (
            f"The file was received as receipt {done.receipt}, but the figures were "
            "not made again: it will count from the next build on. "
            if done.receipt
            else "The file was not received. "
        )
        st.error(plain(f"{taken}{done.stopped}"))
        return
    if not done.receipt:
        st.error(plain(f"The file was not received. {done.reason}"))
        return
    st.success(plain(f"Received as receipt {done.receipt}. {built(done)}"))
    said = [*done.messages, done.reason]
    if any(said):
        st.markdown(plain(" ".join(each for each in said if each)))
    parts.link("data_quality", "See it on the page Data quality")


def built(done: Outcome) -> str:
    """What the build that followed did."""
    if done.status == "repeated":
        return "The same file had come before, so no figure changed."
    said = f"{done.accepted:,} of {rows(done.rows_in)} now count"
    said += f", {done.quarantined:,} set aside" if done.quarantined else ""
    said += f", {done.superseded:,} superseded" if done.superseded else ""
    return f"{said}. The figures were made again."
