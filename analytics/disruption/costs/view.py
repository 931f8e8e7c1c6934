"""What incidents cost: as reported, by how many, in cash or in real terms.

Public figures, which disagree, are the public record's own part of this page
(`public_costs.py`); what nobody reported is a scenario (`disruption_scenario.py`).
"""

import pandas as pd

from analytics.charts.columns import columns
from analytics.charts.composition import composition
from analytics.charts.ranking import ranking
from analytics.disruption.costs import reads, words
from analytics.disruption.costs.found import Costs, by_part, chosen
from analytics.disruption.costs.one_incident import one_incident
from analytics.disruption.costs.reads import KINDS, STATUSES
from analytics.disruption.costs.scenario import untold
from analytics.disruption.costs.words import money
from analytics.reading.disclosure import WITHHELD
from analytics.ui import filters, layout, parts, store
from analytics.ui.figures import own_group
from analytics.ui.layout import Card
from analytics.ui.view import View
from analytics.words import numbers as formats
from analytics.words import sentences


SPLITS = {"status": "Estimate or outturn", "kind": "Kind of cost"}
PARTS = {"status": STATUSES, "kind": KINDS}
NO_COST = "Not known"
TOTAL = words.measure("Cost of incidents as reported", "gbp")
PER_RESIDENT = words.measure(
    "Reported cost per resident a year",
    "gbp_per_resident",
    denominator="Residents of the councils that told a cost, for the part of each year "
    "that they reported on",
    note="Divided by residents of councils that told a cost; those of a county that "
    "are its districts' as well count once.",
)


def draw(see: View) -> None:
    """Headlines, how much is known, the years, groups, one incident, the scenario."""
    found = chosen(see)
    if found.told.empty or found.told["incidents"] == 0:
        layout.empty("nothing_matches")
        return
    parts.note(words.READING + (words.REAL_TERMS if found.base_year else ""))
    headlines(found)
    known(found)
    by_year(found)
    by_group(found)
    one_incident(found)
    untold(found)


def headlines(found: Costs) -> None:
    """How much was told, by how many; what a resident bears; one incident."""
    told, rows = found.told, found.over_years
    cards = [
        Card(
            "Incidents with a cost reported",
            words.share(told["known"], told["incidents"]),
            "",
            found.coverage,
            "Of all others it is unknown, which is not nought",
        ),
        total_card(found, found.see.place, rows),
        resident_card(found, rows["all"]),
    ]
    if found.see.gss_code and found.see.place != found.see.council_name:
        own = found.years(found.see.of_council(), "council")
        if len(own):
            own_rows = by_part(reads.over_range(own))
            cards.append(total_card(found, found.see.council_name, own_rows))
    layout.headlines(cards)


def total_card(found: Costs, name: str, rows: dict[str, pd.Series]) -> Card:
    """The cost reported over the range, the outturn apart from estimates."""
    row = rows["all"]
    split = " and ".join(
        f"{label.split(' ')[0].lower()} {money(rows[part]['cost'], rows[part]['note'])}"
        for part, label in STATUSES.items()
        if part in rows
    )
    behind = words.share(row["known"], row["incidents"])
    said = f"{row['span']}: {behind} incidents" if row["counted"] else ""
    return Card(
        f"Reported cost, {name}, {found.prices}",
        money(row["cost"], row["note"]),
        "",
        said,
        f"{split[:1].upper()}{split[1:]}",
    )


def resident_card(found: Costs, row: pd.Series) -> Card:
    """The cost for each resident of the councils that told one, a year."""
    value = formats.value("gbp_per_resident", row["value"])
    return Card(
        f"Per resident a year, {found.see.place}",
        "withheld" if row["note"] == WITHHELD else value,
        "",
        "",
        f"{found.prices.capitalize()}; residents of the councils that told a cost",
    )


def known(found: Costs) -> None:
    """Of which share of incidents a cost is known, and by which status."""
    data = found.see.read(reads.councils, by="england", way="year")
    data = data.assign(period_label=[words.year_of(day) for day in data["period"]])
    shown = data[data["incidents"] > 0]
    if shown.empty:
        return
    names = {"outturn": "Outturn", "estimate": "Estimate", "none": NO_COST}
    rows = shown.assign(none=shown["incidents"] - shown["known"]).melt(
        ["period_label", "incidents"], list(names), "part", "count"
    )
    rows = rows.assign(
        value=100 * rows["count"] / rows["incidents"],
        row_label=rows["period_label"],
        part=rows["part"].map(names),
    )
    last = shown.iloc[-1]
    title = f"Incidents by what is known of their cost, {found.see.period}"
    sentence = (
        f"A cost is reported for {words.share(last['known'], last['incidents'])} "
        f"incidents in {last['period_label']}, by {formats.count(last['told'])} of "
        f"{formats.count(last['reporting'])} councils that reported on incidents. "
        "Where none is reported the cost is not known, which is not nought."
        f"{words.unbased(shown['unbased'].sum())}"
    )
    found.figures.figure(
        composition,
        rows,
        parts=tuple(names.values()),
        events=found.see.marks_by("year"),
        table=known_table(data),
        title=title,
        sentence=sentence,
        key="known",
    )


def known_table(data: pd.DataFrame) -> pd.DataFrame:
    """Incidents and councils by year, as people read them."""
    columns = {
        "period_label": "Financial year",
        "incidents": "Confirmed incidents",
        "known": "With a cost",
        "outturn": "Of them outturn",
        "estimate": "Of them estimate",
        "told": "Councils that told a cost",
        "reporting": "Councils that reported on incidents",
    }
    frame = data[list(columns)].rename(columns=columns).astype(object)
    numbers = list(columns.values())[1:]
    frame[numbers] = frame[numbers].mask(data["note"] == WITHHELD, WITHHELD)
    return frame


def by_year(found: Costs) -> None:
    """Cost by financial year, split by status or kind; a council's own below."""
    split = filters.one_of("Split by", SPLITS, "costsplit")
    year_figure(found, found.whole, found.see.place, split, "years")
    see = found.see
    if see.gss_code and see.place != see.council_name:
        own = found.years(see.of_council(), "council")
        if own["cost"].notna().any():
            row = by_part(reads.over_range(own))["all"]
            coverage = (
                f"{see.council_name} alone, {words.share(row['known'], row['incidents'])} incidents"
            )
            year_figure(found, own, see.council_name, split, "own-years", coverage)


def year_figure(
    found: Costs, data: pd.DataFrame, place: str, split: str, key: str, coverage: str = ""
) -> None:
    """Columns by year, stacked by the parts of one split; `coverage` where it is not
    that of all councils."""
    names = PARTS[split]
    cells = data[data["part"].isin(list(names))]
    if cells["cost"].isna().all():
        layout.empty("not_allowed" if (cells["note"] == WITHHELD).any() else "nothing_matches")
        return
    labels = filters.financial_years(found.see.scope.since, found.see.scope.until)
    every = pd.MultiIndex.from_product([labels, list(names)], names=["period_label", "part"])
    drawn = cells.set_index(["period_label", "part"])["cost"].reindex(every)
    # A part that nobody told adds nothing to a year of which another part is known.
    rows = drawn.rename("value").reset_index()
    rows["value"] = with_nothing(rows, cells)
    title = f"Cost of incidents as reported, {place}, {found.prices}"
    found.figures.figure(
        columns,
        rows.assign(part=rows["part"].map(names)),
        parts=tuple(names.values()),
        unit="gbp",
        events=found.see.marks_by("year"),
        table=year_table(data, found),
        title=f"{title}, {found.see.period}",
        sentence=year_sentence(found, data, place),
        about=TOTAL,
        coverage=coverage,
        key=key,
    )


def with_nothing(rows: pd.DataFrame, cells: pd.DataFrame) -> pd.Series:
    """Values with 0 for a part that no incident told, in a year that has others."""
    none = cells.loc[cells["known"] == 0, ["period_label", "part"]]
    known = rows["value"].notna().groupby(rows["period_label"]).transform("any")
    keys = pd.MultiIndex.from_frame(rows[["period_label", "part"]])
    is_none = keys.isin(pd.MultiIndex.from_frame(none))
    return rows["value"].mask(known & is_none, 0.0)


def year_sentence(found: Costs, data: pd.DataFrame, place: str) -> str:
    """The latest year known, how it is split, and which years are not known."""
    rows = data[data["part"] == "all"].sort_values("period")
    known = rows.dropna(subset="cost")
    if known.empty:
        return f"{place}: the cost is not known.{words.unpublished(rows)}"
    last = known.iloc[-1]
    cells = by_part(data[data["period"] == last["period"]])
    final, guess = cells["outturn"], cells["estimate"]
    behind = words.share(last["known"], last["incidents"])
    councils = (
        f" at {formats.count(last['councils'])} of "
        f"{formats.count(last['reporting'])} councils that reported on incidents"
        if last["reporting"] > 1
        else ""
    )
    said = (
        f"{place}: {money(last['cost'])} {found.prices} reported for "
        f"{last['period_label']}, for {behind} incidents{councils}; "
        f"{money(final['cost'], final['note'])} is outturn and "
        f"{money(guess['cost'], guess['note'])} estimate."
    )
    return said + words.unpublished(rows)


def year_table(data: pd.DataFrame, found: Costs) -> pd.DataFrame:
    """Every year with all its parts, in cash too where prices are of one year."""
    rows = data[data["part"] == "all"].set_index("period_label")
    named = {"all": "All"} | STATUSES | KINDS
    frame = pd.DataFrame(index=rows.index)
    for part, label in named.items():
        cells = data[data["part"] == part].set_index("period_label")
        amounts = cells["cost"].round(2).astype(object)
        frame[f"{label}, £ {found.prices}"] = amounts.mask(cells["note"] == WITHHELD, WITHHELD)
        if part in KINDS:
            told = cells["known"].astype(object)
            frame[f"Incidents that tell it ({label.lower()})"] = told.mask(
                cells["note"] == WITHHELD, WITHHELD
            )
    more = {"known": "Incidents with a cost", "incidents": "Confirmed incidents"}
    if found.base_year:
        more = {"cash": "All, £ in cash"} | more
    for column, label in more.items():
        frame[label] = rows[column].astype(object).mask(rows["note"] == WITHHELD, WITHHELD)
    return frame.rename_axis("Financial year").reset_index()


def by_group(found: Costs) -> None:
    """Cost per resident of regions or types, with how many told it."""
    by = filters.one_of("Compare councils by", filters.COMPARE, "compare")
    rows = found.years(found.see, by)
    rows = rows[rows["part"] == "all"]
    data = reads.over_range(rows)
    if data.empty or data["value"].isna().all():
        layout.empty("not_allowed" if len(data) else "nothing_matches")
        return
    told = found.see.read(reads.councils, by=by)
    told = told[["group_code", "told", "reporting"]]
    data = data.merge(told, on="group_code").assign(councils=lambda d: d["told"])
    data["expected"] = data["reporting"]
    whole = found.over_years["all"]
    reference = (found.see.place, float(whole["value"]))
    title = f"Reported cost per resident a year, by {filters.COMPARE[by].lower()}"
    chart = store.draw(
        ranking,
        data,
        indicator=PER_RESIDENT,
        highlight=own_group(found.see, by),
        reference=None if formats.is_unknown(whole["value"]) else reference,
    )
    found.figures.figure(
        chart,
        table=group_table(data, found),
        title=f"{title}, {found.prices}, {found.see.period}",
        sentence=group_sentence(found, data, rows),
        kind="Bar chart",
        about=PER_RESIDENT,
        key=f"by-{by}",
    )


def group_sentence(found: Costs, data: pd.DataFrame, rows: pd.DataFrame) -> str:
    """The highest and lowest group, and what its differences may come of."""
    said = sentences.ranking_sentence(data, PER_RESIDENT)
    years = data["span"][data["counted"] > 0].drop_duplicates()
    if len(years) == 1 and found.base_year:
        said += f" Of {years.iloc[0]} alone."
    return (
        f"{said} One large incident can make a group's figure, and groups differ in "
        "how much they report: see the table."
        f"{words.unpublished(rows)}"
    )


def group_table(data: pd.DataFrame, found: Costs) -> pd.DataFrame:
    """Groups with their cost, residents, incidents and councils."""
    columns = {
        "value": f"£ per resident a year, {found.prices}",
        "cost": f"Cost, £ {found.prices}",
        "residents": "Resident-years",
        "known": "Incidents with a cost",
        "incidents": "Confirmed incidents",
    }
    frame = data[list(columns)].round(3).rename(columns=columns).astype(object)
    frame = frame.mask(data["note"] == WITHHELD, WITHHELD)
    frame.insert(0, "Group", data["group_label"])
    frame["Years counted"] = data["span"]
    return frame.assign(
        **{
            "Councils that told a cost": data["told"],
            "Councils that reported on incidents": data["reporting"],
        }
    )
