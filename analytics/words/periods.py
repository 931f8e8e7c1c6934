"""Days as exactly as they are known: 5 March 2020, March 2020 or 2020."""

from datetime import date

import pandas as pd


def day(value: date | None, precision: str | None = "day") -> str:
    """A date as exactly as it is known: 5 March 2020, March 2020 or 2020."""
    if pd.isna(value):
        return ""
    stamp = pd.Timestamp(value)
    written = f"{stamp.day} {stamp:%B %Y}"
    shapes = {"month": f"{stamp:%B %Y}", "year": f"{stamp:%Y}"}
    shapes["around_day"] = f"around {written}"
    return shapes.get(str(precision), written)


def days(frame: pd.DataFrame, column: str) -> list[str]:
    """A column of dates, each as exactly as it is known."""
    pairs = zip(frame[column], frame["date_precision"], strict=True)
    return [day(value, precision) for value, precision in pairs]
