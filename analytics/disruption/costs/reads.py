"""Reads of what incidents cost, as far as councils reported it.

Confirmed incidents of months reported on, by the financial year of detection. A cost
that nobody reported is unknown and never nought, so totals are at least as much as they
say and every one stands beside the incidents and councils that told it. Real terms are
by the GDP deflator; a year of prices that has none yet makes an amount unknown, and is
never carried on. One council's costs are named to an analyst and to itself only.
"""

from typing import Any

import pandas as pd

from analytics.reading import disclosure
from analytics.reading.cells import cells, named_from, refuse_choice, withheld_in_a_year
from analytics.reading.disclosure import UNKNOWN, WITHHELD
from analytics.reading.marts import is_narrowed, period_label
from analytics.reading.prices import factors, span
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope


KINDS = {"response": "Response", "recovery": "Recovery", "lost_income": "Lost income"}
STATUSES = {"outturn": "Outturn (final)", "estimate": "Estimate (may change)"}
FAMILIES = {"status": tuple(STATUSES), "kind": tuple(KINDS)}
WAYS = ("all", "year", "status")
COUNTS = ["real_gbp", "incidents", "known", "unbased", "unpriced", "councils", "reporting"]
NUMBERS = ["incidents", "known", "estimate", "outturn", "unbased"]
QUARTILES = {"q1": 0.25, "median": 0.5, "q3": 0.75}
# Quartiles of fewer incidents than these say nothing.
FEWEST_INCIDENTS = 5
# What is left of a sum of counts is a whole number; this much is rounding.
ROUNDING = 1e-9


def years(reader: Reader, *, by: str, base_year: str = "") -> pd.DataFrame:
    """Cost by group, financial year and part, in cash or in the prices of a year.

    One row per group (`by` is england, region, type or council), year and part (all,
    those of KINDS, those of STATUSES): group_code, group_label, period, period_label,
    part, cost, cash, residents (resident-years of councils that told it), value (cost
    per resident a year), incidents, known (with that part told), unbased (without a
    year of prices), unpriced (whose year has no deflator), councils (that told it),
    reporting (that reported on incidents), note. `base_year` "" is cash; ValueError for
    a base year without a deflator. A year in which nothing was told is unknown.
    """
    refuse_choice(reader)
    at = factors(reader.path, reader.viewer, base_year)
    frame = cells(
        reader,
        "disruption/costs/costs",
        by=by,
        within=("period", "part"),
        counts=COUNTS,
        price_years=list(at),
        factors=list(at.values()),
        named_from=named_from(reader.viewer),
    )
    if by != "council":
        withhold_parts(frame, reader)
    frame["cost"] = frame["real_gbp"] if base_year else frame["numerator"]
    frame["value"] = frame["cost"] / frame["denominator"].where(frame["denominator"] > 0)
    unknown = frame["cost"].isna() & (frame["note"] != WITHHELD)
    frame["note"] = frame["note"].where(frame["note"] == WITHHELD, "")
    frame.loc[unknown, "note"] = UNKNOWN
    frame["period_label"] = [period_label(day, "year") for day in frame["period"]]
    names = {"numerator": "cash", "denominator": "residents"}
    return frame.rename(columns=names).drop(columns=["real_gbp", "group_order"])


def over_range(frame: pd.DataFrame) -> pd.DataFrame:
    """`years` added up over its years: one row per group and part.

    The same columns but those of the period, `councils` and `reporting`; `counted` says
    how many years are in it and `span` which: a year of whose prices no deflator is
    known is left out, and `unpriced` counts its costs. Where one year is withheld, so
    is all.
    """
    groups = frame.groupby(["group_code", "group_label", "part"], sort=False)
    return pd.DataFrame(
        [
            {"group_code": code, "group_label": label, "part": part, **added_up(rows)}
            for (code, label, part), rows in groups
        ]
    )


def added_up(rows: pd.DataFrame) -> dict[str, Any]:
    """One group and part over its years."""
    sums = ["incidents", "known", "unbased", "cash", "cost", "residents"]
    if (rows["note"] == WITHHELD).any():
        empty = dict.fromkeys([*sums, "unpriced", "value"], float("nan"))
        return {**empty, "counted": 0, "span": "", "note": WITHHELD}
    counted = rows[rows["cost"].notna() | (rows["unpriced"] == 0)]
    counted = counted.sort_values("period")
    told = {name: counted[name].sum(min_count=1) for name in sums}
    each = told["cost"] / told["residents"] if told["residents"] else float("nan")
    return {
        **told,
        "unpriced": rows["unpriced"].sum(),
        "counted": len(counted),
        "value": each,
        "span": span(counted["period_label"].tolist()),
        "note": UNKNOWN if pd.isna(told["cost"]) else "",
    }


def councils(reader: Reader, *, by: str, way: str = "all") -> pd.DataFrame:
    """How many councils told the cost of any incident, and of how many incidents.

    One row per group, over the range or (`way` year) per financial year: group_code,
    group_label, period, told, reporting (councils that reported on incidents),
    incidents, known (with a cost), estimate and outturn (of them), unbased (without a
    year of prices), note. No sum of money is in it.
    """
    refuse_choice(reader)

    def read(span: Scope) -> pd.DataFrame:
        return cells(
            reader.within(span),
            "disruption/costs/councils",
            by=by,
            counts=NUMBERS,
            way=way,
            named_from=named_from(reader.viewer),
        )

    frame = read(reader.scope)
    if way == "all" and by != "council":
        gone = withheld_in_a_year(reader, frame, ["group_code"], read)
        disclosure.withhold(frame, gone, [*disclosure.PARTS, *NUMBERS])
    names = {"numerator": "told", "denominator": "reporting"}
    return frame.rename(columns=names).drop(columns=["group_order", "value"])


def untold(reader: Reader) -> pd.DataFrame:
    """Incidents of the years in which a council told a cost, and of those it did not.

    One row per class, told or untold, of years of councils with an incident: known
    (incidents with a cost), incidents, councils, council_years, note.
    """
    refuse_choice(reader)
    counts = ["councils", "council_years"]

    def read(span: Scope) -> pd.DataFrame:
        return cells(
            reader.within(span),
            "disruption/costs/untold",
            by="told",
            counts=counts,
            named_from=named_from(reader.viewer),
        )

    frame = read(reader.scope)
    gone = withheld_in_a_year(reader, frame, ["group_code"], read)
    disclosure.withhold(frame, gone, [*disclosure.PARTS, *counts])
    names = {"numerator": "known", "denominator": "incidents", "group_code": "class"}
    columns = ["class", "known", "incidents", "councils", "council_years", "note"]
    return frame.rename(columns=names)[columns]


def spread(
    reader: Reader, *, by: str = "england", way: str = "all", base_year: str = ""
) -> pd.DataFrame:
    """Quartiles of the cost of one incident, of those whose cost is known.

    One row per group and code (`way` all, year or status): group_code, group_label,
    code, known (incidents with a cost), counted (of them, in the prices asked for),
    councils, q1, median, q3, note. Costs are counted in steps of a tenth, a step
    standing for the mean of its incidents; under FEWEST_INCIDENTS there are no
    quartiles. What `years` withholds is withheld here.
    """
    if way not in WAYS:
        raise ValueError(f"Way {way!r} is not one of: {', '.join(WAYS)}.")
    told = years(reader, by=by)
    frame = coded(told, way)
    factor = factors(reader.path, reader.viewer, base_year)
    steps = reader.query("disruption/costs/steps", by=by, way=way)
    steps["cost_gbp"] *= steps["price_year"].map(factor).astype(float)
    parts = dict(list(steps.groupby(["group_code", "code"])))
    keys = zip(frame["group_code"], frame["code"], frame["note"], strict=True)
    found = [
        quartiles(None if note == WITHHELD else parts.get((group, code)))
        for group, code, note in keys
    ]
    columns = ["counted", *QUARTILES]
    more = pd.DataFrame(found, columns=columns, index=frame.index, dtype=float)
    return pd.concat([frame, more], axis=1)


def coded(told: pd.DataFrame, way: str) -> pd.DataFrame:
    """The groups of `years` by the codes of a way, with what is known of each."""
    whole = told[told["part"] == "all"]
    if way == "year":
        codes = [str(day)[:10] for day in whole["period"]]
        found = whole.assign(code=codes)
    else:
        parts = STATUSES if way == "status" else {"all": ""}
        found = over_range(told[told["part"].isin(list(parts))])
        found = found.assign(code=found["part"])
    keep = ["group_code", "group_label", "code", "known", "note"]
    return found[keep].reset_index(drop=True)


def quartiles(steps: pd.DataFrame | None) -> list[float]:
    """Incidents in steps with a price, and their quartiles: the cost that a quarter, a
    half and three quarters of them did not exceed."""
    if steps is None:
        return [float("nan")] * (1 + len(QUARTILES))
    known = steps.dropna(subset="cost_gbp").sort_values("cost_gbp")
    total = float(known["incidents"].sum())
    if total < FEWEST_INCIDENTS:
        return [total, *[float("nan")] * len(QUARTILES)]
    upto = known["incidents"].cumsum()
    reached = [upto >= share * total - ROUNDING for share in QUARTILES.values()]
    return [total, *(float(known.loc[each, "cost_gbp"].iloc[0]) for each in reached)]


def withhold_parts(frame: pd.DataFrame, reader: Reader) -> None:
    """Withhold splits by kind and status that would tell of one council, in place.

    Parts add up to all, and groups to England: so where one part of any group is
    withheld in a year, that way of splitting is, in all groups of the year; and within
    a region, type or peers it is not shown at all.
    """
    if reader.viewer.role == "analyst" or reader.scope.councils == (reader.viewer.gss_code,):
        return
    hidden = frame["note"] == WITHHELD
    for family in FAMILIES.values():
        inside = frame["part"].isin(family)
        broken = frame.loc[hidden & frame["part"].isin([*family, "all"]), "period"]
        gone = inside & (is_narrowed(reader.scope) | frame["period"].isin(broken))
        disclosure.withhold(frame, gone, [*disclosure.PARTS, *COUNTS])
