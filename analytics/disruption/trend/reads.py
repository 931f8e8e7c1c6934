"""Hours of unplanned disruption by cause over a range of years.

Sums of what `analytics.reading.control` gives year by year, so that nothing can be read
here which is withheld there: a sum is shown only where each of its years is.
"""

import pandas as pd

from analytics.reading import disclosure
from analytics.reading.control import parts, refuse_small_parts
from analytics.reading.control_months import ANY, known
from analytics.reading.reader import Reader


def hours(reader: Reader) -> pd.DataFrame:
    """One row per cause that occurred, longest first, disclosed.

    Columns: group_code, group_label, value (hours in the months in which they passed;
    an hour of a service with two causes is under each), disruptions (that began in
    those years), councils (the most that reported in any year), note.
    A council is refused a region, a type or peers (`control.refuse_small_parts`).
    """
    refuse_small_parts(reader, "england", "all")
    spent = summed(reader, "hours")
    labels = parts(reader.path, reader.viewer, reader.scope.collection, "hours")
    spent["group_label"] = spent["group_code"].map(labels)
    if spent.empty:
        return spent.assign(disruptions=[])
    begun = summed(reader, "disruptions")[["group_code", "value"]]
    begun = begun.rename(columns={"value": "disruptions"})
    frame = spent.merge(begun, on="group_code", how="left")
    return frame.sort_values(["value", "group_code"], ascending=[False, True], ignore_index=True)


def summed(reader: Reader, measure: str) -> pd.DataFrame:
    """One row per cause: years added up, unknown where any of them is withheld."""
    years = known(reader, measure, "england", "year", "all")
    years = years[years["part"] != ANY]
    is_withheld = years["note"].eq(disclosure.WITHHELD)
    causes = years.assign(is_withheld=is_withheld).groupby("part")
    frame = pd.DataFrame(
        {
            "value": causes["numerator"].sum(min_count=1),
            "councils": causes["councils"].max(),
            "is_withheld": causes["is_withheld"].any(),
        }
    ).reset_index(names="group_code")
    frame["value"] = frame["value"].mask(frame["is_withheld"])
    note = frame["value"].isna().map({True: disclosure.UNKNOWN, False: ""})
    frame["note"] = note.mask(frame["is_withheld"], disclosure.WITHHELD)
    return frame.drop(columns="is_withheld")
