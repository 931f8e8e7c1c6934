"""Where do councils stand? The three questions, and five objectives with one figure each."""

from analytics.overview.objectives import objectives
from analytics.reading import lookups
from analytics.ui import figures, layout, parts, store
from analytics.ui.view import View


def five_objectives(see: View) -> None:
    """A card per measure of each objective of the Local Digital Collaboration Unit."""
    names = store.read(lookups.objectives)
    headline = sorted(
        (i for i in see.measures if i.objective), key=lambda i: (i.objective, i.order, i.key)
    )
    parts.section(
        "Five objectives and their measures",
        "Each card gives the latest year, the change on the year before, and how many "
        "councils are behind it.",
    )
    layout.headlines([figures.card(see, i, objective=names[i.objective]) for i in headline])


def main_figures(see: View) -> None:
    """The objectives, then one figure for each question."""
    five_objectives(see)
    parts.section("How mature is each council's cyber security, and is it rising?")
    met = see.indicator("profile_outcomes_met")
    figures.trend_of(see, see.indicator("comparable_outcomes_achieved"))
    figures.map_of(see, met)
    parts.link("standing", "More on risk maturity")
    parts.section("What does disruption cost residents, and is it falling?")
    figures.trend_of(see, see.indicator("hours_disrupted"))
    parts.link("is_it_falling", "More on service disruption")
    parts.section("What does funding change?")
    figures.comparison_of(see, see.indicator("awarded_per_resident"), "region")
    parts.link("the_money", "More on funding impact")


PARTS = {"overview": ("Three questions", main_figures), "objectives": ("Objectives", objectives)}


def draw(see: View) -> None:
    """The part that is chosen."""
    parts.one_part(see, PARTS)
