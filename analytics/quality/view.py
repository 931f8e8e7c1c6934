"""What arrived, what was set aside and why, and how complete is it?"""

from collections.abc import Callable
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from analytics.quality import arrivals, conformance, coverage, reads
from analytics.quality import revisions as quality_revisions
from analytics.quality.words import counted, titles
from analytics.reading import lookups, warehouse
from analytics.reading.warehouse import NoWarehouseError
from analytics.ui import filters, layout, parts, store
from analytics.ui.layout import Card
from analytics.ui.view import View


COUNTS = ("rows_in", "accepted", "quarantined", "superseded")


def headlines(files: pd.DataFrame) -> None:
    """Rows in are accepted, quarantined or superseded, and nothing else."""
    total = {name: int(files[name].sum()) for name in COUNTS}
    rows_in = total["rows_in"]
    layout.headlines(
        [
            Card("Rows received", f"{rows_in:,}", note=f"in {counted(len(files), 'file')}"),
            Card("Accepted", f"{total['accepted']:,}", note=share(total["accepted"], rows_in)),
            Card(
                "Set aside", f"{total['quarantined']:,}", note=share(total["quarantined"], rows_in)
            ),
            Card("Superseded", f"{total['superseded']:,}", note="by a later version or file"),
        ]
    )
    rest = rows_in - total["accepted"] - total["quarantined"] - total["superseded"]
    parts.note(
        f"Accepted {total['accepted']:,} + set aside {total['quarantined']:,} + "
        f"superseded {total['superseded']:,} = {rows_in - rest:,} of {rows_in:,} rows "
        f"received. {store.read(reads.rules_run)} rules were checked by Great "
        "Expectations; a row that breaks one is set aside, never deleted."
    )


def share(part: int, whole: int) -> str:
    """A part as a percentage of the whole."""
    return f"{100 * part / whole:.1f}% of rows" if whole else ""


def came(see: View, files: pd.DataFrame) -> None:
    """What arrived when, and what is due."""
    parts.section("What arrived", "A file counts on the day on which it was received.")
    arrivals.arrivals(see, files)
    arrivals.freshness(see, datetime.now(UTC).date())


def complete(see: View) -> None:
    """Which councils reported at all, and how much of what they sent was accepted."""
    sent = store.read(reads.returns, see.collection)
    if len(sent):
        parts.section("Who reported", "No return is unknown; a nil return is zero.")
        coverage.reporting(see, sent)
        coverage.coverage_map(see, sent)


def rules(see: View) -> None:
    """The rules that rows broke, most first."""
    parts.section("Rules that rows broke")
    broken = store.read(reads.rules, see.collection)
    if broken.empty:
        st.markdown("Every row passed every rule.")
        return
    parts.listing(
        named(broken.drop(columns="rule_id")),
        title="Rules that rows broke",
        sentence=f"Rows broke {counted(len(broken), 'rule')}; "
        f"{counted(int(broken['unexpected'].max()), 'row')} broke the first of them. A "
        "row may break several. Warning sets the row aside; "
        "info accepts it and lists it.",
        period="All files received",
        coverage=counted(len(broken), "rule"),
        source="Great Expectations' verdicts",
        collection=see.collection,
        key="rules",
        is_headed=False,
    )


def revisions(see: View, files: pd.DataFrame) -> None:
    """What changed since a day, and what that did to the figures."""
    parts.section(
        "What was revised since",
        "Nothing is deleted: a later version of a row counts instead of the earlier.",
    )
    quality_revisions.revised(see, files)
    if see.is_public:
        return
    parts.section("Figures then and now")
    days = warehouse.days_as_at()
    if not days:
        parts.note(
            "No earlier figures were kept. To have those that stood on a day, run: "
            "python -m pipelines build --as-at 2025-03-31"
        )
        return
    try:
        quality_revisions.then_and_now(see, days)
    except NoWarehouseError as error:
        parts.note(str(error))


def received_files(see: View, files: pd.DataFrame) -> None:
    """Every file, with the number of its receipt."""
    parts.section("Files", "Every file received, the newest first, and what became of its rows.")
    refused = int((files["status"] == "refused").sum())
    newest = files.sort_values("received_at", ascending=False, kind="stable")
    parts.listing(
        named(newest),
        title="Files received",
        sentence=f"{counted(len(files), 'file')}, {refused or 'none'} of them "
        "refused. To "
        "take one back, run: python -m pipelines withdraw RECEIPT",
        period="All files received",
        coverage=counted(len(files), "file"),
        source="Receipts of the landing",
        collection=see.collection,
        key="files",
        is_headed=False,
    )


def rows(see: View, dataset: str, gss_code: str, name: str) -> None:
    """Every row set aside or noted, with its file and line, to send back."""
    title = f"Rows set aside: {name}" if name else "Rows set aside"
    parts.section(title, "Each with its file, line, value and what to mend.")
    listed(see, "aside", reads.quarantine, title, dataset, gss_code)
    parts.section(
        "Rows accepted with a note",
        "These count. What they name may be missing, or be worth a second look.",
    )
    listed(see, "noted", reads.notes, "Rows accepted with a note", dataset)


def listed(
    see: View, key: str, read: Callable[..., pd.DataFrame], title: str, *chosen: str
) -> None:
    """A table of rows and its download, or a sentence that there are none."""
    found = store.read(read, see.collection, *chosen)
    if found.empty:
        st.markdown("There are none.")
        return
    lines = found[["arrival", "source_row"]].drop_duplicates()
    parts.listing(
        named(found),
        title=title,
        sentence=f"{counted(len(lines), 'row')} of "
        f"{counted(found['arrival'].nunique(), 'file')}; one line here for each "
        "rule that a row broke.",
        period="All files received",
        coverage=counted(len(lines), "row"),
        source="Great Expectations' verdicts",
        collection=see.collection,
        key=key,
        is_headed=False,
    )


def named(frame: pd.DataFrame) -> pd.DataFrame:
    """Headings and datasets for people; numbers that name are no quantities."""
    shown = frame.assign(dataset=titles(frame["dataset"]))
    for name in ("arrival", "source_row"):
        if name in shown:
            shown[name] = shown[name].astype(str)
    return shown.astype(object).fillna("").rename(columns=NAMES)


NAMES = {
    "dataset": "Dataset",
    "column_name": "Column",
    "council_name": "Council",
    "description": "Rule",
    "severity": "Severity",
    "unexpected": "Rows",
    "files": "Files",
    "arrival": "Receipt",
    "source_file": "File",
    "source_row": "Line",
    "value": "Value received",
    "reason": "Reason",
    "hint": "Hint",
    "sent_by": "Sent by",
    "purpose": "Sent for",
    "status": "State",
    "rows_in": "Rows received",
    "accepted": "Accepted",
    "quarantined": "Set aside",
    "superseded": "Superseded",
    "received_at": "Received",
}


def draw(see: View) -> None:
    """Counts, arrivals, completeness, rows set aside, rules, revisions, files."""
    files = store.read(reads.files, see.collection)
    if files.empty:
        layout.empty("no_data")
        return
    headlines(files)
    came(see, files)
    complete(see)
    parts.section("Rows accepted and set aside")
    named_so = dict(sorted(zip(titles(files["dataset"]), files["dataset"], strict=True)))
    options = {"": "All datasets", **{name: title for title, name in named_so.items()}}
    with st.container(horizontal=True, vertical_alignment="bottom", key="quality-choice"):
        dataset = filters.one_from("Dataset", options, "dataset", default="")
        gss_code, council = filters.council(store.read(lookups.all_councils))
    if not see.is_public:
        conformance.conformance(see, dataset, gss_code, council)
    rows(see, dataset, gss_code, council)
    rules(see)
    revisions(see, files)
    received_files(see, files)
