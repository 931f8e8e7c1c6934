"""The rule that keeps one council's results from others, applied to every read.

A group's figure is shown when every council in it could be named to the viewer, or when
at least five contributed and none makes up more than half. Where one group of several
is withheld, the next smallest goes with it, so that it cannot be found by subtraction.
Five is our choice (METHODS.md, note 10), as NCSR's anonymous peers need one too.
"""

from collections.abc import Sequence

import pandas as pd

from analytics.reading.viewer import Viewer


SMALLEST_GROUP = 5
LARGEST_SHARE = 0.5
WITHHELD = "[c]"
UNKNOWN = "[x]"
PARTS = ("value", "numerator", "denominator")
# London is a region and a type of the same councils: what is withheld of it in one way
# of grouping would be read in the other, so it is the last to go with another group.
MEETING = ("London", "london")
LAST = 1e6
INTERNAL = ["nameable", "contributors", "largest_numerator", "largest_denominator"]


def withhold_groups(
    frame: pd.DataFrame,
    viewer: Viewer,
    *,
    is_share: bool,
    within: Sequence[str] = ("period",),
    parts: Sequence[str] = PARTS,
    is_overlapping: bool = False,
) -> pd.DataFrame:
    """Groups of a read with `value` emptied and `note` set where they are withheld.

    Takes one row per group and cell with `value`, `numerator`, `denominator` and the
    columns of INTERNAL, which are dropped. `is_share` says that values are percentages,
    whose weight is the denominator. `within` names the columns that tell cells apart
    (groups of one cell add up to a whole); `parts` the columns to empty.
    `is_overlapping` says that one council may be in several groups.
    """
    shown = is_open(frame) | is_large_enough(frame, is_share)
    if viewer.role != "analyst":
        # Where nobody is known to have contributed, nobody hides anybody.
        shown &= frame["contributors"] > 0
    if viewer.role == "council":
        shown &= ~is_next_smallest(frame, shown, within, is_overlapping)
    result = frame.copy()
    result["note"] = result["value"].isna().map({True: UNKNOWN, False: ""})
    withhold(result, ~shown, parts)
    return result.drop(columns=INTERNAL)


def withhold(frame: pd.DataFrame, hidden: pd.Series, parts: Sequence[str] = PARTS) -> None:
    """Empty `parts` of the rows hidden and say so in `note`, in place."""
    empty(frame, hidden, parts)
    frame.loc[hidden, "note"] = WITHHELD


def empty(frame: pd.DataFrame, hidden: pd.Series, parts: Sequence[str]) -> None:
    """Make numbers of the rows hidden unknown, in place."""
    if not hidden.any():
        return
    for name in parts:
        if not pd.api.types.is_float_dtype(frame[name]):
            frame[name] = frame[name].astype(float)
    frame.loc[hidden, list(parts)] = float("nan")


def is_open(frame: pd.DataFrame) -> pd.Series:
    """Every council in the group could be named to this viewer."""
    return frame["nameable"] >= frame["contributors"]


def is_large_enough(frame: pd.DataFrame, is_share: bool) -> pd.Series:
    """At least five councils, none more than half of the total."""
    largest = frame["largest_denominator" if is_share else "largest_numerator"]
    enough = frame["contributors"] >= SMALLEST_GROUP
    return enough & (largest.fillna(0) <= LARGEST_SHARE)


def is_next_smallest(
    frame: pd.DataFrame,
    shown: pd.Series,
    within: Sequence[str] = ("period",),
    is_overlapping: bool = False,
) -> pd.Series:
    """The group to withhold as well, in each cell where those withheld are one group,
    or hold fewer than five councils together."""
    line = frame.groupby(list(within), dropna=False).ngroup()
    size = frame["contributors"].astype(float)
    if "group_code" in frame:
        size += frame["group_code"].isin(MEETING) * LAST
    return is_next_of(frame["contributors"], size, shown, line, is_overlapping)


def is_next_of(
    contributors: pd.Series,
    size: pd.Series,
    shown: pd.Series,
    line: pd.Series,
    is_overlapping: bool,
) -> pd.Series:
    """The smallest cells shown of each line with one cell withheld, or several that
    hold fewer than five councils together. `line` names the line of each cell (missing:
    none); `size` says which is smallest, and is missing where a cell is never taken."""
    hidden = (~shown).groupby(line).transform("sum")
    behind = contributors.where(~shown).groupby(line)
    # Groups of the same few councils are no more councils together.
    count = behind.transform("max") if is_overlapping else behind.transform("sum")
    is_told = (hidden == 1) | ((hidden > 1) & (count < SMALLEST_GROUP))
    least = size.where(shown).groupby(line).transform("min")
    return shown & is_told & (size == least)


def few_together(
    frame: pd.DataFrame, label: str, sums: Sequence[str], **more: object
) -> pd.DataFrame:
    """The frame with groups of fewer than five councils, and withheld ones, as one row.

    The row is named `label` (its group_code is "other"), adds up `sums` and has the
    cells of `more`. Without two such groups, or where a sum is not known, it is left
    out: it would be one of them.
    """
    few = (frame["councils"] < SMALLEST_GROUP) | frame["value"].isna()
    named, rest = frame[~few], frame[few]
    if len(rest) < 2 or rest[sums[0]].isna().any():
        return named.reset_index(drop=True)
    row = {"group_code": "other", "group_label": label, "note": "", **more}
    other = pd.DataFrame([rest[list(sums)].sum().to_dict() | row])
    return pd.concat([named, other], ignore_index=True)


def anonymise(frame: pd.DataFrame, viewer: Viewer, *, is_narrowed: bool = False) -> pd.DataFrame:
    """Councils of a read with names, and what would give them away, taken off.

    Of a list narrowed to one region, type or set of peers a council sees only those
    that may be named: two such lists would meet, value by value, in few councils.

    Takes one row per council with `gss_code`, `council_name`, `region`, `council_type`,
    `council_group`, `value`, `numerator`, `denominator` and `share_rank` (empty where
    the council has no value). A council's own row stays; below five others, only it.
    """
    own = frame["gss_code"] == viewer.gss_code
    named = own | (frame["share_rank"].fillna(viewer.named_from) >= viewer.named_from)
    if viewer.role == "council":
        # Even an unknown value of another council says something about that council.
        named = own | (frame["share_rank"] >= viewer.named_from)
        counted = own | (frame["share_rank"] >= viewer.counted_from)
        frame, own, named = frame[counted], own[counted], named[counted]
        if is_narrowed or (~own).sum() < SMALLEST_GROUP:
            keep = named if is_narrowed else own
            frame, named = frame[keep], named[keep]
    elif (~named).sum() < SMALLEST_GROUP:
        # The few without a name could be told by who is missing among the named.
        frame, named = frame[named], named[named]
    result = frame.copy()
    hidden = ["gss_code", "council_name", "region", "council_type", "council_group"]
    result.loc[~named, hidden] = ""
    result.loc[~named, ["numerator", "denominator"]] = float("nan")
    result["note"] = result["value"].isna().map({True: UNKNOWN, False: ""})
    by = ["value", "gss_code"]
    return result.drop(columns="share_rank").sort_values(by, ignore_index=True)
