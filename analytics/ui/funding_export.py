"""The awards to take away as 360Giving grants: those that may be named, and the
public record's."""

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd
import streamlit as st

from analytics import formats, giving, giving_record, ledger, public_record
from analytics.ui import parts, store
from analytics.ui.marking import INVENTED, caption, marking
from analytics.ui.safe import plain
from analytics.ui.view import View


LABELS = {
    "csv": ("Download awards (360Giving CSV)", "text/csv"),
    "json": ("Download awards (360Giving JSON)", "application/json"),
}


def export(see: View) -> None:
    """Two downloads of the same awards, and what is in them."""
    found = store.read(ledger.awards, see.scope)
    parts.section("Take the awards away", said(len(found), see))
    if found.empty:
        return
    mark = marking(see.collection)
    writers = {
        "csv": partial(giving.as_csv, found, see.collection, mark),
        "json": partial(giving.as_json, found, see.collection, mark),
    }
    buttons(see, writers, found["gss_code"].nunique(), "Awards ledger")


def export_record(see: View) -> None:
    """The same of the public record, with what is left out and why."""
    found = store.read(giving_record.awards, see.scope)
    totals = store.read(public_record.totals)
    parts.section("Take the awards away", said_of_record(found, totals))
    if found.empty:
        return
    mark = marking(see.collection)
    grants = giving_record.grants(found, mark)
    writers = {"csv": partial(giving.sheet, grants), "json": partial(giving.package, grants, mark)}
    source = "Announcements; see the page Methods"
    buttons(see, writers, found["gss_code"].nunique(), source)


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
    named = f"{formats.count(councils)} councils named"
    st.caption(plain(caption(see.period, named, source, see.collection)))


def said_of_record(found: pd.DataFrame, totals: pd.DataFrame) -> str:
    """What the files of the public record hold, and what they leave out."""
    left = (
        f"{formats.count(len(totals))} published totals that name no council, such as "
        f"{example(totals)}, stay totals and are not in the files."
        if len(totals)
        else ""
    )
    if found.empty:
        return f"No award of the public record in this choice names a council. {left}"
    second = int(giving_record.is_second(found).sum())
    kept = found[~giving_record.is_second(found)]
    untold = int((kept["amount_gbp"].isna() & kept["is_counted"]).sum())
    undated = int(kept["awarded_on"].isna().sum())
    some = [
        f"{formats.count(len(kept))} grants in the 360Giving standard, one for each "
        "council that an announcement names, with a link to the source.",
        left,
        "A joint award has its amount at one council, and 0 at the others.",
    ]
    if second:
        some.append(
            f"{formats.count(second)} second {'report' if second == 1 else 'reports'} "
            f"of an award already there {'is' if second == 1 else 'are'} left out."
        )
    if untold or undated:
        some.append(
            f"No amount is known of {formats.count(untold)} and no date of "
            f"{formats.count(undated)}: blank in the CSV, apart in the JSON "
            "(incompleteGrants)."
        )
    return " ".join(part for part in some if part)


def example(totals: pd.DataFrame) -> str:
    """The largest of the totals in words: its recipients and amount."""
    row = totals.sort_values("amount_gbp", ascending=False, na_position="last").iloc[0]
    return f"“{row['fund']}: {row['recipients']}, {row['amount_reported']}”"


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
