"""Critical systems of councils: their kinds, their results and their suppliers."""

import pandas as pd

from analytics.reading.cells import cells, own_rows
from analytics.reading.disclosure import few_together
from analytics.reading.reader import Reader


OTHER_SUPPLIERS = "Other suppliers"


def systems(reader: Reader, *, attribute: str, by: str = "england") -> pd.DataFrame:
    """Critical systems by hosting, kind, owner, legacy, support or exposure.

    One row per group and part: part, numerator (systems), denominator (of the group),
    value (percent), councils, note.
    """
    return cells(reader, "maturity/systems/systems", by=by, within=("part",), attribute=attribute)


def system_shares(reader: Reader, *, attribute: str) -> pd.DataFrame:
    """Outcomes of B and C that systems meet, by hosting or by whether they are legacy.

    One row per part: group_label, value (percent), systems, councils, note.
    """
    return cells(
        reader,
        "maturity/systems/system_shares",
        attribute=attribute,
        counts=["systems"],
        is_apart=True,
    )


def suppliers(reader: Reader) -> pd.DataFrame:
    """Share of critical systems by supplier, those at few councils taken together.

    One row per supplier: group_label, numerator (systems), denominator, value
    (percent), councils, weak (systems legacy or out of support). A supplier at fewer
    than five councils is not named to anyone: who uses it would help an attacker.
    """
    frame = cells(reader, "maturity/systems/suppliers", counts=["weak"], is_apart=True)
    whole = frame["denominator"].max()
    sums = ["numerator", "weak", "value"]
    return few_together(frame, OTHER_SUPPLIERS, sums, denominator=whole)


def own_systems(reader: Reader, gss_code: str) -> pd.DataFrame:
    """One row per critical system of one council, the weakest first.

    Columns: system_id, value (percent of B and C outcomes met), numerator,
    denominator, hosting, is_legacy. Empty where the viewer may not see that council.
    """
    return own_rows(reader, "maturity/systems/own_systems", gss_code, what="systems")
