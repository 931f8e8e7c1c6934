"""A page with one of each part, for tests of the layout."""

from analytics.charts.ranking import ranking
from analytics.ui import layout
from analytics.words import sentences
from tests.support.frames import GROUPS, OUTCOMES


SENTENCE = sentences.ranking_sentence(GROUPS, OUTCOMES)

layout.heading("Risk maturity", "How much of the framework do councils meet?")
layout.banner("demonstration")
layout.headlines(
    [
        layout.Card("Outcomes", "54.2%", "up 3.1 percentage points", direction="better"),
        layout.Card("Recovery", "9 hours", "up 4 hours", direction="worse"),
        layout.Card("Incidents", "4.1", "up 0.4", "9 of 12 councils", "Rates", "higher"),
        layout.Card("Awards", "not known"),
    ]
)
layout.figure(
    ranking(GROUPS, indicator=OUTCOMES),
    title="South *meets* most",
    sentence=SENTENCE,
    about=OUTCOMES,
    data=GROUPS,
    coverage="22 of 34 councils",
    period="2021/22 to 2025/26",
    source=OUTCOMES.source,
    collection="demonstration",
    alt=sentences.alt("Bar chart", "South meets most", SENTENCE),
    key="regions",
)
layout.empty("nothing_matches")
layout.footer()
