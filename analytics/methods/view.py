"""What does each measure mean, and how far can it be trusted?"""

import pandas as pd
import streamlit as st

from analytics.methods.asked_for import ANSWERS
from analytics.reading import lookups, public_record
from analytics.ui import layout, parts, store
from analytics.ui.view import View


POLARITY = {
    "higher_is_better": "Higher is better",
    "lower_is_better": "Lower is better",
    "none": "Neither higher nor lower is better",
}
RULES = [
    (
        "Coverage",
        "Every figure says how many councils are behind it. A month or year "
        "without a return is unknown and is never counted or drawn as zero; a nil return "
        "is zero.",
    ),
    (
        "A full count",
        "The 317 principal councils are all there are, not a sample. No "
        "interval is put on one council's share of outcomes, because outcomes are not "
        "repeated trials.",
    ),
    (
        "Ratios",
        "Numerators and denominators are added up first and divided once. No "
        "figure averages percentages or medians.",
    ),
    (
        "Weakest system",
        "CAF objectives A and D are judged once per council, B and C "
        "once per critical system. A council counts at its weakest system.",
    ),
    (
        "Framework versions",
        "CAF codes change meaning between versions. A line breaks "
        "where the version changes, and a change across the break is not given. Re-based "
        "figures count the 37 outcomes that mean the same in CAF 3.2 and 4.0 and judge "
        "every year by what the profile asks for in 4.0.",
    ),
    (
        "Profile",
        "What a council is to reach, outcome by outcome. GovAssure's Baseline "
        "unless another is chosen: the local-government profile is not public. One "
        "outcome below settles that the profile is not met; with none below and one "
        "unknown it is not known.",
    ),
    (
        "Self-assessed and assured",
        "Only outcomes that both the council and a reviewer "
        "judged are compared. A level is the reviewer's where there is one.",
    ),
    (
        "Complete",
        "Every outcome judged for every critical system, at least three "
        "systems, and none that is listed missing. Drafts are not counted.",
    ),
    (
        "Movement",
        "Councils assessed in both of two neighbouring years, outcome by "
        "outcome; across versions only outcomes that mean the same.",
    ),
    (
        "Reorganisation",
        "A row dated before a reorganisation belongs to its council of "
        "the day; its figures carry on to the successor. Where a council was split among "
        "several, its history stays in regional and national totals only.",
    ),
    (
        "Population",
        "County and district residents are the same people. Regional and "
        "national rates divide by district and unitary population (56.5 million).",
    ),
    (
        "NCSC categories",
        "Only the NCSC and law enforcement may assign one; a council's "
        "own category is an estimate.",
    ),
    (
        "Share levels",
        "Each row says who may see it. A group is shown to councils only "
        "when at least five contributed and none makes up more than half; [c] marks what "
        "is withheld, [x] what is not available.",
    ),
    (
        "Ranks and quarters",
        "Ties share the better rank. Quarter A is the best quarter "
        "of the council and its peers, where the measure has a better direction.",
    ),
    (
        "Impact",
        "Change after funding carries a design level of the Maryland "
        "scale. Level 2 means change alongside funding, not its effect.",
    ),
]


def measures(see: View) -> None:
    """Every indicator, made from its header."""
    for theme, name in store.read(lookups.themes).items():
        parts.section(name)
        for indicator in see.indicators(theme):
            with st.expander(indicator.title, key=f"method-{indicator.key}"):
                st.markdown(f"**{indicator.question}**")
                layout.definition(indicator)
                parts.facts(
                    {
                        "Source": indicator.source,
                        "Direction": POLARITY[indicator.polarity],
                        "Measured by": indicator.grain,
                        "File": f"pipelines/sql/indicators/{theme}/{indicator.key}.sql",
                    }
                )


def draw(see: View) -> None:
    """Rules, measures, what the department asks for, sources, and when this was built."""
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
