"""Funding against need: who was chosen, before anybody asks what the money did."""

import math
from dataclasses import replace

from analytics.charts.columns import columns
from analytics.funding.reach import reads
from analytics.funding.reach.chart import need_scatter
from analytics.funding.reach.reads import Need
from analytics.reading import awards
from analytics.reading.disclosure import WITHHELD
from analytics.reading.viewer import NotAllowedError
from analytics.ui import filters, layout, parts, store
from analytics.ui.view import View
from analytics.words import numbers, sentences
from analytics.words.money import measure


NEEDS = {
    "maturity": "Starting maturity",
    "deprivation": "Deprivation",
    "incidents": "Incidents before",
}
MEASURES = {
    "maturity": measure(
        "Outcomes achieved in the first assessed year",
        "percent",
        "Comparable CAF outcomes achieved, of those assessed, in the first year with "
        "an assessment.",
    ),
    "deprivation": measure(
        "Deprivation score", "count", "The area's score of deprivation: higher is more deprived."
    ),
    "incidents": measure(
        "Incidents a year before the first award year",
        "per_council_year",
        "Confirmed and suspected cyber incidents reported, for each year reported on, "
        "in years before any award. Councils that monitor better report more.",
    ),
}
# Whether more need is a lower number.
IS_LOW = {"maturity"}
SOURCES = {
    "maturity": "CAF assessments",
    "deprivation": "Reference table of councils",
    "incidents": "Incidents reported by councils",
}
AWARD = measure(
    "Awarded per resident",
    "gbp_per_resident",
    "Money awarded over the years chosen, for each resident.",
)
READING = (
    "Cyber Support was meant for councils in most need, so councils with and without "
    "money differed to begin with. Setting funded beside unfunded councils as they "
    "are now would take that difference for the work of the money. This part says who"
    " was chosen, not what the money did. Where grants are of much the same size, "
    "small councils receive more per resident whatever their need, so pounds are "
    "correlated too."
)
STRENGTHS = (
    (0.1, "hardly any link"),
    (0.3, "a weak link"),
    (0.5, "a moderate link"),
    (1.1, "a strong link"),
)
PLACES = ("Most need", "Second", "Middle", "Fourth", "Least need")


def needs(see: View) -> None:
    """The scatter of need and award, and five groups of councils by need."""
    parts.section("Did money go to need?", READING)
    # Not in one row: beside another choice the three would not wrap on a phone.
    need = filters.one_of("Need measured by", NEEDS, "need")
    programme = filters.one_from(
        "Awards of",
        {"": "All programmes", **store.read(awards.programmes)},
        "awards",
        default="",
        width=260,
    )
    try:
        found = see.read(reads.need, need=need, programme=programme)
    except NotAllowedError as error:
        parts.note(str(error))
        return
    if not found.known:
        layout.empty("nothing_matches")
        return
    name = store.read(awards.programmes).get(programme, "all programmes")
    scatter(see, found, need, name)
    by_fifth(see, found, need, name)


def period_of(see: View, found: Need) -> str:
    """The years that awards are of."""
    return "All years on record" if found.is_whole else see.period


def figures(see: View, found: Need, need: str) -> View:
    """The view, whose figures set awards beside one measure of need."""
    return see.telling(
        period=period_of(see, found),
        about=replace(AWARD, caveat=f"{AWARD.caveat} {MEASURES[need].definition}"),
        source=f"Awards ledger; {SOURCES[need]}",
        coverage=sentences.coverage(found.known, found.expected),
        prefix="need-",
    )


def scatter(see: View, found: Need, need: str, programme: str) -> None:
    """One mark a council that may be named."""
    dots = found.dots.rename(columns={"per_resident": "award"})
    if len(dots) < 2 or dots["need"].isna().all():
        return
    about = MEASURES[need]
    none, unknown = (dots["award"] == 0).sum(), dots["need"].isna().sum()
    apart = (
        f" {numbers.count(unknown)} whose need is unknown stand right of the dotted line."
        if unknown
        else ""
    )
    sentence = (
        f"{correlation_words(found, need)} {numbers.count(none)} councils that "
        "received no money are ticks in the strip below: nought is known there, not "
        f"unknown.{apart}"
        f"{late_words(found)}"
    )
    title = f"Need and award: {NEEDS[need].lower()}, {programme}, {period_of(see, found)}"
    table = dots[["council_name", "region", "council_type", "need", "award"]].set_axis(
        ["Council", "Region", "Type of council", heading(need), "Per resident (£)"], axis=1
    )
    figures(see, found, need).figure(
        need_scatter,
        dots,
        need=about,
        award=AWARD,
        selected=see.gss_code or None,
        table=table.round(2),
        title=title,
        sentence=sentence,
        key="scatter",
    )


def heading(need: str) -> str:
    """The heading of a column of need."""
    return f"{MEASURES[need].title}{' (%)' if need == 'maturity' else ''}"


def correlation_words(found: Need, need: str) -> str:
    """The rank correlation, which way it goes and how strong it is."""
    if math.isnan(found.rho):
        return "Too few councils, or all alike: no rank correlation."
    behind = sentences.coverage(found.known, found.expected)
    size = next(said for most, said in STRENGTHS if abs(found.rho) < most)
    is_more = (found.rho < 0) == (need in IS_LOW)
    which = "more" if is_more else "less"
    link = (
        size
        if size == STRENGTHS[0][1]
        else f"{size}, councils with more need having received {which} per resident"
    )
    pounds = ""
    if not math.isnan(found.rho_pounds):
        pounds = f" In pounds instead of pounds per resident it is {found.rho_pounds:+.2f}."
    lower = "lower" if need in IS_LOW else "higher"
    return (
        f"Rank correlation {found.rho:+.2f} over {behind} (0 is no link, 1 and -1 are "
        f"the closest): {link}.{pounds} A {lower} number is more need."
    )


def late_words(found: Need) -> str:
    """How many councils were first measured after their first award."""
    if not found.late:
        return ""
    return (
        f" Of {numbers.count(found.late)} councils the first assessment came in or "
        "after the year of their first award, which may have changed it already."
    )


def by_fifth(see: View, found: Need, need: str, programme: str) -> None:
    """Five groups of councils, from most to least need."""
    frame = found.fifths.sort_values("fifth", ascending=need in IS_LOW)
    known = frame.dropna(subset="per_resident")
    if len(frame) < 2 or known.empty:
        return
    names = (
        PLACES if len(frame) == len(PLACES) else [str(place) for place in range(1, len(frame) + 1)]
    )
    data = frame.assign(period_label=list(names), part=AWARD.title, value=frame["per_resident"])
    first, last = data.iloc[0], data.iloc[-1]
    said = [
        f"{row['period_label'].lower()} {numbers.value(AWARD, row['value'])} "
        f"({numbers.count(row['funded'])} of {numbers.count(row['councils'])} funded)"
        for row in (first, last)
        if not numbers.is_unknown(row["value"])
    ]
    table = data[
        ["period_label", "need", "councils", "funded", "awarded_gbp", "per_resident"]
    ].round(2)
    table = (
        table.astype(object)
        .where(table.notna(), WITHHELD)
        .set_axis(
            [
                "Group by need",
                f"Mean: {heading(need).lower()}",
                "Councils",
                "Councils with an award",
                "Awarded (£)",
                "Per resident (£)",
            ],
            axis=1,
        )
    )
    figures(see, found, need).figure(
        columns,
        data,
        parts=[AWARD.title],
        unit="gbp_per_resident",
        table=table,
        title=f"Awarded per resident by need: {NEEDS[need].lower()}, {programme}, "
        f"{period_of(see, found)}",
        sentence="Councils in five groups of about the same number, from most to least "
        f"need; residents are taken together. In pounds: {'; '.join(said)}.",
        key="fifths",
    )
