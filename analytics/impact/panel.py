"""Panels of councils made ready for an estimate: checked, sorted, some left out.

A panel is a long frame with one row for each unit and period. Periods are numbers, 2023
for 2023/24, since an estimate has to know which comes before which. A unit's first
treated period is the same in all of its rows; 0, a blank or infinity means never.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd


CONTROLS = ("not_yet_treated", "never_treated")


@dataclass(frozen=True)
class Panel:
    """A panel ready for an estimate.

    `rows` has unit (0 to n - 1), period, outcome (never unknown), first (0 for never)
    and extra columns under `kept(name)`; sorted by unit and period. `units` are the
    names of the n units, `first` their first treated periods. `notes` say in sentences
    what was left out or read as something else.
    """

    rows: pd.DataFrame
    units: pd.Index
    first: np.ndarray
    periods: np.ndarray
    notes: tuple[str, ...]

    @property
    def cohorts(self) -> dict[Any, int]:
        """Units by first treated period, without those never treated."""
        found, counts = np.unique(self.first[self.first > 0], return_counts=True)
        return dict(zip(found.tolist(), counts.tolist(), strict=True))

    @property
    def never_treated(self) -> int:
        """Units not treated within the panel."""
        return int((self.first == 0).sum())

    def wide(self) -> np.ndarray:
        """Outcomes as units x periods, NaN where unknown."""
        table = self.rows.pivot(index="unit", columns="period", values="outcome")
        return table.reindex(columns=self.periods).to_numpy()


def ready(
    panel: pd.DataFrame,
    outcome: str,
    unit: str,
    period: str,
    first_treated: str,
    extra: Sequence[str] = (),
) -> Panel:
    """The panel without rows of unknown outcome and without units treated throughout.

    Units treated in or before the first period have no period without treatment, so
    nothing can be said of them; units first treated after the last one are not treated
    within the panel. ValueError, naming the column, where one is missing, is not of
    numbers, holds a blank unit or period or a negative first treated period, where a
    unit has two rows for a period or two first treated periods, or where nobody is left
    to estimate for.
    """
    present(panel, [outcome, unit, period, first_treated, *extra])
    first = figures(panel, first_treated).replace(np.inf, 0).fillna(0)
    if (first < 0).any():
        raise ValueError(f"{first_treated} {first.min():g} is below 0; never is 0")
    rows = keyed(panel, outcome, unit, period).assign(
        first=whole(first), **{kept(name): panel[name] for name in extra}
    )
    steady(rows, "first", unit, first_treated)
    known = rows.dropna(subset=["outcome", *map(kept, extra)])
    notes = told_unknown(rows, known)
    known, told = within(known)
    return coded(known, unit, (*notes, *told))


def kept(name: str) -> str:
    """What an extra column is called in the rows, so that it hides none of ours."""
    return f"extra: {name}"


def present(panel: pd.DataFrame, columns: Sequence[str]) -> None:
    """ValueError that names the columns that a panel lacks, or that it has no row."""
    missing = [name for name in columns if name not in panel.columns]
    if missing:
        raise ValueError(f"the panel has no column {', '.join(missing)}")
    if panel.empty:
        raise ValueError("the panel has no rows")


def figures(panel: pd.DataFrame, column: str) -> pd.Series:
    """A column as floats, NaN where blank; ValueError where a value is no number."""
    values = panel[column]
    if isinstance(values.dtype, pd.CategoricalDtype):
        values = values.astype(values.cat.categories.dtype)
    if pd.api.types.is_datetime64_any_dtype(values):
        raise ValueError(f"{column} has dates; a number such as the year is needed")
    found = pd.to_numeric(values, errors="coerce").astype("Float64").astype(float)
    wrong = found.isna() & values.notna()
    if wrong.any():
        raise ValueError(f"{column} {values[wrong].iloc[0]!r} is not a number")
    return found


def keyed(panel: pd.DataFrame, outcome: str, unit: str, period: str) -> pd.DataFrame:
    """Unit, period and outcome, one row for each unit and period, or ValueError."""
    periods, values = figures(panel, period), figures(panel, outcome)
    for name, blank in ((unit, panel[unit].isna()), (period, periods.isna())):
        if blank.any():
            raise ValueError(f"{name} is blank in {int(blank.sum())} rows")
    for name, numbers in ((period, periods), (outcome, values)):
        if np.isinf(numbers).any():
            raise ValueError(f"{name} is infinite in some rows")
    rows = pd.DataFrame({"unit": panel[unit], "period": whole(periods), "outcome": values})
    twice = rows[rows.duplicated(["unit", "period"])]
    if not twice.empty:
        named, when = twice.iloc[0][["unit", "period"]]
        raise ValueError(f"{unit} {named} has more than one row for {period} {when}")
    return rows


def whole(values: pd.Series) -> pd.Series:
    """Numbers as integers where all are whole, so that 2023 is not written 2023.0."""
    return values.astype("int64") if (values % 1 == 0).all() else values


def steady(rows: pd.DataFrame, column: str, unit: str, named: str) -> None:
    """ValueError where a column changes within a unit."""
    changing = rows.groupby("unit", observed=True)[column].nunique(dropna=False) > 1
    if changing.any():
        raise ValueError(f"{named} changes within {unit} {changing.idxmax()}")


def told_unknown(rows: pd.DataFrame, known: pd.DataFrame) -> list[str]:
    """What rows of unknown outcome, or of periods not there, do to an estimate."""
    if known.empty:
        raise ValueError("no row has a known outcome")
    per_unit = known.groupby("unit", observed=True).size()
    counts = {
        "Rows left out because a value is unknown": len(rows) - len(known),
        "Councils without any known row": rows["unit"].nunique() - len(per_unit),
        "Councils not known in every period, which count only in comparisons of two "
        "periods where both are known": (per_unit < known["period"].nunique()).sum(),
    }
    return [f"{words}: {count}." for words, count in counts.items() if count]


def within(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Rows of units whose treatment the panel can tell about, and what was done."""
    start, end = rows["period"].min(), rows["period"].max()
    always = (rows["first"] > 0) & (rows["first"] <= start)
    later = rows["first"] > end
    counts = {
        f"Councils dropped because their treatment began in or before the first period "
        f"({start}), so that they are never seen without it": always,
        f"Councils whose treatment began after the last period ({end}), which count as "
        "not treated": later,
    }
    notes = [
        f"{words}: {rows.loc[which, 'unit'].nunique()}."
        for words, which in counts.items()
        if which.any()
    ]
    kept = rows.assign(first=rows["first"].where(~later, 0))[~always]
    if not (kept["first"] > 0).any():
        raise ValueError(f"no unit is first treated after {start} and by {end}")
    return kept, notes


def coded(rows: pd.DataFrame, unit: str, notes: tuple[str, ...]) -> Panel:
    """The panel with its units numbered in the order of their names."""
    codes, units = pd.factorize(rows["unit"], sort=True)
    rows = rows.assign(unit=codes).sort_values(["unit", "period"], ignore_index=True)
    first = rows.groupby("unit")["first"].first().to_numpy()
    periods = np.sort(rows["period"].unique())
    return Panel(rows, pd.Index(units, name=unit), first, periods, notes)


def check_control(panel: Panel, control: str) -> None:
    """ValueError where the comparison is unknown or has nobody in it."""
    if control not in CONTROLS:
        raise ValueError(f"control {control!r} is not one of {', '.join(CONTROLS)}")
    if panel.never_treated:
        return
    if control == "never_treated":
        raise ValueError("no unit is never treated: nobody to compare with")
    if len(panel.cohorts) < 2:
        raise ValueError("all units are first treated at once: nobody to compare with")
