"""What the methods share: numbers in, errors that name the value, one shape out."""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd


class Interval(NamedTuple):
    """A lower and an upper limit: numbers, arrays or Series, as what was asked of.

    Types are open, since a scalar gives floats, a Series gives Series with its index,
    and anything else gives arrays.
    """

    lower: Any
    upper: Any


def numbers(values: Any, name: str) -> np.ndarray:
    """An array of floats of any shape, NaN where unknown; infinity is refused."""
    if isinstance(values, pd.Series):
        array = values.to_numpy(dtype=float, na_value=np.nan)
    else:
        array = np.asarray(values, dtype=float)
    refuse(np.isinf(array), name, array, "is not a number that can be used")
    return array


def sequence(values: Any, name: str) -> np.ndarray:
    """The same for a row of numbers in order; anything else is refused."""
    array = numbers(values, name)
    if array.ndim != 1:
        raise ValueError(f"{name} has {array.ndim} dimensions; one is needed")
    return array


def counts_of(values: Any, name: str) -> np.ndarray:
    """The same for counts and amounts, which are never negative."""
    array = numbers(values, name)
    refuse(array < 0, name, array, "is negative")
    return array


def paired(first: Any, second: Any, names: tuple[str, str]) -> tuple[Any, Any]:
    """Two arrays of counts of one shape. Series must have the same index: pandas would
    otherwise match by label where arrays match by place."""
    indexes = [each.index for each in (first, second) if isinstance(each, pd.Series)]
    if len(indexes) > 1 and not indexes[0].equals(indexes[1]):
        raise ValueError(f"{names[0]} and {names[1]} have different indexes")
    arrays = counts_of(first, names[0]), counts_of(second, names[1])
    left, right = np.broadcast_arrays(*arrays)
    return left, right


def refuse(wrong: np.ndarray, name: str, values: np.ndarray, why: str) -> None:
    """Raise ValueError that names the first value that is wrong, where one is."""
    if np.any(wrong):
        first = np.asarray(values)[np.asarray(wrong)].flat[0]
        raise ValueError(f"{name} {first:g} {why}")


def share(value: float, name: str = "confidence") -> float:
    """A number between 0 and 1, neither included; ValueError otherwise."""
    if not 0 < value < 1:
        raise ValueError(f"{name} {value} is not between 0 and 1")
    return float(value)


def normal_quantile(confidence: float) -> float:
    """z: half the width, in standard errors, of an interval (1.959964 for 0.95)."""
    from scipy.special import ndtri

    return float(ndtri((1 + share(confidence)) / 2))


def shaped(values: np.ndarray, *sources: Any) -> Any:
    """An answer in the shape of the question: a Series, an array or one number."""
    for source in sources:
        if isinstance(source, pd.Series):
            return pd.Series(values, index=source.index)
    return values.item() if values.ndim == 0 else values
