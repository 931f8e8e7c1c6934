"""What one incident costs: the middle one and the middle half, never a bare mean."""

from typing import NamedTuple

import pandas as pd

from analytics.charts.ranges import ranges
from analytics.disruption.costs import reads, words
from analytics.disruption.costs.found import Costs
from analytics.disruption.costs.reads import FEWEST_INCIDENTS, STATUSES
from analytics.disruption.costs.words import money, year_of
from analytics.reading.disclosure import WITHHELD
from analytics.ui import filters, layout, store
from analytics.words import numbers, sentences


class Way(NamedTuple):
    """How the costs of single incidents are told apart: the groups and their codes."""

    label: str
    by: str
    way: str


WAYS = {
    "year": Way("Financial year", "england", "year"),
    "region": Way("Region", "region", "all"),
    "type": Way("Type of council", "type", "all"),
    "status": Way("Estimate or outturn", "england", "status"),
}
ONE = words.measure(
    "Reported cost of one incident",
    "gbp",
    note="All kinds of cost of one incident together. Costs are counted in steps of a "
    "tenth, so a median or quartile is right to within that.",
)
KEY = "Large dot: lower quartile. Small ring: upper quartile. Upright: median."


def one_incident(found: Costs) -> None:
    """Quartiles of the cost of one incident, of all and by year, group or status."""
    options = {key: way.label for key, way in WAYS.items()}
    chosen = filters.one_of("Cost of one incident by", options, "costrows")
    rows = pd.concat([whole(found), own(found), split(found, WAYS[chosen])])
    rows = rows.reset_index(drop=True)
    if rows["median"].isna().all():
        layout.empty("not_allowed" if (rows["note"] == WITHHELD).any() else "nothing_matches")
        return
    drawn = rows.assign(
        low=rows["q1"],
        high=rows["q3"],
        middle=rows["median"],
        low_label="Lower quartile",
        high_label="Upper quartile",
    )
    events = found.see.marks_by("year") if chosen == "year" else None
    title = f"Reported cost of one incident by {options[chosen].lower()}, {found.prices}"
    found.figures.figure(
        ranges,
        drawn,
        indicator=ONE,
        key_words=KEY,
        events=events,
        table=table(rows, found),
        title=f"{title}, {found.see.period}",
        sentence=sentence(found, rows),
        about=ONE,
        key="one",
    )


def whole(found: Costs) -> pd.DataFrame:
    """All incidents of the councils in scope, as one row."""
    frame = found.see.read(reads.spread, base_year=found.base_year)
    return frame.assign(row_label=f"All: {found.see.place}")


def own(found: Costs) -> pd.DataFrame:
    """Those of the council picked out, where one is and it is not all there is."""
    see = found.see
    if not see.gss_code or see.place == see.council_name:
        return pd.DataFrame()
    scope = see.of_council().scope
    frame = store.read(reads.spread, scope, by="council", base_year=found.base_year)
    return frame.assign(row_label=see.council_name)


def split(found: Costs, chosen: Way) -> pd.DataFrame:
    """The incidents told apart by a way: rows in the order of time or of the median."""
    frame = found.see.read(reads.spread, by=chosen.by, way=chosen.way, base_year=found.base_year)
    if chosen.way == "year":
        return frame.assign(row_label=frame["code"].map(year_of))
    if chosen.way == "status":
        return frame.assign(row_label=frame["code"].map(STATUSES))
    frame = frame.assign(row_label=frame["group_label"])
    return frame.sort_values("median", ascending=False, na_position="last")


def sentence(found: Costs, rows: pd.DataFrame) -> str:
    """Half of the incidents with a cost, the middle half, and what is not in it."""
    first = rows.iloc[0]
    if numbers.is_unknown(first["median"]):
        said = f"{first['row_label']}: {why(first)}."
    else:
        said = (
            f"{found.see.place}: half of the {numbers.count(first['counted'])} "
            f"incidents with a known cost were reported at {money(first['median'])} or "
            f"less {found.prices}, and the middle half at {money(first['q1'])} to "
            f"{money(first['q3'])}."
        )
    left_out = first["known"] - first["counted"]
    if left_out > 0:
        said += (
            f" {numbers.count(left_out)} more are left out: no deflator is published "
            "yet for the year of their prices."
        )
    few = rows[rows["median"].isna() & (rows["note"] != WITHHELD)]
    if len(few):
        said += (
            f" No quartiles are given of fewer than {FEWEST_INCIDENTS} incidents: "
            f"{sentences.listed(few['row_label'].tolist())}."
        )
    return said


def why(row: pd.Series) -> str:
    """Why a row has no quartiles."""
    if row["note"] == WITHHELD:
        return "the costs of single incidents are withheld"
    return "too few costs are known for a median"


def table(rows: pd.DataFrame, found: Costs) -> pd.DataFrame:
    """Quartiles as people read them."""
    columns = {
        "known": "Incidents with a cost",
        "counted": "Of them counted here",
        "q1": f"Lower quartile, £ {found.prices}",
        "median": f"Median, £ {found.prices}",
        "q3": f"Upper quartile, £ {found.prices}",
    }
    frame = rows[list(columns)].round(0).rename(columns=columns).astype(object)
    frame = frame.mask(rows["note"] == WITHHELD, WITHHELD)
    frame.insert(0, "Incidents of", rows["row_label"])
    return frame
