"""Reads of reach: which councils had a part in awards and when, and their need before.

A council may lead an award (it received the money), be a partner in one, or have none.
Money went to councils in need, so funded and other councils differed to begin with:
need beside award says who was chosen, never what the money did.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analytics.reading import disclosure
from analytics.reading.awards import refuse_choice
from analytics.reading.cells import cells
from analytics.reading.marts import allow, is_narrowed, period_label
from analytics.reading.reader import Reader
from analytics.reading.viewer import NotAllowedError, Viewer


PARTS = {"lead": "Received money", "partner": "Partner without money", "none": "No award"}
KINDS = ("awarded", "support")
NEEDS = ("maturity", "deprivation", "incidents")
FIFTHS = 5
ALL_YEARS = (date(1990, 4, 1), date(2100, 3, 1))
# A rank correlation of fewer councils than these says nothing.
FEWEST = 10
NUMBERS = ["councils", "funded", "awarded_gbp", "per_resident", "need"]


def councils(reader: Reader) -> pd.DataFrame:
    """Councils of today in scope that may be named, with what they had of awards.

    One row per council: gss_code, council_name, region, council_type, part (lead,
    partner or none), first_year (first day, of its first award in range), awards (led),
    joined, awarded_gbp, population, first_support_on (up to the end of the range).
    """
    frame = asked(reader, "funding/reach/councils")
    return named(frame, reader.viewer).drop(columns="share_rank").reset_index(drop=True)


def parts(reader: Reader, *, by: str) -> pd.DataFrame:
    """How many councils of each group had which part: group_code, group_label, part,
    numerator (of denominator councils), value (percent), note."""
    refuse_choice(reader)
    return cells(reader, "funding/reach/parts", by=by, within=("part",)).drop(columns="group_order")


def years(reader: Reader, *, by: str, kind: str = "awarded") -> pd.DataFrame:
    """Councils with a part in an award, or (kind support) first supported, by year.

    One row per group and financial year from the first award to the last: group_code,
    group_label, period, period_label, numerator (of denominator councils), value
    (percent), note. ValueError for another kind.
    """
    if kind not in KINDS:
        raise ValueError(f"Kind {kind!r} is not one of: {', '.join(KINDS)}.")
    refuse_choice(reader)
    frame = cells(reader, "funding/reach/years", by=by, kind=kind)
    labels = [period_label(day, "year") for day in frame["period"]]
    return frame.drop(columns="group_order").assign(period_label=labels)


@dataclass(frozen=True)
class Need:
    """Need beside award: councils by name, fifths of need, and rank correlations.

    `dots`: gss_code, council_name, region, council_type, need, awarded_gbp,
    per_resident, of councils that may be named (need NaN where unknown). `fifths`:
    fifth (1 has the lowest numbers), need (mean), councils, funded, awarded_gbp,
    per_resident, note. `rho` is Spearman's of need and award per resident over `known`
    of `expected` councils, `rho_pounds` that of need and pounds; NaN where too few.
    `late` counts councils whose need was first measured in or after the year of their
    first award. `is_whole` says that all years on record are in it.
    """

    dots: pd.DataFrame
    fifths: pd.DataFrame
    rho: float
    rho_pounds: float
    known: int
    expected: int
    late: int
    is_whole: bool


def need(reader: Reader, *, need: str, programme: str = "") -> Need:
    """How need and award per resident went together, for one measure of need.

    `need` is maturity (comparable outcomes achieved in the first assessed year, in
    percent), deprivation (score) or incidents (a year, before the first year with
    awards); `programme` "" is all. ValueError for another need. A council sees England,
    all programmes and all years at once, so that no two sums differ by a few awards.
    """
    if need not in NEEDS:
        raise ValueError(f"Need {need!r} is not one of: {', '.join(NEEDS)}.")
    is_council = reader.viewer.role == "council"
    if is_council and (is_narrowed(reader.scope) or programme):
        raise NotAllowedError(
            "Need beside award is shown for all of England and all programmes: clear "
            "the region, the type and the programme."
        )
    if is_council:
        reader = reader.within(reader.scope.within(*ALL_YEARS))
    frame = asked(reader, "funding/reach/need", need=need, programme=programme)
    frame["per_resident"] = frame["awarded_gbp"] / frame["population"]
    own = frame["gss_code"] == reader.viewer.gss_code
    counted = frame[own | (frame["share_rank"] >= reader.viewer.counted_from)]
    known = counted.dropna(subset="need")
    late = known["is_late"].fillna(False).astype(bool)
    dots = named(frame, reader.viewer).drop(columns=["share_rank", "is_late"])
    return Need(
        dots,
        fifths(known, reader.viewer),
        rank_correlation(known, "per_resident"),
        rank_correlation(known, "awarded_gbp"),
        len(known),
        len(frame),
        int(late.sum()),
        is_council,
    )


def rank_correlation(known: pd.DataFrame, award: str) -> float:
    """Spearman's correlation of need and a column of awards; NaN where all are alike or
    there are too few councils."""
    is_flat = known["need"].nunique() < 2 or known[award].nunique() < 2
    if is_flat or len(known) < FEWEST:
        return float("nan")
    from scipy.stats import spearmanr

    return float(spearmanr(known["need"], known[award]).statistic)


def fifths(known: pd.DataFrame, viewer: Viewer) -> pd.DataFrame:
    """Councils in five groups by need, about as many in each; ties stay together."""
    ranks = known["need"].rank(method="average")
    place = np.ceil(FIFTHS * (ranks - 0.5) / max(len(known), 1)).clip(1, FIFTHS)
    rows = [
        one_fifth(n, known[place == n], viewer) for n in range(1, FIFTHS + 1) if (place == n).any()
    ]
    columns = ["fifth", *NUMBERS, "value", "numerator", "denominator", *disclosure.INTERNAL]
    frame = pd.DataFrame(rows, columns=columns).assign(period="")
    frame = disclosure.withhold_groups(
        frame, viewer, is_share=True, parts=[*disclosure.PARTS, *NUMBERS]
    )
    return frame.drop(columns=["period", *disclosure.PARTS])


def one_fifth(place: int, some: pd.DataFrame, viewer: Viewer) -> dict[str, float]:
    """One group by need, with what says whether it may be shown."""
    money, people = some["awarded_gbp"].sum(), some["population"].sum()
    seen = (some["share_rank"] >= viewer.named_from) | (some["gss_code"] == viewer.gss_code)
    funded = int((some["awarded_gbp"] > 0).sum())
    return {
        "fifth": place,
        "need": some["need"].mean(),
        "councils": float(len(some)),
        "funded": float(funded),
        "awarded_gbp": money,
        "per_resident": money / people,
        "value": money,
        "numerator": money,
        "denominator": people,
        "nameable": int(seen.sum()),
        # Money is told of the funded alone; where nobody was, of all.
        "contributors": funded or len(some),
        "largest_numerator": float("nan"),
        "largest_denominator": some["awarded_gbp"].max() / money if money else 0.0,
    }


def asked(reader: Reader, name: str, **options: str) -> pd.DataFrame:
    """Rows of a read by council, not yet disclosed."""
    refuse_choice(reader)
    allow(reader)
    return reader.query(name, **options)


def named(frame: pd.DataFrame, viewer: Viewer) -> pd.DataFrame:
    """The councils that may be told to the viewer by name."""
    own = frame["gss_code"] == viewer.gss_code
    return frame[own | (frame["share_rank"] >= viewer.named_from)]
