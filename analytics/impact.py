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


def change_since_support(
    path: str, viewer: Viewer, scope: Scope, indicator: Indicator
) -> Change:
    """Mean change since before support, funded beside not funded by then.

    `lines` is the frame of the event-time chart: quarter (steps from first support:
    years for a yearly indicator), group_label, value (change in the indicator's unit,
    percentage points for a share), councils. Steps with fewer than five councils on
    either side are left out.
    """
    scope.check(viewer)
    steps = query(
        "support_change",
        path,
        indicator=indicator.key,
        is_yearly=indicator.grain == "year",
        smallest=SMALLEST_GROUP,
        **parameters(scope, viewer),
    )
    parts = ["change", "other_change", "before", "other_before"]
    steps[parts] *= indicator.multiplier
    funded = steps[["quarter", "change", "councils"]].set_axis(
        ["quarter", "value", "councils"], axis=1
    )
    others = steps[["quarter", "other_change", "other_councils"]].set_axis(
        ["quarter", "value", "councils"], axis=1
    )
    lines = pd.concat(
        [funded.assign(group_label=FUNDED), others.assign(group_label=OTHERS)],
        ignore_index=True,
    )
    return Change(lines, steps, sentence(steps, indicator))


def sentence(steps: pd.DataFrame, indicator: Indicator) -> str:
    """What the two lines say, in words that fit the design."""
    after = steps[steps["quarter"] > 0]
    if after.empty:
        return "Too few councils on both sides to say what changed."
    last = after.iloc[-1]
    step = "year" if indicator.grain == "year" else "quarter"
    plural = "" if last["quarter"] == 1 else "s"
    moved = formats.change(indicator, 0, last["change"])
    beside = formats.change(indicator, 0, last["other_change"])
    return (
        f"{int(last['quarter'])} {step}{plural} after first support, funded councils "
        f"stood {moved} on before ({int(last['councils'])} councils); councils not "
        f"funded by then {beside} over the same time. Funded councils started at "
        f"{formats.value(indicator, last['before'])}, the others at "
        f"{formats.value(indicator, last['other_before'])}."
    )
