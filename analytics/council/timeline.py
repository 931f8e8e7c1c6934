"""View of one council's own timeline: what happened, was done and was paid."""

from typing import Any

import pandas as pd

from analytics.charts import theme
from analytics.council import reads
from analytics.council.chart import lanes
from analytics.ui import layout, parts
from analytics.ui.view import View
from analytics.words import numbers, sentences


# The lanes in their order, and what a dark mark in each means.
KINDS = {
    "incident": "Incidents (dark: ransomware)",
    "disruption": "Disruptions (dark: cyber)",
    "stage": "CAF stages (dark: held up)",
    "assessment": "CAF assessments (dark: profile met)",
    "action": "Actions (dark: not done)",
    "award": "Funding (dark: paid)",
}
COUNTED = {
    "incident": ("incident", "incidents"),
    "disruption": ("disruption", "disruptions"),
    "assessment": ("assessment", "assessments"),
    "action": ("action", "actions"),
    "award": ("award or payment", "awards and payments"),
}
LONGEST = 3


def own(see: View) -> None:
    """The timeline of the council picked out, or how to pick one."""
    if not see.gss_code:
        parts.note("A timeline is of one council: choose it above under “Council to pick out”.")
        return
    found = see.read(reads.happenings, see.gss_code)
    if found.empty:
        layout.empty("nothing_matches")
        return
    rows = for_chart(found)
    title = f"What happened at {see.council_name}, {see.period}"
    sentence = said(found, see.council_name)
    see.figure(
        lanes,
        rows,
        annotations=see.marks(),
        table=table(found),
        title=title,
        sentence=sentence,
        coverage="1 council",
        source="Incidents, disruptions, CAF assessments, actions and awards as the "
        "council and the department reported them",
        key="own-timeline",
    )


def for_chart(found: pd.DataFrame) -> pd.DataFrame:
    """Rows as the chart takes them, on London's clock, lanes in their order."""
    rows = found.assign(order=found["lane"].map(list(KINDS).index))
    rows = rows.sort_values(["order", "started_at"], kind="stable")
    hours = rows["hours"].where(rows["lane"] == "disruption")
    is_longest = hours.rank(ascending=False, method="first") <= LONGEST
    few = rows["lane"].isin(["stage", "assessment"])
    money = (rows["lane"] == "award") & ~rows["is_marked"]
    named = few | money | is_longest | ((rows["lane"] == "incident") & rows["is_marked"])
    each = theme.records(rows)
    return pd.DataFrame(
        {
            "kind": rows["lane"].map(KINDS),
            "name": [name(row) for row in each],
            "said": [told(row) for row in each],
            "started_at": numbers.london_time(rows["started_at"]),
            "ended_at": numbers.london_time(rows["ended_at"]),
            "is_named": named,
            "is_marked": rows["is_marked"].astype(bool),
        }
    ).reset_index(drop=True)


def name(row: dict[Any, Any]) -> str:
    """What stands beside a mark."""
    if row["lane"] == "award":
        return f"{numbers.value('gbp', row['amount_gbp'])} {row['label']}"
    return str(row["label"])


def told(row: dict[Any, Any]) -> str:
    """What the pointer is told: detail, day, how long, how much."""
    day = pd.Timestamp(row["started_at"])
    facts = [f"{day.day} {day:%B %Y}"]
    if isinstance(row["detail"], str):
        facts.insert(0, row["detail"])
    if not numbers.is_unknown(row["hours"]):
        facts.append(numbers.value("hours", row["hours"]))
    if row["lane"] == "disruption" and pd.isna(row["ended_at"]):
        facts.append("not yet restored")
    if not numbers.is_unknown(row["amount_gbp"]) and row["lane"] != "award":
        facts.append(numbers.value("gbp", row["amount_gbp"]))
    return ", ".join(facts)


def said(found: pd.DataFrame, council: str) -> str:
    """How many of each there were, the longest, and what is not drawn."""
    counts = totals(found)
    listed = [
        f"{numbers.count(counts.get(lane, 0))} {one if counts.get(lane) == 1 else many}"
        for lane, (one, many) in COUNTED.items()
    ]
    sentence = f"{council}: {sentences.listed(listed)}."
    disrupted = found[found["lane"] == "disruption"]
    if disrupted["hours"].notna().any():
        longest = disrupted.sort_values("hours", ascending=False).iloc[0]
        day = pd.Timestamp(longest["started_at"])
        sentence += (
            f" The longest disruption: {longest['label']}, "
            f"{numbers.value('hours', longest['hours'])} from {day.day} {day:%B %Y}."
        )
    if sum(counts.values()) > len(found):
        sentence += " Of a year with more than a hundred the hundred longest are drawn."
    return sentence


def totals(found: pd.DataFrame) -> dict[str, int]:
    """How many there were of each lane, those that are not drawn included.

    A year that the range cuts counts what is in range.
    """
    per_year = found.groupby(["lane", "period"]).agg(
        here=("label", "size"), of_all=("of_all", "max")
    )
    cut = per_year["of_all"].where(per_year["here"] >= 100, per_year["here"])
    return {str(lane): int(n) for lane, n in cut.groupby("lane").sum().items()}


def table(found: pd.DataFrame) -> pd.DataFrame:
    """Every row that is drawn, as people read it."""
    plain = {key: label.partition(" (")[0] for key, label in KINDS.items()}
    started, ended = (
        numbers.london_time(found["started_at"]),
        numbers.london_time(found["ended_at"]),
    )
    return pd.DataFrame(
        {
            "Kind": found["lane"].map(plain),
            "When": started.dt.strftime("%Y-%m-%d"),
            "Until": ended.dt.strftime("%Y-%m-%d").fillna(""),
            "What": found["label"],
            "Detail": found["detail"].fillna(""),
            "Hours": found["hours"].round(1),
            "Pounds": found["amount_gbp"],
        }
    ).sort_values("When", ascending=False)
