"""What was awarded and paid by year, by programme, funding model or objective."""

from typing import Any

import pandas as pd

from analytics.reading import cells, disclosure, marts, prices
from analytics.reading.disclosure import WITHHELD
from analytics.reading.marts import allow, is_narrowed
from analytics.reading.reader import Reader
from analytics.reading.viewer import NotAllowedError, Viewer
from analytics.statistics import real_terms


WAYS = ("programme", "funding_model", "objective")
MONEY = {"awarded": "Awarded", "paid": "Paid"}
AMOUNTS = [*MONEY, *(f"{name}_real" for name in MONEY)]
COUNTS = ["awards", "untold", "payments", "councils"]
NAN = float("nan")


def refuse_parts(reader: Reader) -> None:
    """A council is told spending for all of England."""
    allow(reader)
    if reader.viewer.role == "council" and (is_narrowed(reader.scope) or reader.scope.councils):
        raise NotAllowedError(
            "Spending by programme and objective is told for all of England: clear the "
            "region and the type. The view The money has totals of a region or type."
        )
    cells.refuse_choice(reader)


def refuse_councils(path: str, viewer: Viewer) -> None:
    """What money was worth is worked out for the department."""
    if viewer.role == "council":
        raise NotAllowedError(
            "What funding is worth is shown to the department only: it is worked out "
            "from groups whose difference may be one council."
        )


def asked(reader: Reader, name: str, **options: Any) -> pd.DataFrame:
    """Rows of a read of spending, not yet disclosed."""
    refuse_parts(reader)
    return reader.query(name, **options)


def spending(reader: Reader, *, way: str, base_year: str = "") -> pd.DataFrame:
    """What was awarded and paid by group and financial year.

    Groups are by `way`, one of WAYS. One row per group and year: group_code,
    group_label, period, period_label, awarded, paid (cash), awarded_real, paid_real
    (prices of `base_year`; unknown without one and in a year without a deflator),
    awards, untold (awards without an amount), payments, councils, note. The group ''
    or 0 holds payments whose award is not on file. ValueError for another way.
    """
    if way not in WAYS:
        raise ValueError(f"Way {way!r} is not one of: {', '.join(WAYS)}.")
    frame = asked(reader, "reading/spending", way=way)
    frame["value"] = frame["numerator"].astype(float)
    frame = disclosure.withhold_groups(
        frame, reader.viewer, is_share=True, is_overlapping=True, parts=[*disclosure.PARTS, *COUNTS]
    )
    labels = [marts.period_label(day, "year") for day in frame["period"]]
    frame = frame.assign(period_label=labels).rename(
        columns={"numerator": "awarded", "denominator": "paid"}
    )
    published = prices.deflators(reader.path, reader.viewer)
    for name in MONEY:
        frame[f"{name}_real"] = (
            real_terms(frame[name], labels, published, base_year) if base_year else NAN
        )
    return frame.drop(columns="value")


def total(frame: pd.DataFrame, amount: str) -> float:
    """Years of `spending` added up; unknown where one year is withheld or unknown."""
    if frame.empty or (frame["note"] == WITHHELD).any():
        return NAN
    return float(frame[amount].sum(skipna=False))
