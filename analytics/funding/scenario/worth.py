"""A scenario, not a result: present value with its range, and what it hangs on."""

import pandas as pd
import streamlit as st

from analytics.funding.scenario.arithmetic import Scenario, flows, scenario
from analytics.funding.scenario.arithmetic import worth as valued
from analytics.funding.scenario.boxes import SETTINGS, Boxes, drawn
from analytics.funding.scenario.found import SOURCE, Found, design_words, unparted
from analytics.funding.scenario.hangs_on import MARK, hangs_on, lines_of
from analytics.funding.scenario.time import schedule_words
from analytics.ui import download, layout, parts
from analytics.ui.safe import plain
from analytics.words import numbers, sentences
from analytics.words.marking import marking


TITLE = "Scenario, not a result: costs and benefits over years"
WHAT_IT_IS = (
    "Arithmetic on assumptions, each of which you can change; the address and the "
    "download keep them. Benefits are hours of disruption avoided and nothing else: "
    "outcomes met, breaches avoided and what residents lose have no price here. "
    "Spending falls in year 0 and benefits from year 1 on."
)
NO_RANGE = (
    "No net present value and no benefit-cost ratio: no assumption has a range, and "
    "neither is given without one. Fill in low and high."
)


def worth(found: Found) -> None:
    """The assumptions, the answer with its range, what it hangs on, and its file."""
    parts.section(TITLE, WHAT_IT_IS)
    with st.container(border=True, key="worth"):
        boxes = drawn(found)
        st.caption(plain(schedule_words()))
        made = made_of(boxes)
        if made is not None:
            answer(found, boxes, made)
    with st.expander("All assumptions, and what their defaults come from"):
        layout.table(boxes.listed, alt="Table: assumptions of the scenario")
    if made is not None:
        hangs_on(found, made)


def made_of(boxes: Boxes) -> Scenario | None:
    """The scenario, or nothing where it lacks something, which is then said."""
    if boxes.central is None:
        missing = sentences.listed(boxes.missing)
        st.warning(
            plain(
                f"Not worked out: this is not in the data or withheld from "
                f"you, and the boxes are empty: {missing}."
            )
        )
        return None
    try:
        return scenario(boxes.central, boxes.ranges)
    except ValueError as error:
        label = SETTINGS.get(str(error).split(" ")[0])
        order = f"Put this in order: low, central, high: {label}."
        st.warning(plain(order if label else NO_RANGE))
        return None


def answer(found: Found, boxes: Boxes, made: Scenario) -> None:
    """Net present value and ratio with their range, break-even, and the download."""
    for sentence in (value_words(made), break_even(made), when(made)):
        st.markdown(plain(unparted(sentence)))
    st.caption(plain(f"{unapplied(boxes)} {design_words(found.hours.level)}".strip()))
    facts = download.Facts(
        f"{TITLE}, {found.see.place}",
        found.see.period,
        MARK,
        f"{SOURCE}; disruptions reported by councils",
        found.see.collection,
    )
    layout.download_button(
        "Download this scenario (CSV)", listed(found, boxes, made), facts, key="worth"
    )


def value_words(made: Scenario) -> str:
    """Both answers, each with all assumptions worse, central and better together."""
    low, central, high = (numbers.value("gbp", each) for each in made.net)
    ratios = " to ".join(f"{made.ratio[place]:,.2f}" for place in (0, 2))
    return (
        f"If this held over {years_words(made)}: net present value {low} to "
        f"{high}, centrally {central}; for each pound of cost, benefits of {ratios} "
        f"pounds, centrally {made.ratio.central:,.2f} (benefit-cost ratio). The ends "
        "are with every assumption that has a range at the end that is worst, and at "
        "the end that is best, all together."
    )


def years_words(made: Scenario) -> str:
    """The number of years of benefits, with its range where it has one."""
    low, high = map(round, made.span("years"))
    central = made.central.years
    many = f"{central} {'year' if central == 1 else 'years'}"
    return many if low == high else f"{many} ({low} to {high})"


def break_even(made: Scenario) -> str:
    """What an hour has to be worth, beside what was assumed."""
    price = made.break_even
    if numbers.is_unknown(price):
        return "It never breaks even: centrally no hours are avoided."
    said = numbers.value("gbp", price)
    span = made.ranges.get("hour_value")
    if span is None:
        beside = f"assumed: {numbers.value('gbp', made.central.hour_value)}"
    elif price > span[1]:
        beside = f"more than the highest assumed, {numbers.value('gbp', span[1])}"
    elif price < span[0]:
        beside = f"less than the lowest assumed, {numbers.value('gbp', span[0])}"
    else:
        beside = "within the range assumed"
    return (
        f"Break-even: with the rest central, costs and benefits are equal where an "
        f"hour avoided is worth {said}, which is {beside}."
    )


def when(made: Scenario) -> str:
    """In which year benefits have caught up with costs, centrally and at the ends."""
    ends = [
        ("at the worse end", made.worst),
        ("centrally", valued(made.central)),
        ("at the better end", made.best),
    ]
    told = []
    for name, found in ends:
        year = found.pays_back
        reached = f"in year {year}" if year is not None else "not within these years"
        told.append(f"{name} {reached}")
    return f"Benefits catch up with costs: {sentences.listed(told)}."


def unapplied(boxes: Boxes) -> str:
    """Which boxes are empty, and so play no part."""
    empty = boxes.listed[boxes.listed["Set to"].str.startswith("not filled in")]
    if empty.empty:
        return ""
    names = sentences.listed(empty["Assumption"].tolist())
    return (
        f"Not applied, since nothing in the data tells it and no box is filled in: "
        f"{names}. Fill them in to see how much they matter."
    )


def listed(found: Found, boxes: Boxes, made: Scenario) -> pd.DataFrame:
    """The file: what it is, every assumption, the answers, and the flows by year."""
    lines: list[tuple[str, object]] = [
        ("What this is", f"{MARK}: arithmetic on assumptions"),
        ("Marking", marking(found.see.collection)),
        ("Design", design_words(found.hours.level)),
        ("Discount rates", schedule_words()),
    ]
    for row in boxes.listed.to_dict("records"):
        lines.append((f"Assumed: {row['Assumption']}", row["Set to"]))
        lines.append((f"Default of that from: {row['Assumption']}", row["Default from"]))
    for name, each, digits in (
        ("Net present value (£)", made.net, 0),
        ("Benefit-cost ratio", made.ratio, 3),
    ):
        for end, part in zip(("low", "central", "high"), each, strict=True):
            lines.append((f"Scenario: {name}, {end}", round(part, digits)))
    lines.append(("Scenario: break-even value of an hour (£)", break_even(made)))
    lines += lines_of(made)
    spent, gained = flows(made.central)
    for year, (cost, benefit) in enumerate(zip(spent, gained, strict=True)):
        lines.append((f"Year {year}: cost, central, undiscounted (£)", round(cost)))
        lines.append((f"Year {year}: benefit, central, undiscounted (£)", round(benefit)))
    return pd.DataFrame(lines, columns=["Line", "Is"])
