"""Words for what changed after funding: a careful description, not an estimate.

On the Maryland scale this is level 2, and the words are "changed alongside".
"""

from analytics.reading.alongside import YEARS_ON, Change
from analytics.words import numbers


DESIGN = (
    "Design: level 2 of 5 on the Maryland scale (a comparison group that differs to "
    "begin with). Support went to councils in need, so this is change alongside "
    "funding, not the effect of funding."
)


def alongside_sentence(found: Change) -> str:
    """What the two lines say two years on, in words that fit the design."""
    steps, indicator = found.steps, found.about
    after = steps[steps["step"] > 0]
    if after.empty:
        return "Too few councils on both sides to say what changed."
    told = after[after["step"] == YEARS_ON]
    last = (after if told.empty else told).iloc[-1]
    years = "1 year" if last["step"] == 1 else f"{int(last['step'])} years"
    moved = numbers.change(indicator, 0, last["change"])
    beside = numbers.change(indicator, 0, last["other_change"])
    return (
        f"{years} after first support, funded councils: {moved} "
        f"({int(last['councils'])} councils). Councils not funded by then, over the "
        f"same time: {beside}. Funded councils started at "
        f"{numbers.value(indicator, last['before'])}, the others at "
        f"{numbers.value(indicator, last['other_before'])}."
    )
