"""How often the interval of an estimated effect holds the true one, on made-up panels.

    python -m benchmarks.impact [--panels 200] [--seed 1]

Each panel has 317 councils over nine years: six cohorts first funded in different
years, lower to begin with, and the rest never. Councils start at different levels,
which do not matter, and vary by chance with some memory from year to year. Funding has
an effect that grows with time and was larger for early cohorts, or none at all, and the
true value of each average is known. Prints for how many panels the 95% interval held it
(aim: 90 to 99%), the bias, that of the naive two-way estimate, how often an effect of
nothing was found significant, and the time of one estimate.
"""

import time
from typing import Annotated, NamedTuple

import numpy as np
import pandas as pd
import typer
from rich.console import Console
from rich.table import Table

from analytics.impact import naive_two_way, staggered_effects


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
console = Console(width=100)
YEARS = tuple(range(2017, 2026))
# First year of funding and councils funded: six cohorts, 167 of 317.
COHORTS = {2019: 12, 2020: 20, 2021: 40, 2022: 45, 2023: 30, 2024: 20}
COUNCILS = 317
COLUMNS = ("value", "council", "year", "first_funded")
AVERAGES = ("simple", "dynamic", "group", "calendar")
AIM = (0.90, 0.99)


class Simulated(NamedTuple):
    """A panel, and what the four averages of its effects truly are."""

    panel: pd.DataFrame
    truth: dict[str, float]


def simulated(
    seed: int,
    *,
    councils: int = COUNCILS,
    cohorts: dict[int, int] | None = None,
    years: tuple[int, ...] = YEARS,
    effect: float = 4.0,
    growth: float = 2.0,
    noise: float = 6.0,
    memory: float = 0.4,
) -> Simulated:
    """Councils by year, in percentage points of outcomes met.

    Funding adds `effect` in its first year and `growth` in each year after; the
    earliest cohort gains half as much again, the latest half as much. `noise` is the
    standard deviation of chance, `memory` how much of it stays to the next year.
    """
    random = np.random.default_rng(seed)
    sizes = COHORTS if cohorts is None else cohorts
    first = np.repeat([*sizes, 0], [*sizes.values(), councils - sum(sizes.values())])
    level = 45 + 10 * random.standard_normal(councils) - 8 * (first > 0)
    common = np.cumsum(1.5 + random.standard_normal(len(years)))
    chance = noise * random.standard_normal((councils, len(years)))
    for at in range(1, len(years)):
        kept = np.sqrt(1 - memory**2) * chance[:, at]
        chance[:, at] = memory * chance[:, at - 1] + kept
    gained = gains(first, sizes, np.array(years), effect, growth)
    frame = pd.DataFrame(
        {
            "council": np.repeat([f"C{n:03}" for n in range(councils)], len(years)),
            "year": np.tile(years, councils),
            "first_funded": np.repeat(first, len(years)),
            "value": (level[:, None] + common + chance + gained).ravel(),
        }
    )
    return Simulated(frame, truths(first, gained, np.array(years)))


def gains(
    first: np.ndarray, sizes: dict[int, int], years: np.ndarray, effect: float, growth: float
) -> np.ndarray:
    """What funding adds to each council in each year."""
    strength = dict(zip(sizes, np.linspace(1.5, 0.5, len(sizes)), strict=True))
    factor = np.array([strength.get(year, 0.0) for year in first])[:, None]
    since = years[None, :] - first[:, None]
    is_on = (first > 0)[:, None] & (since >= 0)
    return np.where(is_on, factor * (effect + growth * since), 0.0)


def truths(first: np.ndarray, gained: np.ndarray, years: np.ndarray) -> dict[str, float]:
    """The four averages of the true effects, by their definitions."""
    rows = [
        (group, year, year - group, (first == group).sum(), gained[first == group, at][0])
        for group in np.unique(first[first > 0])
        for at, year in enumerate(years)
        if year >= group
    ]
    cells = pd.DataFrame(rows, columns=["group", "year", "since", "size", "effect"])
    cells["weighted"] = cells["effect"] * cells["size"]

    def mean_by(column: str) -> pd.Series:
        sums = cells.groupby(column)[["weighted", "size"]].sum()
        return sums["weighted"] / sums["size"]

    by_group = cells.groupby("group").agg({"effect": "mean", "size": "first"})
    return {
        "simple": float(cells["weighted"].sum() / cells["size"].sum()),
        "dynamic": float(mean_by("since").mean()),
        "group": float(np.average(by_group["effect"], weights=by_group["size"])),
        "calendar": float(mean_by("year").mean()),
    }


def one(seed: int, control: str, **options: float) -> dict[str, float]:
    """What one panel gave: per average whether held, error, and width; and the rest."""
    made = simulated(seed, **options)  # type: ignore[arg-type]
    start = time.perf_counter()
    found = staggered_effects(made.panel, *COLUMNS, control=control)
    row = {"seconds": time.perf_counter() - start}
    for name in AVERAGES:
        effect, truth = getattr(found, name), made.truth[name]
        row[f"{name} held"] = effect.lower <= truth <= effect.upper
        row[f"{name} error"] = effect.estimate - truth
        row[f"{name} found"] = not effect.lower <= 0 <= effect.upper
    row["pre-trend found"] = found.pre_trend.p_value < 0.05
    row["lead trend found"] = found.lead_trend.p_value < 0.05
    row["naive error"] = naive_two_way(made.panel, *COLUMNS).estimate
    row["naive error"] -= made.truth["simple"]
    return row


def many(panels: int, seed: int, control: str, **options: float) -> pd.DataFrame:
    """One row per panel."""
    rows = [one(seed * 100_000 + at, control, **options) for at in range(panels)]
    return pd.DataFrame(rows)


@app.command()
def main(
    panels: Annotated[int, typer.Option(min=100)] = 200,
    seed: Annotated[int, typer.Option(min=0)] = 1,
) -> None:
    """Simulate, estimate, and say which aims were met."""
    one(0, "not_yet_treated")  # imports
    missed = []
    for control in ("not_yet_treated", "never_treated"):
        found = many(panels, seed, control)
        missed += show(found, control, panels)
        nothing = many(panels, seed + 1, control, effect=0.0, growth=0.0)
        missed += show_nothing(nothing, control)
    console.print("All aims met." if not missed else f"Missed: {', '.join(missed)}", style="bold")
    if missed:
        raise SystemExit(1)


def show(found: pd.DataFrame, control: str, panels: int) -> list[str]:
    """A table of coverage and bias; the averages that missed the aim."""
    truth = simulated(0).truth
    table = Table(title=f"Planted effect, {panels} panels, control {control}")
    for head in ("Average", "True effect", "Interval held it", "Bias", "Aim"):
        table.add_column(head, justify="left" if head == "Average" else "right")
    missed = []
    for name in AVERAGES:
        held = found[f"{name} held"].mean()
        is_met = AIM[0] <= held <= AIM[1]
        missed += [] if is_met else [f"{name}, {control}"]
        bias = found[f"{name} error"].mean()
        cells = (f"{truth[name]:.3f}", f"{held:.1%}", f"{bias:+.3f}")
        table.add_row(name, *cells, "met" if is_met else "missed")
    console.print(table)
    console.print(
        f"Naive two-way estimate against the simple average: "
        f"{found['naive error'].mean():+.3f} points "
        f"({found['naive error'].mean() / truth['simple']:+.0%} of the effect). "
        f"One estimate: {found['seconds'].median():.3f} s (median).\n"
    )
    return missed


def show_nothing(found: pd.DataFrame, control: str) -> list[str]:
    """How often something is found where there is nothing; aim: 1% to 10%."""
    rates = {name: found[f"{name} found"].mean() for name in AVERAGES}
    said = ", ".join(f"{name} {rate:.1%}" for name, rate in rates.items())
    console.print(
        f"Planted effect of nothing, control {control}: found significant in {said}; "
        f"test of the leads rejects in {found['lead trend found'].mean():.1%}, "
        f"of all group-time effects before in {found['pre-trend found'].mean():.1%}.\n"
    )
    return [f"{name} of nothing, {control}" for name, rate in rates.items() if rate > 0.1]


if __name__ == "__main__":
    app()
