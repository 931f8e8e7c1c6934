"""What a chart says, in sentences, worked out from the frame that it draws."""

import pandas as pd

from analytics.reading.indicators import Indicator
from analytics.words import numbers


REBASED = "not comparable with earlier years: the framework changed"


def coverage(councils: float, expected: float) -> str:
    """Say how many councils there are figures for: "268 of 317 councils"."""
    of = numbers.count(expected)
    return f"{numbers.count(councils)} of {of} {_councils(expected)}"


def alt(kind: str, title: str, sentence: str) -> str:
    """Write the text alternative of a figure: what it is, and what it says."""
    return f"{kind}: {title.rstrip('.')}. {sentence}"


def direction(indicator: Indicator, before: float, after: float) -> str:
    """Judge a change: better or worse by polarity, else higher, lower or same."""
    said = numbers.change(indicator, before, after)
    if said == numbers.UNKNOWN:
        return "unknown"
    if said == "no change":
        return "same"
    if indicator.polarity == "none":
        return "higher" if after > before else "lower"
    rose_is_good = indicator.polarity == "higher_is_better"
    return "better" if (after > before) == rose_is_good else "worse"


def trend_sentence(series: pd.DataFrame, indicator: Indicator, group: str | None = None) -> str:
    """Say where one line ends, how far it came and how many councils are behind it.

    `group` is a group_code; without it the first group is described.
    """
    code = series["group_code"].iloc[0] if group is None else group
    rows = series[series["group_code"] == code].sort_values("period")
    known = rows.dropna(subset="value")
    if known.empty:
        return f"{indicator.title} is not known for {rows['group_label'].iloc[0]}."
    last = known.iloc[-1]
    said = numbers.in_words(indicator, last["value"])
    if last["expected"] == 1:
        said = said.replace(" per council", "")
    return (
        f"{indicator.title}, {last['group_label']}: {said} in "
        f"{last['period_label']}{_since(known, indicator)}{_reported(last)}."
    )


def ranking_sentence(
    groups: pd.DataFrame, indicator: Indicator, reference: tuple[str, float] | None = None
) -> str:
    """Name the highest and the lowest group, and the reference beside them."""
    known = groups.dropna(subset="value").sort_values("value")
    unknown = _unknown(groups["group_label"][groups["value"].isna()])
    if known.empty:
        return f"{indicator.title} is not known for any group."
    said = _extremes(known, "group_label", indicator)
    beside = _reference(reference, indicator)
    return f"{_titled(indicator)}: {said}{beside}.{unknown}"


def map_sentence(councils: pd.DataFrame, indicator: Indicator) -> str:
    """Say how wide the map's range is, where most lie, and how many are not known."""
    return _distribution(councils, indicator)


def spread_sentence(
    councils: pd.DataFrame, indicator: Indicator, selected: str | None = None
) -> str:
    """Say where the middle half of councils lies, and where the chosen council is."""
    said = _distribution(councils, indicator)
    chosen = councils[councils["gss_code"].eq(selected or "")]
    if not selected or chosen.empty:
        return said
    council = chosen.iloc[0]
    return f"{said} {council['council_name']}: {numbers.in_words(indicator, council['value'])}."


def matrix_sentence(
    frame: pd.DataFrame, *, value: str, rows: str, columns: str, indicator: Indicator
) -> str:
    """Name the highest and the lowest cell of the latest column."""
    last = frame[columns].iloc[-1]
    latest = frame.loc[frame[columns] == last, [value, rows]].dropna(subset=value)
    if latest.empty:
        return f"{indicator.title} is not known for {last}."
    named = latest.set_axis(["value", "group_label"], axis=1)
    return f"In {last}, {_extremes(named.sort_values('value'), 'group_label', indicator)}."


def timeline_sentence(frame: pd.DataFrame) -> str:
    """Count the incidents by kind, and say when the first and the last were."""
    dates = pd.to_datetime(frame["happened_on"])
    kinds = frame["kind"].value_counts(sort=False)
    parts = listed([f"{_lower(str(kind))} {n:,}" for kind, n in kinds.items()])
    first, last = dates.min().year, dates.max().year
    when = f"in {first}" if first == last else f"between {first} and {last}"
    total = len(frame)
    return f"{total:,} incident{'' if total == 1 else 's'} {when}: {parts}."


def _since(known: pd.DataFrame, indicator: Indicator) -> str:
    """Say how far the last value is from an earlier one on the same basis.

    That is the first one; for a quarter or month it is the same one a year before, so
    that seasons are not taken for change.
    """
    last = known.iloc[-1]
    same = known[known["basis"].fillna("") == (last["basis"] or "")]
    warning = REBASED if len(same) < len(known) else ""
    if "/" not in str(last["period_label"])[:5]:
        year_before = pd.Timestamp(last["period"]) - pd.DateOffset(years=1)
        earlier = same[pd.to_datetime(same["period"]) == year_before]
        same = pd.concat([earlier, known.iloc[-1:]]) if len(earlier) else same
    if len(same) < 2:
        return f", {warning}" if warning else ""
    moved = numbers.change(indicator, same["value"].iloc[0], last["value"])
    since = f"{'from' if moved == 'no change' else 'on'} {same['period_label'].iloc[0]}"
    return f", {moved} {since}{' and ' + warning if warning else ''}"


def _reported(last: pd.Series) -> str:
    """Say how many councils are behind a value, unless it is one council's own."""
    if last["expected"] == 1:
        return ""
    return f"; {coverage(last['councils'], last['expected'])} reported"


def _distribution(councils: pd.DataFrame, indicator: Indicator) -> str:
    known = councils["value"].dropna()
    if known.empty:
        return f"{indicator.title} is not known for any council."
    behind = coverage(len(known), len(councils))
    low, q1, middle, q3, high = (
        numbers.value(indicator, known.quantile(q)) for q in (0, 0.25, 0.5, 0.75, 1)
    )
    if len(known) == 1:
        said = f"{low} at the one council with a figure"
    elif low == high:
        said = f"{low} at every council with a figure"
    else:
        said = f"from {low} to {high}, the middle half of councils between {q1} and {q3}"
        said += f", median {middle}"
    return f"{_titled(indicator)}: {said} ({behind})."


def _extremes(ordered: pd.DataFrame, name: str, indicator: Indicator) -> str:
    shown = ordered["value"].map(lambda number: numbers.value(indicator, number))
    highest, lowest = shown.iloc[-1], shown.iloc[0]
    if len(ordered) == 1:
        return f"{ordered[name].iloc[0]} {highest}"
    if highest == lowest:
        return f"the same everywhere, {highest}"
    top = ordered[name][shown == highest].tolist()
    bottom = ordered[name][shown == lowest].tolist()
    verb = "is" if len(top) == 1 else "are"
    first = f"{joined(top)} {verb} highest ({highest})"
    return f"{first} and {joined(bottom)} lowest ({lowest})"


def _titled(indicator: Indicator) -> str:
    words = numbers.unit_words(indicator.unit)
    is_said = not words or words in indicator.title
    return indicator.title if is_said else f"{indicator.title}, {words}"


def _reference(reference: tuple[str, float] | None, indicator: Indicator) -> str:
    if reference is None:
        return ""
    return f"; {reference[0]} {numbers.value(indicator, reference[1])}"


def _unknown(names: pd.Series) -> str:
    return f" Not known: {joined(names.tolist())}." if len(names) else ""


def joined(names: list[str]) -> str:
    """Name up to four, and count those left over."""
    if len(names) > 4:
        return f"{', '.join(names[:3])} and {len(names) - 3} others"
    return listed(names)


def listed(names: list[str]) -> str:
    """Put names in a row, the last after "and"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _lower(title: str) -> str:
    """Start a title in lower case inside a sentence, unless it starts with initials."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def _councils(number: float) -> str:
    return "council" if number == 1 else "councils"
