"""Reads of what money bought: spending, what changed beside it, what an hour costs.

Amounts are in cash, as awarded or paid. Every quantity is a `Ranged`: without a lowest
and a highest it is not known, since a figure of value is never given without its range.
A council is told spending of all of England only, and no more: what one programme's
councils, or incidents with hours, have beside all of them may be one other council's.
"""

from typing import NamedTuple

import pandas as pd

from analytics import impact
from analytics.reading import cells, disclosure, marts
from analytics.reading.disclosure import SMALLEST_GROUP, UNKNOWN, WITHHELD
from analytics.reading.reader import Reader
from analytics.reading.spending import NAN, asked, refuse_councils


class Ranged(NamedTuple):
    """A quantity with its lowest and highest; all NaN where it is not known."""

    low: float
    central: float
    high: float

    @property
    def is_known(self) -> bool:
        return not any(pd.isna(part) for part in self)


NOT_KNOWN = Ranged(NAN, NAN, NAN)


def dated(reader: Reader) -> list[str]:
    """Programmes whose awards say from when support was felt, but training: those whose
    effect can be estimated."""
    return reader.query("funding/scenario/dated")["programme"].tolist()


def supported(reader: Reader, *, way: str) -> pd.Series:
    """Councils with a part in an award by programme, funding_model or support (`dated`
    is support that says from when it was felt); not known below five but to an analyst.
    """
    refuse_councils(reader.path, reader.viewer)
    frame = asked(reader, "funding/scenario/councils", way=way)
    found = frame.set_index("group_code")["councils"].astype(float)
    is_shown = (found >= SMALLEST_GROUP) | (reader.viewer.role == "analyst")
    return found.where(is_shown)


def changes(reader: Reader, *, way: str, outcome: str, least: int) -> pd.DataFrame:
    """What changed in councils with awards beside others, by years since they began.

    `outcome` is one of marts.effect_panel, a year counting from `least` of what is
    behind it. One row per group (programme or funding_model) and step (0 is the year in
    which it began): group_code, step, councils, other_councils, change, other_change
    (since the year before), behind (mean). Five councils at least on either side.
    """
    refuse_councils(reader.path, reader.viewer)
    return asked(
        reader,
        "funding/scenario/changes",
        way=way,
        outcome=outcome,
        least=least,
        smallest=SMALLEST_GROUP,
    )


def described(steps: pd.DataFrame, *, rise_is_good: bool) -> Ranged:
    """How much more councils with awards changed for the better than the others.

    From one group's rows of `changes`, the years after the one in which it began:
    lowest, mean over councils and years, highest. Not known with fewer than two years,
    which would be no range.
    """
    after = steps[steps["step"] > 0]
    if len(after) < 2:
        return NOT_KNOWN
    gain = (after["change"] - after["other_change"]) * (1 if rise_is_good else -1)
    mean = float((gain * after["councils"]).sum() / after["councils"].sum())
    return Ranged(float(gain.min()), mean, float(gain.max()))


def hour_costs(reader: Reader) -> pd.DataFrame:
    """What incidents cost for each hour of service that they disrupted, by year.

    Incidents of which both are known. One row per financial year: period, period_label,
    value (pounds an hour, in cash), cost, hours, incidents, councils, note.
    """
    refuse_councils(reader.path, reader.viewer)
    named_from = cells.named_from(reader.viewer)
    frame = asked(reader, "funding/scenario/hours", named_from=named_from)
    frame["value"] = frame["numerator"] / frame["denominator"].replace(0, None)
    frame["value"] = frame["value"].astype(float)
    parts = [*disclosure.PARTS, "incidents", "councils"]
    frame = disclosure.withhold_groups(frame, reader.viewer, is_share=True, parts=parts)
    frame["period_label"] = [marts.period_label(day, "year") for day in frame["period"]]
    return frame.rename(columns={"numerator": "cost", "denominator": "hours"})


def hour_range(frame: pd.DataFrame) -> Ranged:
    """The cost of an hour: of the cheapest year, of all years together, of the dearest.

    Not known with fewer than two years, or where one is withheld.
    """
    known = frame[frame["note"] != UNKNOWN]
    if len(known) < 2 or (known["note"] == WITHHELD).any():
        return NOT_KNOWN
    whole = float(known["cost"].sum() / known["hours"].sum())
    return Ranged(float(known["value"].min()), whole, float(known["value"].max()))


def per_unit(cost: float, units: Ranged) -> Ranged:
    """Pounds for each unit: least with most units. `high` is infinite where the range
    of units holds none, all is NaN where nothing is known or gained at best."""
    if pd.isna(cost) or not units.is_known or units.high <= 0:
        return NOT_KNOWN
    ends = [cost / part if part > 0 else float("inf") for part in units]
    return Ranged(ends[2], ends[1], ends[0])


class Compared(NamedTuple):
    """Option b beside option a, each of a cost and a range of effect.

    `dominance` is that of the central effects; `possible` all words over the ends of
    both ranges. `ratio` is pounds for one more unit of effect: not known unless one
    word holds throughout, since a ratio across quadrants means nothing.
    """

    dominance: str
    possible: tuple[str, ...]
    ratio: Ranged


def compared(a_cost: float, a: Ranged, b_cost: float, b: Ranged) -> Compared:
    """Two options with every combination of the ends of their effects tried.

    Costs in pounds and effects in units of which more is better, on the same footing
    (for one council). ValueError where one is not known.
    """
    central = impact.cost_effectiveness(a_cost, a.central, b_cost, b.central)
    ends = [
        impact.cost_effectiveness(a_cost, one, b_cost, other)
        for one in (a.low, a.high)
        for other in (b.low, b.high)
    ]
    words = tuple(sorted({each.dominance for each in [*ends, central]}))
    ratios = [each.ratio for each in ends]
    is_one = len(words) == 1 and not pd.isna(central.ratio)
    ratio = Ranged(min(ratios), central.ratio, max(ratios)) if is_one else NOT_KNOWN
    return Compared(central.dominance, words, ratio)
