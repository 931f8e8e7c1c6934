"""Checks of an estimated effect: other ways to make it, starting values, threats."""

import pandas as pd

from analytics.funding.effect import design, words
from analytics.funding.effect.forest import forest
from analytics.reading.effect import LEVEL, Estimated
from analytics.ui import layout, parts
from analytics.ui.view import View
from analytics.words import numbers


NAIVE = "Usual two-way estimate (no answer)"


def other_ways(see: View, found: Estimated) -> None:
    """The estimate made in other ways, and the usual one only to explain it."""
    about = see.indicator(found.outcome.indicator)
    table = with_naive(found)
    title = f"The same estimate made in other ways: {found.outcome.title}"
    sentence = f"{spread(found)} {words.why_naive(found)} {design.short(LEVEL)}"
    see.figure(
        forest,
        table,
        indicator=words.axis_of(found.outcome, about),
        table=ways_table(table, found),
        title=title,
        sentence=sentence,
        about=about,
        coverage=words.coverage(found),
        source=f"{about.source}; awards ledger",
        key="effect-ways",
    )


def with_naive(found: Estimated) -> pd.DataFrame:
    """The table of other ways, and the usual two-way estimate as its last row."""
    table = found.checks.sensitivity.assign(kind="way")
    naive = found.checks.naive
    if naive is None:
        return table
    last = {
        "label": NAIVE,
        "kind": "naive",
        "estimate": naive.estimate,
        "lower": naive.lower,
        "upper": naive.upper,
        "units": naive.clusters,
        "treated": naive.treated,
        "words": naive.words,
    }
    return pd.concat([table, pd.DataFrame([last])], ignore_index=True)


def spread(found: Estimated) -> str:
    """How far the other ways are from one another."""
    others = found.checks.sensitivity.iloc[1:].dropna(subset="estimate")
    if others.empty:
        return "No other way gives an estimate."
    ordered = others.sort_values("estimate")
    low, high = ordered.iloc[0], ordered.iloc[-1]
    return (
        f"{len(others)} other ways give {words.signed(low['estimate'])} "
        f"({lower(low['label'])}) to {words.signed(high['estimate'])} "
        f"{found.outcome.words} ({lower(high['label'])})."
    )


def lower(label: str) -> str:
    """A label within a sentence."""
    return label[:1].lower() + label[1:]


def ways_table(table: pd.DataFrame, found: Estimated) -> pd.DataFrame:
    """The other ways as people read them."""
    return pd.DataFrame(
        {
            "Way": table["label"],
            f"Estimate ({found.outcome.words})": table["estimate"].map(words.signed),
            "95% interval": words.limits(table),
            "Councils": table["units"].map(numbers.count),
            "Funded": table["treated"].map(numbers.count),
            "Remark": table["words"],
        }
    )


def starting_values(see: View, found: Estimated) -> None:
    """How funded councils differed from the others before any support."""
    table = found.checks.balance
    if table.empty:
        return
    apart = table["is_unbalanced"].sum()
    parts.listing(
        balance_table(table),
        title="Who was funded: how the two sides started",
        sentence=f"Starting values that differ by more than a quarter of a standard "
        f"deviation, which is usually called unbalanced: {apart} of {len(table)}. "
        "Support went to councils in need, so this is expected, and is why they are no "
        "evidence of an effect.",
        period=see.period,
        coverage=words.coverage(found),
        source="CAF assessments; incidents reported; ONS population; index of multiple "
        "deprivation; awards ledger",
        collection=see.collection,
        key="effect-balance",
    )


def balance_table(table: pd.DataFrame) -> pd.DataFrame:
    """Starting values as people read them."""
    return pd.DataFrame(
        {
            "Starting value": table["label"],
            "Funded, mean": table["treated_mean"].map(mean_words),
            "Not funded, mean": table["comparison_mean"].map(mean_words),
            "Difference in standard deviations": table["standardised_difference"].map(
                "{:+.2f}".format
            ),
            "Balanced": table["is_unbalanced"].map({True: "No", False: "Yes"}),
            "Funded councils": table["treated"],
            "Other councils": table["comparison"],
        }
    ).replace("+nan", numbers.UNKNOWN)


def mean_words(number: float) -> str:
    """A mean with as many figures as matter."""
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:,.1f}"


def threats(found: Estimated) -> None:
    """What could make the estimate wrong, with figures where they can be had."""
    parts.section(
        "What could make this wrong", "Worked out from the same councils and years where it can be."
    )
    parts.facts(
        {
            "Trends before support": words.leads(found),
            "Regression to the mean, and room to rise": words.mean_words(
                found.outcome, found.checks.mean, bool(found.within)
            ),
            "Councils that drop out": words.attrition_words(found.checks.attrition),
            "Reporting that rises with support": words.reporting_words(found),
            "Not worked out": "Other money and help at the same time, what funded councils "
            "passed on to their neighbours, and assessors that knew who was funded.",
        }
    )
    layout.table(missing(found), alt="Table: share of councils without a value, by year")


def missing(found: Estimated) -> pd.DataFrame:
    """The share of either side's councils without a value, year by year."""
    gone = found.checks.attrition.table
    wide = gone.pivot(index="year", columns="side", values="share")
    shown = wide.map("{:.0%}".format).replace("nan%", numbers.UNKNOWN).reset_index()
    shown["year"] = [words.year_label(year) for year in shown["year"]]
    names = {side: f"{side}, without a value" for side in wide.columns}
    return shown.rename(columns={"year": "Financial year", **names})
