"""Incidents, breaches and cost, one measure at a time, and who reports."""

from analytics.charts.relationship import relationship
from analytics.ui import figures, filters, layout, parts
from analytics.ui.view import View
from analytics.words import sentences


# Below this a rank correlation is told as hardly any link (our choice).
NOTABLE = 0.1


def measures(see: View) -> None:
    """Headlines of incidents, then any measure: over time, compared, council by
    council; and whether councils that see more report more."""
    parts.note(
        "Councils that monitor better report more, so counts of incidents are neither "
        "good nor bad in themselves."
    )
    counted = see.cards("incidents")
    layout.headlines([figures.card(see, each) for each in counted])
    every = [*counted, *see.cards("disruption"), see.indicator("p90_hours_to_restore")]
    titles = {each.key: each.title for each in every}
    chosen = filters.one_from("Measure", titles, "measure", default="incidents_reported")
    by = filters.one_of("Compare councils by", filters.COMPARE, "compare")
    figures.trend_of(see, see.indicator(chosen))
    figures.comparison_of(see, see.indicator(chosen), by)
    figures.spread_of(see, see.indicator(chosen), by)
    reporting(see)


def reporting(see: View) -> None:
    """Whether councils that achieve more of the framework also report more."""
    x, y = see.indicator("comparable_outcomes_achieved"), see.indicator("incidents_reported")
    data = see.councils(x).merge(
        see.councils(y)[["gss_code", "value"]], on="gss_code", suffixes=("", "_y")
    )
    data = data[data["gss_code"] != ""].rename(columns={"value": "maturity", "value_y": "reported"})
    both = data.dropna(subset=["maturity", "reported"])
    if len(both) < 5:
        return
    rank = both["maturity"].rank().corr(both["reported"].rank())
    sentence = (
        f"Across {len(both)} councils the rank correlation of maturity and incidents "
        f"reported is {rank:+.2f}: {together(rank)}"
    )
    see.figure(
        relationship,
        data,
        x="maturity",
        y="reported",
        x_indicator=x,
        y_indicator=y,
        selected=see.gss_code or None,
        table=both[["council_name", "region", "council_type", "maturity", "reported"]].rename(
            columns={"maturity": x.title, "reported": y.title}
        ),
        title=f"Incidents reported beside maturity, {see.period}",
        sentence=sentence,
        about=y,
        coverage=sentences.coverage(len(both), len(data)),
        source=f"{x.source}; {y.source.lower()}",
        key="reporting",
    )


def together(rank: float) -> str:
    """What a rank correlation of maturity and incidents reported may mean, in words."""
    if abs(rank) < NOTABLE:
        return "hardly any link."
    if rank > 0:
        return "councils that achieve more tend to report more, which seeing more would explain."
    return "councils that achieve more tend to report fewer."
