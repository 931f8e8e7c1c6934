"""Reads of the public record: reported incidents, awards and their sources.

Everything here is published already, so every viewer sees all of it. Conflicting
figures are kept as they were reported and never added up.
"""

import pandas as pd

from analytics.reading.reader import Reader
from analytics.reading.viewer import Viewer
from analytics.reading.warehouse import query


def incidents(reader: Reader) -> pd.DataFrame:
    """One row per council and reported incident in scope, newest first.

    Columns: reported_incident_id, detected_on, date_precision, council_name (of today),
    council_named, region, council_type, incident_kind, incident_status,
    services_disrupted, shared_event_id, is_counted, publishers, note.
    """
    return reader.query("reading/reported_incidents")


def figures(reader: Reader) -> pd.DataFrame:
    """One row per figure and source.

    Columns: reported_incident_id, is_counted, council_name, detected_on,
    date_precision, measure, value_reported, value_low, value_high, unit, publisher,
    note.
    """
    return reader.query("reading/reported_figures")


def awards(reader: Reader) -> pd.DataFrame:
    """One row per council and reported award in scope, newest first.

    Columns: awarded_on, date_precision, fund, round, council_name, recipient_named,
    role, partnership_id, amount_gbp, is_counted, publisher, note. An award without a
    date is kept.
    """
    return reader.query("reading/reported_awards")


def totals(path: str, viewer: Viewer) -> pd.DataFrame:
    """One row per published total that names no council: fund, round, recipients,
    amount_reported, amount_gbp, announced_on, publisher, note."""
    return query("reading/programme_totals", path)


def sources(path: str, viewer: Viewer) -> pd.DataFrame:
    """One row per source: source_id, publisher, title, published_on, page, note."""
    return query("reading/record_sources", path)
