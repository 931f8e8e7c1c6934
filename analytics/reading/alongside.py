"""What changed after funding: a careful description, not yet an estimate.

Funded councils are set beside councils not supported by then, over the same calendar
time (the comparison of Callaway and Sant'Anna's group-time design, without covariates).
Support went to those in need, so the two sides differ to begin with: the words of it
are in `analytics/words/alongside.py`.
"""

from dataclasses import dataclass

import pandas as pd

from analytics.reading.disclosure import SMALLEST_GROUP
from analytics.reading.indicators import Indicator
from analytics.reading.reader import Reader


FUNDED = "Funded councils"
OTHERS = "Not funded by then"
YEARS_ON = 2


@dataclass(frozen=True)
class Change:
    """The two lines, and where each side started and stands at the last step."""

    lines: pd.DataFrame
    steps: pd.DataFrame
    about: Indicator


def change_since_support(reader: Reader, indicator: Indicator) -> Change:
    """Mean change since before support, funded beside not funded by then.

    `lines` is the frame of the event-time chart: quarter (financial years from the year
    of first support), group_label, value (change in the indicator's unit, percentage
    points for a share), councils. Years with fewer than five councils on either side
    are left out.
    """
    reader.scope.check(reader.viewer)
    steps = reader.query("reading/support_change", indicator=indicator.key, smallest=SMALLEST_GROUP)
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
    return Change(lines, steps, indicator)
