"""What was revised since a day, and the figures then and now."""

from datetime import date

import pandas as pd
import streamlit as st

from analytics.quality import reads
from analytics.quality.words import counted, day_words, titles
from analytics.ui import filters, parts, store
from analytics.ui.view import View
from analytics.words import numbers, sentences


STATES = {"corrected": "Corrected", "withdrawn": "Withdrawn", "late": "Late"}


def revised(see: View, received: pd.DataFrame) -> None:
    """Rows corrected, withdrawn or late since a day, by dataset, and which they are."""
    last = received["received_at"].max().date()
    first = date(filters.first_year(filters.financial_years(last, last)[0]), 4, 1)
    since = filters.day("Since", "since", default=first, last=last)
    rows = store.read(reads.revised, see.collection, since)
    late = store.read(reads.late, see.collection, since)
    total = {
        "corrected": int((rows["what"] == "corrected").sum()),
        "withdrawn": int((rows["what"] == "withdrawn").sum()),
        "late": int(late["late"].sum()),
    }
    files = int((received["received_at"] >= pd.Timestamp(since)).sum())
    if not sum(total.values()):
        st.markdown(f"Nothing was revised since {since:%-d %B %Y}; {counted(files, 'file')} came.")
        return
    sentence = (
        f"Since {since:%-d %B %Y}: {counted(total['corrected'], 'row')} corrected, "
        f"{total['withdrawn']:,} withdrawn and {total['late']:,} late, in "
        f"{counted(files, 'file')}. Late rows came first since that day, "
        "though by their dataset's schedule they were due before it."
    )
    period = f"Since {since:%-d %B %Y}"
    source = "Versions of each row, and receipts of the landing"
    parts.listing(
        by_dataset(rows, late),
        title=f"Rows revised since {since:%-d %B %Y}",
        sentence=sentence,
        period=period,
        coverage=counted(files, "file"),
        source=source,
        collection=see.collection,
        key="revised",
    )
    if len(rows):
        with st.expander("Every row corrected or withdrawn", key="more-revised"):
            parts.listing(
                revised_rows(rows),
                title="Rows corrected or withdrawn",
                sentence=f"{counted(len(rows), 'row')}, the latest receipt first.",
                period=period,
                coverage=counted(files, "file"),
                source=source,
                collection=see.collection,
                key="revised-rows",
            )


def by_dataset(rows: pd.DataFrame, late: pd.DataFrame) -> pd.DataFrame:
    """Rows corrected, withdrawn and late, a line a dataset."""
    counts = pd.crosstab(rows["dataset"], rows["what"])
    counts = counts.join(late.set_index("dataset"), how="outer").reindex(columns=list(STATES))
    shown = counts.fillna(0).astype(int).rename(columns=STATES)
    return (
        shown.rename_axis("Dataset")
        .reset_index()
        .assign(Dataset=lambda frame: titles(frame["Dataset"]))
    )


def revised_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows themselves, with headings for people."""
    return pd.DataFrame(
        {
            "Dataset": titles(rows["dataset"]),
            "Council": rows["council_name"].fillna(""),
            "Row": rows["row_key"],
            "What happened": rows["what"].map(STATES),
            "Received": day_words(rows["received_on"]),
            "Receipt": rows["arrival"].astype(str),
            "File": rows["source_file"],
            "Line": rows["source_row"].astype(str),
        }
    )


def then_and_now(see: View, days: list[str]) -> None:
    """Each indicator as it stood on a day, beside what it is for the same year now."""
    options = {day: f"{pd.Timestamp(day):%-d %B %Y}" for day in days}
    day = filters.one_from("As they stood on", options, "then", default=days[0])
    data = store.read(reads.then_and_now, store.as_at(day), see.collection)
    if data.empty:
        st.markdown(f"On {options[day]} there were no figures of this kind.")
        return
    moved = int((data["change"] != "no change").sum())
    title = f"Figures for England as they stood on {options[day]}, and now"
    sentence = (
        f"{moved} of {len(data)} measures read otherwise today than on {options[day]}, "
        "for the same year: rows were corrected, withdrawn or came late."
    )
    number = lambda column: [  # noqa: E731
        numbers.in_words(unit, value)
        for unit, value in zip(data["unit"], data[column], strict=True)
    ]
    parts.listing(
        pd.DataFrame(
            {
                "Measure": data["title"],
                "Year": data["period_label"],
                "As known then": number("then"),
                "As known now": number("now"),
                "Change": data["change"],
                "Councils then": data["councils_then"],
                "Councils now": data["councils_now"],
                "Councils in all": data["expected"],
            }
        ),
        title=title,
        sentence=sentence,
        period="Latest year known on that day, for each measure",
        coverage=sentences.coverage(data["councils_now"].max(), data["expected"].max()),
        source="The same measures on both warehouses; see the page Methods",
        collection=see.collection,
        key="then-and-now",
    )
