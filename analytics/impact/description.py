"""What changed after funding: a careful description, not yet an estimate.

Funded councils are set beside councils not supported by then, over the same calendar
time (the comparison of Callaway and Sant'Anna's group-time design, without covariates).
Support went to those in need, so the two sides differ to begin with: on the Maryland
scale this is level 2, and the words are "changed alongside".
"""

from dataclasses import dataclass

import pandas as pd

from analytics import formats
from analytics.disclosure import SMALLEST_GROUP
from analytics.indicators import Indicator
from analytics.marts import parameters
from analytics.scope import Scope
from analytics.viewer import Viewer
from analytics.warehouse import query


FUNDED = "Funded councils"
OTHERS = "Not funded by then"
YEARS_ON = 2
DESIGN = (
    "Design: level 2 of 5 on the Maryland scale (a comparison group that differs to "
    "begin with). Support went to councils in need, so this is change alongside "
    "funding, not the effect of funding."
)


@dataclass(frozen=True)
class Change:
    """The two lines, and where each side started and stands at the last step."""

    lines: pd.DataFrame
    steps: pd.DataFrame
    words: str


def change_since_support(path: str, viewer: Viewer, scope: Scope, indicator: Indicator) -> Change:
    """Mean change since before support, funded beside not funded by then.

    `lines` is the frame of the event-time chart: quarter (financial years from the year
    of first support), group_label, value (change in the indicator's unit, percentage
    points for a share), councils. Years with fewer than five councils on either side
    are left out.
    """
    scope.check(viewer)
    steps = query(
        "support_change",
        path,
        indicator=indicator.key,
        smallest=SMALLEST_GROUP,
        **parameters(scope, viewer),
    )
    parts = ["change", "other_change", "before", "other_before"]
    steps[parts] *= indicator.multiplier
    funded = steps[["step", "change", "councils"]].set_axis(
        ["quarter", "value", "councils"], axis=1
    )
    others = steps[["step", "other_change", "other_councils"]].set_axis(
        ["quarter", "value", "councils"], axis=1
    )
    lines = pd.concat(
        [funded.assign(group_label=FUNDED), others.assign(group_label=OTHERS)], ignore_index=True
    )
    return Change(lines, steps, sentence(steps, indicator))


def sentence(steps: pd.DataFrame, indicator: Indicator) -> str:
    """What the two lines say two years on, in words that fit the design."""
    after = steps[steps["step"] > 0]
    if after.empty:
        return "Too few councils on both sides to say what changed."
    told = after[after["step"] == YEARS_ON]
    last = (after if told.empty else told).iloc[-1]
    years = "1 year" if last["step"] == 1 else f"{int(last['step'])} years"
    moved = formats.change(indicator, 0, last["change"])
    beside = formats.change(indicator, 0, last["other_change"])
    return (
        f"{years} after first support, funded councils: {moved} "
        f"({int(last['councils'])} councils). Councils not funded by then, over the "
        f"same time: {beside}. Funded councils started at "
        f"{formats.value(indicator, last['before'])}, the others at "
        f"{formats.value(indicator, last['other_before'])}."
    )
