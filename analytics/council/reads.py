"""One council's own years: incidents, disruptions, assessments, actions and awards.

Only who may name the council sees it; a council sees its own alone.
"""

import pandas as pd

from analytics.reading.cells import own_rows
from analytics.reading.reader import Reader


def happenings(reader: Reader, gss_code: str) -> pd.DataFrame:
    """One row per thing that happened to one council in range, by lane and time.

    lane (incident, disruption, stage, assessment, action, award), period (financial
    year), started_at and ended_at (moments in UTC; days at midnight; ended_at empty
    where it goes on or has no length), label, detail, hours, amount_gbp, is_marked,
    of_all (how many of its lane and year there were: of incidents and disruptions the
    hundred longest of a year are here).
    """
    return own_rows(reader, "council/timeline", gss_code, what="timeline")
