"""What the dashboard measures: the headers of the indicator files, as objects."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Indicator:
    """One measure, as its SQL file's header describes it.

    `kind` is "ratio" (numerator over denominator, summed before dividing) or
    "distribution" (one value per event, percentiles taken over the events).
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
    returns: str = ""
    objective: int = 0
    caveat: str = ""
    percentile: float = 0.5

    @property
    def multiplier(self) -> int:
        """What the ratio is multiplied by for people: 100 for percent, else 1."""
        return 100 if self.unit == "percent" else 1
