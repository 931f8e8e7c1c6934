"""Events of the public record that hit several councils, counted both ways."""

import pandas as pd

from analytics.charts.ranking import ranking
from analytics.record import reads
from analytics.record.view import NOT_A_CENSUS, REPORTED
from analytics.ui.view import View
from analytics.words import numbers
from analytics.words.events import HIT, MOST, records
from analytics.words.periods import day


def shared_record(see: View) -> None:
    """Shared events of the public record, each once, and both counts."""
    every = see.read(reads.record)
    data = every[every["is_shared"]].sort_values("councils", ascending=False)
    if data.empty:
        return
    drawn = data.head(MOST).assign(
        value=data["councils"].astype(float),
        expected=data["councils"],
        group_label=[f"{row['incident_kind']}, {row['began_on']:%b %Y}" for row in records(data)],
    )
    suspected = every["suspected"].sum()
    reports, hits = every["confirmed"].sum() + suspected, data["councils"].sum()
    title = f"Councils hit by each shared event reported publicly, {see.period}"
    sentence = (
        f"{len(data)} shared events, counted once per event, hit councils "
        f"{numbers.count(hits)} times, counted once per council. All reports: "
        f"{numbers.count(reports)} incidents counted once per council "
        f"({numbers.count(suspected)} of them suspected), {numbers.count(len(every))} "
        f"counted once per event. {NOT_A_CENSUS}"
    )
    see.figure(
        ranking,
        drawn,
        indicator=HIT,
        table=record_table(data),
        title=title,
        sentence=sentence,
        coverage=f"{numbers.count(hits)} councils named in reports",
        source=REPORTED,
        key="patterns-record",
    )


def record_table(data: pd.DataFrame) -> pd.DataFrame:
    """Shared events of the public record as people read them."""
    return pd.DataFrame(
        {
            "Event": data["group_code"],
            "First report": [day(on) for on in data["began_on"]],
            "Kind": data["incident_kind"],
            "Councils hit": data["councils"],
            "Confirmed": data["confirmed"],
            "Suspected": data["suspected"],
        }
    )
