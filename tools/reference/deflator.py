"""The GDP deflator, for figures in the prices of one year."""

from pathlib import Path

from tools.reference.tables import Row, read


def gdp_deflator(source: Path) -> list[Row]:
    """One row per calendar year; 2024 is 100."""
    return [
        {"calendar_year": row["year"], "deflator": row["value"]}
        for row in read(source, "domain", "green_book_gdp_deflator.csv")
    ]
