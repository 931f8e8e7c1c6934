"""What the dashboard measures: the headers of the indicator files, as objects."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Indicator:
    """One measure, as its SQL file's header describes it.

    `kind` is "ratio" (numerator over denominator, summed before dividing) or
    "distribution" (one value per event, percentiles taken over the events).
    `timing` is "state" (the latest period of a range stands for it) or "flow" (the
    whole range is added up). `dataset` is where the rows come from: its returns give
    coverage and its share levels decide who may see a council's value.
    `card` names the row of cards that it is shown in, or is empty.
    `polarity` is "higher_is_better", "lower_is_better" or "none".
    """

    key: str
    theme: str
    title: str
    question: str
    definition: str
    kind: str
    numerator: str
    denominator: str
    unit: str
    grain: str
    polarity: str
    source: str
    dataset: str = ""
    timing: str = "flow"
    order: int = 0
    objective: int = 0
    caveat: str = ""
    percentile: float = 0.5
    card: str = ""

    @property
    def multiplier(self) -> int:
        """What the ratio is multiplied by for people: 100 for percent, else 1."""
        return 100 if self.unit == "percent" else 1
