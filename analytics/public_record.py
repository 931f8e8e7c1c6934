"""Reads of the public record: reported incidents, awards and their sources.

Everything here is published already, so every viewer sees all of it. Conflicting
figures are kept as they were reported and never added up.
"""

import pandas as pd

from analytics.scope import Scope
from analytics.viewer import Viewer
from analytics.warehouse import query


def _parameters(scope: Scope) -> dict:
    return {
        "since": scope.since,
        "until": scope.until,
        "regions": list(scope.regions),
        "groups": list(scope.groups),
        "councils": list(scope.councils),
    }


def incidents(path: str, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    """One row per council and reported incident in scope, newest first.

    Columns: reported_incident_id, detected_on, date_precision, council_name (of today),
    council_named, region, council_type, incident_kind, incident_status,
    services_disrupted, shared_event_id, is_counted, publishers, note.
    """
    return query("reported_incidents", path, **_parameters(scope))


def figures(path: str, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    """One row per figure and source.

    Columns: reported_incident_id, is_counted, council_name, detected_on,
    date_precision, measure, value_reported, value_low, value_high, unit, publisher,
    note.
    """
    return query("reported_figures", path, **_parameters(scope))


def awards(path: str, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    """One row per council and reported award in scope, newest first.

    Columns: awarded_on, date_precision, fund, round, council_name, recipient_named,
    role, partnership_id, amount_gbp, is_counted, publisher, note. An award without a
    date is kept.
    """
    return query("reported_awards", path, **_parameters(scope))


def totals(path: str, viewer: Viewer) -> pd.DataFrame:
    """One row per published total that names no council: fund, round, recipients,
    amount_reported, amount_gbp, announced_on, publisher, note."""
    return query("programme_totals", path)


def sources(path: str, viewer: Viewer) -> pd.DataFrame:
    """One row per source: source_id, publisher, title, published_on, page, note."""
    return query("record_sources", path)


def amounts(figures: pd.DataFrame, measures: tuple[str, ...]) -> pd.DataFrame:
    """Figures in pounds of some measures, about incidents that count, as ranges.

    Takes what `figures` gives. Adds row_label (council and year), low and high (empty
    where the source gives no such end), least and most of the incident's figures, and
    is_open: the largest is "more than" so much. The largest stand first.
    Figures of one incident are different accounts of one amount and are never added up.
    """
    chosen = figures["measure"].isin(measures) & (figures["unit"] == "GBP")
    told = figures["value_low"].notna() | figures["value_high"].notna()
    frame = figures[chosen & told & figures["is_counted"]].copy()
    years = pd.to_datetime(frame["detected_on"]).dt.year.astype(str)
    frame["row_label"] = frame["council_name"] + ", " + years
    frame["low"] = frame["value_low"].astype(float)
    frame["high"] = frame["value_high"].astype(float)
    ends = frame[["low", "high"]]
    incidents = frame["reported_incident_id"]
    frame["least"] = ends.min(axis=1).groupby(incidents).transform("min")
    frame["most"] = ends.max(axis=1).groupby(incidents).transform("max")
    at_top = frame["high"].isna() & (frame["low"] >= frame["most"])
    frame["is_open"] = at_top.groupby(incidents).transform("any")
    by = ["most", "reported_incident_id", "low"]
    return frame.sort_values(by, ascending=[False, True, True], ignore_index=True)


def by_fund(frame: pd.DataFrame) -> pd.DataFrame:
    """Awards added up by fund: fund, awards, councils, amount_gbp.

    Only rows marked as counted are added, so partners and second rows of a joint award
    add no money; every council named is counted as a council.
    """
    counted = frame[frame["is_counted"]]
    result = pd.DataFrame(
        {
            "awards": counted.groupby("fund").size(),
            "councils": frame.groupby("fund")["council_name"].nunique(),
            "amount_gbp": counted.groupby("fund")["amount_gbp"].sum(min_count=1),
        }
    )
    return (
        result.rename_axis("fund")
        .reset_index()
        .sort_values("amount_gbp", ascending=False, na_position="last", ignore_index=True)
    )
