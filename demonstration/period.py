"""Time as the demonstration data sees it: financial years, quarters, London clock."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from pipelines.errors import BuildError


# Critical systems are first listed in April 2019: no year before that has any.
MOST_YEARS = 6
LAST_DAY = dt.date(2026, 3, 31)
# Summer time of the years in reach, in UTC: last Sundays of March and October.
SUMMERS = [
    ("2018-03-25", "2018-10-28"),
    ("2019-03-31", "2019-10-27"),
    ("2020-03-29", "2020-10-25"),
    ("2021-03-28", "2021-10-31"),
    ("2022-03-27", "2022-10-30"),
    ("2023-03-26", "2023-10-29"),
    ("2024-03-31", "2024-10-27"),
    ("2025-03-30", "2025-10-26"),
    ("2026-03-29", "2026-10-25"),
]
EDGES = np.array([f"{day}T01:00" for pair in SUMMERS for day in pair], "datetime64[m]")


@dataclass(frozen=True)
class Period:
    """The financial years covered; each is known by the year in which it starts."""

    years: tuple[int, ...]

    @property
    def starts_on(self) -> dt.date:
        return dt.date(self.years[0], 4, 1)

    @property
    def ends_on(self) -> dt.date:
        return dt.date(self.years[-1] + 1, 3, 31)

    def months(self) -> list[dt.date]:
        """First days of the months, April first."""
        return [month_of(year, n) for year in self.years for n in range(12)]


def period_of(years: int) -> Period:
    """The last `years` financial years up to 31 March 2026."""
    if not 1 <= years <= MOST_YEARS:
        raise BuildError(f"years is {years}; give 1 to {MOST_YEARS}")
    return Period(tuple(range(LAST_DAY.year - years, LAST_DAY.year)))


def month_of(year: int, n: int) -> dt.date:
    """First day of the n-th month (0 is April) of a financial year."""
    return dt.date(year + (n + 3) // 12, (n + 3) % 12 + 1, 1)


def year_of(day: dt.date) -> int:
    """The financial year that a day falls in."""
    return day.year if day.month >= 4 else day.year - 1


def label(year: int) -> str:
    """Financial year as written in the files: 2024/25."""
    return f"{year}/{(year + 1) % 100:02d}"


def file_name(year: int, part: str) -> str:
    """Name of a year's file. Names sort in order of arrival: 1, 2-late, 3-corrections.

    A plain 2024-25-corrections.csv would sort before 2024-25.csv.
    """
    return f"{year}-{(year + 1) % 100:02d}-{part}"


def quarter_index(day: dt.date) -> int:
    """Calendar quarters since year 0, so that differences count quarters."""
    return day.year * 4 + (day.month - 1) // 3


def quarter_name(index: int) -> str:
    """2023-Q2, the second calendar quarter."""
    return f"{index // 4}-Q{index % 4 + 1}"


def quarter_end(day: dt.date) -> dt.date:
    """Last day of the calendar quarter that a day falls in."""
    first = dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return (first + dt.timedelta(days=95)).replace(day=1) - dt.timedelta(days=1)


def is_summer(moments: np.ndarray) -> np.ndarray:
    """True where British summer time holds at a moment given in UTC."""
    return np.searchsorted(EDGES, moments, side="right") % 2 == 1


def to_utc(local: np.ndarray) -> np.ndarray:
    """UTC of a London wall-clock time; the hour that occurs twice is read as summer."""
    summer = is_summer(local - np.timedelta64(60, "m"))
    return local - summer * np.timedelta64(60, "m")


def to_local(moments: np.ndarray) -> np.ndarray:
    """London wall-clock time of a moment in UTC."""
    return moments + is_summer(moments) * np.timedelta64(60, "m")


def written(moments: np.ndarray, *, with_offset: bool) -> np.ndarray:
    """Timestamps as text; some systems write the London offset and others UTC."""
    known = ~np.isnat(moments)
    if with_offset:
        text = np.datetime_as_string(to_local(moments), unit="m")
        ends = np.where(is_summer(moments), ":00+01:00", ":00Z")
    else:
        text = np.datetime_as_string(moments, unit="m")
        ends = np.full(len(moments), ":00Z")
    return np.where(known, np.strings.add(text, ends), "")
