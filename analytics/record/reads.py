"""Sums over the public record: amounts by measure, awards by fund, shared events."""

import pandas as pd

from analytics.reading import public_record
from analytics.reading.reader import Reader


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


def record(reader: Reader) -> pd.DataFrame:
    """Events of the public record, each once: those shared, and those of one council.

    One row per event: group_code, began_on, incident_kind, confirmed and suspected
    (reports, one for each council), councils, is_shared. What was no incident is out.
    """
    found = public_record.incidents(reader)
    found = found[found["is_counted"]]
    found = found.assign(
        group_code=found["shared_event_id"].fillna(found["reported_incident_id"]),
        confirmed=found["incident_status"] == "Confirmed",
        suspected=found["incident_status"] == "Suspected",
    )
    events = found.sort_values("detected_on").groupby("group_code", as_index=False)
    return events.agg(
        began_on=("detected_on", "first"),
        incident_kind=("incident_kind", "first"),
        confirmed=("confirmed", "sum"),
        suspected=("suspected", "sum"),
        councils=("gss_code", "nunique"),
        is_shared=("shared_event_id", "count"),
    ).assign(is_shared=lambda events: events["is_shared"] > 0)
