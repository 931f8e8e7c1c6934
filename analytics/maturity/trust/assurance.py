"""Self-assessed and assured: how far do councils flatter themselves?"""

import pandas as pd

from analytics.charts import diverging as maturity_words
from analytics.charts.diverging import diverging
from analytics.charts.ranges import ranges
from analytics.maturity.trust import reads
from analytics.ui import figures, filters, layout, parts, store
from analytics.ui.caf import SHARE, Maturity, labelled, since, units
from analytics.ui.layout import Card
from analytics.words import numbers


LOWER, HIGHER = "Council rates itself lower", "Council rates itself higher"
SOURCE = "CAF assessments with both the council's own judgement and a reviewer's"
KEY = "Dot: as reviewers see it. Ring: as the councils see it."
YEARS = 3
BEWARE = (
    "Only judgements that both the council and a reviewer made are counted. Councils "
    "that were reviewed may differ from those that were not, so the difference must "
    "not be taken off the others' figures."
)


def assurance(found: Maturity) -> None:
    """The gap as a whole, over the years, by outcome and by region."""
    whole = found.read_latest(reads.reviews, unit="all").dropna(subset="numerator")
    if whole.empty:
        parts.note(
            f"No judgement of {found.place} in {found.year} has both the council's own "
            "level and a reviewer's that you may see."
        )
        return
    layout.headlines(cards(found, whole.iloc[0]))
    parts.note(BEWARE)
    figures.trend_of(found.see, found.indicator("outcomes_rated_higher"))
    unit = filters.one_of("Show", units(found), "unit")
    leaning(found, unit)
    groups(found)


def cards(found: Maturity, row: pd.Series) -> list[Card]:
    """The share rated higher, and the profile as each side sees it."""
    coverage = f"{found.year}: {numbers.count(row['councils'])} councils with both"
    return [
        Card(
            "Rated higher than by the reviewer",
            numbers.value("percent", share(row, "above_one", "above_two")),
            note=f"{numbers.value('percent', share(row, 'above_two'))} by two levels",
            coverage=coverage,
        ),
        Card("Rated the same", numbers.value("percent", share(row, "same")), coverage=coverage),
        Card(
            "Rated lower than by the reviewer",
            numbers.value("percent", share(row, "below")),
            coverage=coverage,
        ),
        Card(
            f"Met as councils see it ({found.profile})",
            numbers.value("percent", 100 * row["met_by_self"] / row["asked"]),
            coverage=coverage,
        ),
        Card(
            f"Met as reviewers see it ({found.profile})",
            numbers.value("percent", 100 * row["met_by_review"] / row["asked"]),
            note=points(row),
            coverage=coverage,
        ),
    ]


def share(row: pd.Series, *names: str) -> float:
    """The part of outcomes judged by both, in percent."""
    return float(100 * sum(row[name] for name in names) / row["denominator"])


def points(row: pd.Series) -> str:
    """How far reviewers take the profile down."""
    apart = 100 * (row["met_by_self"] - row["met_by_review"]) / row["asked"]
    way = "below" if apart >= 0 else "above"
    return f"{abs(apart):.1f} percentage points {way} the councils' own view"


def leaning(found: Maturity, unit: str) -> None:
    """Direction and size of the difference, outcome by outcome."""
    rows = found.read_latest(reads.reviews, unit=unit).dropna(subset="numerator")
    if rows.empty:
        layout.empty("nothing_matches")
        return
    rows = rows.assign(row_label=labelled(rows)).sort_values("value", ascending=False)
    kinds = ["below", "above_one", "above_two", "same"]
    data = rows[["row_label", "councils"]].copy()
    for name in kinds:
        data[name] = 100 * rows[name] / rows["denominator"]
    chart = store.draw(diverging, data, left=LOWER, right=HIGHER)
    table = rows[
        ["row_label", "above_two", "above_one", "same", "below", "denominator", "councils"]
    ]
    found.figure(
        chart,
        table=table.set_axis(
            [
                unit.capitalize(),
                "Two levels higher",
                "One level higher",
                "Same",
                "Lower",
                "Outcomes judged by both",
                "Councils",
            ],
            axis=1,
        ),
        title=f"Self-assessed against reviewed, by {unit}, {found.place}",
        sentence=maturity_words.diverging_sentence(data, left=LOWER, right=HIGHER, what=unit),
        kind="Diverging bar chart",
        coverage=f"{found.coverage(rows['councils'].max())} with both",
        source=SOURCE,
        key="leaning",
    )


def groups(found: Maturity) -> None:
    """Where the two views lie furthest apart, over the last three years together."""
    by = filters.one_of("Compare councils by", filters.COMPARE, "compare")
    # A council sees one year of others: the read itself looks at no more.
    scope = since(found, 1 if store.viewer().role == "council" else YEARS)
    rows = store.read(reads.reviews, scope, by=by, unit="all")
    known = rows.dropna(subset="numerator")
    known = known[known["asked"] > 0]
    if known.empty:
        return
    data = pd.DataFrame(
        {
            "row_label": known["group_label"],
            "low": 100 * known["met_by_review"] / known["asked"],
            "high": 100 * known["met_by_self"] / known["asked"],
            "middle": float("nan"),
            "low_label": "Reviewers",
            "high_label": "Councils",
        }
    )
    apart = (data["high"] - data["low"]).sort_values()
    widest, least = data.loc[apart.index[-1]], data.loc[apart.index[0]]
    about_title = f"Profile met ({found.profile})"
    first = found.label_of(scope.since)
    period = found.year if first == found.year else f"{first} to {found.year}"
    together = (
        ""
        if first == found.year
        else " Years are taken together, since few councils of a group are reviewed in one."
    )
    sentence = (
        f"Councils see most more than their reviewers in {widest['row_label']} "
        f"({apart.iloc[-1]:.1f} percentage points) and least in {least['row_label']} "
        f"({apart.iloc[0]:.1f}).{together}"
    )
    found.figure(
        ranges,
        data,
        indicator=SHARE,
        key_words=KEY,
        table=known[["group_label", "councils"]]
        .assign(own=data["high"], review=data["low"])
        .set_axis(
            ["Group", "Councils", "Met as councils see it (%)", "Met as reviewers see it (%)"],
            axis=1,
        ),
        title=f"{about_title}: reviewers' view and councils' own, {found.place}",
        sentence=sentence,
        coverage=f"{found.coverage(known['councils'].sum())} with both",
        period=period,
        source=SOURCE,
        key="assurance-groups",
    )
