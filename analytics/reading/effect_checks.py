"""What an estimate hangs on: other ways to make it, and threats that can be computed.

All are functions over a panel of councils and years; none reads the warehouse.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analytics import impact
from analytics.reading.disclosure import SMALLEST_GROUP
from analytics.reading.effect_panel import (
    CONTROLS,
    INCIDENTS,
    MATURITY,
    PANEL,
    REBASED,
    Outcome,
    Panel,
    fitted,
    with_start,
    without_small_cohorts,
)


# Two councils are a pair where what is known of them differs by no more than so many
# standard deviations, all together. A choice, as is the tenth of the sites.
CALLIPER = 0.75
LARGEST = 0.1
WITHHELD = "Withheld: fewer than five councils are left out."
TOO_FEW = "Too few councils are left."
FACTS = ("start", "log_population", "deprivation_score")
COVARIATES = {
    "start": "Value at the start",
    "maturity": "Comparable CAF outcomes achieved at the start, %",
    "incidents": "Cyber incidents reported a year at the start",
    "population": "Residents",
    "deprivation_score": "Deprivation score (higher is more deprived)",
}


class Attrition(NamedTuple):
    """Councils without a value: by year and side, and those lost between the ends.

    `table` has year, side, councils, unknown and share (0 to 1); `funded` and `others`
    are the shares of the councils known in the first year that are not in the last.
    """

    table: pd.DataFrame
    funded: float
    others: float

    @property
    def worst(self) -> float:
        return float(np.nanmax([self.funded, self.others, -1.0]))


class Mean(NamedTuple):
    """How councils without support moved by where they started, and what follows.

    `slope` is the change until the last year known for one more unit at the start,
    among councils never funded, `correlation` how closely; `gap` what funded councils
    started with less the others; `expected` the difference in change that these give
    without any support.
    """

    councils: int
    correlation: float
    slope: float
    gap: float
    expected: float


def facts_of(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per council of a panel: first_year, region, site_gbp and FACTS."""
    councils = rows.drop_duplicates("gss_code").set_index("gss_code")
    return councils.assign(log_population=np.log(councils["population"]))


def balance(found: Panel, rows: pd.DataFrame, *, is_council: bool) -> pd.DataFrame:
    """How funded councils and the others differed before any support.

    The frame of `impact.balance_table` with `label` for people, of the first values
    known before support; empty where a side has nobody. A council is shown no row with
    fewer than five councils on a side.
    """
    first = rows.drop_duplicates("gss_code").set_index("gss_code")
    for name, outcome in (("maturity", MATURITY), ("incidents", INCIDENTS)):
        own = with_start(found.of(outcome)).drop_duplicates("gss_code")
        first[name] = own.set_index("gss_code")["start"].reindex(first.index)
    one = first.reset_index().assign(year=0)
    names = [name for name in COVARIATES if name != "maturity" or not same(rows)]
    try:
        table = impact.balance_table(one, names, "gss_code", "year", "first_year")
    except ValueError:
        return pd.DataFrame()
    if is_council:
        table = table[table[["treated", "comparison"]].min(axis=1) >= SMALLEST_GROUP]
    return table.assign(label=table["covariate"].map(COVARIATES))


def same(rows: pd.DataFrame) -> bool:
    """Whether the outcome is the one that maturity at the start is told by."""
    return bool((rows["outcome"] == MATURITY.key).all())


def regression_to_the_mean(rows: pd.DataFrame) -> Mean | None:
    """What where councils started says of how they moved without support.

    None where fewer than five councils never funded are known twice, or all started
    alike.
    """
    ordered = rows.sort_values("year").groupby("gss_code")
    ends = ordered.agg(
        first_year=("first_year", "first"),
        start=("value", "first"),
        end=("value", "last"),
        years=("year", "nunique"),
    )
    others = ends[(ends["first_year"] == 0) & (ends["years"] > 1)]
    funded = rows[rows["first_year"] > 0].drop_duplicates("gss_code")["start"]
    if len(others) < SMALLEST_GROUP or funded.empty or others["start"].nunique() < 2:
        return None
    moved = others["end"] - others["start"]
    slope = float(np.polyfit(others["start"], moved, 1)[0])
    gap = float(funded.mean() - others["start"].mean())
    correlation = float(others["start"].corr(moved))
    return Mean(len(others), correlation, slope, gap, slope * gap)


def attrition(found: Panel, outcome: Outcome) -> Attrition:
    """Which share of councils has no value, year by year, funded and not."""
    rows = found.of(outcome)
    years = sorted(rows["year"].unique())
    is_known = rows.pivot(index="gss_code", columns="year", values="value").notna()
    is_known = is_known.reindex(found.councils["gss_code"], fill_value=False)
    is_funded = (found.councils["first_year"] > 0).to_numpy()
    sides = {"Funded": is_known[is_funded], "Not funded": is_known[~is_funded]}
    table = pd.DataFrame(
        {
            "year": year,
            "side": name,
            "councils": len(side),
            "unknown": int((~side[year]).sum()),
            "share": float((~side[year]).mean()),
        }
        for name, side in sides.items()
        for year in years
    )
    return Attrition(table, *(lost(side, years) for side in sides.values()))


def lost(side: pd.DataFrame, years: Sequence[Any]) -> float:
    """Of the councils known in the first year, the share not known in the last."""
    first = side[side[years[0]]] if len(years) > 1 else side.iloc[:0]
    return float((~first[years[-1]]).mean()) if len(first) else float("nan")


def effect_on(
    found: Panel, outcome: Outcome, column: str, *, is_council: bool
) -> impact.Effect | None:
    """The plain effect of support on another column of an outcome's rows: how much is
    behind a value (`behind`), say. None where there is no estimate."""
    rows = found.values[found.values["outcome"] == outcome.key]
    rows = rows.merge(found.councils, on="gss_code")
    rows = with_start(rows.assign(value=rows[column].astype(float)))
    if is_council:
        rows = without_small_cohorts(rows, "not_yet_treated")
    try:
        return fitted(rows, "not_yet_treated").simple
    except ValueError:
        return None


def sensitivity(
    found: Panel,
    rows: pd.DataFrame,
    outcome: Outcome,
    control: str,
    within: tuple[str, ...],
    *,
    is_council: bool,
) -> pd.DataFrame:
    """The estimate made in other ways, one thing changed at a time.

    One row each, as estimated first: label, estimate, lower, upper, units, treated and
    words (why there is none).
    """

    def kept(part: pd.DataFrame) -> pd.DataFrame:
        return without_small_cohorts(part, control) if is_council else part

    table = [{"label": "As estimated", **one(rows, control, within)}]
    other = next(name for name in CONTROLS if name != control)
    words = f"{CONTROLS[other]} councils as the comparison"
    beside = without_small_cohorts(rows, other) if is_council else rows
    table.append({"label": words, **one(beside, other, within)})
    plain = "Starting values not allowed for" if within else "Within starting values"
    table.append({"label": plain, **one(rows, control, () if within else ("start",))})
    pairs, codes = matched(rows)
    like = kept(rows[rows["gss_code"].isin(codes)])
    few = {"words": TOO_FEW}
    alike = one(like, control, ()) if pairs >= SMALLEST_GROUP else few
    table.append({"label": f"Matched councils only, {pairs} pairs", **alike})
    if outcome.key == "profile_outcomes_met":
        comparable = with_start(found.of(REBASED))
        comparable = kept(comparable[comparable["gss_code"].isin(rows["gss_code"])])
        label = "Comparable CAF outcomes only"
        table.append({"label": label, **one(comparable, control, within)})
    for label, gone in left_out(rows).items():
        hidden = is_council and is_few(rows, gone)
        part = kept(rows[~rows["gss_code"].isin(gone)])
        found_now = {"words": WITHHELD} if hidden else one(part, control, within)
        table.append({"label": label, **found_now})
    return pd.DataFrame(table).assign(words=lambda made: made["words"].fillna(""))


def one(rows: pd.DataFrame, control: str, within: tuple[str, ...]) -> dict[str, Any]:
    """One row of the table of other ways."""
    try:
        made = fitted(rows, control, within)
    except ValueError as error:
        return {"words": f"No estimate: {error}."}
    simple = made.simple
    return {
        "estimate": simple.estimate,
        "lower": simple.lower,
        "upper": simple.upper,
        "units": made.units,
        "treated": made.treated,
        "words": "",
    }


def left_out(rows: pd.DataFrame) -> dict[str, list[str]]:
    """Councils to leave out at a time: the largest awards, and each region."""
    councils = facts_of(rows)
    sites = councils.dropna(subset="site").drop_duplicates("site")["site_gbp"]
    number = max(round(len(sites) * LARGEST), 1)
    least = sites.nlargest(number).min()
    large = councils.index[councils["site_gbp"] >= least].tolist()
    regions = {
        f"Without {region}": names.tolist()
        for region, names in councils.groupby("region").groups.items()
    }
    words = f"Without the largest awards, {len(large)} councils"
    return ({words: large} if large else {}) | (regions if len(regions) > 1 else {})


def is_few(rows: pd.DataFrame, gone: Sequence[str]) -> bool:
    """Whether leaving these out would tell of fewer than five councils on a side."""
    councils = facts_of(rows)
    funded = councils["first_year"][councils.index.isin(gone)] > 0
    return any(0 < n < SMALLEST_GROUP for n in (funded.sum(), (~funded).sum()))


def matched(rows: pd.DataFrame) -> tuple[int, list[str]]:
    """Pairs of a funded and a never funded council alike in FACTS and tier.

    Answers how many, and the councils in them. The closest pairs are made first, each
    council is in one at most, and pairs further apart than CALLIPER are not made.
    """
    councils = facts_of(rows).dropna(subset=[*FACTS])
    spread = councils[[*FACTS]].std().replace(0, 1)
    places = councils[[*FACTS]] / spread
    is_funded = (councils["first_year"] > 0).to_numpy()
    funded, others = places[is_funded].to_numpy(), places[~is_funded].to_numpy()
    apart = np.sqrt(((funded[:, None, :] - others[None, :, :]) ** 2).sum(axis=2))
    tiers = councils["tier"].to_numpy()
    apart[tiers[is_funded][:, None] != tiers[~is_funded][None, :]] = np.inf
    sides: tuple[set[int], set[int]] = (set(), set())
    for place in np.argsort(apart, axis=None, kind="stable"):
        pair = [int(at) for at in np.unravel_index(place, apart.shape)]
        if apart[pair[0], pair[1]] > CALLIPER:
            break
        if pair[0] not in sides[0] and pair[1] not in sides[1]:
            sides[0].add(pair[0])
            sides[1].add(pair[1])
    names = councils.index[is_funded], councils.index[~is_funded]
    chosen = [n[at] for n, side in zip(names, sides, strict=True) for at in sorted(side)]
    return len(sides[0]), chosen


def naive(rows: pd.DataFrame) -> impact.Estimate | None:
    """The usual two-way estimate of the same panel, None where there is none."""
    try:
        return impact.naive_two_way(rows, *PANEL)
    except ValueError:
        return None
