"""Sums of the ledger: by part, over years, in the prices of one year, to the envelope.

Whatever is chosen, envelope = awarded by each part + awarded elsewhere + unallocated.
Where a cell is withheld, its whole part goes into one row with the others of its kind,
so that nothing is lost from the sum and nothing can be taken out of it.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from analytics.reading.disclosure import WITHHELD


MEASURES = ("awarded", "paid")
MONEY = ("envelope_gbp", "awarded_gbp", "paid_gbp")
# Parts that are not one of the list: taken together, or not on file.
TOGETHER, MISSING, ALL = "together", "", "all"
ENVELOPED = ("programme", "objective", "year")


def priced(frame: pd.DataFrame, column: str, factors: Mapping[str, float]) -> pd.DataFrame:
    """The rows whose financial year has a factor, `column` multiplied by it.

    An empty mapping is cash: every row as it stands. Years without a factor are left
    out, never counted at the last one: `unpriced` names them.
    """
    if not factors:
        return frame
    kept = frame[frame["period_label"].isin(list(factors))]
    return kept.assign(**{column: kept[column] * kept["period_label"].map(factors).astype(float)})


def unpriced(frames: Sequence[pd.DataFrame], factors: Mapping[str, float]) -> list[str]:
    """Financial years of frames that have no factor; none in cash."""
    found = {label for frame in frames for label in frame["period_label"]}
    return sorted(found - set(factors)) if factors else []


def parts_of(frame: pd.DataFrame, split: str) -> pd.Series:
    """The code of each row's part: a programme, objective, year or funding model."""
    column = {"year": "period_label", "model": "funding_model"}.get(split, split)
    found = frame[column].astype(str)
    if split == "objective":
        found = found.mask(found == "0", MISSING)
    if "programme" in frame and split in ("objective", "model"):
        found = found.mask(frame["programme"] == ALL, ALL)
    return found


def by_part(
    entries: pd.DataFrame, envelopes: pd.DataFrame, split: str, totals: pd.DataFrame
) -> pd.DataFrame:
    """The ledger by part: part, envelope_gbp, awarded_gbp, paid_gbp, awards, untold.

    `totals` is the ledger of the same councils as one group, which holds what is
    withheld in `entries`: parts with anything withheld are one row, `together`. There
    is no envelope (NaN) by funding model, nor for parts that have none.
    """
    # A year's total is shown or withheld by itself, whatever its parts are.
    entries = totals if split == "year" else entries
    awarded = summed(entries, totals, split, "awarded")
    paid = summed(entries, totals, split, "paid")
    frame = pd.DataFrame(
        {
            "awarded_gbp": awarded["amount_gbp"],
            "awards": awarded["items"],
            "untold": awarded["untold"],
            "paid_gbp": paid["amount_gbp"],
        }
    )
    if split in ENVELOPED:
        of = envelopes.groupby(parts_of(envelopes, split))["envelope_gbp"].sum()
        frame = frame.reindex(frame.index.union(of.index)).assign(envelope_gbp=of)
    else:
        frame["envelope_gbp"] = float("nan")
    # A part with no entry in any year was awarded and paid nothing: that is known.
    for found, columns in ((awarded, ["awarded_gbp", "awards", "untold"]), (paid, ["paid_gbp"])):
        is_none = ~frame.index.isin(found.index)
        frame.loc[is_none, columns] = 0.0
    return frame.rename_axis("part").reset_index()


def summed(entries: pd.DataFrame, totals: pd.DataFrame, split: str, measure: str) -> pd.DataFrame:
    """Sums of one measure by part: amount_gbp, items, untold; withheld is unknown."""
    rows = entries[entries["measure"] == measure]
    parts = parts_of(rows, split)
    columns = ["amount_gbp", "items", "untold"]
    sums = rows.groupby(parts)[columns].sum(min_count=1).astype(float)
    is_gone = (rows["note"] == WITHHELD).groupby(parts).any().astype(bool)
    sums.loc[is_gone, columns] = float("nan")
    if split != "year" and is_gone.any():
        whole = totals[totals["measure"] == measure][columns].sum(skipna=False)
        sums.loc[TOGETHER] = whole - sums[~is_gone].sum()
    return sums


def by_place(places: pd.DataFrame, councils: pd.DataFrame) -> pd.DataFrame:
    """The ledger by group of councils over the range, each beside its size.

    Columns: group_code, group_label, awarded_gbp, paid_gbp, awards, per_resident and
    per_council (awarded), expected, residents, funded, counted.

    A group with a year withheld is withheld over the range; one without an entry was
    awarded nothing.
    """
    frame = councils.set_index("group_code")
    for measure in MEASURES:
        rows = places[places["measure"] == measure].groupby("group_code")
        sums = rows["amount_gbp"].apply(lambda some: some.sum(skipna=False))
        frame[f"{measure}_gbp"] = sums.reindex(frame.index, fill_value=0.0)
        if measure == "awarded":
            items = rows["items"].apply(lambda some: some.sum(skipna=False))
            frame["awards"] = items.reindex(frame.index, fill_value=0.0).astype(float)
    frame["per_resident"] = frame["awarded_gbp"] / frame["residents"].where(frame["residents"] > 0)
    frame["per_council"] = frame["awarded_gbp"] / frame["expected"]
    return frame.reset_index()


def total(frame: pd.DataFrame, measure: str) -> float:
    """The sum of one measure; NaN where any of it is withheld, 0 without an entry."""
    rows = frame[frame["measure"] == measure]
    return float(rows["amount_gbp"].sum(skipna=False)) if len(rows) else 0.0


def steps(
    envelope: float,
    parts: pd.DataFrame,
    elsewhere: float | None = None,
    *,
    left: str = "Unallocated",
) -> pd.DataFrame:
    """Rows of a waterfall from the envelope, over what was awarded, to what is left.

    `parts` has label and awarded_gbp; parts that are not known are left out (they are
    in the row of those taken together). `elsewhere` is what was awarded to councils not
    chosen, and `left` the name of what is left. Columns: label, kind (whole, award,
    elsewhere, left: unallocated, over: awarded beyond the envelope), value, start, end.
    """
    known = parts.dropna(subset="awarded_gbp")
    known = known[known["awarded_gbp"] != 0].sort_values(
        "awarded_gbp", ascending=False, kind="stable"
    )
    rows = [("Envelope", "whole", envelope)]
    rows += [
        (str(label), "award", float(amount))
        for label, amount in zip(known["label"], known["awarded_gbp"], strict=True)
    ]
    if elsewhere is not None:
        rows.append(("Awarded to other councils", "elsewhere", elsewhere))
    rest = envelope - sum(amount for _, _, amount in rows[1:])
    rows.append((left, "left", rest) if rest >= 0 else ("Over-committed", "over", -rest))
    frame = pd.DataFrame(rows, columns=["label", "kind", "value"])
    spent = frame["kind"].isin(["award", "elsewhere"])
    frame["end"] = envelope - frame["value"].where(spent, 0.0).cumsum()
    frame["start"] = frame["end"] + frame["value"].where(spent, 0.0)
    frame.loc[frame["kind"] == "whole", ["start", "end"]] = [0.0, envelope]
    frame.loc[frame["kind"].isin(["left", "over"]), ["start", "end"]] = [0.0, rest]
    return frame


def running(envelopes: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """One row per financial year with an envelope or entry: period, period_label,
    envelope_gbp, awarded_gbp, paid_gbp, and their sums up to its end (total_ in front).
    """
    spans = [frame[["period", "period_label"]] for frame in (envelopes, totals)]
    years = pd.concat(spans).drop_duplicates().sort_values("period")
    keyed = years.set_index("period")
    keyed["envelope_gbp"] = envelopes.groupby("period")["envelope_gbp"].sum()
    keyed["envelope_gbp"] = keyed["envelope_gbp"].fillna(0.0)
    for measure in MEASURES:
        rows = totals[totals["measure"] == measure].groupby("period")["amount_gbp"]
        sums = rows.apply(lambda some: some.sum(skipna=False))
        keyed[f"{measure}_gbp"] = sums.reindex(keyed.index, fill_value=0.0)
    for name in MONEY:
        keyed[f"total_{name}"] = keyed[name].cumsum(skipna=True).where(keyed[name].notna().cummin())
    return keyed.reset_index()
