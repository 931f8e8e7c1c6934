"""What the estimated effect says, in words that its design allows."""

from dataclasses import replace

import pandas as pd

from analytics import impact
from analytics.reading.effect import LEVEL, Estimated
from analytics.reading.effect_checks import Attrition, Mean
from analytics.reading.effect_panel import Outcome, year_label
from analytics.reading.indicators import Indicator
from analytics.words import numbers, sentences


def axis_of(outcome: Outcome, about: Indicator) -> Indicator:
    """The indicator in the unit of its changes."""
    unit = "points" if outcome.is_share else outcome.unit
    return replace(about, unit=unit)


def amount(outcome: Outcome, number: float) -> str:
    """A size in the words of the outcome, without a sign."""
    if numbers.is_unknown(number):
        return numbers.UNKNOWN
    size = f"{abs(number):,.0f}" if abs(number) >= 999.95 else f"{abs(number):,.1f}"
    return f"{size} {outcome.words}"


def signed(number: float) -> str:
    """A number with its sign, as tables have it."""
    if numbers.is_unknown(number):
        return numbers.UNKNOWN
    return f"{number:+,.1f}".replace("-", "\N{MINUS SIGN}")


def minus(number: float) -> str:
    """A correlation with its sign."""
    return f"{number:+.2f}".replace("-", "\N{MINUS SIGN}")


def between(lower: float, upper: float) -> str:
    """An interval in words."""
    if numbers.is_unknown(lower):
        return "no interval"
    return f"{signed(lower)} to {signed(upper)}"


def overall(found: Estimated) -> str:
    """The overall effect with its interval, in the wording of the design."""
    simple = found.effects.simple
    way = "higher" if simple.estimate >= 0 else "lower"
    is_clear = simple.lower > 0 or simple.upper < 0
    doubt = "" if is_clear else " The interval holds nought, so an effect of none is not ruled out."
    wording = impact.design(LEVEL).wording
    return (
        f"{wording[:1].upper()}{wording[1:]}: {found.outcome.title} is "
        f"{amount(found.outcome, simple.estimate)} {way} after support than it would "
        f"have been (95% interval {between(simple.lower, simple.upper)}; "
        f"{found.effects.treated} funded councils).{doubt}"
    )


def compared(found: Estimated) -> str:
    """Whom funded councils are compared with, and within what."""
    who = {
        "not_yet_treated": "councils not funded by then, those funded later among them",
        "never_treated": "councils never funded",
    }[found.control]
    inside = (
        ", each with others that started at a similar value, because a share near 100% "
        "has little room to rise"
        if found.within
        else ""
    )
    return f"Each cohort is compared with {who}{inside}."


def leads(found: Estimated) -> str:
    """What the leads say of trends before support."""
    chance = found.effects.lead_trend.p_value
    if numbers.is_unknown(chance):
        return "Trends before support cannot be tested here."
    if chance < 0.05:
        return (
            f"The sides were already moving apart before support (p = {chance:.2f}): "
            "the estimate cannot be read as an effect."
        )
    if chance < 0.2:
        return (
            f"Before support the sides moved apart a little (p = {chance:.2f} that "
            "those years differ by chance alone), which leaves doubt."
        )
    return (
        f"Before support the sides moved alike as far as can be seen (p = {chance:.2f} "
        "that those years differ by chance alone), which is no proof that they would "
        "have later."
    )


def study(found: Estimated) -> str:
    """What the event-study figure shows."""
    after = found.by_event[~found.by_event["is_lead"]]
    last = after.iloc[-1]
    first = after.iloc[0]
    return (
        f"In the year of first support {signed(first['estimate'])} "
        f"{found.outcome.words}; after {int(last['event_time'])} years "
        f"{signed(last['estimate'])} ({between(last['lower'], last['upper'])}; "
        f"{int(last['treated'])} councils). {leads(found)}"
    )


def why_naive(found: Estimated) -> str:
    """How the usual two-way estimate differs, and why it is no answer."""
    naive = found.checks.naive
    if naive is None:
        return "There is no usual two-way estimate of these councils."
    gap = naive.estimate - found.effects.simple.estimate
    within = " and does not compare councils that started alike" if found.within else ""
    return (
        f"The usual two-way estimate would say {signed(naive.estimate)} "
        f"({between(naive.lower, naive.upper)}), {amount(found.outcome, gap)} "
        f"{'more' if gap > 0 else 'less'}. It stands here only to explain the "
        "difference: it also uses councils funded earlier, whose own effect is still "
        f"growing, as if they were not funded{within}."
    )


def mean_words(outcome: Outcome, mean: Mean | None, is_within: bool) -> str:
    """Regression to the mean, and room to rise, in figures."""
    if mean is None:
        return "Too few councils never funded are known twice."
    side = "lower" if mean.gap < 0 else "higher"
    moved = "rise" if mean.expected > 0 else "fall"
    dealt = (
        "The estimate compares councils that started alike, which takes most of this out."
        if is_within
        else "The estimate does not allow for this."
    )
    return (
        f"Funded councils started {amount(outcome, mean.gap)} {side}. Among "
        f"{mean.councils} councils never funded, where they started and how they moved "
        f"go together with a correlation of {minus(mean.correlation)}; on that pattern "
        f"funded councils would {moved} {amount(outcome, mean.expected)} more than the "
        f"others without any support. {dealt}"
    )


def attrition_words(gone: Attrition) -> str:
    """Councils that drop out of the data."""
    shares = [
        numbers.UNKNOWN if numbers.is_unknown(share) else f"{share:.0%}"
        for share in (gone.funded, gone.others)
    ]
    years = gone.table["year"]
    return (
        f"Of the councils known in {year_label(years.min())}, {shares[0]} of funded "
        f"ones and {shares[1]} of the others have no value in "
        f"{year_label(years.max())}. Those that stop reporting may differ from those "
        "that go on."
    )


def reporting_words(found: Estimated) -> str:
    """Whether councils report more after support."""
    said = []
    for effect, what in (
        (found.checks.behind, f"{found.outcome.behind} a year"),
        (found.checks.incidents, "cyber incidents reported a year"),
    ):
        if effect is not None:
            moved = "changed" if effect.lower > 0 or effect.upper < 0 else "unchanged"
            said.append(
                f"{what[:1].upper()}{what[1:]}: {signed(effect.estimate)} "
                f"({between(effect.lower, effect.upper)}), {moved} as far as can be "
                "seen."
            )
    return " ".join(said) or "Cannot be estimated here."


def coverage(found: Estimated) -> str:
    """Councils used, of those in scope."""
    return sentences.coverage(found.effects.units, found.in_scope)


def cohorts(found: Estimated) -> pd.DataFrame:
    """Effects by year of first support, as people read them."""
    table = found.by_cohort
    return pd.DataFrame(
        {
            "First supported in": table["group"].map(year_label),
            "Councils": table["councils"],
            f"Estimated effect ({found.outcome.words})": table["estimate"].map(signed),
            "95% interval": limits(table),
        }
    )


def events(found: Estimated) -> pd.DataFrame:
    """Effects by years since support, as people read them."""
    table = found.by_event
    bands = table[["band_lower", "band_upper"]].set_axis(["lower", "upper"], axis=1)
    return pd.DataFrame(
        {
            "Years since the year of first support": table["event_time"].astype(int),
            "Part": table["is_lead"].map({True: "Before support", False: "After support"}),
            f"Estimate ({found.outcome.words})": table["estimate"].map(signed),
            "95% interval": limits(table),
            "95% band for all years at once": limits(bands),
            "Funded councils": table["treated"],
            "Fewest in comparison": table["control"],
        }
    )


def limits(table: pd.DataFrame) -> list[str]:
    """Intervals of a table, in words."""
    pairs = zip(table["lower"], table["upper"], strict=True)
    return [between(lower, upper) for lower, upper in pairs]
