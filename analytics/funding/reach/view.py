"""Who got what: councils that had a part in awards, when, and who never had one."""

import pandas as pd

from analytics.charts.columns import columns
from analytics.charts.composition import composition
from analytics.charts.matrix import matrix
from analytics.funding.reach import reads
from analytics.funding.reach.need import needs
from analytics.funding.reach.reads import PARTS
from analytics.reading import awards
from analytics.reading.disclosure import WITHHELD
from analytics.reading.marts import period_label
from analytics.ui import filters, layout, parts, store
from analytics.ui.layout import Card
from analytics.ui.view import View
from analytics.words import numbers, sentences
from analytics.words.money import MODELS, measure


BY = {"region": "Region", "type": "Type of council"}
SOURCE = "Awards ledger"
READING = (
    "A council may have received money, have been a partner in somebody else's award "
    "without receiving any, or have had no award at all in the years chosen. A joint "
    "award has its amount at the council that received it. Awards on file are all that "
    "is counted: a council without one may still have had help that is not recorded."
)
COUNT = measure(
    "Councils in an award",
    "percent",
    "Councils with a part in an award, as lead or as partner, of all councils.",
)


def draw(see: View) -> None:
    """Headlines, by place, by year, first support, need, the lists."""
    whole = see.read(reads.parts, by="england")
    if whole.empty or (whole.loc[whole["part"] != "none", "numerator"] == 0).all():
        layout.empty("nothing_matches")
        return
    parts.note(READING)
    headlines(see, whole)
    figures = see.telling(source=SOURCE, about=COUNT, prefix="reach-")
    by_place(figures)
    by_year(figures)
    first_support(figures)
    needs(see)
    own_awards(see)
    lists(see)


def headlines(see: View, whole: pd.DataFrame) -> None:
    """How many councils had which part, and how many felt support."""
    rows = {str(row["part"]): row for _, row in whole.iterrows()}
    cards = [
        Card(
            label,
            numbers.count(rows[part]["numerator"]),
            "",
            share(rows[part]),
            f"Councils, {see.period}",
        )
        for part, label in PARTS.items()
    ]
    found = see.read(reads.years, by="england", kind="support")
    count = found["numerator"].sum(min_count=1)
    if pd.notna(count):
        of = sentences.coverage(count, found["denominator"].max())
        note = "Grants and support awards; training is none"
        name = "Felt support for the first time"
        cards.append(Card(name, numbers.count(count), "", of, note))
    layout.headlines(cards)


def share(row: pd.Series) -> str:
    """So many of so many councils, with the percentage."""
    if row["note"] == WITHHELD:
        return "withheld"
    behind = sentences.coverage(row["numerator"], row["denominator"])
    return f"{behind} ({row['value']:.0f}%)"


def by_place(see: View) -> None:
    """Parts in awards by region or type of council."""
    by = filters.one_of("Councils by", BY, "by")
    found = see.read(reads.parts, by=by)
    if found["value"].isna().all():
        return
    data = found.assign(
        row_label=found["group_label"], part=found["part"].map(PARTS), count=found["numerator"]
    )
    none = found[found["part"] == "none"].dropna(subset="value")
    sentence = "How many had no award is withheld."
    if len(none):
        top = none.loc[none["value"].idxmax()]
        total = none["numerator"].sum()
        sentence = (
            f"{numbers.count(total)} of {numbers.count(none['denominator'].sum())} "
            f"councils had no award. Most, as a share: {top['group_label']}, "
            f"{numbers.count(top['numerator'])} of {numbers.count(top['denominator'])}."
        )
    wide = data.pivot(index="row_label", columns="part", values="count")
    wide = wide.reindex(index=data["row_label"].unique(), columns=list(PARTS.values()))
    wide.columns.name = None
    wide = wide.astype(object).where(wide.notna(), WITHHELD)
    wide["Councils"] = data.groupby("row_label")["denominator"].max()
    see.figure(
        composition,
        data,
        parts=list(PARTS.values()),
        table=wide.rename_axis(BY[by]).reset_index(),
        title=f"Who had a part in awards by {BY[by].lower()}, {see.period}",
        sentence=sentence,
        coverage=behind(found),
        key="place",
    )


def behind(found: pd.DataFrame) -> str:
    """How many councils a frame by group counts."""
    known = found.dropna(subset="denominator").drop_duplicates("group_code")
    return f"{numbers.count(known['denominator'].sum())} councils counted"


def by_year(see: View) -> None:
    """Regions down, years across: how many councils had a part in an award."""
    found = see.read(reads.years, by="region")
    if found["value"].isna().all():
        return
    number = found["numerator"].map(numbers.count)
    said = number + " of " + found["denominator"].map(numbers.count)
    data = found.assign(
        said=said.where(found["value"].notna(), WITHHELD),
        text=number.where(found["value"].notna(), ""),
    )
    chart = store.draw(
        matrix,
        data,
        value="value",
        rows="group_label",
        columns="period_label",
        text="text",
        unknown=WITHHELD,
        indicator=COUNT,
    )
    wide = data.pivot(index="group_label", columns="period_label", values="said")
    wide = wide.reindex(index=data["group_label"].unique())
    wide.columns.name = None
    top = found.dropna(subset="value").sort_values("value").iloc[-1]
    see.figure(
        chart,
        table=wide.rename_axis("Region").reset_index(),
        title=f"Councils with a part in an award by region and year, {see.period}",
        sentence="The figure is the number of councils; the shade is their share of "
        f"the region. Highest share: {top['group_label']} in {top['period_label']}, "
        f"{numbers.count(top['numerator'])} of {numbers.count(top['denominator'])}. A "
        "council counts once in each year in which it had an award.",
        kind="Heat map",
        coverage=behind(found),
        key="years",
    )


def first_support(see: View) -> None:
    """Councils by the year in which they first felt support."""
    found = see.read(reads.years, by="england", kind="support")
    known = found.dropna(subset="value")
    if known.empty or not known["numerator"].sum():
        return
    part = "Councils first supported"
    data = found.rename(columns={"value": "percent"}).assign(value=found["numerator"], part=part)
    never = known["denominator"].max() - known["numerator"].sum()
    said = sentences.joined(
        [
            f"{numbers.count(row['numerator'])} in {row['period_label']}"
            for _, row in known.iterrows()
        ]
    )
    see.figure(
        columns,
        data,
        parts=[part],
        table=data[["period_label", "value"]].set_axis(
            ["Year of first support", "Councils"], axis=1
        ),
        title=f"Councils by the year that they first felt support, {see.period}",
        sentence=f"First supported: {said}; {numbers.count(never)} not by the end. "
        "Councils of one column are compared with those not yet supported in the view "
        "Estimated effect.",
        coverage=behind(found),
        key="support",
    )


def own_awards(see: View) -> None:
    """Every award of the council picked out."""
    if not see.gss_code:
        return
    found = store.read(awards.awards, see.of_council().scope)
    if found.empty:
        parts.section(
            f"Awards of {see.council_name}",
            "It had no part in an award on file in these years, or none that may be named to you.",
        )
        return
    lead = (found["role"] == "lead").sum()
    parts.listing(
        award_table(found),
        title=f"Awards of {see.council_name}, {see.period}",
        sentence=f"{numbers.count(len(found))} awards, {numbers.count(lead)} of them "
        "received by the council itself. A partner's row has no amount: the money is "
        "at the lead.",
        period=see.period,
        coverage="1 council",
        source=SOURCE,
        collection=see.collection,
        key="own-awards",
    )


def award_table(found: pd.DataFrame) -> pd.DataFrame:
    """Awards as people read them."""
    joint = found["councils"].map(lambda n: f"{n} councils" if n > 1 else "No")
    support = pd.to_datetime(found["first_support_on"])
    return pd.DataFrame(
        {
            "Awarded on": found["awarded_on"],
            "Programme": found["programme_label"],
            "Title": found["title"],
            "Part": found["role"].str.capitalize(),
            "Joint": joint,
            "Amount (£)": found["amount_awarded_gbp"]
            .astype(object)
            .where(
                found["amount_awarded_gbp"].notna(),
                found["role"].map({"partner": "At the lead", "lead": "Not known"}),
            ),
            "Paid (£)": found["paid_gbp"]
            .astype(object)
            .where(found["paid_gbp"].notna(), "None on file"),
            "Model": found["funding_model"].map(MODELS),
            "First support": [
                f"{day:%-d %B %Y}" if pd.notna(day) else "Not recorded" for day in support
            ],
        }
    )


def lists(see: View) -> None:
    """Councils without an award, and every council, as far as they may be named."""
    found = see.read(reads.councils)
    none = found[found["part"] == "none"]
    parts.listing(
        none[["council_name", "region", "council_type"]],
        title=f"Councils without an award, {see.period}",
        sentence=none_words(none),
        period=see.period,
        coverage=f"{numbers.count(len(found))} councils named",
        source=SOURCE,
        collection=see.collection,
        key="never",
    )
    parts.listing(
        council_table(found),
        title=f"What each council had, {see.period}",
        sentence="Councils that you may see by name, in the order of the alphabet.",
        period=see.period,
        source=SOURCE,
        collection=see.collection,
        key="each",
        coverage=sentences.coverage(len(found), see.expected),
    )


def none_words(none: pd.DataFrame) -> str:
    """What the list of councils without an award holds, and for whom."""
    if store.viewer().role != "analyst":
        return (
            "A council without an award is named to analysts of the department only, and to itself."
        )
    return (
        f"{numbers.count(len(none))} councils had no part in an award of any "
        "programme, training included. They may not have applied, not have been chosen "
        "or not have needed it: the ledger does not say."
    )


def council_table(found: pd.DataFrame) -> pd.DataFrame:
    """Councils as people read them."""
    support = pd.to_datetime(found["first_support_on"])
    return pd.DataFrame(
        {
            "Council": found["council_name"],
            "Region": found["region"],
            "Type of council": found["council_type"],
            "Part": found["part"].map(PARTS),
            "First award in": [
                period_label(day, "year") if pd.notna(day) else "No award"
                for day in found["first_year"]
            ],
            "First support": [
                f"{day:%-d %b %Y}" if pd.notna(day) else "None recorded" for day in support
            ],
            "Awards received": found["awards"],
            "As partner": found["joined"],
            "Awarded (£)": found["awarded_gbp"],
            "Per resident (£)": (found["awarded_gbp"] / found["population"]).round(2),
        }
    )
