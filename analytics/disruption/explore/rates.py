"""Rates by size: incidents and hours per resident, and whether chance explains them.

No colour is good or bad here: a council that sees more reports more. So monitoring
(principle C1 of the CAF) and hours to detect stand beside every rate.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analytics.disruption.explore.chart import funnel, interval, number, rated
from analytics.reading import rates as reads
from analytics.reading.disclosure import WITHHELD
from analytics.reading.rates import MEASURES, MONITORING, TIERS, Measure
from analytics.ui import filters, layout, parts
from analytics.ui.layout import Card
from analytics.ui.view import View
from analytics.words import numbers as formats
from analytics.words import sentences


UNIT = "per 100,000 residents a year"
READING = (
    "Councils that monitor better see more and report more, so no rate is good or bad "
    "in itself: each stands beside the council's security monitoring (principle C1 of "
    "the CAF) and its hours to detect. All councils are counted and none is sampled, "
    "so an interval says how far a rate would vary by chance if nothing changed. Only "
    "months that a council reported on count, and a nil return counts as nought."
)
SHARED = (
    "Counties share their residents with districts: national and regional rates count "
    "the incidents of both and divide by residents of districts and unitaries."
)
READ_BESIDE = (
    "Under each name: the share of monitoring outcomes (C1) met, and the hours in "
    "which half of confirmed cyber incidents were detected."
)
SOURCES = {
    "incidents": "Incidents reported by councils; months with a return, nil returns included",
    "disruptions": "Service disruptions reported by councils; months with a return, "
    "nil returns included",
}
BESIDE = "CAF assessments; population 2020 (ONS, through mySociety)"


@dataclass(frozen=True)
class Rates:
    """What one run of the view looks at: the scope, what is counted, which tier."""

    see: View
    key: str
    tier: str

    @property
    def measure(self) -> Measure:
        return MEASURES[self.key]

    @property
    def tier_words(self) -> str:
        return TIERS[self.tier].lower()

    @property
    def source(self) -> str:
        return f"{SOURCES[self.measure.dataset]}; {BESIDE}"

    @cached_property
    def councils(self) -> pd.DataFrame:
        """One row per council of the tier, with its rate and interval."""
        return self.read(reads.councils, tier=self.tier)

    @cached_property
    def whole(self) -> pd.Series:
        """All councils in scope together."""
        return self.read(reads.groups, by="england").iloc[0]

    @cached_property
    def standing(self) -> int:
        """Councils of the tier in scope, whether or not the viewer may see them."""
        see = self.see
        return see.read(reads.shown_councils, self.tier)

    def read(self, function: Any, **options: Any) -> Any:
        """A read of `analytics.reading.rates`."""
        return self.see.read(function, self.key, **options)


def chosen(see: View) -> Rates:
    """Draw the choices of the view: what is counted, and which councils compared."""
    titles = {key: measure.title for key, measure in MEASURES.items()}
    with parts.row():
        key = filters.one_from("Counted", titles, "rate", default="confirmed", width=340)
        first = "upper" if see.scope.groups == ("county",) else "lower"
        tier = filters.one_of("Councils compared", TIERS, "tier", default=first)
    return Rates(see, key, tier)


def headlines(found: Rates) -> None:
    """The rate of all councils in scope, of the one picked out, and what is beside."""
    whole = found.whole
    cards = [rate_card(found, found.see.place, whole)]
    own = found.councils[found.councils["gss_code"] == found.see.gss_code]
    if len(own):
        cards.append(rate_card(found, found.see.council_name, own.iloc[0]))
    layout.headlines([*cards, monitoring_card(whole), detection_card(whole)])


def rate_card(found: Rates, name: str, row: pd.Series) -> Card:
    """One rate, with its interval and the months or councils behind it."""
    limits = interval(dict(row[["lower", "upper"]]), between="95% interval ")
    behind = (
        sentences.coverage(row["councils"], row["expected"])
        if "councils" in row
        else f"{formats.count(row['months'])} months reported on"
    )
    title = f"{found.measure.title}, {name}"
    return Card(title, shown(row), "", behind, f"{UNIT.capitalize()}. {limits}".strip())


def shown(row: pd.Series) -> str:
    """A rate as it may be shown: a number, withheld or not known."""
    return "withheld" if row["note"] == WITHHELD else number(row["value"])


def monitoring_card(whole: pd.Series) -> Card:
    """How much of security monitoring the councils in scope meet."""
    note = f"Of {formats.count(whole['assessed'])} assessed, each council's latest year"
    value = formats.value("percent", whole["monitoring"])
    return Card("Monitoring outcomes (C1) met", value, "", "", note)


def detection_card(whole: pd.Series) -> Card:
    """How soon half of confirmed cyber incidents were detected."""
    count = formats.count(whole["detected"])
    value = formats.value("hours", whole["detect_hours"])
    note = f"Half of {count} confirmed cyber incidents whose beginning is known"
    return Card("Median time to detect", value, "", "", note)


def by_size(found: Rates) -> None:
    """Each council beside what its residents and months would lead one to expect."""
    data = found.councils
    known = told(data.dropna(subset="ratio"))
    if known.empty:
        layout.empty("nothing_matches" if found.standing == 0 else "not_allowed")
        return
    measure = found.measure
    curves = reads.curves(known["expected"]) if measure.is_count else None
    title = f"{measure.title} by size of council"
    title += f", {found.tier_words}, {found.see.period}"
    sentence = f"{funnel_sentence(found, known)} {drawn(found)}".strip()
    frames = [known] if curves is None else [known, curves]
    found.see.figure(
        funnel,
        *frames,
        many=measure.many,
        selected=found.see.gss_code or None,
        table=table(found, farthest_first(data)),
        title=title,
        sentence=sentence,
        coverage=sentences.coverage(len(known), found.standing),
        source=found.source,
        key="funnel",
    )


def told(data: pd.DataFrame) -> pd.DataFrame:
    """The frame with monitoring and time to detect in words, as charts write them."""
    return data.assign(beside=[in_words(row) for _, row in data.iterrows()])


def in_words(row: pd.Series) -> str:
    """How much of C1 is met and how soon incidents are detected, as far as known."""
    said = []
    if "monitoring" in row and pd.notna(row["monitoring"]):
        said.append(f"C1 {row['monitoring']:.0f}%")
    if pd.notna(row["detect_hours"]):
        said.append(f"{number(row['detect_hours'])} h")
    return ", ".join(said)


def funnel_sentence(found: Rates, known: pd.DataFrame) -> str:
    """How many councils lie outside the limits, beside what chance would put there."""
    measure, many = found.measure, found.measure.many
    basis = (
        f"Expected {many} are those that a council would have at the rate of all "
        f"{found.tier_words} in England."
    )
    if not measure.is_count:
        return (
            f"{basis} Hours have no limits and no interval: those of one disruption "
            "come together, so they are not so many separate events."
        )
    if len(known) == 1:
        return f"{basis} {own_words(known.iloc[0], many)}"
    outside = known[reads.is_outside(known)]
    outer = outside[reads.is_outside(outside, outer=True)]
    far = outer.iloc[(outer["ratio"] - 1).abs().argsort()[::-1]]
    said = (
        f"Of {formats.count(len(known))} {found.tier_words} that reported, "
        f"{formats.count(len(outside))} lie outside the inner limits, where chance "
        f"alone would put no more than 1 in 20 (about {len(known) / 20:.0f}), and "
        f"{formats.count(len(outer))} outside the outer ones, no more than 1 in 500."
    )
    named = [f"{row.council_name} ({number(row.ratio)})" for row in far.itertuples()]
    if named:
        said += f" Outside the outer limits, times as many as expected: {some(named)}."
    return f"{said} {basis} A council outside is a question to ask, not a verdict."


def own_words(row: pd.Series, many: str) -> str:
    """Where the one council that is drawn lies."""
    return (
        f"{row['council_name']} had {number(row['numerator'])} {many} where "
        f"{number(row['expected'])} were expected: {row['place']}."
    )


def some(names: list[str], most: int = 8) -> str:
    """The first few names, and how many there are besides."""
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def drawn(found: Rates) -> str:
    """Why not every council is drawn, where that is so."""
    hidden = int((found.councils["note"] == WITHHELD).sum())
    hidden += found.standing - len(found.councils)
    if not hidden:
        return ""
    return (
        "Only councils that you may see by name are drawn, since a council's size "
        f"would tell whose dot it is; {formats.count(hidden)} are not."
    )


def farthest_first(data: pd.DataFrame) -> pd.DataFrame:
    """Councils outside the outer limits, then the inner ones, then the others."""
    outer = reads.is_outside(data, outer=True).astype(int)
    order = outer + reads.is_outside(data).astype(int)
    keys = data.assign(order=order, unlike=(data["ratio"] - 1).abs())
    by = ["order", "unlike"] if order.any() else ["ratio"]
    return data.loc[keys.sort_values(by, ascending=False, na_position="last").index]


def table(found: Rates, data: pd.DataFrame) -> pd.DataFrame:
    """Every council, with what stands beside its rate, as people read it."""
    measure = found.measure
    hidden = data["note"] == WITHHELD
    columns = {
        "Council": data["council_name"],
        "Region": data["region"],
        "Type of council": data["council_type"],
        "Residents": data["population"],
        "Months reported on": data["months"],
        measure.many.capitalize(): data["numerator"].round(1),
        "Expected": data["expected"].round(2),
        "Times as many as expected": data["ratio"].round(2),
        f"Rate {UNIT}": data["value"].round(2),
        "Lower limit": data["lower"].round(2),
        "Upper limit": data["upper"].round(2),
        "Place": data["place"],
    }
    if not measure.is_count:
        for name in ("Lower limit", "Upper limit", "Place"):
            columns.pop(name)
    frame = pd.DataFrame(columns)
    numbers = list(columns)[3:]
    frame[numbers] = frame[numbers].astype(object).mask(hidden, WITHHELD)
    return frame.assign(**beside(data))


def beside(data: pd.DataFrame) -> dict[str, pd.Series]:
    """Monitoring and time to detect, with what may not be shown said to be withheld."""
    met = data["monitoring"].round(1).astype(object)
    hours = data["detect_hours"].astype(object)
    return {
        "C1 outcomes met (%)": met.mask(data["monitoring_note"] == WITHHELD, WITHHELD),
        "Median hours to detect": hours.mask(data["detect_note"] == WITHHELD, WITHHELD),
        "Incidents behind that": data["detected"]
        .astype(object)
        .mask(data["detect_note"] == WITHHELD, WITHHELD),
    }


def by_group(found: Rates) -> None:
    """Regions or types of council, each with its interval."""
    by = filters.one_of("Compare councils by", filters.COMPARE, "compare")
    data = found.read(reads.groups, by=by)
    if data["value"].isna().all():
        layout.empty("nothing_matches")
        return
    data = data.sort_values("value", ascending=False, na_position="last")
    whole = found.whole
    title = f"{found.measure.title} {UNIT}, by {filters.COMPARE[by].lower()}"
    sentence = f"{ends(data)}; {found.see.place} {number(whole['value'])}. "
    sentence += f"{group_words(found, by)} {READ_BESIDE}"
    figure_of(
        found,
        data,
        title=title,
        sentence=sentence,
        key=f"rates-{by}",
        first="Group",
        reference=(found.see.place, float(whole["value"])),
        coverage=sentences.coverage(data["councils"].sum(), data["expected"].sum()),
    )


def ends(data: pd.DataFrame) -> str:
    """The highest and the lowest group with their rates."""
    known = data.dropna(subset="value")
    told = [f"{row.group_label} ({number(row.value)})" for row in known.itertuples()]
    if len(told) == 1:
        return f"Known of one group, {told[0]}"
    return f"Highest in {told[0]}, lowest in {told[-1]}"


def group_words(found: Rates, by: str) -> str:
    """How the residents of groups are counted, and what their lines are."""
    said = "Lines are 95% intervals: natural variation, not doubt about the count. "
    if not found.measure.is_count:
        said = ""
    if by == "region":
        return said + SHARED
    return said + (
        "Counties are compared with counties: they share their residents with the "
        "districts in them, and have other services."
    )


def by_monitoring(found: Rates) -> None:
    """Whether councils that monitor better report more."""
    data = found.read(reads.classes, tier=found.tier)
    if data["value"].isna().all():
        return
    title = f"{found.measure.title} {UNIT}, by security monitoring, {found.tier_words}"
    sentence = f"{monitoring_sentence(data)} Each council counts by its latest year."
    figure_of(
        found,
        data,
        title=title,
        sentence=sentence,
        key="rates-monitoring",
        first="Security monitoring",
        reference=None,
        coverage=sentences.coverage(data["councils"].sum(), data["expected"].max()),
    )


def monitoring_sentence(data: pd.DataFrame) -> str:
    """The rate and time to detect of those who meet all of C1 beside the others."""
    known = data.dropna(subset="value").set_index("group_code")
    classes = [code for code in MONITORING if code in known.index and code != "unknown"]
    if len(classes) < 2:
        return "Too few classes of monitoring may be shown to compare them."
    weak, strong = known.loc[classes[0]], known.loc[classes[-1]]
    said = (
        f"{strong['group_label']}: {number(strong['value'])} reported {UNIT}, detected "
        f"within {formats.value('hours', strong['detect_hours'])} (median). "
        f"{weak['group_label']}: {number(weak['value'])}, "
        f"{formats.value('hours', weak['detect_hours'])}."
    )
    if strong["lower"] <= weak["upper"] and weak["lower"] <= strong["upper"]:
        said += " Their intervals overlap, so chance may explain the difference in rate."
    return said


def figure_of(
    found: Rates,
    data: pd.DataFrame,
    *,
    title: str,
    sentence: str,
    key: str,
    first: str,
    reference: tuple[str, float] | None,
    coverage: str,
) -> None:
    """Rates of groups with everything that must stand beside them."""
    found.see.figure(
        rated,
        told(data),
        unit=UNIT,
        reference=reference,
        table=group_table(found, data, first),
        title=f"{title}, {found.see.period}",
        sentence=sentence,
        coverage=coverage,
        source=found.source,
        key=key,
    )


def group_table(found: Rates, data: pd.DataFrame, first: str) -> pd.DataFrame:
    """Groups with their counts, rates and what stands beside them."""
    columns = {
        "Resident-years": data["denominator"],
        found.measure.many.capitalize(): data["numerator"].round(1),
        f"Rate {UNIT}": data["value"].round(3),
    }
    if found.measure.is_count:
        columns |= {"Lower limit": data["lower"].round(3), "Upper limit": data["upper"].round(3)}
    frame = pd.DataFrame(columns).astype(object)
    frame = frame.mask(data["note"] == WITHHELD, WITHHELD)
    frame.insert(0, first, data["group_label"])
    frame.insert(1, "Councils that reported", data["councils"])
    if "monitoring" in data:
        return frame.assign(**beside(data))
    hours = data["detect_hours"].astype(object)
    hidden = (data["note"] == WITHHELD) | (data["detect_note"] == WITHHELD)
    return frame.assign(**{"Median hours to detect": hours.mask(hidden, WITHHELD)})


def rates(see: View) -> None:
    """Rates and their limits by council, region, type and security monitoring."""
    found = chosen(see)
    parts.note(READING)
    headlines(found)
    by_size(found)
    by_group(found)
    by_monitoring(found)
