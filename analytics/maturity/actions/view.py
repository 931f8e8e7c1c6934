"""Actions: what is being done about the gaps, by when, at what cost, who pays."""

import pandas as pd

from analytics.charts.columns import columns
from analytics.charts.composition import composition
from analytics.maturity.actions import reads
from analytics.reading import caf
from analytics.ui import filters, layout, parts, store
from analytics.ui.caf import Maturity, day, pick_outcome, quarter, units
from analytics.ui.layout import Card
from analytics.words import numbers


STATUS = {
    "done": "Done",
    "open_in_time": "Open, in time",
    "overdue": "Overdue",
    "stopped": "Stopped",
}
ANSWERED, UNANSWERED = "An action answers it", "No action"
SOURCE = "Improvement plans that councils sent"
MOST_QUARTERS = 16
NO_DATE = "No date"


def draw(found: Maturity) -> None:
    """Headlines, quarters, gaps without an action, and who pays."""
    whole = found.read(reads.actions).dropna(subset="numerator")
    if whole.empty:
        parts.note(
            f"No improvement action of {found.place} was agreed in these years, as far "
            "as is known: no file of actions names one."
        )
        return
    row = whole.iloc[0]
    gaps = found.read_latest(caf.gaps, unit="all").dropna(subset="numerator")
    layout.headlines(cards(found, row, gaps))
    unit = filters.one_of("Gaps by", units(found), "unit")
    without_action(found, unit)
    by_outcome(found, unit)
    by_quarter(found, row["as_at"])
    paid_by(found)
    costs(found, row)
    if found.see.gss_code:
        own(found)


def cards(found: Maturity, row: pd.Series, gaps: pd.DataFrame) -> list[Card]:
    """How many, how late, how much, and gaps that nothing answers."""
    is_open = row["open_in_time"] + row["overdue"]
    late = f"{100 * row['overdue'] / is_open:.0f}% of those open" if is_open else ""
    paid = f"{100 * row['with_award'] / row['numerator']:.0f}% of all actions"
    coverage = f"As at {day(row['as_at'])}: {found.coverage(row['councils'])}"
    cost = numbers.value("gbp", row["open_gbp"]) if is_open else "none open"
    found_cards = [
        Card(
            "Improvement actions",
            numbers.count(row["numerator"]),
            coverage=coverage,
            note=f"{numbers.count(row['done'])} done, {numbers.count(row['stopped'])} stopped",
        ),
        Card("Overdue", numbers.count(row["overdue"]), coverage=coverage, note=late),
        Card(
            "Cost of open actions",
            cost,
            coverage=coverage,
            note=f"As estimated; {numbers.count(row['with_estimate'])} of "
            f"{numbers.count(row['numerator'])} actions have an estimate",
        ),
        Card("Paid by an award", numbers.count(row["with_award"]), coverage=coverage, note=paid),
    ]
    if len(gaps):
        gap = gaps.iloc[0]
        found_cards.append(
            Card(
                "Gaps with no action",
                numbers.count(gap["unanswered"]),
                coverage=f"{found.year}: {found.coverage(gap['councils'])}",
                note=f"Of {numbers.count(gap['denominator'])} outcomes below the "
                f"profile ({found.profile})",
            )
        )
    return found_cards


def without_action(found: Maturity, unit: str) -> None:
    """Outcomes below the profile, and for how many councils nothing answers them."""
    rows = found.read_latest(caf.gaps, unit=unit).dropna(subset="numerator")
    if rows.empty:
        return
    if unit == "outcome":
        rows = rows[rows["caf_version"] == found.version]
    names = name_of(found, unit)
    rows = rows.sort_values("unanswered", ascending=False)
    named = rows["group_code"].map(lambda code: f"{code} {names.get(code, '')}".strip())
    data = pd.concat(
        [
            pd.DataFrame(
                {
                    "row_label": named,
                    "part": part,
                    "value": count,
                    "count": count,
                    "code": rows["group_code"],
                }
            )
            for part, count in ((ANSWERED, rows["numerator"]), (UNANSWERED, rows["unanswered"]))
        ]
    )
    first = rows.iloc[0]
    sentence = (
        f"Of {numbers.count(rows['denominator'].sum())} gaps, "
        f"{numbers.count(rows['unanswered'].sum())} have no improvement action. Most "
        f"stand open on {named.iloc[0]} ({numbers.count(first['unanswered'])})."
    )
    table = rows[["denominator", "numerator", "unanswered", "councils"]]
    table.insert(0, "named", named)
    found.figure(
        composition,
        data,
        parts=(ANSWERED, UNANSWERED),
        is_share=False,
        keys="code" if unit == "outcome" else None,
        table=table.set_axis([unit.capitalize(), "Gaps", ANSWERED, UNANSWERED, "Councils"], axis=1),
        title=f"Gaps to the profile ({found.profile}) and what answers them, {found.place}",
        sentence=sentence,
        coverage=f"{found.coverage(rows['councils'].max())} below on one",
        source=f"CAF assessments; {SOURCE.lower()}",
        key="gaps",
        on_select=pick_outcome(found) if unit == "outcome" else None,
    )


def name_of(found: Maturity, unit: str) -> dict[str, str]:
    """Names of principles or outcomes, by code, in the latest version."""
    listed = store.read(caf.profile, found.see.collection, found.scope.profile)
    listed = listed[listed["caf_version"] == found.version]
    return dict(zip(listed[f"{unit}_code"], listed[unit], strict=True))


def by_outcome(found: Maturity, unit: str) -> None:
    """How far actions got, by the principle or outcome that they are to raise."""
    rows = found.read(reads.actions, unit=unit).dropna(subset="numerator")
    if unit == "outcome":
        mine = rows["group_code"].str.startswith(f"{found.version} ")
        rows = rows[mine].assign(
            group_code=rows["group_code"].str.removeprefix(f"{found.version} ")
        )
    if rows.empty:
        return
    names = name_of(found, unit)
    rows = rows.sort_values("numerator", ascending=False)
    named = rows["group_code"].map(lambda code: f"{code} {names.get(code, '')}".strip())
    data = pd.concat(
        [
            pd.DataFrame(
                {"row_label": named, "part": label, "value": rows[key], "count": rows[key]}
            )
            for key, label in STATUS.items()
        ]
    )
    late = rows.loc[rows["overdue"].idxmax()]
    sentence = (
        f"Most actions are for {named.iloc[0]} "
        f"({numbers.count(rows['numerator'].iloc[0])}); most are overdue on "
        f"{named[late.name]} ({numbers.count(late['overdue'])})."
    )
    table = rows[["numerator", *STATUS, "with_award", "estimated_gbp", "councils"]]
    table.insert(0, "named", named)
    found.figure(
        composition,
        data,
        parts=tuple(STATUS.values()),
        is_share=False,
        table=table.set_axis(
            [
                unit.capitalize(),
                "Actions",
                *STATUS.values(),
                "Paid by an award",
                "Estimated cost (£)",
                "Councils",
            ],
            axis=1,
        ),
        title=f"Improvement actions by {unit}"
        + (f" of CAF {found.version}" if unit == "outcome" else "")
        + f", {found.place}",
        sentence=sentence,
        coverage=found.coverage(rows["councils"].max()) + " on one at most",
        period=found.see.period,
        source=SOURCE,
        key="by-outcome",
    )


def own(found: Maturity) -> None:
    """Every action of the council picked out, those overdue first."""
    rows = found.read(reads.own_actions, found.see.gss_code)
    if rows.empty:
        return
    late = int(rows["is_overdue"].sum())
    table = pd.DataFrame(
        {
            "Action": rows["action_id"],
            "Outcome": rows["outcome_code"] + ", CAF " + rows["caf_version"],
            "Priority": rows["priority"],
            "State": rows["action_status"].where(~rows["is_overdue"], "Overdue"),
            "Due on": rows["due_on"],
            "Estimated (£)": rows["estimated_cost_gbp"],
            "Actual (£)": rows["actual_cost_gbp"],
            "Paid by": (rows["programme"] + ", " + rows["award_id"]).fillna("no award"),
        }
    )
    parts.listing(
        table,
        title=f"Improvement actions of {found.see.council_name}",
        sentence=f"{numbers.count(len(rows))} actions, {late} of them overdue.",
        period=found.see.period,
        coverage="1 council",
        source=SOURCE,
        collection=found.see.collection,
        key="own-actions",
    )


def by_quarter(found: Maturity, as_at: object) -> None:
    """Actions by the quarter in which they are due, on either side of the as-at day."""
    rows = found.read(reads.actions, unit="quarter").dropna(subset="numerator")
    dated = rows[rows["group_code"] != NO_DATE].tail(MOST_QUARTERS)
    if dated.empty:
        return
    labels = dated["group_code"].map(quarter)
    data = pd.concat(
        [
            pd.DataFrame({"period_label": labels, "part": label, "value": dated[key]})
            for key, label in STATUS.items()
        ]
    )
    now = quarter(as_at)
    divider = (now, f"As at {day(as_at)}") if now in set(labels) else None
    later = dated[dated["group_code"] > str(pd.Timestamp(str(as_at)).date())]
    undated = rows.loc[rows["group_code"] == NO_DATE, "numerator"].sum()
    sentence = (
        f"{numbers.count(dated['overdue'].sum())} actions of the quarters shown are "
        f"overdue as at {day(as_at)}; {numbers.count(later['open_in_time'].sum())} "
        f"fall due in later quarters. "
        f"{f'{numbers.count(undated)} have no date' if undated else 'All have a date'}."
    )
    found.figure(
        columns,
        data,
        parts=tuple(STATUS.values()),
        divider=divider,
        events=found.see.marks_by("quarter"),
        table=dated.assign(label=labels)[["label", "numerator", *STATUS]].set_axis(
            ["Quarter due", "Actions", *STATUS.values()], axis=1
        ),
        title=f"Improvement actions by quarter due, {found.place}",
        sentence=sentence,
        coverage=found.coverage(dated["councils"].max()) + " in one quarter at most",
        period=found.see.period,
        source=SOURCE,
        key="quarters",
    )


def paid_by(found: Maturity) -> None:
    """Actions by the programme whose award pays for them."""
    rows = found.read(reads.actions, unit="programme").dropna(subset="numerator")
    if rows.empty:
        return
    rows = rows.sort_values("numerator", ascending=False)
    data = pd.concat(
        [
            pd.DataFrame(
                {
                    "row_label": rows["group_label"],
                    "part": label,
                    "value": rows[key],
                    "count": rows[key],
                }
            )
            for key, label in STATUS.items()
        ]
    )
    parts_shown = tuple(STATUS.values())
    found.figure(
        composition,
        data,
        parts=parts_shown,
        is_share=False,
        table=rows[["group_label", "numerator", *STATUS, "estimated_gbp", "councils"]].set_axis(
            ["Paid by", "Actions", *STATUS.values(), "Estimated cost (£)", "Councils"], axis=1
        ),
        title=f"Improvement actions by the award that pays, {found.place}",
        sentence=paid_sentence(rows),
        coverage=found.coverage(rows["councils"].max()),
        period=found.see.period,
        source=f"{SOURCE}; awards ledger",
        key="paid-by",
    )


def paid_sentence(rows: pd.DataFrame) -> str:
    """How many actions an award pays for, and which programme pays for most."""
    paid = rows[rows["group_code"] != "Not from an award"]
    said = (
        f"{numbers.count(paid['numerator'].sum())} of "
        f"{numbers.count(rows['numerator'].sum())} actions are paid by an award"
    )
    if paid.empty:
        return f"{said}."
    most = paid.iloc[0]
    count = numbers.count(most["numerator"])
    return f"{said}, most of them by {most['group_label']} ({count})."


def costs(found: Maturity, row: pd.Series) -> None:
    """What actions cost against what they were to cost."""
    if not row["with_both"]:
        return
    over = 100 * (row["spent_gbp"] / row["planned_gbp"] - 1)
    planned = numbers.value("gbp", row["planned_gbp"])
    spent = numbers.value("gbp", row["spent_gbp"])
    parts.note(
        "Actions with both an estimate and an actual cost: "
        f"{numbers.count(row['with_both'])}. {planned} was planned and {spent} spent, "
        f"{abs(over):.0f}% {'more' if over >= 0 else 'less'} than planned (cash)."
    )
