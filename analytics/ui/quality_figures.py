"""The figures of the page Data quality: arrivals, coverage, conformance, revisions."""

from datetime import date

import pandas as pd
import streamlit as st

from analytics import formats, lookups, marts, quality
from analytics.charts import words
from analytics.charts.hexmap import hexmap
from analytics.charts.matrix import matrix
from analytics.charts.trend import trend
from analytics.ui import figures, filters, layout, parts, store
from analytics.ui.view import View


MIDDLE = "Middle council"
MONTHS = 12
STATES = {"corrected": "Corrected", "withdrawn": "Withdrawn", "late": "Late"}


def dataset_names() -> dict[str, str]:
    """Datasets as people call them."""
    return store.read(quality.datasets)


def dataset_name(name: str) -> str:
    """One dataset as people call it; those of the public record have no list."""
    return worded(name, dataset_names())


def counted(number: int, noun: str) -> str:
    """A number of things: 1 file, 1,204 files."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def titles(names: pd.Series) -> pd.Series:
    """Datasets of a column as people call them."""
    known = dataset_names()
    return names.map({name: worded(name, known) for name in names.unique()})


def worded(name: str, known: dict[str, str]) -> str:
    """A dataset by its name for people, or by its own where it has none."""
    return known.get(name, name.replace("_", " ").capitalize())


def lower(title: str) -> str:
    """A name inside a sentence; one that starts with initials keeps its capitals."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def arrivals(see: View, received: pd.DataFrame) -> None:
    """Files by dataset and month, for the last twelve months that had any."""
    by_month = store.read(quality.arrivals, see.collection)
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
    layout.figure(
        store.draw(
            matrix, grid, value="value", rows="dataset", columns="month_label",
            unknown="", indicator=quality.ARRIVED),
        title=title, sentence=sentence, about=quality.ARRIVED,
        data=pd.DataFrame({
            "Dataset": titles(by_month["dataset"]),
            "Month": [f"{month:%B %Y}" for month in by_month["month"]],
            "Files": by_month["files"], "Refused": by_month["refused"],
            "Rows": by_month["rows_in"]}),
        coverage=f"{recent:,} of {total:,} files",
        period=" to ".join(dict.fromkeys([years[0], years[-1]])),
        source=quality.ARRIVED.source, collection=see.collection,
        alt=words.alt("Grid chart", title, sentence), key="arrivals",
    )  # fmt: skip


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
    found = store.read(quality.freshness_on, see.collection, today)
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
    shown = pd.DataFrame({
        "Dataset": titles(found["dataset"]),
        "Expected": found["words"].fillna("No schedule"),
        "Last arrival": day_words(found["last_on"]),
        "Next due": day_words(found["due_on"]),
        "State": found["state"],
        "Files": found["files"],
    })  # fmt: skip
    parts.listing(
        shown, title="Is each dataset up to date?", sentence=sentence,
        period=f"As at {today:%-d %B %Y}", coverage=f"{len(found)} datasets",
        source="Receipts of the landing; data/reference/schedules.csv",
        collection=see.collection, key="freshness",
    )  # fmt: skip


def day_words(days: pd.Series) -> list[str]:
    """Days as people write them; none is said in words."""
    return ["none" if pd.isna(day) else f"{day:%-d %B %Y}" for day in days]


def reporting(see: View, data: pd.DataFrame) -> None:
    """How many councils reported on each dataset, year by year."""
    data = data.assign(
        group_code=data["dataset"], basis="",
        group_label=titles(data["dataset"]),
    )  # fmt: skip
    latest = data[data["period"] == data["period"].max()]
    said = "; ".join(
        f"{row.group_label} {words.coverage(row.councils, row.expected)}"
        for row in latest.itertuples()
    )
    sentence = f"In {latest['period_label'].iloc[0]}: {said}."
    layout.figure(
        store.draw(
            trend, data, indicator=quality.REPORTED,
            highlight=tuple(data["group_code"].unique())),
        title="Share of councils that sent at least one return, by dataset",
        sentence=sentence, about=quality.REPORTED,
        data=data[["group_label", "period_label", "councils", "expected",
                   "nil_returns"]].rename(
            columns={"group_label": "Dataset", "nil_returns": "Nil returns"}),
        coverage=words.coverage(see.expected, see.expected),
        period=f"{data['period_label'].min()} to {data['period_label'].max()}",
        source=quality.REPORTED.source, collection=see.collection,
        alt=words.alt("Line chart", "Councils reporting", sentence), key="returns",
    )  # fmt: skip


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
    data = store.read(
        quality.coverage, see.collection, dataset, pd.Timestamp(years[year]).date()
    )
    sending = int(data["value"].notna().sum())
    if not sending:
        layout.empty("nothing_matches")
        return
    hexes = store.read(lookups.hexes)
    nil, none = int(data["nil_returns"].sum()), len(data) - sending
    silent = f"; {none} sent none, and what happened there is not known" if none else ""
    sentence = (
        f"{words.coverage(sending, len(data))} sent at least one return on "
        f"{lower(called[dataset])} for {year}{silent}. {nil:,} of "
        f"{int(data['returns'].sum()):,} returns were nil. The map shows "
        f"{figures.TIERS[tier].lower()}; every council is in the table."
    )
    title = f"Councils that sent a return: {lower(called[dataset])}, {year}"
    layout.figure(
        store.draw(
            hexmap, figures.on_map(data, hexes, tier), hexes,
            indicator=quality.RETURNED, selected=None, outlines="region"),
        title=title, sentence=sentence, about=quality.RETURNED,
        data=data[["council_name", "region", "council_type", "value", "nil_returns",
                   "note"]].rename(columns={"nil_returns": "Of them nil"}),
        coverage=words.coverage(sending, len(data)), period=year,
        source=quality.RETURNED.source, collection=see.collection,
        alt=words.alt("Hexagon map", title, sentence), key="coverage",
    )  # fmt: skip


def conformance(see: View, dataset: str, gss_code: str, name: str) -> None:
    """Share of rows accepted: the middle council over time, and one picked out."""
    everyone = store.read(lookups.all_councils)
    found = store.read(quality.conformance, see.collection, dataset)
    known = found[found["gss_code"].isin(everyone["gss_code"])]
    if known.empty:
        layout.empty("nothing_matches")
        return
    lines = conformance_lines(known, len(everyone), gss_code, name)
    last = lines[lines["group_code"] == MIDDLE].iloc[-1]
    of = f" of {lower(dataset_name(dataset))}" if dataset else ""
    sentence = (
        f"{last['period_label']}: the middle council had "
        f"{formats.value('percent', last['value'])} of its rows{of} accepted; "
        f"{words.coverage(last['councils'], last['expected'])} sent rows, half "
        f"of which lie {middle_half(known, last['period'])}."
    )
    sentence += own_words(lines, gss_code, name) + nobodys(found)
    title = f"Share of rows{of} accepted, by the year in which they were received"
    period = " to ".join(dict.fromkeys(
        [lines["period_label"].min(), lines["period_label"].max()]))  # fmt: skip
    layout.figure(
        store.draw(
            trend, lines, indicator=quality.CONFORMANCE,
            highlight=gss_code or MIDDLE),
        title=title, sentence=sentence, about=quality.CONFORMANCE,
        data=every_council(known, everyone),
        coverage=f"{words.coverage(last['councils'], last['expected'])} in "
        f"{last['period_label']}",
        period=period, source=quality.CONFORMANCE.source, collection=see.collection,
        alt=words.alt("Line chart", title, sentence), key="conformance",
    )  # fmt: skip


def conformance_lines(
    known: pd.DataFrame, expected: int, gss_code: str, name: str
) -> pd.DataFrame:
    """The `series` of the middle council, and of one if it is chosen."""
    years = pd.date_range(known["period"].min(), known["period"].max(), freq="12MS")
    by_year = known.groupby("period")["value"]
    middle = pd.DataFrame({"value": by_year.median(), "councils": by_year.count()})
    lines = [line(middle, years, MIDDLE, MIDDLE, expected)]
    if gss_code:
        own = known[known["gss_code"] == gss_code].set_index("period")
        lines.append(line(own.assign(councils=1), years, gss_code, name, 1))
    return pd.concat(lines)


def middle_half(known: pd.DataFrame, period: pd.Timestamp) -> str:
    """Between which shares the middle half of councils lies in a year."""
    shares = known.loc[known["period"] == period, "value"]
    low, high = (formats.value("percent", shares.quantile(q)) for q in (0.25, 0.75))
    return f"at {low}" if low == high else f"between {low} and {high}"


def line(
    values: pd.DataFrame, years: pd.DatetimeIndex, code: str, label: str, expected: int
) -> pd.DataFrame:
    """One line's rows, a year in which nothing was sent among them as unknown."""
    wanted = ["value", "numerator", "denominator", "councils"]
    rows = values.reindex(index=years, columns=wanted)
    rows["councils"] = rows["councils"].fillna(0).astype(int)
    return rows.rename_axis("period").reset_index().assign(
        group_code=code, group_label=label, expected=expected, basis="",
        period_label=[marts.period_label(day, "year") for day in years],
    )  # fmt: skip


def own_words(lines: pd.DataFrame, gss_code: str, name: str) -> str:
    """What the council picked out sent in the last year, or that it sent nothing."""
    if not gss_code:
        return ""
    own = lines[lines["group_code"] == gss_code].iloc[-1]
    if pd.isna(own["value"]):
        return f" {name} sent nothing in {own['period_label']}: its share is not known."
    return (
        f" {name}: {formats.value('percent', own['value'])} "
        f"({int(own['numerator']):,} of {int(own['denominator']):,} rows)."
    )


def nobodys(found: pd.DataFrame) -> str:
    """Rows that are in no council's share."""
    rows = int(found.loc[found["gss_code"].isna(), "denominator"].sum())
    return (
        f" The council of {counted(rows, 'row')} set aside cannot be told."
        if rows
        else ""
    )


def every_council(known: pd.DataFrame, everyone: pd.DataFrame) -> pd.DataFrame:
    """The table behind it: every council of today and year, lowest share first."""
    years = known[["period", "period_label"]].drop_duplicates()
    grid = everyone[["gss_code", "council_name", "region"]].merge(years, "cross")
    rows = grid.merge(
        known.drop(columns="period_label"), on=["gss_code", "period"], how="left"
    )
    rows = rows.sort_values(["period", "value"], ascending=[False, True])
    return rows[["council_name", "region", "period", "period_label", "numerator",
                 "denominator", "value"]]  # fmt: skip


def revised(see: View, received: pd.DataFrame) -> None:
    """Rows corrected, withdrawn or late since a day, by dataset, and which they are."""
    last = received["received_at"].max().date()
    first = date(filters.first_year(filters.financial_years(last, last)[0]), 4, 1)
    since = filters.day("Since", "since", default=first, last=last)
    rows = store.read(quality.revised, see.collection, since)
    late = store.read(quality.late, see.collection, since)
    total = {
        "corrected": int((rows["what"] == "corrected").sum()),
        "withdrawn": int((rows["what"] == "withdrawn").sum()),
        "late": int(late["late"].sum()),
    }
    files = int((received["received_at"] >= pd.Timestamp(since)).sum())
    if not sum(total.values()):
        st.markdown(
            f"Nothing was revised since {since:%-d %B %Y}; "
            f"{counted(files, 'file')} came."
        )
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
        by_dataset(rows, late), title=f"Rows revised since {since:%-d %B %Y}",
        sentence=sentence, period=period, coverage=counted(files, "file"),
        source=source, collection=see.collection, key="revised",
    )  # fmt: skip
    if len(rows):
        with st.expander("Every row corrected or withdrawn", key="more-revised"):
            parts.listing(
                revised_rows(rows), title="Rows corrected or withdrawn",
                sentence=f"{counted(len(rows), 'row')}, the latest receipt first.",
                period=period, coverage=counted(files, "file"), source=source,
                collection=see.collection, key="revised-rows",
            )  # fmt: skip


def by_dataset(rows: pd.DataFrame, late: pd.DataFrame) -> pd.DataFrame:
    """Rows corrected, withdrawn and late, a line a dataset."""
    counts = pd.crosstab(rows["dataset"], rows["what"])
    counts = counts.join(late.set_index("dataset"), how="outer").reindex(
        columns=list(STATES)
    )
    shown = counts.fillna(0).astype(int).rename(columns=STATES)
    return shown.rename_axis("Dataset").reset_index().assign(
        Dataset=lambda frame: titles(frame["Dataset"])
    )  # fmt: skip


def revised_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows themselves, with headings for people."""
    return pd.DataFrame({
        "Dataset": titles(rows["dataset"]),
        "Council": rows["council_name"].fillna(""),
        "Row": rows["row_key"],
        "What happened": rows["what"].map(STATES),
        "Received": day_words(rows["received_on"]),
        "Receipt": rows["arrival"].astype(str),
        "File": rows["source_file"],
        "Line": rows["source_row"].astype(str),
    })  # fmt: skip


def then_and_now(see: View, days: list[str]) -> None:
    """Each indicator as it stood on a day, beside what it is for the same year now."""
    options = {day: f"{pd.Timestamp(day):%-d %B %Y}" for day in days}
    day = filters.one_from("As they stood on", options, "then", default=days[0])
    data = store.read(quality.then_and_now, store.as_at(day), see.collection)
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
        formats.in_words(unit, value)
        for unit, value in zip(data["unit"], data[column], strict=True)
    ]
    parts.listing(
        pd.DataFrame({
            "Measure": data["title"], "Year": data["period_label"],
            "As known then": number("then"), "As known now": number("now"),
            "Change": data["change"],
            "Councils then": data["councils_then"],
            "Councils now": data["councils_now"],
            "Councils in all": data["expected"]}),
        title=title, sentence=sentence,
        period="Latest year known on that day, for each measure",
        coverage=words.coverage(data["councils_now"].max(), data["expected"].max()),
        source="The same measures on both warehouses; see the page Methods",
        collection=see.collection, key="then-and-now",
    )  # fmt: skip
