"""Councils' own judgements beside reviewers', and results re-based on one version."""

import pandas as pd

from analytics.reading.caf import STEPS, named, year_of
from analytics.reading.cells import cells
from analytics.reading.reader import Reader
from analytics.reading.viewer import NotAllowedError


def reviews(reader: Reader, *, by: str = "england", unit: str = "outcome") -> pd.DataFrame:
    """The council's own level beside the reviewer's, over outcomes that both judged.

    `unit` is outcome, principle or all. Columns: code, name, value (percent that the
    council rates higher), above_two, above_one, same, below (outcomes), denominator,
    asked, met_by_self, met_by_review (of those asked for), councils, note.
    """
    if reader.is_of_others:
        # One range less another would tell the rest, and so would a principle less
        # its other outcomes.
        reader = reader.within(year_of(reader.scope, reader.scope.until_year))
        if unit == "outcome":
            raise NotAllowedError(
                "Councils see others' reviews by principle. Choose your own council "
                "alone to see them by outcome."
            )
    counts = ["above_one", "above_two", "same", "below", "asked", "met_by_self", "met_by_review"]
    frame = cells(
        reader,
        "maturity/trust/reviews",
        by=by,
        unit=unit,
        within=("caf_version", "code"),
        counts=counts,
    )
    return frame if unit == "all" else named(reader, frame, unit)


def rebased(reader: Reader, *, by: str = "england") -> pd.DataFrame:
    """The steps from outcomes met in CAF 3.2 to outcomes met in 4.0, added up.

    One row per group and year of change: met_before, listed_before, assessed_before,
    one column for each of STEPS, met_after, listed_after, assessed_after, councils.
    """
    counts = [
        "met_before",
        "listed_before",
        "assessed_before",
        *STEPS,
        "met_after",
        "listed_after",
        "assessed_after",
    ]
    return cells(reader, "maturity/trust/rebased", by=by, counts=counts)
