"""The five objectives: what was spent on each, and how its measure moved meanwhile.

Spending beside a movement says nothing of cause: what else happened in those years
cannot be told apart (level 1 of `impact.design`).
"""

from typing import NamedTuple

import pandas as pd

from analytics.reading import spending as value
from analytics.reading.disclosure import UNKNOWN, WITHHELD
from analytics.reading.indicators import Indicator
from analytics.reading.prices import deflators, span
from analytics.reading.reader import Reader
from analytics.words import numbers, sentences


NONE_NAMED = "0"
NAN = float("nan")
DIRECTIONS = {
    "better": "Better",
    "worse": "Worse",
    "same": "No change",
    "higher": "Higher: no judgement",
    "lower": "Lower: no judgement",
    "unknown": "Not known",
}


def money(reader: Reader, *, base_year: str) -> pd.DataFrame:
    """What was awarded and paid for each objective in each financial year.

    The frame of `value.spending` by objective ("1" to "5", and "0" where none is
    named), with a row of nought where the ledger has a year and nothing of it for an
    objective. A year that the ledger does not have is not there: it is unknown.
    `is_priced` says whether the year has a deflator.
    """
    frame = value.spending(reader, way="objective", base_year=base_year)
    years = frame.drop_duplicates("period")[["period", "period_label"]]
    codes = pd.DataFrame({"group_code": [NONE_NAMED, *map(str, range(1, 6))]})
    keys = ["group_code", "period", "period_label"]
    whole = codes.merge(years, "cross").merge(frame, on=keys, how="left")
    is_new = whole["note"].isna()
    whole.loc[is_new, [*value.AMOUNTS, *value.COUNTS]] = 0.0
    # Nothing at all has no price either in a year without a deflator.
    published = deflators(reader.path, reader.viewer).index
    whole["is_priced"] = whole["period_label"].isin(published)
    real = [name for name in value.AMOUNTS if name.endswith("_real")]
    whole.loc[~whole["is_priced"], real] = float("nan")
    whole["note"] = whole["note"].fillna("")
    return whole


class Spent(NamedTuple):
    """Spending on one objective: cash over all years, real terms over `priced` years.

    Amounts are NaN where a year is withheld, which `note` (of cash) and `note_real`
    say: [c] where it is, [x] where it is not known for another reason, else "".
    `unpriced` names years without a deflator.
    """

    awarded: float
    paid: float
    awarded_real: float
    paid_real: float
    years: str
    priced: str
    unpriced: str
    note: str
    note_real: str


def spent(frame: pd.DataFrame, code: str) -> Spent:
    """`money` of one objective added up."""
    rows = frame[frame["group_code"] == code].sort_values("period")
    priced = rows[rows["is_priced"]]
    return Spent(
        value.total(rows, "awarded"),
        value.total(rows, "paid"),
        value.total(priced, "awarded_real"),
        value.total(priced, "paid_real"),
        span(rows["period_label"].tolist()),
        span(priced["period_label"].tolist()),
        span(rows.loc[~rows["is_priced"], "period_label"].tolist()),
        why_unknown(rows, "paid"),
        why_unknown(priced, "paid_real"),
    )


def why_unknown(rows: pd.DataFrame, amount: str) -> str:
    """The sign of a sum that is not told: withheld if any part is, else not known."""
    if (rows["note"] == WITHHELD).any():
        return WITHHELD
    return UNKNOWN if rows.empty or rows[amount].isna().any() else ""


class Movement(NamedTuple):
    """How a measure moved: first and last value on one basis, and which way that is.

    `direction` is a key of DIRECTIONS; `since` and `until` name the years; `warning`
    says which years are on another basis, and so are left out.
    """

    before: float
    after: float
    since: str
    until: str
    change: str
    direction: str
    councils: float
    expected: float
    warning: str


def movement(series: pd.DataFrame, indicator: Indicator) -> Movement:
    """From the first to the last known year of the latest basis that has two.

    Without two years on one basis the movement is not known.
    """
    known = series.dropna(subset="value").sort_values("period")
    known = known.assign(basis=known["basis"].fillna(""))
    counts = known.groupby("basis", sort=False).size()
    several = counts.index[counts > 1]
    same = known[known["basis"] == several[-1]] if len(several) else known.iloc[-1:]
    if same.empty:
        expected = float(series["expected"].max()) if len(series) else NAN
        return Movement(NAN, NAN, "", "", numbers.UNKNOWN, "unknown", 0, expected, "")
    first, last = same.iloc[0], same.iloc[-1]
    before = float(first["value"]) if len(same) > 1 else NAN
    return Movement(
        before,
        float(last["value"]),
        str(first["period_label"]),
        str(last["period_label"]),
        numbers.change(indicator, before, last["value"]),
        sentences.direction(indicator, before, last["value"]),
        last["councils"],
        last["expected"],
        rebased(known[~known["period_label"].isin(same["period_label"])]),
    )


def rebased(rows: pd.DataFrame) -> str:
    """Which years are on another basis, in words; empty where none is."""
    told = [
        f"{span(part['period_label'].tolist())} on {str(basis) or 'another basis'}"
        for basis, part in rows.groupby(rows["basis"].map(str), sort=False)
    ]
    return f"not comparable with {sentences.listed(told)}" if told else ""


def beside(rows: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """Money and measure by year, for one objective: one row per year of either.

    Columns: period_label, awarded, paid, value, basis, councils, expected, note (of the
    measure) and money_note: [c] where it is withheld, [x] where it is not known.
    """
    spending = rows[["period_label", "awarded", "paid", "note"]]
    measured = series[["period_label", "value", "basis", "councils", "expected", "note"]]
    spending = spending.rename(columns={"note": "money_note"})
    whole = measured.merge(spending, on="period_label", how="outer")
    whole["basis"] = whole["basis"].fillna("")
    for name in ("note", "money_note"):
        whole[name] = whole[name].fillna(UNKNOWN)
    return whole.sort_values("period_label", ignore_index=True)
