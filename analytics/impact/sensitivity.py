"""How far a result hangs on its assumptions, and on who is in it, one at a time."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

import pandas as pd

from analytics.impact.panel import present
from analytics.impact.staggered import staggered_effects


AVERAGES = ("simple", "dynamic", "group", "calendar")


def tornado(
    function: Callable[..., float],
    central: Mapping[str, float],
    ranges: Mapping[str, tuple[float, float]],
) -> pd.DataFrame:
    """A result at the low and high end of each assumption, the others held.

    `function` is called with the assumptions by name; `central` gives each one's value
    and `ranges` the low and high of those to try. One row per assumption, widest swing
    first: assumption, low, central, high, at_low, at_high, result (with all central)
    and swing (the widest distance between the three results). Assumptions may work
    together: what two do at once is not shown. ValueError where a range is of an
    assumption that is not there, or does not hold its central value.
    """
    result = float(function(**central))
    rows = []
    for name, (low, high) in ranges.items():
        if name not in central:
            raise ValueError(f"{name} has a range and no central value")
        if not low <= central[name] <= high:
            raise ValueError(f"{name} {central[name]} is not within {low} to {high}")
        ends = [float(function(**{**central, name: end})) for end in (low, high)]
        swing = max(*ends, result) - min(*ends, result)
        rows.append((name, low, central[name], high, *ends, result, swing))
    columns = ["assumption", "low", "central", "high", "at_low", "at_high", "result", "swing"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values("swing", ascending=False, kind="stable", ignore_index=True)


def sensitivity_table(
    panel: pd.DataFrame,
    outcome: str,
    unit: str,
    period: str,
    first_treated: str,
    *,
    without: Mapping[str, Collection[Any]],
    average: str = "simple",
    **options: Any,
) -> pd.DataFrame:
    """An estimated effect with everyone, and again without some units at a time.

    `without` gives units to leave out by a label (a region, the largest awards);
    `average` is one of simple, dynamic, group and calendar; options are those of
    `staggered_effects`. One row each, everyone first (its label is empty): without,
    estimate, standard_error, lower, upper, units, treated, and words: why there is no
    estimate where there is none. Takes and refuses what `staggered_effects` does for
    the whole panel.
    """
    if average not in AVERAGES:
        raise ValueError(f"average {average!r} is not one of {', '.join(AVERAGES)}")
    present(panel, [unit])
    columns = (outcome, unit, period, first_treated)
    rows: list[dict[str, Any]] = []
    for label, names in {"": [], **without}.items():
        part = panel[~panel[unit].isin(list(names))]
        row: dict[str, Any] = {"without": label}
        try:
            row |= estimated(part, columns, average, options) | {"words": ""}
        except ValueError as error:
            if not label:
                raise
            row["words"] = f"{error}."
        rows.append(row)
    return pd.DataFrame(rows)


def estimated(
    panel: pd.DataFrame, columns: tuple[str, ...], average: str, options: dict[str, Any]
) -> dict[str, float]:
    """One row of the table."""
    found = staggered_effects(panel, *columns, **options)
    effect = getattr(found, average)
    parts = ("estimate", "standard_error", "lower", "upper")
    counts = {"units": found.units, "treated": found.treated}
    return {name: getattr(effect, name) for name in parts} | counts
