"""Methods: what does each measure mean, and how far can it be trusted?"""

import pandas as pd

from analytics.methods.asked_for import ANSWERS
from analytics.methods.view import RULES, measures
from analytics.reading import lookups, public_record
from analytics.ui import layout, parts, store
from analytics.ui.view import view


see = view(
    "Methods", "What does each measure mean, and how far can it be trusted?", has_filters=False
)
parts.section("Rules that every figure follows")
parts.facts(dict(RULES))
measures(see)
parts.section(
    "What the department asks for, and where it is answered",
    "The list of the department's own reporting page for the CAF for local government.",
)
layout.table(
    pd.DataFrame(
        [(one.asked, one.place, "" if one.page else one.figure) for one in ANSWERS],
        columns=["Asked for", "Answered on", "Remark"],
    ),
    alt="What the department asks for, and where it is answered",
)
parts.section("Sources of the public record")
layout.table(
    store.read(public_record.sources).rename(
        columns={
            "source_id": "Number",
            "publisher": "Publisher",
            "published_on": "Published",
            "page": "Page",
        }
    ),
    alt="Sources of the public record",
)
built = pd.Timestamp(store.read(lookups.build)["built_at"])
parts.section("About these figures")
parts.facts(
    {
        "Status": "Management information, not official statistics.",
        "Last built": f"{built:%d %B %Y, %H:%M} UTC",
        "Demonstration data": "Invented by a seeded generator, with a planted effect of "
        "funding. It says nothing about any real council.",
        "Next update": "Whenever new files are built into the warehouse.",
    }
)
layout.footer()
