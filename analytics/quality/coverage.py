"""Figures of who reported: the share of councils over time, and the map."""

import pandas as pd

from analytics.charts.hexmap import hexmap
from analytics.charts.trend import trend
from analytics.quality import reads
from analytics.quality.words import dataset_names, lower, titles, worded
from analytics.reading import lookups
from analytics.ui import figures, filters, layout, store
from analytics.ui.view import View
from analytics.words import sentences


def reporting(see: View, data: pd.DataFrame) -> None:
    """How many councils reported on each dataset, year by year."""
    data = data.assign(group_code=data["dataset"], basis="", group_label=titles(data["dataset"]))
    latest = data[data["period"] == data["period"].max()]
    said = "; ".join(
        f"{row.group_label} {sentences.coverage(row.councils, row.expected)}"
        for row in latest.itertuples()
    )
    sentence = f"In {latest['period_label'].iloc[0]}: {said}."
    see.figure(
        trend,
        data,
        indicator=reads.REPORTED,
        highlight=tuple(data["group_code"].unique()),
        table=data[["group_label", "period_label", "councils", "expected", "nil_returns"]].rename(
            columns={"group_label": "Dataset", "nil_returns": "Nil returns"}
        ),
        title="Share of councils that sent at least one return, by dataset",
        sentence=sentence,
        about=reads.REPORTED,
        coverage=sentences.coverage(see.expected, see.expected),
        period=f"{data['period_label'].min()} to {data['period_label'].max()}",
        source=reads.REPORTED.source,
        key="returns",
    )


def coverage_map(see: View, sent: pd.DataFrame) -> None:
    """Which councils sent a return on a dataset in a year, on the hexagon map."""
    known = dataset_names()
    called = {name: worded(name, known) for name in sent["dataset"].unique()}
    first = "incidents" if "incidents" in called else ""
    years = dict(sorted(zip(sent["period_label"], sent["period"], strict=True)))
    dataset = filters.one_of("Returns on", called, "reported", default=first)
    options = {label: label for label in years}
    year = filters.one_from("Year", options, "year", default=max(years))
    tier = filters.one_of("Map shows", figures.TIERS, "map")
    data = store.read(reads.coverage, see.collection, dataset, pd.Timestamp(years[year]).date())
    sending = int(data["value"].notna().sum())
    if not sending:
        layout.empty("nothing_matches")
        return
    hexes = store.read(lookups.hexes)
    nil, none = int(data["nil_returns"].sum()), len(data) - sending
    silent = f"; {none} sent none, and what happened there is not known" if none else ""
    sentence = (
        f"{sentences.coverage(sending, len(data))} sent at least one return on "
        f"{lower(called[dataset])} for {year}{silent}. {nil:,} of "
        f"{int(data['returns'].sum()):,} returns were nil. The map shows "
        f"{figures.TIERS[tier].lower()}; every council is in the table."
    )
    title = f"Councils that sent a return: {lower(called[dataset])}, {year}"
    see.figure(
        hexmap,
        figures.on_map(data, hexes, tier),
        hexes,
        indicator=reads.RETURNED,
        selected=None,
        outlines="region",
        table=data[
            ["council_name", "region", "council_type", "value", "nil_returns", "note"]
        ].rename(columns={"nil_returns": "Of them nil"}),
        title=title,
        sentence=sentence,
        about=reads.RETURNED,
        coverage=sentences.coverage(sending, len(data)),
        period=year,
        source=reads.RETURNED.source,
        key="coverage",
    )
