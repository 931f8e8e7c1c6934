"""How it happens: incidents in VERIS terms, a vocabulary for recording them.

Three parts of which only the chosen one runs: what happened, who did it and what was
lost, and what suppliers and shared events have to do with it.
"""

from analytics.disruption.causes.found import Found, choose
from analytics.disruption.causes.suppliers import shared
from analytics.disruption.causes.what import what
from analytics.disruption.causes.who import who
from analytics.reading import patterns as reads
from analytics.ui import filters, layout, parts
from analytics.ui.layout import Card
from analytics.ui.view import View
from analytics.words import numbers


LOOKS = {
    "what": "What happened",
    "who": "Who, and what was lost",
    "shared": "Suppliers and shared events",
}
SHOWN = {"what": what, "who": who, "shared": shared}
READING = (
    "Incidents are described in the terms of VERIS, a public vocabulary: what was done "
    "(action), by whom (actor), and what was lost (attribute). Only months that a "
    "council reported on count; a nil return is nought. Councils that watch better "
    "report more, and more errors reported may mean more openness: none of this is a "
    "judgement of a council."
)


def draw(see: View) -> None:
    """How it happens: the part that is chosen."""
    parts.note(READING)
    look = filters.one_of("Part", LOOKS, "look")
    found = choose(see, has_periods=look != "who")
    if found.whole is None:
        layout.empty("nothing_matches")
        return
    headlines(found)
    SHOWN[look](found)


def headlines(found: Found) -> None:
    """All incidents, ransomware and supplier involvement."""
    if found.whole is None:
        return
    suppliers = found.all("supplier").set_index("part")["value"]
    told = suppliers[["yes", "no"]].sum(skipna=False)
    held = found.all("ransomware").iloc[0]
    share = 100 * suppliers["yes"] / told if told else float("nan")
    rest = suppliers[reads.UNTOLD]
    untold = "none" if rest == 0 else numbers.count(rest)
    layout.headlines(
        [
            Card(
                found.counted.capitalize(), numbers.count(found.whole["value"]), "", found.coverage
            ),
            Card(
                "Of them ransomware",
                numbers.count(held["value"]),
                "",
                "",
                f"Councils that had one: {numbers.count(held['hits'])}",
            ),
            Card(
                "With a supplier involved",
                numbers.value("percent", share),
                "",
                "",
                f"Of {numbers.count(told)} that tell; {untold} do not",
            ),
        ]
    )
