"""Rank with ties, and quarter, by the direction in which a figure is better."""

from typing import Any

import numpy as np
import pandas as pd

from analytics.statistics.numbers import refuse, sequence


BANDS = ("A", "B", "C", "D")
POLARITIES = ("higher_is_better", "lower_is_better", "none")


def check_polarity(polarity: str) -> None:
    """Raise ValueError for a word that is not a polarity."""
    if polarity not in POLARITIES:
        raise ValueError(f"polarity {polarity!r} is not one of {', '.join(POLARITIES)}")


def competition_rank(values: Any, polarity: str) -> Any:
    """Competition rank: ties share the lower number, and the next number is skipped.

    Takes n numbers; gives n ranks as floats (a Series keeps its index), NaN where the
    value is unknown. The best is first; with no polarity the highest is first.
    [10, 20, 20, 30, 40] with higher better gives 5, 3, 3, 2, 1 (METHODS.md, DfE LAIT).
    ValueError for an unknown polarity.
    """
    check_polarity(polarity)
    given = values if isinstance(values, pd.Series) else pd.Series(values, dtype=float)
    ranks = given.rank(method="min", ascending=polarity == "lower_is_better")
    return ranks if isinstance(values, pd.Series) else ranks.to_numpy(dtype=float)


def quartile_band(value: float, cuts: Any, polarity: str) -> str:
    """Band A (best quarter) to D of one value; `cuts` are the three quartiles, rising.

    A quarter is closed on the right: a value on the first cut is in the lowest quarter.
    Empty where polarity is "none", or the value or a cut is unknown. ValueError where
    there are not three cuts, they fall, or polarity is unknown. As DfE LAIT.
    """
    check_polarity(polarity)
    three = sequence(cuts, "cut")
    if len(three) != len(BANDS) - 1:
        raise ValueError(f"{len(three)} cuts were given; a quarter needs three")
    refuse(three[1:] < three[:-1], "cut", three[1:], "is below the one before it")
    if polarity == "none" or pd.isna(value) or np.isnan(three).any():
        return ""
    band = int((value > three).sum())
    return BANDS[band] if polarity == "lower_is_better" else BANDS[-1 - band]
