"""What changed alongside funding: funded councils beside those not funded by then."""

from dataclasses import replace

from analytics import impact
from analytics.charts import words
from analytics.charts.event_time import event_time
from analytics.ui import layout, parts, store
from analytics.ui.view import View


def changed(see: View) -> None:
    """Outcomes and hours since first support, beside councils not funded by then."""
    parts.section(
        "What changed alongside funding",
        "Both lines are zero in the year before support. The distance between them "
        "is how much more funded councils changed than the others.",
    )
    change(see, "comparable_outcomes_achieved",
           "Change in outcomes achieved since first support")  # fmt: skip
    change(see, "hours_disrupted",
           "Change in service hours disrupted since first support")  # fmt: skip


def change(see: View, key: str, title: str) -> None:
    """What changed after first support, beside councils not funded by then."""
    about = see.indicator(key)
    found = store.read(impact.change_since_support, see.scope, about)
    if found.lines.empty:
        layout.empty("nothing_matches")
        return
    unit = replace(about, unit="points") if about.unit == "percent" else about
    funded = int(found.steps["councils"].max())
    others = int(found.steps["other_councils"].max())
    layout.figure(
        store.draw(event_time, found.lines, indicator=unit, step="Years"),
        title=title, sentence=f"{found.words} {impact.DESIGN}", about=about,
        data=found.lines.rename(columns={"quarter": "Years since first support",
                                         "value": "Change since the year before"}),
        coverage=f"up to {funded} funded councils and {others} others in a year",
        period="All years with assessments or returns",
        source=f"{about.source}; awards ledger", collection=see.collection,
        alt=words.alt("Line chart", title, found.words), key=f"change-{key}",
    )  # fmt: skip
