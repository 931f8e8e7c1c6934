"""Where councils stand: who assessed, who meets the profile, the way to 2030."""

import pandas as pd

from analytics.charts.columns import columns
from analytics.charts.composition import composition
from analytics.charts.trend import trend
from analytics.maturity.standing import reads
from analytics.reading import caf, lookups
from analytics.ui import figures, filters, layout, parts, store
from analytics.ui.caf import COUNTED, Maturity, pick, pick_council, quarter, span
from analytics.ui.layout import Card
from analytics.words import maturity, movement, numbers, sentences


STATES = {
    "assured": "Independently assured",
    "peer_reviewed": "Reviewed by a peer",
    "self_assessed": "Self-assessed only",
    "none": "Not assessed",
}
HELD, MOVING = "Held up by a blocker", "Nothing in the way"
AIM_SOURCE = "Government Cyber Security Strategy: 2022 to 2030"
BLOCKERS = 3
OTHER = "Other blockers"


def standing(found: Maturity) -> None:
    """Headlines, the way to 2030, states, stages and how councils differ."""
    see = found.see
    met = found.indicator("profile_outcomes_met")
    rebased = found.indicator("comparable_outcomes_met")
    meeting = found.indicator("councils_meeting_profile")
    assured = found.indicator("assessments_assured")
    states = found.read(caf.states)
    layout.headlines(
        [
            assessed_card(found, states),
            figures.card(see, assured),
            figures.card(see, meeting),
            figures.card(see, met),
            figures.card(see, rebased),
        ]
    )
    trajectory(found)
    who_assessed(found, states)
    stages(found)
    blockers(found)


def compared(found: Maturity) -> None:
    """How regions, types and councils differ; a click on one drills in."""
    see = found.see
    counted = filters.one_of("Outcomes counted", COUNTED, "counted")
    shown = found.indicator(
        "comparable_outcomes_met" if counted == "comparable" else "profile_outcomes_met"
    )
    parts.note(
        "Click a bar to narrow to that region or type, or a hexagon to pick out that "
        "council; the back button undoes a click. The boxes above do the same."
    )
    by = filters.one_of("Compare councils by", filters.COMPARE, "compare")
    figures.comparison_of(see, shown, by, on_select=pick(by))
    figures.map_of(see, shown, on_select=pick_council)
    figures.spread_of(see, shown, by)


def assessed_card(found: Maturity, states: pd.DataFrame) -> Card:
    """Councils with a counted assessment in the last year."""
    rows = states.dropna(subset="numerator")
    if rows.empty:
        return Card("Councils assessed", numbers.UNKNOWN)
    last = rows.iloc[-1]
    change, joined = "", ""
    if len(rows) > 1:
        before = rows.iloc[-2]
        moved = numbers.change("count", before["councils"], last["councils"])
        joined = "from" if moved == "no change" else "on"
        change = f"{moved} {joined} {before['period_label']}"
    return Card(
        "Councils assessed",
        numbers.count(last["councils"]),
        change,
        f"{last['period_label']}: of {numbers.count(found.see.expected)} "
        f"{'council' if found.see.expected == 1 else 'councils'}",
        f"Submitted or completed; {numbers.count(last['draft'])} more in draft",
    )


def trajectory(found: Maturity) -> None:
    """Councils meeting the whole profile, and what it takes to reach the aim."""
    # One council meets the profile or does not: its way is told in outcomes.
    is_one = found.is_one
    key = "profile_outcomes_met" if is_one else "councils_meeting_profile"
    see, about = found.see, found.indicator(key)
    data = see.series(about).assign(group_label=see.place)
    if data["value"].isna().all():
        layout.empty("nothing_matches")
        return
    aim = store.read(lookups.aim, "profile_met")
    path = pd.DataFrame(
        [
            {
                "period": pd.Timestamp(aim["target_year"]),
                "value": aim["target_value"],
                "period_label": aim["target_label"],
                "label": f"Aim: {aim['target_value']:.0f}% in {aim['target_label']}",
            }
        ]
    )
    chart = store.draw(
        trend, data, indicator=about, highlight="England", path=path, annotations=found.see.marks()
    )
    last = data[data["value"].notna()].iloc[-1]
    sentence = (
        f"{sentences.trend_sentence(data, about)} "
        f"{movement.path_sentence(data, path, indicator=about)} "
        f"The dotted way is arithmetic, not a forecast. {aim['words']}"
    )
    found.figure(
        chart,
        table=data,
        title=f"{about.title}, and the way to the aim for 2030, {see.place}",
        sentence=sentence,
        kind="Line chart",
        about=about,
        coverage=f"{found.coverage(last['councils'])} in {last['period_label']}",
        period=see.period,
        source=f"{about.source}; aim: {AIM_SOURCE}",
        key="trajectory",
    )


def who_assessed(found: Maturity, states: pd.DataFrame) -> None:
    """Councils by how far their assessment got, year by year."""
    counted = states.assign(none=states["expected"] - states["councils"])
    known = counted.dropna(subset="numerator")
    if known.empty:
        layout.empty("nothing_matches")
        return
    whole = known[list(STATES)].sum(axis=1)
    data = pd.concat(
        [
            pd.DataFrame(
                {
                    "row_label": known["period_label"],
                    "part": label,
                    "count": known[name],
                    "value": 100 * known[name] / whole,
                }
            )
            for name, label in STATES.items()
        ]
    )
    last = known.iloc[-1]
    sentence = (
        f"In {last['period_label']}, {numbers.count(last['councils'])} of "
        f"{numbers.count(last['expected'])} councils assessed: "
        f"{numbers.count(last['assured'])} independently assured, "
        f"{numbers.count(last['peer_reviewed'])} reviewed by a peer and "
        f"{numbers.count(last['self_assessed'])} by themselves only; "
        f"{numbers.count(last['draft'])} had a draft and no more."
    )
    table = known[["period_label", *list(STATES)[:3], "draft", "cancelled", "expected"]]
    found.figure(
        composition,
        data,
        parts=tuple(STATES.values()),
        events=found.see.marks_by("year"),
        table=table.rename(columns=STATES | {"draft": "Draft only", "cancelled": "Cancelled"}),
        title=f"Assessments by who judged, {found.place}",
        sentence=sentence,
        coverage=f"{found.coverage(last['councils'])} in {last['period_label']}",
        period=span(found),
        key="states",
    )


def stages(found: Maturity) -> None:
    """Councils by stage of the CAF journey, and how many are held up."""
    rows = found.read(reads.stages).dropna(subset="numerator")
    if rows.empty:
        return
    data = pd.concat(
        [
            pd.DataFrame(
                {"row_label": rows["group_label"], "part": part, "value": count, "count": count}
            )
            for part, count in (
                (MOVING, rows["numerator"] - rows["held_up"]),
                (HELD, rows["held_up"]),
            )
        ]
    )
    begun, held = rows["numerator"].sum(), rows["held_up"].sum()
    most = rows.loc[rows["numerator"].idxmax()]
    sentence = (
        f"{numbers.count(begun)} of {numbers.count(found.see.expected)} councils have "
        f"begun the CAF for local government; most stand at {most['group_label']} "
        f"({numbers.count(most['numerator'])}). Something holds up "
        f"{numbers.count(held)} of them."
    )
    table = rows[["group_label", "numerator", "held_up", "days"]].set_axis(
        ["Stage", "Councils in it", "Held up", "Median days in it"], axis=1
    )
    found.figure(
        composition,
        data,
        parts=(MOVING, HELD),
        is_share=False,
        table=table,
        title=f"Councils by stage of the CAF journey, {found.place}",
        sentence=sentence,
        coverage=found.coverage(begun),
        period=found.see.period,
        source="CAF stages as councils entered them",
        key="stages",
    )


def blockers(found: Maturity) -> None:
    """What holds councils up, quarter by quarter."""
    rows = found.read(reads.blockers).dropna(subset="numerator")
    if rows.empty:
        return
    top = rows.groupby("group_label")["numerator"].sum().nlargest(BLOCKERS).index
    rows["part"] = rows["group_label"].where(rows["group_label"].isin(top), OTHER)
    by = rows.groupby(["period", "part"])["numerator"].sum().unstack(fill_value=0)
    by = by.reindex(columns=[*top, OTHER], fill_value=0).tail(12)
    by.index = [quarter(moment) for moment in by.index]
    data = (
        by.rename_axis("period_label")
        .reset_index()
        .melt("period_label", var_name="part", value_name="value")
    )
    sentence = maturity.columns_sentence(data, parts=(*top, OTHER), unit="count")
    found.figure(
        columns,
        data,
        parts=(*top, OTHER),
        events=found.see.marks_by("quarter"),
        table=by.rename_axis("Quarter").reset_index(),
        title=f"What holds councils up, {found.place}",
        sentence=f"{sentence} Councils held up at the end of each quarter.",
        coverage=found.coverage(found.read(reads.stages)["numerator"].sum()),
        period=found.see.period,
        source="CAF stages, with what holds councils up",
        key="blockers",
    )


PARTS = {
    "standing": ("Where councils stand", standing),
    "councils": ("Councils compared", compared),
}


def draw(found: Maturity) -> None:
    """The part that is chosen."""
    parts.one_part(found, PARTS)
