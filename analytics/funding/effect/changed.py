"""Before and after: funded councils one by one, beside those not funded by then."""

from dataclasses import replace

import pandas as pd

from analytics.funding.effect import design, reads, words
from analytics.funding.effect.before_after import before_after
from analytics.funding.effect.event_time import event_time
from analytics.funding.effect.reads import ANY, FUNDED, LEVEL, OTHERS, BeforeAfter
from analytics.impact.inference import FEWEST_TREATED
from analytics.reading import alongside
from analytics.reading.effect_panel import OUTCOMES, year_label
from analytics.reading.indicators import Indicator
from analytics.reading.marts import is_narrowed
from analytics.ui import filters, layout, parts, store
from analytics.ui.view import View
from analytics.words import alongside as alongside_words
from analytics.words import numbers, sentences


YEARS_ON = {"0": "The year of support", "1": "1 year on", "2": "2 years on", "3": "3 years on"}
EVERYTHING = "Any support"
DATED = (
    "Any support is the first that the awards date: training, and awards that do not "
    "say from when they were felt, are left out."
)
SOURCE = "awards ledger"


def changed(see: View) -> None:
    """What moved alongside funding, for an outcome, a programme and a cohort."""
    known = see.read(reads.programmes).set_index("programme")
    with parts.row():
        outcome = filters.one_from(
            "Outcome",
            {key: each.title for key, each in OUTCOMES.items()},
            "outcome",
            default=next(iter(OUTCOMES)),
            width=340,
        )
        programme = filters.one_from(
            "Programme",
            {ANY: EVERYTHING, **known["programme_label"].to_dict()},
            "programme",
            default=ANY,
            width=340,
        )
        cohort = filters.one_from(
            "First supported in", years(see), "cohort", default="0", width=200
        )
    on = filters.one_of("After", YEARS_ON, "after", default="2")
    found = see.read(reads.before_after, outcome, programme, cohort=int(cohort), years_on=int(on))
    design_note(found, DATED if programme == ANY else "")
    if found.cohorts.empty or len(found.sides) < 2:
        layout.empty("nothing_matches")
    else:
        councils_figure(see, found, on)
        cohorts_listing(see, found)
    # Means of a part, beside those of England, could tell of the rest.
    is_part = store.viewer().role == "council" and is_narrowed(see.scope)
    if programme == ANY and cohort == "0" and not is_part:
        since_support(see, outcome)


def years(see: View) -> dict[str, str]:
    """Years of first support to choose from: those of the scope."""
    first, last = see.scope.since_year.year, see.scope.until_year.year
    return {"0": "All years"} | {str(year): year_label(year) for year in range(first + 1, last + 1)}


def design_note(found: BeforeAfter, more: str) -> None:
    """How many sites and councils there are, and what may be said of them."""
    parts.note(f"{counted(found)} {more} {design.label(LEVEL)}")


def counted(found: BeforeAfter) -> str:
    """Sites and councils, and that few of them are described and no more."""
    sites = "1 site" if found.sites == 1 else f"{numbers.count(found.sites)} sites"
    councils = "1 council" if found.councils == 1 else f"{numbers.count(found.councils)} councils"
    few = ""
    if found.sites < FEWEST_TREATED:
        few = " So few sites give no p-value and no interval."
    return f"{sites}, {councils}, descriptive.{few}"


def councils_figure(see: View, found: BeforeAfter, on: str) -> None:
    """A line for each funded council, over the middle half of those not funded."""
    about = see.indicator(found.outcome.indicator)
    unit = replace(about, unit=found.outcome.unit)
    when = YEARS_ON[on][:1].lower() + YEARS_ON[on][1:]
    title = f"{found.outcome.title}: the year before support, and {when}"
    sentence = f"{moved(found, unit)} {picked(see, found, unit)}{design.short(LEVEL)}"
    see.figure(
        before_after,
        found.lines,
        found.sides,
        indicator=unit,
        label_before="Year before support",
        label_after=YEARS_ON[on],
        selected=see.gss_code,
        table=table(found, unit),
        title=title,
        sentence=sentence,
        about=about,
        coverage=sentences.coverage(known(found), found.councils) + ", known in both years",
        source=f"{about.source}; {SOURCE}",
        key="before-after",
    )


def known(found: BeforeAfter) -> int:
    """Funded councils with a value in both years."""
    return int(found.cohorts["councils"].sum())


def side(found: BeforeAfter, name: str) -> pd.Series:
    """One side's row."""
    return found.sides[found.sides["side"] == name].iloc[0]


def moved(found: BeforeAfter, unit: Indicator) -> str:
    """How both sides moved, by their middle councils."""
    said = []
    for name, words_of in ((FUNDED, "Funded councils"), (OTHERS, "those not funded by then")):
        row = side(found, name)
        change = numbers.change(unit, 0, row["change_middle"])
        before = numbers.value(unit, row["before_middle"])
        after = numbers.value(unit, row["after_middle"])
        said.append(
            f"{words_of}, middle council: {before} before and {after} after, middle "
            f"change {change} ({numbers.count(row['councils'])} councils)"
        )
    rows = found.lines
    rose = int((rows["after"] > rows["before"]).sum())
    each = f" {rose} of the {len(rows)} councils shown rose." if len(rows) > 1 else ""
    return (
        f"{said[0]}; {said[1]}, over the same years.{each} The grey band holds the "
        "middle half of those not funded."
    )


def picked(see: View, found: BeforeAfter, unit: Indicator) -> str:
    """The council picked out, where it is one of those shown."""
    own = found.lines[found.lines["gss_code"] == see.gss_code]
    if own.empty:
        return absent(see)
    row = own.iloc[0]
    return (
        f"{row['council_name']}: {numbers.value(unit, row['before'])} before, "
        f"{numbers.value(unit, row['after'])} after. "
    )


def absent(see: View) -> str:
    """That the council picked out is not among the lines, where one is."""
    if not see.gss_code:
        return ""
    return (
        f"{see.council_name} has no line here: it was not funded in this choice, or "
        "is not known in both years. "
    )


def table(found: BeforeAfter, unit: Indicator) -> pd.DataFrame:
    """Both sides, then the councils that may be named, as people read them."""
    rows = [
        {
            "Council": f"{row['side']}, middle council of {row['councils']}",
            "Before": numbers.value(unit, row["before_middle"]),
            "After": numbers.value(unit, row["after_middle"]),
            "Middle half before": half(row, "before", unit),
            "Middle half after": half(row, "after", unit),
        }
        for row in found.sides.to_dict("records")
    ]
    rows += [
        {
            "Council": row["council_name"],
            "Before": numbers.value(unit, row["before"]),
            "After": numbers.value(unit, row["after"]),
            "First supported in": year_label(row["first_year"]),
        }
        for row in found.lines.to_dict("records")
    ]
    return pd.DataFrame(rows).fillna("")


def half(row: dict, name: str, unit: Indicator) -> str:
    """The middle half of a side, in words."""
    ends = (numbers.value(unit, row[f"{name}_{end}"]) for end in ("low", "high"))
    return " to ".join(ends)


def cohorts_listing(see: View, found: BeforeAfter) -> None:
    """Middle values of each cohort, and how those not funded by then moved."""
    about = see.indicator(found.outcome.indicator)
    rows = found.cohorts
    data = pd.DataFrame(
        {
            "First supported in": rows["first_year"].map(year_label),
            "Councils": rows["councils"],
            "Before": rows["before"].round(1),
            "After": rows["after"].round(1),
            f"Change ({found.outcome.words})": rows["change"].map(words.signed),
            "Change of those not funded by then": rows["other_change"].map(words.signed),
            "Others": rows["others"],
        }
    )
    parts.listing(
        data,
        title="By year of first support",
        sentence=f"Middle council of each. {design.short(LEVEL)} " + " ".join(found.notes),
        period=see.period,
        coverage=sentences.coverage(known(found), found.councils),
        source=f"{about.source}; {SOURCE}",
        collection=see.collection,
        key="before-after-cohorts",
    )


def since_support(see: View, outcome: str) -> None:
    """Mean change year by year since first support, where there is a yearly ratio."""
    about = see.indicator(OUTCOMES[outcome].indicator)
    if about.kind != "ratio":
        return
    parts.section(
        "Year by year",
        "Both lines are zero in the year before support. The distance between them "
        "is how much more funded councils changed than the others.",
    )
    lower = about.title[:1].lower() + about.title[1:]
    change(see, outcome, f"Change in {lower} since first support")


def change(see: View, key: str, title: str) -> None:
    """What changed after first support, beside councils not funded by then."""
    about = see.indicator(key)
    found = see.read(alongside.change_since_support, about)
    if found.lines.empty:
        layout.empty("nothing_matches")
        return
    told = alongside_words.alongside_sentence(found)
    unit = replace(about, unit="points") if about.unit == "percent" else about
    title += ", in percentage points" if unit.unit == "points" else ""
    funded = int(found.steps["councils"].max())
    others = int(found.steps["other_councils"].max())
    see.figure(
        event_time,
        found.lines,
        indicator=unit,
        step="Years",
        table=found.lines.rename(
            columns={
                "quarter": "Years since first support",
                "value": "Change since the year before",
            }
        ),
        title=title,
        sentence=f"{told} {alongside_words.DESIGN}",
        about=about,
        coverage=f"up to {funded} funded councils and {others} others in a year",
        period="All years with assessments or returns",
        source=f"{about.source}; awards ledger",
        key=f"change-{key}",
    )
