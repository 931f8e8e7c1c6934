"""CAF 3.2 and 4.0: what the change of version does to a figure, step by step."""

from dataclasses import replace

import pandas as pd

from analytics.charts.trend import trend
from analytics.maturity.trust import reads
from analytics.maturity.trust.chart import steps
from analytics.reading import caf
from analytics.ui import layout, parts, store
from analytics.ui.caf import SHARE, SOURCE, Maturity
from analytics.ui.view import View
from analytics.words import numbers, sentences


STEPS = {
    "dropped": ("Met in 3.2, with no comparable outcome in 4.0", "down"),
    "raised": ("Same level, but 4.0 asks for more", "down"),
    "eased": ("Same level, and 4.0 asks for less", "up"),
    "lost": ("Slipped below what 4.0 asks for", "down"),
    "gained": ("Improved to what 4.0 asks for", "up"),
    "new": ("New or rewritten outcomes of 4.0 met", "up"),
}
LINES = {"profile_outcomes_met": "As judged", "comparable_outcomes_met": "Re-based"}
SAID = ("Each year judged by its own version", "Every year by what 4.0 asks for")
WHY = (
    "CAF 4.0 asks for more than 3.2: a council exactly at Baseline of 3.2 meets 39 of "
    "39 outcomes, and with the same levels 27 of 41 outcomes of 4.0. It has not got "
    "worse. Figures across the two versions carry the mark “re-based”; for a trend, "
    "use comparable outcomes judged by one bar."
)


def versions(found: Maturity) -> None:
    """The broken line beside the unbroken one, and the steps between versions."""
    parts.note(WHY)
    together(found, found.see, found.place, "both-bars")
    if found.see.gss_code and not found.is_one:
        own = found.see.of_council()
        together(found, own, found.see.council_name, "own-bars")
        alone = caf.alone(found.scope, found.see.gss_code)
        ladder(
            found,
            store.read(reads.rebased, alone, by="council"),
            found.see.council_name,
            "own-steps",
        )
    ladder(found, found.read(reads.rebased), found.place, "steps")
    changed(found)


def together(found: Maturity, see: View, whose: str, key: str) -> None:
    """Each year judged by its own version, beside one bar for all years."""
    by = "council" if key == "own-bars" else "england"
    data = pd.concat(
        [
            see.series(see.indicator(name), by=by).assign(group_code=name, group_label=label)
            for name, label in LINES.items()
        ]
    )
    if data["value"].isna().all():
        layout.empty("nothing_matches")
        return
    about = replace(SHARE, title=f"Profile outcomes met ({found.profile})")
    chart = store.draw(
        trend, data, indicator=about, highlight=tuple(LINES), annotations=found.see.marks()
    )
    named = data.assign(group_label=whose)
    judged, rebased = (
        sentences.trend_sentence(named, replace(about, title=title), name)
        for name, title in zip(LINES, SAID, strict=True)
    )
    last = data.dropna(subset="value").iloc[-1]
    councils = (
        "1 council"
        if key == "own-bars"
        else f"{found.coverage(last['councils'])} in {last['period_label']}"
    )
    found.figure(
        chart,
        table=data[["group_label", "period_label", "basis", "value", "councils", "note"]],
        title=f"{about.title}, as judged and re-based, {whose}",
        sentence=f"{judged} {rebased}",
        kind="Line chart",
        coverage=councils,
        period=see.period,
        source=f"{SOURCE}; comparable outcomes by our crosswalk, not the NCSC's",
        key=key,
    )


def ladder(found: Maturity, rows: pd.DataFrame, whose: str, key: str) -> None:
    """From outcomes met before to outcomes met after, cause by cause."""
    known = rows.dropna(subset="numerator")
    if known.empty:
        parts.note(
            f"{whose}: no council with an assessment on CAF 4.0 and one on 3.2 in the "
            "year before, so there are no steps to show."
        )
        return
    row = known.iloc[-1]
    after = found.label_of(row["period"])
    before = found.label_of(pd.Timestamp(row["period"]) - pd.DateOffset(years=1))
    table = ladder_rows(row, before, after)
    real = row["gained"] - row["lost"]
    sentence = (
        f"{whose}: {of(row, 'met_before', 'assessed_before')} outcomes met in {before} "
        f"on CAF 3.2, {of(row, 'met_after', 'assessed_after')} in {after} on 4.0. "
        f"{numbers.count(row['raised'])} of the difference is that 4.0 asks for more "
        f"of the same outcomes and {numbers.count(row['dropped'])} that outcomes went; "
        f"by comparable outcomes and one bar, {numbers.count(abs(real))} "
        f"{'more' if real >= 0 else 'fewer'} are met."
    )
    if row["unknown"]:
        sentence += (
            " Outcomes assessed in one of the two years only account for "
            f"{numbers.count(abs(row['unknown']))} "
            f"{'more' if row['unknown'] > 0 else 'fewer'}."
        )
    councils = "1 council" if key == "own-steps" else found.coverage(row["councils"])
    found.figure(
        steps,
        table,
        table=table[["label", "value", "said"]].set_axis(
            ["Step", "Outcomes", "As written"], axis=1
        ),
        title=f"From CAF 3.2 to 4.0, step by step: {whose} ({found.profile})",
        sentence=sentence,
        coverage=councils,
        period=f"{before} to {after}",
        key=key,
    )


def of(row: pd.Series, met: str, listed: str) -> str:
    """Outcomes met of those assessed: 39 of 39."""
    return f"{numbers.count(row[met])} of {numbers.count(row[listed])}"


def ladder_rows(row: pd.Series, before: str, after: str) -> pd.DataFrame:
    """The rows of the step chart: totals at both ends, steps with their sign."""

    def total(when: str, version: str, end: str) -> dict[str, object]:
        said = of(row, f"met_{end}", f"assessed_{end}")
        name = f"Met in {when}, CAF {version}"
        return {"label": name, "value": row[f"met_{end}"], "kind": "total", "said": said}

    rows = [total(before, "3.2", "before")]
    shown = dict(STEPS)
    if row["unknown"]:
        way = "up" if row["unknown"] > 0 else "down"
        shown["unknown"] = ("Not assessed in one of the two years", way)
    for name, (label, kind) in shown.items():
        size = abs(row[name])
        sign = "+" if kind == "up" else "\u2212"
        said = f"{sign}{numbers.count(size)}" if size else "0"
        rows.append({"label": label, "value": size, "kind": kind, "said": said})
    return pd.DataFrame([*rows, total(after, "4.0", "after")])


def changed(found: Maturity) -> None:
    """Which outcomes the profile asks more of, which are new and which are gone."""
    listed = store.read(caf.profile, found.see.collection, found.scope.profile)
    before = listed[listed["caf_version"] == "3.2"].dropna(subset="thread")
    after = listed[listed["caf_version"] == "4.0"]
    both = after.merge(before, on="thread", suffixes=("", "_32"))
    moved = both[both["required"] != both["required_32"]]
    new = after[after["thread"].isna()]
    rows = [
        (
            row["outcome_code"],
            row["outcome"],
            row["outcome_code_32"],
            row["required_level_32"],
            row["required_level"],
        )
        for _, row in moved.iterrows()
    ] + [
        (row["outcome_code"], row["outcome"], "none", "not asked for", row["required_level"])
        for _, row in new.iterrows()
    ]
    if not rows:
        return
    table = pd.DataFrame(
        rows, columns=["CAF 4.0", "Outcome", "In 3.2", "3.2 asks for", "4.0 asks for"]
    )
    raised = int((moved["required"] > moved["required_32"]).sum())
    parts.listing(
        table,
        title=f"What {found.profile} asks for differently in CAF 4.0",
        sentence=f"{raised} comparable outcomes ask for a higher level and {len(new)} "
        "are new or rewritten. Which outcomes are comparable is inferred from their "
        "titles; the NCSC publishes no mapping.",
        period="CAF 3.2 and 4.0",
        coverage="Every council",
        source="GovAssure profiles as held in WebCAF, or the profile loaded",
        collection=found.see.collection,
        key="asked-differently",
    )
