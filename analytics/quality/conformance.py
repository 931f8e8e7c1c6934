"""The figure of how much of what a council sends is accepted, beside the others."""

import pandas as pd

from analytics.charts.trend import trend
from analytics.quality import reads
from analytics.quality.words import counted, dataset_name, lower
from analytics.reading import lookups, marts
from analytics.ui import layout, store
from analytics.ui.view import View
from analytics.words import numbers, sentences


MIDDLE = "Middle council"


def conformance(see: View, dataset: str, gss_code: str, name: str) -> None:
    """Share of rows accepted: the middle council over time, and one picked out."""
    everyone = store.read(lookups.all_councils)
    found = store.read(reads.conformance, see.collection, dataset)
    known = found[found["gss_code"].isin(everyone["gss_code"])]
    if known.empty:
        layout.empty("nothing_matches")
        return
    lines = conformance_lines(known, len(everyone), gss_code, name)
    last = lines[lines["group_code"] == MIDDLE].iloc[-1]
    of = f" of {lower(dataset_name(dataset))}" if dataset else ""
    sentence = (
        f"{last['period_label']}: the middle council had "
        f"{numbers.value('percent', last['value'])} of its rows{of} accepted; "
        f"{sentences.coverage(last['councils'], last['expected'])} sent rows, half "
        f"of which lie {middle_half(known, last['period'])}."
    )
    sentence += own_words(lines, gss_code, name) + nobodys(found)
    title = f"Share of rows{of} accepted, by the year in which they were received"
    period = " to ".join(dict.fromkeys([lines["period_label"].min(), lines["period_label"].max()]))
    see.figure(
        trend,
        lines,
        indicator=reads.CONFORMANCE,
        highlight=gss_code or MIDDLE,
        table=every_council(known, everyone),
        title=title,
        sentence=sentence,
        about=reads.CONFORMANCE,
        coverage=sentences.coverage(last["councils"], last["expected"])
        + f" in {last['period_label']}",
        period=period,
        source=reads.CONFORMANCE.source,
        key="conformance",
    )


def conformance_lines(known: pd.DataFrame, expected: int, gss_code: str, name: str) -> pd.DataFrame:
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
    low, high = (numbers.value("percent", shares.quantile(q)) for q in (0.25, 0.75))
    return f"at {low}" if low == high else f"between {low} and {high}"


def line(
    values: pd.DataFrame, years: pd.DatetimeIndex, code: str, label: str, expected: int
) -> pd.DataFrame:
    """One line's rows, a year in which nothing was sent among them as unknown."""
    wanted = ["value", "numerator", "denominator", "councils"]
    rows = values.reindex(index=years, columns=wanted)
    rows["councils"] = rows["councils"].fillna(0).astype(int)
    return (
        rows.rename_axis("period")
        .reset_index()
        .assign(
            group_code=code,
            group_label=label,
            expected=expected,
            basis="",
            period_label=[marts.period_label(day, "year") for day in years],
        )
    )


def own_words(lines: pd.DataFrame, gss_code: str, name: str) -> str:
    """What the council picked out sent in the last year, or that it sent nothing."""
    if not gss_code:
        return ""
    own = lines[lines["group_code"] == gss_code].iloc[-1]
    if pd.isna(own["value"]):
        return f" {name} sent nothing in {own['period_label']}: its share is not known."
    return (
        f" {name}: {numbers.value('percent', own['value'])} "
        f"({int(own['numerator']):,} of {int(own['denominator']):,} rows)."
    )


def nobodys(found: pd.DataFrame) -> str:
    """Rows that are in no council's share."""
    rows = int(found.loc[found["gss_code"].isna(), "denominator"].sum())
    return (
        f" Which council sent them is not known for {counted(rows, 'row')} set aside."
        if rows
        else ""
    )


def every_council(known: pd.DataFrame, everyone: pd.DataFrame) -> pd.DataFrame:
    """The table behind it: every council of today and year, lowest share first."""
    years = known[["period", "period_label"]].drop_duplicates()
    grid = everyone[["gss_code", "council_name", "region"]].merge(years, "cross")
    rows = grid.merge(known.drop(columns="period_label"), on=["gss_code", "period"], how="left")
    rows = rows.sort_values(["period", "value"], ascending=[False, True])
    return rows[
        ["council_name", "region", "period", "period_label", "numerator", "denominator", "value"]
    ]
