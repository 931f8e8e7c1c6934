"""Is it falling? Control charts of disruption, per council that reported."""

from dataclasses import dataclass, replace
from typing import Any, cast

import pandas as pd

from analytics.charts.matrix import matrix
from analytics.charts.theme import records
from analytics.charts.trend import trend as trend_chart
from analytics.disruption.trend.chart import control as control_chart
from analytics.disruption.trend.chart import (
    control_sentence,
    in_words,
    long_label,
    number,
    signal_words,
)
from analytics.reading import control, lookups
from analytics.reading.control_signals import season, signals
from analytics.reading.disclosure import UNKNOWN, WITHHELD
from analytics.reading.indicators import Indicator
from analytics.ui import filters, layout, parts, store
from analytics.ui.layout import Card, Direction
from analytics.ui.view import View
from analytics.words import numbers, sentences


MEASURES = {
    key: about.title
    for key, about in control.MEASURES.items()
    if key not in control.BY_SERVICE.values()
}
BUCKETS = {"month": "Month", "quarter": "Quarter"}
SPLITS = {
    "all": "All together",
    "cause": "Cause",
    "service": "Service",
    "region": "Region",
    "type": "Type of council",
}
MOST_LINES = 5
# Ways to split what happened; the others split councils.
OF_PARTS = ("cause", "service")
WHOSE = {"all": "All councils chosen", "own": "This council"}
LIMITS = {
    "xmr": "Limits are 2.66 times the mean change from one period to the next away "
    "from the average (an XmR chart).",
    "u": "Limits are three standard deviations of a count of that average away, for as "
    "many councils as reported (a u chart). It takes events to come one by one: one "
    "that hits many councils at once goes beyond them.",
    "c": "Limits are three standard deviations of a count of that average away (a c "
    "chart of one council).",
}
RARE = (
    "Of what is rare (fewer than five expected at a point, or nothing at over a third "
    "of points) only points beyond a limit count as signals."
)


@dataclass(frozen=True)
class Shown:
    """What the view looks at: whose figures, of which part, and what was found."""

    see: View
    measure: str
    bucket: str
    split: str
    part: str
    group: str
    place: str

    @property
    def is_one_council(self) -> bool:
        return self.see.scope.councils != ()

    @property
    def by(self) -> str:
        """How councils are grouped for the line that is drawn."""
        if self.is_one_council:
            return "council"
        return self.split if self.group else "england"

    @property
    def ways(self) -> tuple[str, str]:
        """How councils are grouped, and the parts, where all parts are compared."""
        if self.split in OF_PARTS:
            return ("council" if self.is_one_council else "england"), "all"
        return self.split, control.ANY

    @property
    def about(self) -> Indicator:
        """The measure as it is drawn: one council's counts are whole numbers."""
        about = control.indicator(self.measure, is_one_council=self.is_one_council)
        limits = LIMITS[control.kind(self.measure, is_one_council=self.is_one_council)]
        return replace(about, caveat=f"{about.caveat} {limits} {RARE}")

    @property
    def figures(self) -> View:
        """The view, whose figures are about this measure."""
        about = self.about
        return self.see.telling(about=about, source=about.source, coverage=coverage(self))

    def line(self, bucket: str = "") -> pd.DataFrame:
        """The line that is drawn, judged."""
        return self.see.read(
            control.line,
            self.measure,
            by=self.by,
            bucket=bucket or self.bucket,
            part=self.part,
            group=self.group,
        )


def trend(see: View) -> None:
    """Headlines, the control chart of what is chosen, its parts and its season."""
    # Outside a row, choices that have no room beside one another go on a new line.
    measure = filters.one_of("Measure", MEASURES, "amount")
    with parts.row():
        bucket = filters.one_of("By", BUCKETS, "every")
        whose = filters.one_of("Councils", WHOSE, "whose") if see.gss_code else "all"
    see = see.of_council() if whose == "own" else see
    cards(see)
    split = choose_split(see, measure)
    if split == "service":
        measure = control.BY_SERVICE[measure]
    part, group, place = choose_part(see, measure, split)
    found = Shown(see, measure, bucket, split, part, group, place)
    line = found.line()
    if line["value"].isna().all():
        is_withheld = (line["note"] == WITHHELD).any()
        layout.empty("not_allowed" if is_withheld else "nothing_matches")
        return
    chart(found)
    every_signal(found)
    if split != "all":
        beside(found)
        compared(found)
    seasons(found)


def cards(see: View) -> None:
    """The last twelve months of every measure, and whether anything but chance moved
    them."""
    by = "council" if see.scope.councils else "england"
    rows = {key: see.read(control.standing, key, by=by) for key in MEASURES}
    layout.headlines(
        [
            card(control.MEASURES[key], row.iloc[0].to_dict(), control.PER_COUNCIL[key])
            for key, row in rows.items()
            if len(row)
        ]
    )


def card(about: Indicator, row: dict[str, Any], unit: str) -> Card:
    """One measure's year, called better or worse only where a rule says so too."""
    note = f"{unit[:1].upper()}{unit[1:]}"
    if numbers.is_unknown(row["now"]):
        return Card(about.title, numbers.UNKNOWN, note=note)
    change = numbers.change(about, row["before"], row["now"])
    known = change != numbers.UNKNOWN
    month = long_label(row["until"])
    if row["expected"] > 1:
        note += f"; {sentences.coverage(row['councils'], row['expected'])} in {month}"
    return Card(
        about.title,
        numbers.value(about, row["now"]),
        f"{change} on the 12 months before" if known else "",
        f"12 months to {month}. {signal_or_none(row)}.",
        note,
        direction(about, row),
    )


def direction(about: Indicator, row: dict[str, Any]) -> Direction:
    """Which way a year went, judged by polarity only where its signal goes that way."""
    went = "above rising" if row["now"] > row["before"] else "below falling"
    if not row["rule"] or row["side"] not in went.split():
        return "same"
    return cast(Direction, sentences.direction(about, row["before"], row["now"]))


def signal_or_none(row: dict[str, Any]) -> str:
    """The latest signal of a year in words, or that there was none."""
    if not row["rule"]:
        return "No signal: within chance"
    return f"Signal, {signal_words(row)}"


def choose_split(see: View, measure: str) -> str:
    """Draw the choice of what to split by; one council is split by what happened, and
    services have hours and disruptions only."""
    is_one = bool(see.scope.councils)
    options = {
        code: name
        for code, name in SPLITS.items()
        if (not is_one or code in ("all", *OF_PARTS))
        and (code != "service" or measure in control.BY_SERVICE)
    }
    return filters.one_of("Split by", options, "split")


def choose_part(see: View, measure: str, split: str) -> tuple[str, str, str]:
    """Draw the choice of a part: the part, the code of the group, and its name."""
    names = groups_of(see, measure, split)
    if not names:
        return control.ANY, "", see.place
    chosen = filters.one_from(
        SPLITS[split], names, "part", default=next(iter(names)), width=filters.WIDE
    )
    if split in OF_PARTS:
        return chosen, "", f"{see.place}, {names[chosen].lower()}"
    return control.ANY, chosen, names[chosen]


def groups_of(see: View, measure: str, split: str) -> dict[str, str]:
    """Code and label of what can be picked out: causes, regions or types in scope."""
    if split == "all":
        return {}
    if split in OF_PARTS:
        return store.read(control.parts, see.collection, measure)
    if split == "region":
        names = see.scope.regions or store.read(lookups.regions)
        return {name: name for name in names}
    kinds = store.read(lookups.council_groups)
    return {k: v for k, v in kinds.items() if k in (see.scope.groups or kinds)}


def chart(found: Shown) -> None:
    """The control chart of what is chosen, with its sentence and table."""
    data = found.line()
    drawn = store.draw(control_chart, data, indicator=found.about, annotations=found.see.marks())
    what = f"{found.about.title} by {found.bucket}, {found.place}, {found.see.period}"
    sentence = control_sentence(data, signals(data), found.about, found.place)
    found.figures.figure(
        drawn,
        table=table_of(data, found),
        title=what,
        sentence=f"{sentence} {least(data, found)}".strip(),
        kind="Line chart",
        key="control",
    )


def least(data: pd.DataFrame, found: Shown) -> str:
    """That resident-hours are the least that was lost, and how much is not told."""
    if found.measure != "resident_hours" or not data["counted"].sum():
        return ""
    lacking, counted = data["lacking"].sum(), data["counted"].sum()
    return (
        f"This is the least that was lost: {numbers.count(lacking)} of "
        f"{numbers.count(counted)} disruptions of services for the public do not tell "
        "how many residents they hit."
    )


def table_of(data: pd.DataFrame, found: Shown) -> pd.DataFrame:
    """The chart's table: values, what they are made of, limits and rules."""
    each = 12 if control.kind(found.measure, is_one_council=False) == "u" else 1
    scale = 1 if found.is_one_council else each
    rows = data.assign(denominator=data["denominator"] / scale, lower=data["lower"].clip(lower=0))
    names = {
        "centre": "Average",
        "lower": "Lower limit",
        "upper": "Upper limit",
        "rules": "Rules that fired",
        "lacking": "Disruptions that do not tell residents hit",
        "counted": "Disruptions that could tell",
    }
    columns = [
        "period_label",
        "value",
        "note",
        "numerator",
        "denominator",
        "centre",
        "lower",
        "upper",
        "rules",
        "councils",
        "expected",
    ]
    if found.measure == "resident_hours":
        columns += ["lacking", "counted"]
    return rows[columns].rename(columns=names)


def coverage(found: Shown) -> str:
    """Councils that reported in the last period that is known."""
    last = found.line().dropna(subset="value").iloc[-1]
    said = sentences.coverage(last["councils"], last["expected"])
    return f"{said} in {last['period_label']}"


def every_signal(found: Shown) -> None:
    """Each signal in words, the latest first."""
    told = signals(found.line())
    if told.empty:
        return
    rows = [signal_words(row).split(": ") for row in records(told)[::-1]]
    rows = [[when, f"{what[:1].upper()}{what[1:]}"] for when, what in rows]
    order = ", the latest first" if len(rows) > 1 else ""
    several = f"{len(rows)} signals" if len(rows) > 1 else "One signal"
    parts.listing(
        pd.DataFrame(rows, columns=["When", "What the points do"]),
        title=f"Signals: {found.about.title}, {found.place}",
        sentence=f"{several} that chance alone would seldom give{order}. "
        "A signal says that something changed, not why; peaks that come back every "
        "year are the season.",
        period=found.see.period,
        coverage=coverage(found),
        source=found.about.source,
        collection=found.see.collection,
        key="signals",
    )


def beside(found: Shown) -> None:
    """The parts beside one another by quarter, the one drawn above in colour.

    The few incidents of one council would only cross one another.
    """
    data = found.see.read(
        control.series, found.measure, by=found.ways[0], bucket="quarter", part=found.ways[1]
    )
    names = groups_of(found.see, found.measure, found.split)
    if found.split == "service":
        # Dozens of lines could not be told apart: those with most, and the one chosen.
        names = {code: names[code] for code in {*list(names)[:MOST_LINES], found.part}}
    if found.split in OF_PARTS:
        data = data[data["part"].isin(names)]
        label = data["part"].map(names)
        data = data.assign(group_code=data["part"], group_label=label)
    if found.is_one_council or data["value"].isna().all():
        return
    chosen, about = found.group or found.part, control.MEASURES[found.measure]
    found.figures.figure(
        trend_chart,
        data,
        indicator=about,
        highlight=chosen,
        annotations=found.see.marks(),
        table=data[
            ["group_label", "period_label", "value", "note", "numerator", "councils", "expected"]
        ],
        title=f"{about.title} by {SPLITS[found.split].lower()}{most(found)}, {found.see.period}",
        sentence=sentences.trend_sentence(data, about, chosen),
        key="beside",
    )


def most(found: Shown) -> str:
    """That not every service is drawn."""
    return f" (the {MOST_LINES} with most)" if found.split == "service" else ""


def compared(found: Shown) -> None:
    """Each part's last twelve months, the twelve before, and its latest signal."""
    by, part = found.ways
    rows = found.see.read(control.standing, found.measure, by=by, part=part)
    code = rows["part"] if part == "all" else rows["group_code"]
    names = groups_of(found.see, found.measure, found.split)
    rows = rows.assign(label=code.map(names)).dropna(subset="label")
    about, unit = control.MEASURES[found.measure], control.PER_COUNCIL[found.measure]
    told = pd.DataFrame(
        {
            SPLITS[found.split]: rows["label"],
            f"Last 12 months ({unit})": [number(about, n) for n in rows["now"]],
            "12 months before": [number(about, n) for n in rows["before"]],
            "Latest signal of the 12 months": [
                signal_words(row) if row["rule"] else "No signal" for row in records(rows)
            ],
        }
    )
    fired = int((rows["rule"] != "").sum())
    parts.listing(
        told,
        title=f"Which moved: {about.title} by {SPLITS[found.split].lower()}",
        sentence=f"{fired} of {len(rows)} had a signal in the last 12 months; each is "
        "judged by its own average and limits.",
        period=found.see.period,
        coverage=coverage(found),
        source=about.source,
        collection=found.see.collection,
        key="compared",
    )


def seasons(found: Shown) -> None:
    """The same month of every year beside one another."""
    line = found.line("month")
    if line["value"].isna().all():
        return
    data = season(line)
    about = found.about
    data["said"] = [
        "" if pd.isna(n) else number(about, n).removesuffix(" hours").removesuffix(" hour")
        for n in data["value"]
    ]
    gaps = data.loc[data["value"].isna(), "note"]
    unknown = WITHHELD if len(gaps) and (gaps == WITHHELD).all() else UNKNOWN
    drawn = store.draw(
        matrix,
        data,
        value="value",
        rows="month",
        columns="year",
        text="said",
        unknown=unknown,
        indicator=about,
        events=found.see.marks_by("year"),
    )
    wide = data.assign(
        value=data["value"].astype(object).where(data["value"].notna(), data["note"])
    )
    found.figures.figure(
        drawn,
        table=wide[["month", "year", "value"]].rename(
            columns={"month": "Month", "year": "Financial year"}
        ),
        title=f"The season: {about.title} by calendar month, {found.place}",
        sentence=season_sentence(data, line, found),
        kind="Heat map",
        key="season",
    )


def season_sentence(data: pd.DataFrame, line: pd.DataFrame, found: Shown) -> str:
    """The last month beside the same month of other years, and the usual peak."""
    last = line.dropna(subset="value").iloc[-1]
    month = f"{last['period']:%B}"
    same = data[(data["month"] == month)].dropna(subset="value")["value"].iloc[:-1]
    about = found.about
    said = f"{long_label(last['period_label'])}: {in_words(about, last['value'])}"
    if len(same):
        low, high = (number(about, n) for n in (same.min(), same.max()))
        between = low if low == high else f"{low} to {high}"
        said += f"; {month} of earlier years: {between}"
    usual = data.groupby("month", sort=False)["value"].mean().dropna()
    if line["value"].notna().sum() < 24 or usual.nunique() < 2:
        return f"{said}."
    return (
        f"{said}. On average {usual.idxmax()} is highest "
        f"({number(about, usual.max())}) and {usual.idxmin()} lowest "
        f"({number(about, usual.min())})."
    )
