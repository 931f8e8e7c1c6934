"""What happened: actions over time and by group, ransomware, what came to nothing."""

import pandas as pd
import streamlit as st

from analytics.charts.columns import columns
from analytics.charts.composition import composition
from analytics.charts.trend import trend
from analytics.disruption.causes.found import NOT_KNOWN, Found, count_of, shown
from analytics.reading import patterns
from analytics.reading.disclosure import UNKNOWN
from analytics.reading.viewer import NotAllowedError
from analytics.ui import filters, parts, store
from analytics.words import numbers
from analytics.words.events import INCIDENTS


OTHER = "Other actions"
MOST_PARTS = 3


def what(found: Found) -> None:
    """Actions over time and by group of councils, ransomware, and what came to
    nothing."""
    over_time(found)
    explained()
    by_group(found)
    ransomware(found)
    apart(found)


def over_time(found: Found) -> None:
    """Incidents by action: a column a period, the commonest actions apart."""
    frame = found.time("action")
    frame = frame.assign(label=frame["action"].map(found.actions))
    drawn, cut = in_parts(frame, ["period_label"])
    found.figures.figure(
        columns,
        drawn,
        parts=cut,
        events=found.events,
        table=wide(frame, found.actions, found.time("any")),
        title=f"{found.counted.capitalize()} by action, {found.see.period}",
        sentence=action_sentence(found),
        about=INCIDENTS,
        key="action",
    )


def in_parts(frame: pd.DataFrame, keys: list[str]) -> tuple[pd.DataFrame, list[str]]:
    """The commonest actions by `keys`, the others added up, and their order."""
    known = frame[frame["action"] != "unknown"]
    top = known.groupby("label")["value"].sum().nlargest(MOST_PARTS).index.tolist()
    named = frame["label"].where(frame["label"].isin([*top, NOT_KNOWN]), OTHER)
    added = frame.assign(part=named).groupby([*keys, "part"], sort=False)["value"]
    # An unknown cell makes its sum unknown: it is not nought.
    drawn = added.agg(lambda values: values.sum(skipna=False)).reset_index()
    return drawn, [*top, OTHER, NOT_KNOWN]


def wide(frame: pd.DataFrame, names: dict[str, str], whole: pd.DataFrame) -> pd.DataFrame:
    """Actions across, periods down, with all incidents and who reported."""
    cells = frame.assign(shown=shown(frame))
    table = cells.pivot(index="period", columns="action", values="shown")
    table = table[list(names)].rename(columns=names).reset_index(drop=True)
    table.columns.name = None
    rows = whole.sort_values("period").reset_index(drop=True)
    table.insert(0, "Period", rows["period_label"])
    return table.assign(**{"All": shown(rows), "Councils that reported": rows["councils"]})


def action_sentence(found: Found) -> str:
    """Which actions were commonest, and how deliberate acts compare with errors."""
    frame = found.all("action").set_index("action")["value"]
    total = frame.sum()
    if not total:
        return f"No {found.counted} were reported."
    top = frame.drop("unknown").nlargest(MOST_PARTS)
    named = [
        f"{found.actions[str(code)].lower()} {count_of(number, total)}"
        for code, number in top.items()
    ]
    said = f"{numbers.count(total)} {found.counted}: " + ", ".join(named)
    if frame.isna().any():
        return f"{said} are the commonest actions of those that may be shown."
    deliberate = frame[["hacking", "malware", "social", "misuse", "physical"]].sum()
    said += (
        f" were commonest. Deliberate acts come to {count_of(deliberate, total)}, "
        f"errors to {count_of(frame['error'], total)}; of "
        f"{count_of(frame['unknown'], total)} the action is not known."
    )
    return said


def explained() -> None:
    """Every action in plain words."""
    listed = store.read(patterns.words)
    rows = listed[listed["list"] == "action"]
    with st.expander("What each action means", key="actions-explained"):
        parts.facts(dict(zip(rows["label"], rows["definition"], strict=True)))


def by_group(found: Found) -> None:
    """Shares of actions in each region or type of council."""
    if found.by == "council":
        return
    by = filters.one_of("Compare councils by", filters.COMPARE, "compare")
    try:
        frame = found.all("action", by=by)
    except NotAllowedError as error:
        parts.note(str(error))
        return
    frame = frame.assign(label=frame["action"].map(found.actions))
    drawn, cut = in_parts(frame.assign(row_label=frame["group_label"]), ["row_label"])
    drawn = drawn.assign(count=drawn["value"])
    totals = drawn.groupby("row_label")["value"].transform("sum")
    drawn["value"] = 100 * drawn["value"] / totals.where(totals > 0)
    found.figures.figure(
        composition,
        drawn,
        parts=cut,
        table=group_table(frame, found),
        title=f"What was done, as a share of {found.counted}, by "
        f"{filters.COMPARE[by].lower()}, {found.see.period}",
        sentence=group_sentence(drawn, cut[0]),
        key=f"by-{by}",
    )


def group_sentence(drawn: pd.DataFrame, part: str) -> str:
    """Where the commonest action has its largest and smallest share."""
    rows = drawn[drawn["part"] == part].dropna(subset="value").sort_values("value")
    if len(rows) < 2:
        return "Shares of each group's own incidents."
    low, high = rows.iloc[0], rows.iloc[-1]
    return (
        f"{part} has its largest share in {high['row_label']} ({high['value']:.0f}%) "
        f"and its smallest in {low['row_label']} ({low['value']:.0f}%). Small groups "
        "vary much by chance."
    )


def group_table(frame: pd.DataFrame, found: Found) -> pd.DataFrame:
    """Groups down, actions across: counts."""
    cells = frame.assign(shown=shown(frame))
    table = cells.pivot(index="group_label", columns="action", values="shown")
    table = table.reindex(index=frame["group_label"].unique())
    table = table[list(found.actions)].rename(columns=found.actions)
    table.columns.name = None
    behind = frame.drop_duplicates("group_label").set_index("group_label")["councils"]
    table["Councils that reported"] = behind
    return table.rename_axis("Group").reset_index()


def ransomware(found: Found) -> None:
    """Ransomware by itself, as a line."""
    frame = found.time("ransomware").assign(group_label=found.see.place, basis="")
    title = f"Ransomware: {found.counted}, {found.see.period}"
    if frame["value"].isna().all():
        parts.note(f"{title}: too few councils had one for it to be shown to you.")
        return
    found.figures.figure(
        trend,
        frame,
        indicator=INCIDENTS,
        annotations=found.see.marks(),
        table=ransomware_table(frame),
        title=title,
        sentence=ransomware_sentence(found, frame),
        key="ransomware",
    )


def ransomware_sentence(found: Found, frame: pd.DataFrame) -> str:
    """How many, at how many councils, in how many periods none, and what is unknown."""
    row = found.all("ransomware").iloc[0]
    malware = found.all("variety", action="malware").set_index("part")["value"]
    each = patterns.BUCKETS[found.bucket].lower()
    known = frame["value"].dropna()
    said = f"{count_at(row['value'], row['hits'])}. "
    none = int((known == 0).sum())
    if none:
        said += f"There was none in {none} of {len(known)} {each}s known. "
    if frame["note"].eq(UNKNOWN).any():
        gaps = int(frame["note"].eq(UNKNOWN).sum())
        said += f"{gaps} {each}s that nobody reported on are gaps in the line. "
    untold = malware.get(patterns.UNTOLD, 0)
    if untold:
        said += f"{numbers.count(untold)} by malware do not tell which kind. "
    return said + "Counted where the VERIS variety of the action is ransomware."


def count_at(number: float, councils: float) -> str:
    """So many incidents at so many councils."""
    if numbers.is_unknown(number):
        return "The sum over these years may not be shown to you"
    one = "incident" if number == 1 else "incidents"
    at = "council" if councils == 1 else "councils"
    return f"{numbers.count(number)} {one} at {numbers.count(councils)} {at}"


def ransomware_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Periods down."""
    hits = frame.assign(value=frame["hits"])
    return pd.DataFrame(
        {
            "Period": frame["period_label"],
            "Ransomware incidents": shown(frame),
            "Councils that had one": shown(hits),
            "Councils that reported": frame["councils"],
        }
    )


def apart(found: Found) -> None:
    """Near misses and false positives, which count as no incident."""
    frames = [
        found.time("any", status=code).assign(part=label) for code, label in patterns.APART.items()
    ]
    frame = pd.concat(frames, ignore_index=True)
    table = pd.DataFrame({"Period": frames[0]["period_label"]})
    for one, label in zip(frames, patterns.APART.values(), strict=True):
        table[label] = shown(one)
    sums = [found.all("any", status=code)["value"].sum() for code in patterns.APART]
    each = 100 * sums[0] / (found.whole["value"] or float("nan"))  # type: ignore[index]
    sentence = (
        f"{numbers.count(sums[0])} near misses, stopped before they did harm, and "
        f"{numbers.count(sums[1])} false positives, which turned out to be nothing. "
    )
    if not numbers.is_unknown(each):
        sentence += f"For every 100 {found.counted} {each:.0f} near misses were told. "
    found.figures.figure(
        columns,
        frame[["period_label", "part", "value"]],
        parts=list(patterns.APART.values()),
        events=found.events,
        table=table,
        title=f"Near misses and false positives, {found.see.period}",
        sentence=f"{sentence}Neither is counted in any other figure here.",
        key="apart",
    )
