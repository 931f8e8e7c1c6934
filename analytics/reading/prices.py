"""The GDP deflator: factors that bring cash of a year to the prices of another."""

import pandas as pd

from analytics.reading.viewer import Viewer
from analytics.reading.warehouse import query
from analytics.statistics import financial_year_deflators, real_terms


def deflators(path: str, viewer: Viewer) -> pd.Series:
    """The GDP deflator by financial year ("2023/24"), as far as it is published."""
    frame = query("reading/deflators", path)
    return financial_year_deflators(frame.set_index("calendar_year")["deflator"])


def span(labels: list[str]) -> str:
    """Financial years in words: 2021/22 to 2023/24 where none between is missing."""
    if len(labels) < 2:
        return "".join(labels)
    is_whole = int(labels[-1][:4]) - int(labels[0][:4]) == len(labels) - 1
    return f"{labels[0]} to {labels[-1]}" if is_whole else ", ".join(labels)


def factors(path: str, viewer: Viewer, base_year: str) -> dict[str, float]:
    """By year of prices, what makes an amount one of the base year.

    In cash (base year "") every year of prices counts as it stands.
    """
    if not base_year:
        return dict.fromkeys(query("reading/price_years", path)["price_year"], 1.0)
    found = deflators(path, viewer)
    years_known = found.index.tolist()
    at = real_terms([1.0] * len(found), years_known, found, base_year)
    return dict(zip(years_known, map(float, at), strict=True))
