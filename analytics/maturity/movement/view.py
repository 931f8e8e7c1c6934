"""What moved: flows between levels, outcomes and councils that improved or slipped."""

from dataclasses import replace

import pandas as pd

from analytics.charts.alluvial import alluvial
from analytics.charts.composition import composition
from analytics.charts.slope import slope
from analytics.maturity.movement import reads
from analytics.reading import caf
from analytics.ui import layout, parts, store
from analytics.ui.caf import SHARE, Maturity, labelled, since, span
from analytics.ui.layout import Card
from analytics.words import movement as movement_words
from analytics.words import numbers


WAYS = {"improved": "Improved", "same": "No change", "slipped": "Slipped"}
NOT_SEEN = "Not known"
MOST_YEARS = 5
MOST_CHANGED = 10
FOLLOWED = (
    "Only councils assessed in both years are followed, and across CAF 3.2 and 4.0 "
    "only the outcomes that mean the same in both."
)


def draw(found: Maturity) -> None:
    """Headlines, the flows, principles, outcomes and councils."""
    moved = found.read(reads.moves).dropna(subset="numerator")
    if moved.empty:
        parts.note(
            "No council in scope was assessed in two years running, so nothing can be "
            "said of what moved. Widen the years."
        )
        return
    layout.headlines(cards(found, moved.iloc[-1]))
    parts.note(FOLLOWED)
    flows(found)
    principles(found)
    most_changed(found)
    councils(found)


def cards(found: Maturity, last: pd.Series) -> list[Card]:
    """Outcomes and councils that improved and slipped since the year before."""
    coverage = f"{found.label_of(last['period'])}: {found.coverage(last['councils'])}"
    outcomes = [
        Card(
            f"Outcomes {WAYS[way].lower()}",
            numbers.value("percent", 100 * last[way] / last["denominator"]),
            coverage=coverage,
            note=f"{numbers.count(last[way])} of {numbers.count(last['denominator'])} followed",
        )
        for way in ("improved", "slipped")
    ]
    counted = [
        Card(
            f"Councils {way}", numbers.count(last[f"councils_{way}"]), coverage=coverage, note=said
        )
        for way, said in (
            ("improving", "More outcomes improved than slipped"),
            ("slipping", "More outcomes slipped than improved"),
        )
    ]
    return [*outcomes, *counted]


def flows(found: Maturity) -> None:
    """Levels from year to year, as ribbons."""
    rows = store.read(reads.flows, since(found, MOST_YEARS - 1))
    known = rows.dropna(subset="numerator")
    if known.empty:
        return
    periods = pd.to_datetime(known["period"])
    before = periods - pd.DateOffset(years=1)
    data = pd.DataFrame(
        {
            "period_before": before,
            "label_before": before.map(found.label_of),
            "period_after": periods,
            "label_after": periods.map(found.label_of),
            "level_before": known["level_before"],
            "level_after": known["level"],
            "count": known["numerator"],
        }
    )
    levels = tuple(reads.SCORES.values())
    is_crossed = found.years["caf_version"].nunique() > 1
    sentence = movement_words.alluvial_sentence(data, levels=levels)
    if is_crossed:
        sentence += " Re-based: the step from CAF 3.2 to 4.0 follows only comparable outcomes."
    found.figure(
        alluvial,
        data,
        levels=levels,
        events=found.see.marks_by("year"),
        table=data[
            ["label_before", "label_after", "level_before", "level_after", "count"]
        ].set_axis(["From", "To", "Level before", "Level after", "Outcomes"], axis=1),
        title=f"Levels of outcomes from year to year, {found.place}",
        sentence=sentence,
        coverage=f"{found.coverage(known['councils'].iloc[-1])} in the last two years",
        period=span(found),
        key="flows",
    )


def principles(found: Maturity) -> None:
    """The 14 principles, last year and this, judged by the same bar."""
    rows = found.read_latest(reads.moves, unit="principle")
    rows = rows[rows["asked"] > 0].sort_values("code")
    if rows.empty:
        return
    after = found.year
    before = found.label_of(found.latest.since.replace(year=found.latest.since.year - 1))
    data = pd.DataFrame(
        {
            "row_label": labelled(rows),
            "before": 100 * rows["met_before"] / rows["asked"],
            "after": 100 * rows["met_after"] / rows["asked"],
            "note": "",
        }
    )
    about = replace(SHARE, title=f"Profile outcomes met ({found.profile})")
    sentence = movement_words.slope_sentence(
        data, indicator=about, label_before=before, label_after=after
    )
    chart = store.draw(slope, data, indicator=about, label_before=before, label_after=after)
    found.figure(
        chart,
        table=data.drop(columns="note").set_axis(
            ["Principle", f"{before} (%)", f"{after} (%)"], axis=1
        ),
        title=f"{about.title} by principle, comparable outcomes only, {found.place}",
        sentence=f"{sentence} Both years are judged by what CAF {found.version} asks "
        "for, over the same councils and comparable outcomes.",
        kind="Slope chart",
        coverage=f"{found.coverage(rows['councils'].max())} in both years",
        period=f"{before} to {after}",
        key="slope",
    )


def most_changed(found: Maturity) -> None:
    """The outcomes that improved and slipped most since the year before."""
    rows = found.read_latest(reads.moves, unit="outcome").dropna(subset="numerator")
    if rows.empty:
        return
    rows = rows.assign(net=rows["improved"] - rows["slipped"])
    ordered = rows.sort_values("net", ascending=False)
    moved = ordered[(ordered["improved"] > 0) | (ordered["slipped"] > 0)]
    if moved.empty:
        parts.note(f"No outcome moved in {found.place} since the year before.")
        return
    ends = pd.concat([moved.head(MOST_CHANGED // 2), moved.tail(MOST_CHANGED // 2)])
    ends = ends.drop_duplicates("code")
    named = labelled(ends)
    kinds = WAYS | {"unknown": NOT_SEEN}
    data = pd.concat(
        [
            pd.DataFrame(
                {
                    "row_label": named,
                    "part": label,
                    "count": ends[key],
                    "value": 100 * ends[key] / ends["denominator"],
                }
            )
            for key, label in kinds.items()
        ]
    )
    best, worst = ends.iloc[0], ends.iloc[-1]
    is_risk = worst["slipped"] > worst["improved"]
    sentence = (
        f"Most gained: {named.iloc[0]} (improved in {numbers.count(best['improved'])} "
        f"councils, slipped in {numbers.count(best['slipped'])}). Least: "
        f"{named.iloc[-1]} (improved in {numbers.count(worst['improved'])}, slipped in "
        f"{numbers.count(worst['slipped'])})"
        f"{': a risk that may be emerging.' if is_risk else '.'}"
    )
    table = ordered.assign(row=labelled(ordered))
    found.figure(
        composition,
        data,
        parts=tuple(kinds.values()),
        table=table[["row", "improved", "same", "slipped", "unknown", "councils"]].set_axis(
            ["Outcome", *WAYS.values(), NOT_SEEN, "Councils"], axis=1
        ),
        title=f"Outcomes that changed most since the year before, {found.place}",
        sentence=sentence,
        coverage=found.coverage(rows["councils"].max()),
        key="changed",
    )


def councils(found: Maturity) -> None:
    """Councils that are worse than most and getting worse."""
    rows = found.read_latest(caf.councils)
    worse = rows[rows["is_worse_and_worsening"].eq(True) & rows["council_name"].ne("")]
    parts.section("Worse, and getting worse")
    if worse.empty:
        parts.note(
            "No council that you may see is under the median and slipped on more "
            "outcomes than it improved."
        )
        return
    worse = worse.assign(value=worse["value"].round(1))
    table = worse.sort_values("value")[
        ["council_name", "region", "value", "improved", "slipped"]
    ].set_axis(["Council", "Region", "Outcomes met (%)", "Improved", "Slipped"], axis=1)
    parts.listing(
        table,
        title="Worse, and getting worse",
        is_headed=False,
        sentence=f"{numbers.count(len(worse))} councils meet less of the profile than "
        "the median council on the same CAF version, and slipped on more outcomes "
        "than they improved. Those to call first; not a league table.",
        period=found.year,
        coverage=found.coverage(rows["followed"].notna().sum()),
        source="CAF assessments",
        collection=found.see.collection,
        key="worsening",
    )
