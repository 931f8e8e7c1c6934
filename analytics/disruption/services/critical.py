"""View of the weeks in which some services matter most, and what was lost in them."""

from dataclasses import replace

import pandas as pd

from analytics.charts.matrix import matrix
from analytics.disruption.services import critical_reads
from analytics.reading import marts
from analytics.reading.disclosure import UNKNOWN
from analytics.reading.indicators import Indicator
from analytics.ui import layout, parts, store
from analytics.ui.view import View
from analytics.words import numbers, sentences


SOURCE = "Service disruptions reported by councils; weeks and services: our own choice"
HIT = Indicator(
    key="critical_weeks",
    theme="",
    title="Councils disrupted",
    question="",
    definition="Councils with an unplanned disruption of a service that matters most "
    "in those weeks, while they lasted, of those that reported every month of them.",
    kind="ratio",
    numerator="Councils with such a service disrupted",
    denominator="Councils that reported every month of those weeks",
    unit="percent",
    grain="year",
    polarity="lower_is_better",
    source=SOURCE,
    caveat="Which weeks and services these are is our choice; it is a table that a "
    "department can change. Hours are unplanned only.",
)
HOURS = replace(
    HIT,
    key="critical_hours",
    title="Hours disrupted",
    unit="hours",
    definition="",
    numerator="Hours",
    denominator="",
    polarity="none",
    caveat="",
)
# What a cell without a figure says: those weeks were, or there were none.
ABSENT = {True: UNKNOWN, False: "–"}
HOUR_EDGES = (0, 1, 8, 24, 72, 2200)
EDGES = (0, 5, 10, 20, 40, 100)


def critical_weeks(see: View) -> None:
    """A grid of kinds of weeks by year, for the councils in scope and for one."""
    found = see.read(critical_reads.critical).copy()
    parts.note(chosen_services())
    found["year"] = [year_of(day) for day in found["ends_on"]]
    grid(see, found, found, see.place, "critical")
    if see.gss_code and not see.scope.councils:
        alone = see.of_council()
        own = store.read(critical_reads.critical, alone.scope).copy()
        own["year"] = [year_of(day) for day in own["ends_on"]]
        grid(alone, own, found, see.council_name, "critical-own")


def chosen_services() -> str:
    """Which services each kind of weeks is about."""
    names = store.read(critical_reads.services)
    told = [
        f"{label}: {sentences.listed(list(rows['service']))}."
        for label, rows in names.groupby("window_label", sort=False)
    ]
    return "Some weeks matter more for some services. " + " ".join(told)


def grid(see: View, data: pd.DataFrame, known: pd.DataFrame, place: str, key: str) -> None:
    """Kinds of weeks down, years across; in a cell the share of councils disrupted.

    `known` has the weeks that anybody reported on, for one council those of its region.
    """
    if data.empty or data["value"].isna().all():
        layout.empty("nothing_matches")
        return
    is_one = bool(see.scope.councils)
    title = (
        f"Hours lost in critical weeks, {place}, {see.period}"
        if is_one
        else f"Councils disrupted in critical weeks, {place}, {see.period}"
    )
    about = HOURS if is_one else HIT
    chart = store.draw(
        matrix,
        for_chart(data, is_one, known),
        value="shown",
        rows="group_label",
        columns="year",
        text="text",
        unknown="absent",
        indicator=about,
        edges=HOUR_EDGES if is_one else EDGES,
        events=see.marks_by("year"),
    )
    sentence = told(data, is_one)
    see.figure(
        chart,
        table=table(data),
        title=title,
        sentence=sentence,
        kind="Grid chart",
        about=HIT,
        coverage=sentences.coverage(data["denominator"].max(), see.expected),
        source=SOURCE,
        key=key,
    )


def year_of(day: object) -> str:
    """The financial year in which a stretch of weeks ends."""
    return marts.period_label(pd.Timestamp(str(day)), "year")


def for_chart(data: pd.DataFrame, is_one: bool, known: pd.DataFrame) -> pd.DataFrame:
    """The whole grid, years in their order: what is shaded, and what is written.

    A cell is empty ([x]) where those weeks were but nobody here reported them all, and
    has a dash where no such weeks ended in the year.
    """
    years, kinds = sorted(known["year"].unique()), known["group_label"].unique()
    cells = pd.MultiIndex.from_product([kinds, years], names=["group_label", "year"]).to_frame(
        index=False
    )
    grid = cells.merge(data, how="left", on=["group_label", "year"])
    there = set(zip(known["group_label"], known["year"], strict=True))
    is_there = [key in there for key in zip(grid["group_label"], grid["year"], strict=True)]
    shown = grid["hours"] if is_one else grid["value"]
    said = [number(value, is_one) for value in shown]
    absent = pd.Series(is_there).map(ABSENT)
    return grid.assign(shown=shown, text=said, absent=absent)


def number(value: float, is_one: bool) -> str:
    """What is written in a cell: hours without their word, or a share."""
    if numbers.is_unknown(value):
        return ""
    return (
        f"{value:,.1f}"
        if is_one and value
        else numbers.value("count" if is_one else "percent", value)
    )


def told(data: pd.DataFrame, is_one: bool) -> str:
    """The worst stretch, and the last of each kind in short."""
    told_of = data.dropna(subset="hours")
    if is_one:
        lost = told_of[told_of["hours"] > 0]
        return (
            f"Of {len(told_of)} such stretches of weeks that it reported on, "
            f"{len(lost)} had one of those services disrupted, "
            f"{numbers.value('hours', lost['hours'].sum())} in all."
        )
    worst = told_of.sort_values("value", ascending=False).iloc[0]
    return (
        f"Most were hit in {worst['group_label'].lower()} {worst['year']}: "
        f"{numbers.count(worst['numerator'])} of "
        f"{numbers.count(worst['denominator'])} councils that reported, "
        f"{numbers.value('hours', worst['hours'])} in all."
    )


def table(data: pd.DataFrame) -> pd.DataFrame:
    """Every stretch, with what it is and what was lost."""
    days = [f"{pd.Timestamp(day):%Y-%m-%d}" for day in data["period"]]
    ends = [f"{pd.Timestamp(day):%Y-%m-%d}" for day in data["ends_on"]]
    return pd.DataFrame(
        {
            "Weeks": data["group_label"],
            "From": days,
            "To": ends,
            "Why": data["words"],
            "Councils that reported": data["denominator"],
            "Councils disrupted": data["numerator"],
            "Share in percent": data["value"],
            "Services": data["services"],
            "Hours": data["hours"],
            "Note": data["note"],
        }
    )
