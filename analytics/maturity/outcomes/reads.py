"""Levels of outcomes and principles, and one council beside its peers."""

import pandas as pd

from analytics.reading.caf import named
from analytics.reading.cells import cells
from analytics.reading.marts import allow, beside, refuse_others
from analytics.reading.reader import Reader


LEVELS = {
    "achieved": "Achieved",
    "partly": "Partially achieved",
    "not_achieved": "Not achieved",
    "unknown": "Not assessed",
}


def outcomes(reader: Reader, *, by: str = "england", unit: str = "outcome") -> pd.DataFrame:
    """Levels and outcomes met, one row per group, year and outcome.

    `unit` is outcome, principle or objective. Columns: group_code, group_label,
    period, caf_version, code, name, principle_code, value (percent met of those that
    the profile asks for), numerator, denominator, one count for each of LEVELS,
    required, councils, note.
    """
    frame = cells(
        reader,
        "maturity/outcomes/outcomes",
        by=by,
        unit=unit,
        within=("period", "caf_version", "code"),
        counts=list(LEVELS),
    )
    return named(reader, frame, unit)


def principles_beside_peers(reader: Reader, gss_code: str, peers: tuple[str, ...]) -> pd.DataFrame:
    """One council's share of each principle beside its peers', in the latest year.

    One row per principle and council: indicator (the principle's code), gss_code,
    value (percent), is_own. Peers carry no code when the viewer may not name them.
    """
    allow(reader)
    refuse_others(reader.path, reader.viewer, gss_code, peers)
    frame = reader.query("maturity/outcomes/principle_values")
    columns = ["indicator", "gss_code", "value", "is_own"]
    return beside(reader.path, reader.viewer, frame, gss_code, peers)[columns]
