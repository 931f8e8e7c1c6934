"""Reads for the data steward: files, rules, rows set aside, revisions and coverage.

Rows of every council are shown, so only the department may look; the same check stands
here and not only on the page.
"""

from datetime import date

import pandas as pd

from analytics.quality import freshness
from analytics.reading import lookups, marts
from analytics.reading.disclosure import UNKNOWN
from analytics.reading.indicators import Indicator
from analytics.reading.reader import Reader
from analytics.reading.scope import Scope
from analytics.reading.viewer import Viewer
from analytics.reading.warehouse import query
from analytics.words import numbers


ARRIVED = Indicator(
    key="files_received",
    theme="quality",
    title="Files received",
    question="How many files came, and of what?",
    definition="Files received in each calendar month (UTC), refused ones included. "
    "An empty cell is a month without a file.",
    kind="ratio",
    numerator="Files received",
    denominator="",
    unit="count",
    grain="month",
    polarity="none",
    source="Receipts of the landing",
)
REPORTED = Indicator(
    key="councils_reporting",
    theme="quality",
    title="Councils reporting",
    question="How many councils sent a return?",
    definition="Councils of today that sent at least one return on the dataset in the "
    "financial year. A return may be nil.",
    kind="ratio",
    numerator="Councils that sent a return",
    unit="percent",
    denominator="Councils of today",
    grain="year",
    polarity="higher_is_better",
    source="Returns received, nil returns included",
)
RETURNED = Indicator(
    key="returns_sent",
    theme="quality",
    title="Returns sent",
    question="Which councils sent returns?",
    definition="Returns that the council sent on the dataset for the financial year, "
    "nil returns included: twelve are expected where the dataset is monthly, one where "
    "it is yearly.",
    kind="ratio",
    numerator="Returns received",
    denominator="",
    unit="count",
    grain="year",
    polarity="higher_is_better",
    source="Returns received, nil returns included",
    caveat="A council that sent none is not known, which is not zero incidents.",
)
CONFORMANCE = Indicator(
    key="rows_accepted",
    theme="quality",
    title="Rows accepted",
    question="How much of what a council sends passes every rule?",
    definition="Share of the rows that a council sent which passed every rule that "
    "sets rows aside, by the financial year in which they were received. A row that a "
    "later one replaced passed too. The same file sent twice counts once.",
    kind="ratio",
    numerator="Rows accepted",
    denominator="Rows received",
    unit="percent",
    grain="year",
    polarity="higher_is_better",
    source="Files received and the rules that their rows broke",
    caveat="A year in which a council sent nothing is not known, neither 0 nor 100. "
    "Rows whose council cannot be told are in no council's share.",
)


def collections(path: str, viewer: Viewer) -> dict[str, tuple[date, date]]:
    """First and last day of every collection of which a file came, figures or not."""
    frame = query("quality/received_collections", path)
    firsts, lasts = (pd.to_datetime(frame[f"{end}_period"]).dt.date for end in ("first", "last"))
    return dict(zip(frame["collection"], zip(firsts, lasts, strict=True), strict=True))


def files(path: str, viewer: Viewer, collection: str) -> pd.DataFrame:
    """One row per file, newest first: arrival (the receipt's number), received_at,
    dataset, source_file, sent_by, purpose, status, rows_in, accepted, quarantined,
    superseded, reason."""
    viewer.require_department()
    return query("quality/files", path, collection=collection)


def datasets(path: str, viewer: Viewer) -> dict[str, str]:
    """Names for people of the datasets that councils hand in."""
    frame = query("quality/datasets", path)
    return dict(zip(frame["dataset"], frame["title"], strict=True))


def arrivals(path: str, viewer: Viewer, collection: str) -> pd.DataFrame:
    """One row per dataset and month with files: month, files, refused, rows_in."""
    viewer.require_department()
    return query("quality/arrivals", path, collection=collection)


def freshness_on(path: str, viewer: Viewer, collection: str, today: date) -> pd.DataFrame:
    """One row per dataset: title, words (its schedule), files, last_on, due_on and
    state."""
    viewer.require_department()
    return freshness.with_due(query("quality/freshness", path, collection=collection), today)


def rules(path: str, viewer: Viewer, collection: str) -> pd.DataFrame:
    """One row per rule that rows broke: dataset, column_name, description, severity,
    unexpected (rows of this collection), files, rule_id."""
    viewer.require_department()
    return query("quality/rules", path, collection=collection)


def quarantine(
    path: str, viewer: Viewer, collection: str, dataset: str = "", council: str = ""
) -> pd.DataFrame:
    """One row per row set aside and rule it broke: dataset, council_name, arrival,
    source_file, source_row, column_name, value, reason, hint."""
    viewer.require_department()
    return query(
        "quality/quarantine", path, collection=collection, dataset=dataset, council=council
    )


def notes(path: str, viewer: Viewer, collection: str, dataset: str = "") -> pd.DataFrame:
    """One row per row accepted with a note: as `quarantine`, without the council."""
    viewer.require_department()
    return query("quality/notes", path, collection=collection, dataset=dataset)


def returns(path: str, viewer: Viewer, collection: str) -> pd.DataFrame:
    """Councils that sent a return, by dataset and financial year: dataset, period,
    councils, expected, nil_returns, share."""
    frame = query("quality/returns", path, collection=collection)
    frame["value"] = 100 * frame["councils"] / frame["expected"]
    return frame


def coverage(
    path: str, viewer: Viewer, collection: str, dataset: str, period: date
) -> pd.DataFrame:
    """The `councils` frame of returns sent on a dataset for a financial year.

    `value` is how many, unknown where there was none.
    """
    viewer.require_department()
    frame = query("quality/coverage", path, collection=collection, dataset=dataset, period=period)
    sent = frame["returns"] > 0
    return frame.assign(
        value=frame["returns"].astype(float).where(sent),
        numerator=frame["returns"].astype(float).where(sent),
        denominator=1.0,
        basis="",
        note=sent.map({True: "", False: UNKNOWN}),
    )


def conformance(path: str, viewer: Viewer, collection: str, dataset: str = "") -> pd.DataFrame:
    """Rows accepted of rows sent: one row per council of today and year of receipt.

    Columns: gss_code, period, period_label, numerator, denominator, value (percent). A
    council that sent nothing in a year has no row; rows that cannot be said to be any
    council's have no gss_code.
    """
    viewer.require_department()
    frame = query("quality/conformance", path, collection=collection, dataset=dataset)
    frame = frame.rename(columns={"accepted": "numerator", "rows_sent": "denominator"})
    frame["period"] = pd.to_datetime(frame["period"])
    labels = [marts.period_label(day, "year") for day in frame["period"]]
    return frame.assign(period_label=labels, value=100 * frame["numerator"] / frame["denominator"])


def revised(path: str, viewer: Viewer, collection: str, since: date) -> pd.DataFrame:
    """One row per correction or withdrawal received since a day: dataset, council_name,
    row_key, what, received_on, arrival, source_file, source_row."""
    viewer.require_department()
    return query("quality/revised", path, collection=collection, since=since)


def late(path: str, viewer: Viewer, collection: str, since: date) -> pd.DataFrame:
    """Rows first received since a day though due before it: dataset, late."""
    viewer.require_department()
    return query("quality/late", path, collection=collection, since=since)


def then_and_now(path: str, viewer: Viewer, before: str, collection: str) -> pd.DataFrame:
    """Each indicator for England in the latest year that an earlier warehouse knew.

    `before` is the path of that warehouse. One row per indicator: key, title, unit,
    polarity, period_label, then, now, change (in words), councils_then, councils_now,
    expected.
    """
    viewer.require_department()
    rows = []
    for indicator in lookups.all_indicators(path, viewer):
        old = _england(before, viewer, collection, indicator)
        new = _england(path, viewer, collection, indicator)
        if not old.empty:
            rows.append(_beside(indicator, old, new))
    return pd.DataFrame(rows)


def rules_run(path: str, viewer: Viewer) -> int:
    """How many rules Great Expectations ran on this build."""
    return int(query("quality/rules_run", path)["rules"].iloc[0])


def _england(path: str, viewer: Viewer, collection: str, indicator: Indicator) -> pd.DataFrame:
    """Years in which an indicator has a value for England."""
    spans = lookups.collections(path, viewer)
    if collection not in spans:
        return pd.DataFrame()
    scope = Scope(collection, *spans[collection])
    known = {one.key for one in lookups.all_indicators(path, viewer)}
    if indicator.key not in known:
        return pd.DataFrame()
    frame = marts.series(Reader(path, viewer, scope), indicator, bucket="year")
    return frame.dropna(subset="value").sort_values("period")


def _beside(indicator: Indicator, old: pd.DataFrame, new: pd.DataFrame) -> dict:
    """One indicator then and now, for the latest year that it had then."""
    last = old.iloc[-1]
    same = new[new["period"] == last["period"]] if len(new) else new
    now = same.iloc[0]["value"] if len(same) else float("nan")
    return {
        "key": indicator.key,
        "title": indicator.title,
        "unit": indicator.unit,
        "polarity": indicator.polarity,
        "period_label": last["period_label"],
        "then": last["value"],
        "now": now,
        "change": numbers.change(indicator, last["value"], now),
        "councils_then": int(last["councils"]),
        "councils_now": int(same.iloc[0]["councils"]) if len(same) else 0,
        "expected": int(last["expected"]),
    }
