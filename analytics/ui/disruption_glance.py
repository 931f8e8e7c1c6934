"""Service disruption at a glance: hours, causes, incidents, cost, and who reports."""

from dataclasses import replace

from analytics import marts
from analytics.charts import words
from analytics.charts.ranking import ranking
from analytics.charts.relationship import relationship
from analytics.ui import figures, filters, layout, parts, store
from analytics.ui.view import View


CARDS = (
    "hours_disrupted",
    "hours_disrupted_by_cyber",
    "median_hours_to_restore",
    "p90_hours_to_restore",
    "restored_within_objective",
    "incidents_reported",
    "availability_incidents",
    "data_breaches",
    "cost_of_incidents",
    "cost_per_resident",
)


def glance(see: View) -> None:
    """Headlines, hours and their causes, the comparison, and the indicator chosen."""
    layout.headlines([figures.card(see, see.indicator(key)) for key in CARDS[:5]])
    hours = see.indicator("hours_disrupted")
    figures.trend_of(see, hours)
    causes(see)
    by = filters.one_of("Compare councils by", filters.COMPARE, "compare")
    figures.comparison_of(see, hours, by)
    figures.map_of(see, hours)
    parts.section(
        "Incidents, breaches and cost",
        "Councils that monitor better report more, so counts of incidents are neither "
        "good nor bad in themselves.",
    )
    layout.headlines([figures.card(see, see.indicator(key)) for key in CARDS[5:]])
    titles = {key: see.indicator(key).title for key in CARDS[1:]}
    chosen = filters.one_from("Measure", titles, "measure", default=CARDS[5])
    figures.trend_of(see, see.indicator(chosen))
    figures.comparison_of(see, see.indicator(chosen), by)
    figures.spread_of(see, see.indicator(chosen), by)
    reporting(see)


def causes(see: View) -> None:
    """Hours by cause, so that the cyber share can be seen."""
    data = store.read(marts.causes, see.scope)
    if data.empty or data["value"].isna().all():
        return
    hours = replace(
        see.indicator("hours_disrupted"), unit="hours", title="Hours disrupted"
    )
    cyber = data.loc[data["group_code"] == "cyber", "value"].sum()
    share = 100 * cyber / data["value"].sum()
    sentence = (
        f"Cyber incidents caused {share:.0f}% of the hours lost to unplanned "
        "disruption."
    )
    layout.figure(
        store.draw(ranking, data, indicator=hours, highlight="cyber"),
        title=f"Hours of unplanned disruption by cause, {see.period}",
        sentence=sentence,
        about=None,
        data=data[["group_label", "value", "denominator", "councils"]].rename(
            columns={"value": "Hours", "denominator": "Disruptions",
                     "group_label": "Cause"}),
        coverage=words.coverage(data["expected"].max(), see.expected),
        period=see.period,
        source="Service disruptions reported by councils; hours of overlapping "
        "disruptions are not united here",
        collection=see.collection,
        alt=words.alt("Bar chart", "Hours of disruption by cause", sentence),
        key="causes",
    )  # fmt: skip


def reporting(see: View) -> None:
    """Whether councils that achieve more of the framework also report more."""
    x, y = see.indicator("comparable_outcomes_achieved"), see.indicator(CARDS[5])
    data = see.councils(x).merge(
        see.councils(y)[["gss_code", "value"]], on="gss_code", suffixes=("", "_y")
    )
    data = data[data["gss_code"] != ""].rename(
        columns={"value": "maturity", "value_y": "reported"}
    )
    both = data.dropna(subset=["maturity", "reported"])
    if len(both) < 5:
        return
    rank = both["maturity"].rank().corr(both["reported"].rank())
    sentence = (
        f"Across {len(both)} councils the rank correlation of maturity and incidents "
        f"reported is {rank:+.2f}. A council that sees more reports more."
    )
    layout.figure(
        store.draw(
            relationship, data, x="maturity", y="reported", x_indicator=x,
            y_indicator=y, selected=see.gss_code or None),
        title=f"Incidents reported beside maturity, {see.period}",
        sentence=sentence,
        about=y,
        data=both[["council_name", "region", "council_type", "maturity", "reported"]]
        .rename(columns={"maturity": x.title, "reported": y.title}),
        coverage=words.coverage(len(both), len(data)),
        period=see.period,
        source=f"{x.source}; {y.source.lower()}",
        collection=see.collection,
        alt=words.alt("Scatter chart", "Incidents reported beside maturity", sentence),
        key="reporting",
    )  # fmt: skip
