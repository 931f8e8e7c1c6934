"""What effects cost: discounting, cost per unit, and two options compared.

Rates, deflators and allowances for optimism are rows of `data/reference/`, each with
its source and date, so that a new edition of the Green Book changes a file and no code.
"""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analytics import statistics
from analytics.statistics.numbers import counts_of, numbers, refuse, sequence, shaped
from settings import settings


UNKNOWN = float("nan")


@cache
def reference(folder: Path, name: str) -> pd.DataFrame:
    """A committed reference table, read once; do not change what it gives."""
    return pd.read_csv(folder / f"{name}.csv")


def discount_rates() -> pd.DataFrame:
    """The rate of each span of years from now: first_year, last_year, rate_percent."""
    return reference(settings.reference, "discount_rates").copy()


def optimism_allowances() -> pd.DataFrame:
    """By kind of project: label, cost_percent and duration_percent, upper bounds."""
    return reference(settings.reference, "optimism_bias").copy()


def discount_factor(year: Any, *, points: float = 0.0) -> Any:
    """What a pound `year` years from now is worth today: 1 in year 0, 0.9662 in year 1.

    Takes a whole number of years, or many, and gives their shape. The rate falls with
    distance, so that each year is its predecessor divided by 1 + its own rate.
    `points` are percentage points added to every rate, for sensitivity: -2 makes 3.5%
    1.5%. ValueError below year 0, for part of a year, past the years of the table, and
    where a rate would be below 0.
    """
    years = numbers(year, "year")
    refuse(years < 0, "year", years, "is before year 0")
    refuse(np.isnan(years), "year", years, "is not known")
    refuse(years % 1 != 0, "year", years, "is not a whole number of years")
    factors = discount_factors(settings.reference, float(points))
    last = len(factors) - 1
    refuse(years > last, "year", years, f"is past {last}, where the rates end")
    return shaped(np.asarray(factors[years.astype(int)]), year)


@cache
def discount_factors(folder: Path, points: float) -> np.ndarray:
    """Factors of year 0, 1, 2 and so on, as far as rates go; not to be changed."""
    table = reference(folder, "discount_rates").sort_values("first_year")
    spans = (table["last_year"] - table["first_year"] + 1).to_numpy()
    rates = table["rate_percent"].to_numpy(dtype=float) + points
    refuse(rates < 0, "rate", rates, "is below 0 percent")
    yearly = np.repeat(rates / 100, spans)
    return np.concatenate([[1.0], np.cumprod(1 / (1 + yearly))])


def net_present_value(flows: Any, *, points: float = 0.0) -> float:
    """Pounds of today that flows by year are worth: costs below 0, benefits above.

    Takes a row of flows in pounds, year 0 first, in order (a Series is read in its
    order, whatever its index), and `points` as `discount_factor` does. NaN where a flow
    is unknown; 0 where there is none.
    """
    amounts = sequence(flows, "flow")
    factors = discount_factor(np.arange(len(amounts)), points=points)
    return float(amounts @ factors)


def real_terms(amounts: Any, year: Any, base_year: Any) -> Any:
    """Amounts of a year in the prices of `base_year`, by the GDP deflator.

    Takes a number, array or Series, and one year for all or the year of each: calendar
    years (2023) or financial years ("2023/24"), the same sort for both. Gives the
    amounts' shape; NaN where an amount is unknown or its year's deflator is not
    published in our table. ValueError where the base year's is not.
    """
    table = reference(settings.reference, "gdp_deflator")
    deflators = table.set_index("calendar_year")["deflator"]
    if isinstance(base_year, str) and "/" in base_year:
        deflators = statistics.financial_year_deflators(deflators)
    elif isinstance(base_year, str):
        raise ValueError(f"base year {base_year!r} is neither 2023 nor '2023/24'")
    shape = numbers(amounts, "amount").shape
    is_one = isinstance(year, str) or np.ndim(year) == 0
    if shape and is_one:
        year = [year] * shape[0]
    if not shape and not is_one:
        raise ValueError("one amount was given, and several years")
    if shape and len(year) != shape[0]:
        raise ValueError(f"{shape[0]} amounts were given, and {len(year)} years")
    return statistics.real_terms(amounts, year, deflators, base_year)


def cost_per_unit(cost: Any, effect: Any) -> Any:
    """Cost divided by effect, in pounds per unit; NaN where the effect is 0 or unknown.

    A negative effect is refused: what made things worse has no price per unit.
    """
    pounds, units = numbers(cost, "cost"), counts_of(effect, "effect")
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.where(units > 0, pounds / units, np.nan)
    return shaped(np.asarray(found), effect, cost)


class CostEffectiveness(NamedTuple):
    """Option b beside option a.

    `ratio` is pounds for each unit of effect more (or saved for each unit less), NaN
    where one option is at least as good both ways, since it would say nothing.
    `dominance` is one of the words of `WORDS`, of b; `words` is a sentence.
    """

    ratio: float
    cost_difference: float
    effect_difference: float
    a_cost_per_unit: float
    b_cost_per_unit: float
    dominance: str
    words: str


# By the sign of b's cost less a's, and of b's effect less a's.
WORDS = {
    (-1, 1): "dominates",
    (1, -1): "dominated",
    (1, 1): "dearer and better",
    (-1, -1): "cheaper and worse",
    (0, 1): "dominates at the same cost",
    (0, -1): "dominated at the same cost",
    (-1, 0): "dominates with the same effect",
    (1, 0): "dominated with the same effect",
    (0, 0): "no difference",
}


def cost_effectiveness(
    a_cost: float, a_effect: float, b_cost: float, b_effect: float
) -> CostEffectiveness:
    """What one more unit of effect costs in option b beside option a.

    Costs in pounds, effects in units of which more is better, both in the same terms
    (years, prices, discounting). Where one option is cheaper and better, it dominates.
    ValueError where a number is unknown.
    """
    given = numbers([a_cost, a_effect, b_cost, b_effect], "amount")
    refuse(np.isnan(given), "amount", given, "is not known")
    cost, effect = (float(each) for each in (given[2] - given[0], given[3] - given[1]))
    signs = int(np.sign(cost)), int(np.sign(effect))
    ratio = cost / effect if signs in ((1, 1), (-1, -1)) else UNKNOWN
    each = [pounds / units if units > 0 else UNKNOWN for pounds, units in (given[:2], given[2:])]
    return CostEffectiveness(
        ratio, cost, effect, float(each[0]), float(each[1]), WORDS[signs], sentence(signs, ratio)
    )


def sentence(signs: tuple[int, int], ratio: float) -> str:
    """Which option is better, or what the trade is, in words."""
    if signs == (1, 1):
        return f"B is dearer and better: £{ratio:,.0f} for each unit more."
    if signs == (-1, -1):
        return f"B is cheaper and worse: £{ratio:,.0f} saved for each unit less."
    cost = {-1: "cheaper", 0: "no dearer and no cheaper", 1: "dearer"}[signs[0]]
    effect = {-1: "worse", 0: "neither better nor worse", 1: "better"}[signs[1]]
    if signs == (0, 0):
        return "Both cost the same and do the same."
    winner = "B" if signs[0] < 0 or (signs[0] == 0 and signs[1] > 0) else "A"
    return f"B is {cost} and {effect}: {winner} dominates."


def optimism_bias(cost: Any, kind: str, mitigated: float = 0.0) -> Any:
    """A cost with the upper-bound allowance for optimism of its kind of project.

    `kind` is one of `optimism_allowances()`; `mitigated` is the share of the allowance
    (0 to 1) that good evidence or management has taken away. £100 of outsourcing is
    £141. Gives the cost's shape. ValueError for another kind or share.
    """
    table = optimism_allowances().set_index("kind")["cost_percent"]
    if kind not in table.index:
        raise ValueError(f"kind {kind!r} is not one of {', '.join(table.index)}")
    if not 0 <= mitigated <= 1:
        raise ValueError(f"mitigated {mitigated} is not between 0 and 1")
    uplift = 1 + float(table[kind]) / 100 * (1 - mitigated)
    return shaped(np.asarray(numbers(cost, "cost") * uplift), cost)
