"""Data quality: what arrived, what was refused and why, and how complete is it?"""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from analytics import quality
from analytics.charts import words
from analytics.charts.trend import trend
from analytics.ui import filters, layout, parts, store
from analytics.ui.layout import Card
from analytics.ui.view import View, stop, view
from analytics.viewer import NotAllowedError


DATASETS = {"incidents": "Incidents", "disruptions": "Disruptions",
            "assessments": "Assessments"}  # fmt: skip


def headlines(files: pd.DataFrame) -> None:
    """Rows in are accepted, quarantined or superseded, and nothing else."""
    total = {name: int(files[name].sum()) for name in
             ("rows_in", "accepted", "quarantined", "superseded")}  # fmt: skip
    rows_in = total["rows_in"]
    layout.headlines([
        Card("Rows received", f"{rows_in:,}", note=f"in {len(files)} files"),
        Card("Accepted", f"{total['accepted']:,}",
             note=share(total["accepted"], rows_in)),
        Card("Set aside", f"{total['quarantined']:,}",
             note=share(total["quarantined"], rows_in)),
        Card("Superseded", f"{total['superseded']:,}",
             note="by a later version or file"),
    ])  # fmt: skip
    rest = rows_in - total["accepted"] - total["quarantined"] - total["superseded"]
    parts.note(
        f"Accepted {total['accepted']:,} + set aside {total['quarantined']:,} + "
        f"superseded {total['superseded']:,} = {rows_in - rest:,} of {rows_in:,} rows "
        f"received. {store.read(quality.rules_run)} rules were checked by Great "
        "Expectations; a row that breaks one is set aside, never deleted."
    )


def share(part: int, whole: int) -> str:
    """A part as a percentage of the whole."""
    return f"{100 * part / whole:.2f}% of rows" if whole else ""


def returns(see: View) -> None:
    """How many councils reported on each dataset."""
    data = store.read(quality.returns, see.collection)
    if data.empty:
        return
    data = data.assign(
        group_code=data["dataset"], group_label=data["dataset"].map(DATASETS), basis=""
    )
    unit = replace(see.indicator("profile_outcomes_met"), title="Councils reporting")
    latest = data[data["period"] == data["period"].max()]
    said = "; ".join(
        f"{row.group_label.lower()} {words.coverage(row.councils, row.expected)}"
        for row in latest.itertuples()
    )
    sentence = f"In {latest['period_label'].iloc[0]}: {said}."
    layout.figure(
        store.draw(trend, data, indicator=unit, highlight=tuple(DATASETS)),
        title="Share of councils that sent at least one return, by dataset",
        sentence=sentence, about=None,
        data=data[["group_label", "period_label", "councils", "expected",
                   "nil_returns"]].rename(
            columns={"group_label": "Dataset", "nil_returns": "Nil returns"}),
        coverage=words.coverage(see.expected, see.expected),
        period=f"{data['period_label'].iloc[0]} to {data['period_label'].max()}",
        source="Returns received, nil returns included", collection=see.collection,
        alt=words.alt("Line chart", "Councils reporting", sentence), key="returns",
    )  # fmt: skip


def rules(collection: str) -> None:
    """The rules that rows broke, most first."""
    parts.section(
        "Rules that rows broke",
        "A row may break several rules. Warning sets the row aside; info accepts it "
        "and lists it.",
    )
    broken = store.read(quality.rules, collection)
    if broken.empty:
        st.markdown("Every row passed every rule.")
        return
    shown = broken[["dataset", "column_name", "description", "severity", "unexpected",
                    "files"]]  # fmt: skip
    layout.table(named(shown), alt="Rules that rows broke")


def rows(collection: str) -> None:
    """Every row set aside or noted, with its file and line, to send back."""
    parts.section("Rows set aside", "Each with its file, line, value and what to mend.")
    names = sorted(set(store.read(quality.files, collection)["dataset"]))
    options = {"": "All datasets", **{name: dataset_name(name) for name in names}}
    dataset = filters.one_from("Dataset", options, "dataset", default="")
    listed(quality.quarantine, collection, dataset, "Rows set aside")
    parts.section(
        "Rows accepted with a note",
        "These count. What they name may be missing, or be worth a second look.",
    )
    listed(quality.notes, collection, dataset, "Rows accepted with a note")


def listed(
    read: Callable[..., pd.DataFrame], collection: str, dataset: str, title: str
) -> None:
    """A table of rows and its download, or a sentence that there are none."""
    found = store.read(read, collection, dataset)
    if found.empty:
        st.markdown("There are none.")
        return
    layout.table(named(found), alt=title)
    parts.download(named(found), title, collection)


def dataset_name(name: str) -> str:
    """A dataset as people call it."""
    return name.replace("_", " ").capitalize()


def named(frame: pd.DataFrame) -> pd.DataFrame:
    """Headings and datasets for people; empty cells say nothing."""
    shown = frame.assign(dataset=frame["dataset"].map(dataset_name))
    shown = shown.drop(columns=[c for c in ("rule_id",) if c in shown])
    return shown.fillna("").rename(columns=NAMES)


NAMES = {
    "dataset": "Dataset",
    "column_name": "Column",
    "description": "Rule",
    "severity": "Severity",
    "unexpected": "Rows",
    "files": "Files",
    "source_file": "File",
    "source_row": "Line",
    "value": "Value received",
    "reason": "Rule broken",
    "status": "State",
    "rows_in": "Rows received",
    "accepted": "Accepted",
    "quarantined": "Set aside",
    "superseded": "Superseded",
    "received_at": "Received",
}
see = view(
    "Data quality",
    "What arrived, what was set aside and why, and how complete is it?",
    has_filters=False,
)
try:
    received = store.read(quality.files, see.collection)
except NotAllowedError as error:
    stop("not_allowed", str(error))
headlines(received)
if not see.is_public:
    returns(see)
parts.section("Files", "Every file received, and what became of its rows.")
layout.table(named(received), alt="Files received")
rules(see.collection)
rows(see.collection)
layout.footer()
