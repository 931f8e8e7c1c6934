"""Service disruption at a glance: hours lost, their causes, and where."""

from dataclasses import replace

import pandas as pd

from analytics.charts.ranking import ranking
from analytics.disruption.trend import reads
from analytics.disruption.trend.months import card
from analytics.reading import control
from analytics.reading.indicators import Indicator
from analytics.reading.viewer import NotAllowedError
from analytics.ui import figures, filters, layout, parts
from analytics.ui.layout import Card
from analytics.ui.view import View
from analytics.words import sentences


# Cards that a control chart judges, and the part of the hours that each one is.
JUDGED = {"hours_disrupted": control.ANY, "hours_disrupted_by_cyber": "cyber"}


def glance(see: View) -> None:
    """Headlines, hours over time, by cause, by region or type, and in each council."""
    layout.headlines(
        [
            judged(see, each, JUDGED[each.key]) if each.key in JUDGED else figures.card(see, each)
            for each in see.cards("disruption")
        ]
    )
    hours = see.indicator("hours_disrupted")
    figures.trend_of(see, hours)
    by_cause(see)
    by = filters.one_of("Compare councils by", filters.COMPARE, "compare")
    figures.comparison_of(see, hours, by)
    figures.map_of(see, hours)


def judged(see: View, indicator: Indicator, part: str) -> Card:
    """Hours of the last twelve months, better or worse only where a control chart says
    that it is more than chance; by the year where causes may not be told apart."""
    try:
        rows = see.read(control.standing, "hours", by="england", part=part)
    except NotAllowedError:
        return figures.card(see, indicator)
    if rows.empty:
        return figures.card(see, indicator)
    about = replace(control.MEASURES["hours"], title=indicator.title)
    return card(about, rows.iloc[0].to_dict(), control.PER_COUNCIL["hours"])


def by_cause(see: View) -> None:
    """Hours by cause, so that the cyber share can be seen."""
    try:
        data = see.read(reads.hours)
    except NotAllowedError as error:
        parts.note(str(error))
        return
    if data.empty or data["value"].isna().all():
        return
    data = data.assign(expected=see.expected)
    hours = replace(see.indicator("hours_disrupted"), unit="hours", title="Hours disrupted")
    sentence = cause_sentence(data)
    see.figure(
        ranking,
        data,
        indicator=hours,
        highlight="cyber",
        table=data[["group_label", "value", "disruptions", "note"]].rename(
            columns={
                "value": "Hours",
                "disruptions": "Disruptions that began",
                "group_label": "Cause",
                "note": "Note",
            }
        ),
        title=f"Hours of unplanned disruption by cause, {see.period}",
        sentence=sentence,
        coverage=sentences.coverage(data["councils"].max(), see.expected)
        + " in the year with most",
        source="Service disruptions reported by councils. Overlapping disruptions of "
        "one service with one cause are united; an hour with two causes is under each",
        key="causes",
    )


def cause_sentence(data: pd.DataFrame) -> str:
    """The cyber share of hours; of all causes only where none is withheld."""
    by_code = data.set_index("group_code")["value"]
    if by_code.isna().any():
        known = data.dropna(subset="value")
        first = known.iloc[0]
        return (
            f"{len(known)} of {len(data)} causes can be shown; of these “"
            f"{first['group_label']}” took most hours. The others are withheld, "
            "because few councils reported them in some of the years."
        )
    share = 100 * by_code.get("cyber", 0) / by_code.sum()
    return f"Cyber incidents caused {share:.0f}% of the hours lost to unplanned disruption."
