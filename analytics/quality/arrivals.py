"""Figures of what arrived: files by month, and what each dataset is waiting for."""

from datetime import date

import pandas as pd

from analytics.charts.matrix import matrix
from analytics.quality import reads
from analytics.quality.words import counted, dataset_names, day_words, titles, worded
from analytics.ui import filters, parts, store
from analytics.ui.view import View


MONTHS = 12


def arrivals(see: View, received: pd.DataFrame) -> None:
    """Files by dataset and month, for the last twelve months that had any."""
    by_month = store.read(reads.arrivals, see.collection)
    grid = last_months(by_month)
    last = received["received_at"].max()
    recent, total = int(grid["value"].sum()), len(received)
    months = f"{grid['month_label'].iloc[0]} to {grid['month_label'].iloc[-1]}"
    before = f" {total - recent:,} came before." if total > recent else ""
    sentence = (
        f"{counted(recent, 'file')} of {counted(grid['dataset'].nunique(), 'dataset')} "
        f"came from {months}."
        f"{before} The last came on {last:%-d %B %Y}."
    )
    title = f"Files received by dataset and month, {months}"
    years = filters.financial_years(grid["month"].min(), grid["month"].max())
    see.figure(
        matrix,
        grid,
        value="value",
        rows="dataset",
        columns="month_label",
        unknown="",
        indicator=reads.ARRIVED,
        table=pd.DataFrame(
            {
                "Dataset": titles(by_month["dataset"]),
                "Month": [f"{month:%B %Y}" for month in by_month["month"]],
                "Files": by_month["files"],
                "Refused": by_month["refused"],
                "Rows": by_month["rows_in"],
            }
        ),
        title=title,
        sentence=sentence,
        kind="Grid chart",
        about=reads.ARRIVED,
        coverage=f"{recent:,} of {total:,} files",
        period=" to ".join(dict.fromkeys([years[0], years[-1]])),
        source=reads.ARRIVED.source,
        key="arrivals",
    )


def last_months(by_month: pd.DataFrame) -> pd.DataFrame:
    """One row per dataset and month of the last twelve, those without a file too."""
    found = by_month.assign(month=pd.to_datetime(by_month["month"]))
    end = found["month"].max()
    months = pd.date_range(end=end, periods=MONTHS, freq="MS")
    known = dataset_names()
    names = sorted(found["dataset"].unique(), key=lambda name: worded(name, known))
    grid = found.pivot_table(index="dataset", columns="month", values="files")
    filled = grid.reindex(index=names, columns=months)
    long = (
        filled.rename_axis("dataset")
        .reset_index()
        .melt("dataset", var_name="month", value_name="value")
    )
    long["month"] = pd.to_datetime(long["month"])
    return long.assign(
        dataset=titles(long["dataset"]),
        month=long["month"].dt.date,
        month_label=[f"{month:%b %Y}" for month in long["month"]],
    )


def freshness(see: View, today: date) -> None:
    """When each dataset last came, and when it is due."""
    found = store.read(reads.freshness_on, see.collection, today)
    late = int(found["state"].str.startswith("Overdue").sum())
    never = int((found["files"] == 0).sum())
    scheduled = int(found["due_days"].notna().sum())
    gone = f"; of {never} nothing ever came" if never else ""
    sentence = (
        f"On {today:%-d %B %Y}, {late} of {scheduled} datasets with a due date "
        f"{'is' if late == 1 else 'are'} overdue{gone}. A file that comes within a "
        "month or year cannot hold all of it: the next is due after that month or year "
        "has ended."
    )
    shown = pd.DataFrame(
        {
            "Dataset": titles(found["dataset"]),
            "Expected": found["words"].fillna("No schedule"),
            "Last arrival": day_words(found["last_on"]),
            "Next due": day_words(found["due_on"]),
            "State": found["state"],
            "Files": found["files"],
        }
    )
    parts.listing(
        shown,
        title="Is each dataset up to date?",
        sentence=sentence,
        period=f"As at {today:%-d %B %Y}",
        coverage=f"{len(found)} datasets",
        source="Receipts of the landing; data/reference/schedules.csv",
        collection=see.collection,
        key="freshness",
    )
