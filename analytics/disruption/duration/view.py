"""How long it lasts to detect, contain, recover and restore: by what, and whose."""

from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd

from analytics.charts.relationship import relationship
from analytics.disruption.duration import reads
from analytics.disruption.duration.chart import in_time, survival
from analytics.reading.disclosure import WITHHELD
from analytics.reading.indicators import Indicator
from analytics.ui import figures, filters, layout, parts, store
from analytics.ui.layout import Card
from analytics.ui.view import View
from analytics.words import numbers, sentences
from analytics.words.sentences import listed


class Span(NamedTuple):
    """How one interval is named, and what is said of its cases."""

    short: str
    title: str
    upright: str
    ended: str
    cases: str
    definition: str


INCIDENTS = "Incidents that councils reported, confirmed or suspected; exact times only"
DISRUPTIONS = "Service disruptions that councils reported, planned work left out"
SPANS = {
    "detect": Span(
        "Detect",
        "Time to detect an incident",
        "Not yet detected",
        "detected",
        "incidents",
        "From when an incident began to when the council first noticed it. Incidents "
        "that nobody has noticed yet are in no figure.",
    ),
    "contain": Span(
        "Contain",
        "Time to contain an incident",
        "Not yet contained",
        "contained",
        "incidents",
        "From when the council first noticed an incident to when it could spread no further.",
    ),
    "recover": Span(
        "Recover",
        "Time to recover from an incident",
        "Not yet recovered",
        "recovered",
        "incidents",
        "From when an incident could spread no further to when normal working was restored.",
    ),
    "restore": Span(
        "Restore",
        "Time to restore a service",
        "Not yet restored",
        "restored",
        "disruptions",
        "From when a service was first unavailable or degraded to when it worked "
        "normally again; planned work is left out.",
    ),
}
SPLITS = {"action": "Action (VERIS)", "objective": "Restore objective"}
BY = {
    "action": "by action",
    "objective": "by whether the restore objective was met",
    "cause": "by cause",
    "monitoring": "by how much of CAF C1 (monitoring) is met",
}
CAVEAT = (
    "Some cases are still open, so shares are estimated by Kaplan and Meier's method. "
    "Durations are counted in steps of a tenth, so a median is right to within that. "
    "Limits (95%) say how far chance alone could move a figure: councils are a full "
    "count, not a sample. Cases belong to the financial year in which the incident was "
    "detected or the disruption started."
)
SETTLED = (
    " Those that met the objective are the shorter ones by definition: the gap shows "
    "how much longer the others last."
)
TIMES = {"1 hour": 1.0, "1 day": 24.0, "1 week": 168.0, "1 month": 730.5}
# A curve of fewer cases than these is a staircase that says nothing.
FEWEST = 10
MONITORING = Indicator(
    key="c1",
    theme="",
    title="C1 outcomes met",
    question="",
    kind="ratio",
    definition="Outcomes of CAF principle C1 (security monitoring) that meet the "
    "profile, as a share of those assessed, in a council's latest year.",
    numerator="C1 outcomes met",
    denominator="C1 outcomes assessed",
    unit="percent",
    grain="year",
    polarity="higher_is_better",
    source="CAF assessments",
)


def draw(see: View) -> None:
    """Headlines, the interval chosen, what it hangs on, and a council's own cases."""
    whole = see.read(reads.spans)
    if not whole["denominator"].sum():
        layout.empty("not_allowed" if whole["note"].any() else "nothing_matches")
        return
    layout.headlines(cards(see, whole.set_index("interval_code")))
    with parts.row():
        interval = filters.one_of(
            "Time to", {key: span.short for key, span in SPANS.items()}, "interval"
        )
        splits = SPLITS | ({"cause": "Cause"} if interval == "restore" else {})
        way = filters.one_of("Compare by", splits, "split")
    lasting(see, interval)
    split(see, interval, way)
    figures.trend_of(see, see.indicator("restored_within_objective"))
    parts.section(
        "Detection beside monitoring",
        "Councils that monitor better (CAF principle C1) see more, and may see it "
        "sooner: a short time to detect and many incidents can go together.",
    )
    split(see, "detect", "monitoring")
    by_council(see)
    if see.gss_code:
        own(see, interval)


def cards(see: View, rows: pd.DataFrame) -> list[Card]:
    """Median and 90th centile of each interval, over the councils in scope."""
    found = dict(rows.iterrows())
    return [card(see, key, found.get(key)) for key in SPANS]


def card(see: View, key: str, row: Any) -> Card:
    """One interval as a headline."""
    span = SPANS[key]
    title = f"Time to {span.short.lower()}"
    if row is None or row["note"] or not row["denominator"]:
        why = "Withheld" if row is not None and row["note"] else f"No {span.cases}"
        return Card(title, numbers.UNKNOWN, note=why)
    known = f"{numbers.count(row['denominator'])} {span.cases}"
    if row["unknown"]:
        known += f"; of {numbers.count(row['unknown'])} more it is not known"
    return Card(
        title,
        in_time(row["median"]),
        coverage=f"{see.period}: {sentences.coverage(row['councils'], see.expected)}",
        note=f"Half within this{nine_in_ten(row)}. {known}",
    )


def about(interval: str) -> Indicator:
    """An interval as the definition under its figures says it."""
    span = SPANS[interval]
    is_service = interval == "restore"
    return Indicator(
        key=interval,
        theme="",
        title=span.title,
        question="",
        definition=span.definition,
        kind="distribution",
        numerator=f"{span.cases.capitalize()} that were {span.ended}",
        denominator=f"{span.cases.capitalize()} whose duration is known",
        unit="hours",
        grain="month",
        polarity="lower_is_better",
        source=DISRUPTIONS if is_service else INCIDENTS,
        caveat=CAVEAT,
    )


def lasting(see: View, interval: str) -> None:
    """The curve of one interval, and the council picked out beside it."""
    curves, spans = read(see, interval, "all")
    for frame in (curves, spans):
        frame["group_code"], frame["group_label"] = "England", see.place
    if see.gss_code and see.scope.councils != (see.gss_code,):
        for place, frame in enumerate(read(see.of_council(), interval, "all")):
            frame["group_code"], frame["group_label"] = see.gss_code, see.council_name
            if place == 0:
                curves = joined(frame, curves)
            else:
                spans = joined(frame, spans)
    title = f"{SPANS[interval].title}, {see.place}, {see.period}"
    draw_curve(see, interval, curves, spans, title=title, key="duration")


def split(see: View, interval: str, way: str) -> None:
    """The curves of one interval by action, cause, objective or monitoring."""
    curves, spans = read(see, interval, way)
    if spans.empty:
        return
    title = f"{SPANS[interval].title} {BY[way]}, {see.place}, {see.period}"
    draw_curve(
        see,
        interval,
        curves,
        spans,
        title=title,
        key=f"duration-{way}",
        extra=SETTLED if way == "objective" else "",
    )


def read(see: View, interval: str, way: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Curves and quantiles of one interval."""
    found = see.read(reads.lasting, intervals=(interval,), way=way)
    return found.curves.copy(), found.spans.copy()


def joined(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Two frames, one below the other; one without rows has no say in the types."""
    frames = [frame for frame in (first, second) if len(frame)]
    return pd.concat(frames, ignore_index=True) if frames else first


def draw_curve(
    see: View,
    interval: str,
    curves: pd.DataFrame,
    spans: pd.DataFrame,
    *,
    title: str,
    key: str,
    extra: str = "",
) -> None:
    """Curves with their sentence and table; small groups stand in the table alone."""
    span = SPANS[interval]
    enough = spans.loc[spans["denominator"] >= FEWEST, "group_code"]
    own_code = [see.gss_code] if see.gss_code else []
    drawn = curves[curves["group_code"].isin([*enough, *own_code])]
    if drawn.empty:
        parts.note(nothing(title, bool(spans["note"].any())))
        return
    highlight = picked(spans, own_code, set(drawn["group_code"]))
    sentence = said(spans, drawn, span) + extra
    groups = spans.set_index("group_code")["group_label"]
    grey = groups[groups.index.isin(set(drawn["group_code"]) - set(highlight))]
    if len(grey):
        sentence += f" In grey: {listed(grey.tolist())}."
    left_out = groups[groups.index.isin(set(curves["group_code"]))].drop(
        drawn["group_code"].unique()
    )
    if len(left_out):
        sentence += f" With fewer than {FEWEST}, not drawn: {listed(left_out.tolist())}."
    chart = store.draw(
        survival, drawn, upright=f"{span.upright}, %", ended=span.ended, highlight=highlight
    )
    indicator = about(interval)
    see.figure(
        chart,
        table=table(spans, curves),
        title=title,
        sentence=sentence,
        kind="Line chart",
        about=indicator,
        coverage=f"{coverage(see, interval)} with one",
        source=indicator.source,
        key=key,
    )


def picked(spans: pd.DataFrame, first: list[str], drawn: set[str]) -> tuple[str, ...]:
    """Up to four groups to colour: the council, the two ends, those with most cases."""
    rows = spans[spans["group_code"].isin(drawn)]
    ends = rows.dropna(subset="median").sort_values("median")["group_code"].tolist()
    most = rows.sort_values("denominator", ascending=False)["group_code"]
    codes = [code for code in [*first, *ends[:1], *ends[-1:]] if code in drawn]
    return tuple(dict.fromkeys([*codes, *most]))[:4]


def nothing(title: str, is_withheld: bool) -> str:
    """Why a figure is not there."""
    if is_withheld:
        return (
            f"{title}: not shown. Groups this small could tell of a single council; "
            "look at all councils together, or at your own."
        )
    return f"{title}: there are no cases whose duration is known."


def coverage(see: View, interval: str) -> str:
    """Councils with a case of an interval, of those in scope."""
    rows = see.read(reads.spans)
    rows = rows[rows["interval_code"] == interval]
    return sentences.coverage(rows["councils"].max() if len(rows) else 0, see.expected)


def said(spans: pd.DataFrame, drawn: pd.DataFrame, span: Span) -> str:
    """The slowest and the quickest of the groups drawn, or what the one group does."""
    rows = spans[spans["group_code"].isin(drawn["group_code"])]
    if len(rows) <= 2:
        sentence = " ".join(one_said(row, span) for _, row in rows[::-1].iterrows())
    else:
        known = rows.dropna(subset="median").sort_values("median")
        sentence = ends_said(known, span)
    still = rows["still_open"].sum()
    if still:
        as_at = pd.Timestamp(rows["as_at"].max())
        sentence += f" {numbers.count(still)} still open count up to {as_at:%-d %B %Y}."
    return sentence


def one_said(row: pd.Series, span: Span) -> str:
    """One group in a sentence."""
    label, cases = (row["group_label"], f"{numbers.count(row['denominator'])} {span.cases}")
    if pd.isna(row["median"]):
        return f"{label}: fewer than half of {cases} were {span.ended} so far."
    limits = ""
    if pd.notna(row["median_high"]):
        limits = f" (95% limits {in_time(row['median_low'])} to {in_time(row['median_high'])})"
    return (
        f"{label}: half of {cases} were {span.ended} within "
        f"{in_time(row['median'])}{limits}{nine_in_ten(row)}."
    )


def nine_in_ten(row: Any) -> str:
    """The 90th centile within a sentence, unless it is not reached."""
    if pd.isna(row["p90"]):
        return ", nine in ten not yet"
    return f" and nine in ten within {in_time(row['p90'])}"


def ends_said(known: pd.DataFrame, span: Span) -> str:
    """The quickest and the slowest of several groups."""
    if known.empty:
        return f"In no group was half {span.ended} so far."
    soonest, latest = (
        f"{row['group_label']}, half within {in_time(row['median'])}{nine_in_ten(row)}"
        for row in (known.iloc[0], known.iloc[-1])
    )
    return f"{span.ended.capitalize()} soonest: {soonest}. Latest: {latest}."


def table(spans: pd.DataFrame, curves: pd.DataFrame) -> pd.DataFrame:
    """What the chart says in numbers: cases, quantiles, and what is left at times."""
    left = reads.left_at(curves, list(TIMES.values())).set_axis(list(TIMES), axis=1)
    left = left.reindex(spans["group_code"]).reset_index(drop=True)
    withheld = spans["note"].to_numpy() == WITHHELD
    columns = {
        "Group": spans["group_label"],
        "Cases": spans["denominator"],
        "Still open": spans["still_open"],
        "Duration not known": spans["unknown"],
        "Median (hours)": spans["median"],
        "Median, lower limit": spans["median_low"],
        "Median, upper limit": spans["median_high"],
        "90th centile (hours)": spans["p90"],
        "90th centile, lower limit": spans["p90_low"],
        "90th centile, upper limit": spans["p90_high"],
    }
    shares = {f"Left after {name} (%)": left[name] for name in TIMES}
    found = pd.DataFrame(columns | {"Councils": spans["councils"]})
    found = found.reset_index(drop=True).assign(**shares)
    for name in found.columns.difference(["Group", "Councils"]):
        found[name] = found[name].round(2).astype(object).where(~withheld, WITHHELD)
    return found


def by_council(see: View) -> None:
    """Each named council: time to detect beside the share of C1 that it meets."""
    rows = see.read(reads.monitoring)
    if len(rows) < 5:
        parts.note(
            "Councils one by one are not shown: fewer than five have both an "
            "assessment of C1 and enough incidents, and may be named."
        )
        return
    y = replace(about("detect"), title="Median hours to detect", unit="hours")
    rank = rows["monitored"].rank().corr(rows["value"].rank())
    sentence = (
        f"Across {len(rows)} councils with at least {reads.FEWEST_INCIDENTS} "
        f"incidents the rank correlation is {rank:+.2f}: "
        f"{direction(rank)}. That is no proof of a cause."
    )
    title = f"Time to detect beside monitoring, council by council, {see.period}"
    see.figure(
        relationship,
        rows,
        x="monitored",
        y="value",
        x_indicator=MONITORING,
        y_indicator=y,
        selected=see.gss_code or None,
        table=rows[
            ["council_name", "region", "council_type", "monitored", "value", "numerator"]
        ].set_axis(
            [
                "Council",
                "Region",
                "Type of council",
                "C1 outcomes met (%)",
                "Median hours to detect",
                "Incidents",
            ],
            axis=1,
        ),
        title=title,
        sentence=sentence,
        about=MONITORING,
        coverage=sentences.coverage(len(rows), see.expected),
        source=f"{INCIDENTS}; CAF assessments",
        key="monitoring-councils",
    )


def direction(rank: float) -> str:
    """What a rank correlation says."""
    if pd.isna(rank) or abs(rank) < 0.1:
        return "the two hardly go together"
    sooner = "sooner" if rank < 0 else "later"
    return f"councils that meet more of C1 tend to detect {sooner}"


def own(see: View, interval: str) -> None:
    """The council's own cases by name, those still open first, then the longest."""
    rows = see.read(reads.own, see.gss_code, interval=interval)
    if rows.empty:
        return
    span = SPANS[interval]
    still = int((~rows["is_ended"]).sum())
    data = pd.DataFrame(
        {
            "Reference": rows["reference"],
            "Month": rows["month"].map(lambda month: f"{month:%B %Y}"),
            "Duration": [
                in_time(hours) + ("" if is_ended else " so far, still open")
                for hours, is_ended in zip(rows["hours"], rows["is_ended"], strict=True)
            ],
            "Hours": rows["hours"].round(2),
            "Action": rows["action"].fillna("No incident named"),
            "Cause": rows["cause"].fillna(""),
            "Restore objective": [
                objective(*pair)
                for pair in zip(rows["has_objective"], rows["is_within_objective"], strict=True)
            ],
        }
    )
    if interval != "restore":
        data = data.drop(columns="Cause")
    count = numbers.count(len(rows))
    most = "at least " if len(rows) == reads.MOST_OWN else ""
    parts.listing(
        data,
        title=f"{span.title}: cases of {see.council_name}",
        sentence=f"{most}{count} {span.cases} of known duration, {still} still open; "
        f"the longest was {in_time(rows['hours'].max())}.".capitalize(),
        period=see.period,
        coverage="1 council",
        source=about(interval).source,
        collection=see.collection,
        key="own-durations",
    )


def objective(has_objective: bool, is_within: Any) -> str:
    """Whether the objective for restoring was met."""
    if not has_objective:
        return "none given"
    if pd.isna(is_within):
        return "not settled yet"
    return "met" if is_within else "missed"
