"""Real terms: amounts of several years in the prices of one, by the GDP deflator."""

from typing import Any

import pandas as pd

from analytics.statistics.numbers import numbers, refuse, shaped


def real_terms(amounts: Any, years: Any, deflators: pd.Series, base_year: Any) -> Any:
    """Amounts in the prices of `base_year`: amount x its deflator / the year's own.

    Takes amounts (a number, array or Series), the year of each, and the deflator by
    year; years may be calendar or financial, so long as all three write them alike.
    Gives the amounts' shape, NaN where an amount is unknown or its year is not in the
    table: say "not yet published", do not carry the last one on. ValueError where the
    base year is not in the table or a deflator is not above 0.
    """
    index = numbers(deflators, "deflator")
    refuse(~(index > 0), "deflator", index, "is not above 0")
    if base_year not in deflators.index:
        raise ValueError(f"there is no deflator for {base_year}")
    nominal = numbers(amounts, "amount")
    listed = [years] if nominal.ndim == 0 else list(years)
    own = deflators.reindex(listed).to_numpy(dtype=float).reshape(nominal.shape)
    return shaped(nominal * float(deflators.loc[base_year]) / own, amounts)


def financial_year_deflators(calendar: pd.Series) -> pd.Series:
    """Deflators of financial years ("2023/24") from those of calendar years (2023).

    Nine months of a financial year fall in its first calendar year and three in the
    next, so it is three quarters of the one and one quarter of the other. Only years
    with both are given.
    """
    found = {
        f"{year}/{(year + 1) % 100:02d}": 0.75 * calendar[year] + 0.25 * calendar[year + 1]
        for year in sorted(int(each) for each in calendar.index)
        if year + 1 in calendar.index
    }
    return pd.Series(found, dtype=float, name=calendar.name)
